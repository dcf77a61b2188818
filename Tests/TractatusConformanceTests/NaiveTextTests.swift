import Testing
import TractatusSemantics

@testable import TractatusConformanceSupport

/// The naive matchers are held against the definitions by hand, since all else is held against
/// them.
@Suite("The naive matchers")
struct NaiveTextTests {
  private func matches(
    _ kind: TextPattern.Kind, _ pattern: String, _ text: String, ignoringCase: Bool = false
  ) -> Bool {
    NaiveText.matches(
      TextPattern(kind: kind, text: pattern, ignoresCase: ignoringCase),
      Array(text.unicodeScalars))
  }

  @Test(
    "regular expressions match anywhere unless anchored",
    arguments: [
      ("b+", "abba", true), ("^b", "abba", false), ("a$", "abba", true), ("a.b", "a\nb", false),
      ("(?s)a.b", "a\nb", true), (#"\bfoo\b"#, "a foo.", true), (#"\bfoo\b"#, "afoo", false),
      ("[^a-c]", "abc", false), ("[^a-c]", "abcd", true), ("(?i)ABC", "xabc", true),
      ("a{2,3}b", "ab", false), ("a{2,3}b", "aaab", true), ("^(a|ab)(c|bcd)$", "abcd", true),
      (#"\d+\/\w"#, "12/x", true), ("(a*)*b", "aaaa", false), ("", "", true), ("x?y", "y", true),
      (#"[\d.]+$"#, "v1.2", true), (#"\x41\x{e9}"#, "Aé", true), ("a|", "", true),
    ])
  func expressions(pattern: String, text: String, expected: Bool) {
    #expect(matches(.regularExpression, pattern, text) == expected)
  }

  @Test("extraction takes the first group of every match")
  func groups() {
    let expression = NaiveExpression.cached(#":(\d{2,5})"#, ignoresCase: false, dotIsAll: false)
    let groups = expression.firstGroups(in: Array("a:27017 b:1 c:123456".unicodeScalars))
    #expect(groups.map { NaiveText.string($0) } == ["27017", "12345"])
  }

  @Test(
    "globs cover the whole value",
    arguments: [
      (false, "*.pem", "a/b.pem", true), (true, "*.pem", "a/b.pem", true),
      (true, "a/*.pem", "a/b/c.pem", false), (true, "a/**/c", "a/c", true),
      (true, "a/**/c", "a/b/b/c", true), (true, "**/.env*", ".env.local", true),
      (true, "**/.env*", "x/.envs/y", false), (false, "a?c", "abc", true),
      (true, "/a?c", "/a/c", false), (false, "[!a-c]x", "dx", true), (true, "x", "y/x", true),
      (true, "/srv/**", "/srv/a/b", true), (false, "[", "[", true),
    ])
  func globs(isPath: Bool, pattern: String, text: String, expected: Bool) {
    #expect(matches(isPath ? .pathGlob : .glob, pattern, text) == expected)
  }

  @Test(
    "mentions are of whole words",
    arguments: [
      ("delete * data", "Delete all user data", true), ("delete * data", "delete data", true),
      ("delete * data", "delete a b c d data", false), ("fire", "firewall", false),
      ("opt out", "an opt-out", true), ("optout", "an opt-out", true),
      ("opt-out", "to opt out", true), ("opt-out", "optout", true),
      ("trade off", "trade--off", true), ("tradeoff", "trade--off", false),
      ("cafe\u{301}", "the CAFE\u{301}!", true), ("a * * b", "a 1 2 3 4 5 6 b", true),
    ])
  func mentions(pattern: String, text: String, expected: Bool) {
    #expect(matches(.mentions, pattern, text) == expected)
  }
}
