import Testing

@testable import TractatusPatterns

@Suite("Globs")
struct GlobTests {
  static let text: [ExpressionCase] = [
    ExpressionCase("*.pem", ["a.pem", ".pem", "a/b.pem", "a\nb.pem"], not: ["a.pem2", "pem"]),
    ExpressionCase("a?c", ["abc", "a/c", "aéc"], not: ["ac", "abbc", "xabc"]),
    ExpressionCase("[a-c]x", ["bx"], not: ["dx", "x", "bbx"]),
    ExpressionCase("[!a-c]x", ["dx", "/x"], not: ["bx"]),
    ExpressionCase("[]]", ["]"], not: ["["]),
    ExpressionCase("[!]]", ["a"], not: ["]"]),
    ExpressionCase("[*]", ["*"], not: ["a"]),
    ExpressionCase("[[]", ["["], not: ["]"]),
    ExpressionCase("[a-]", ["-", "a"], not: ["b"]),
    ExpressionCase("", [""], not: ["a"]),
    ExpressionCase("*", ["", "a", "a/b"], not: []),
    ExpressionCase("*a*b*", ["ab", "xaxbx"], not: ["ba"]),
    ExpressionCase("**a", ["a", "b/a"], not: ["ab"]),
    ExpressionCase("LD_*", ["LD_PRELOAD"], not: ["ld_preload"]),
    ExpressionCase("LD_*", ["ld_preload"], not: ["l"], i: true),
    ExpressionCase("[k]x", ["KX", "\u{212A}x"], not: ["jx"], i: true),
    ExpressionCase("[!k]", ["j"], not: ["K", "\u{212A}"], i: true),
    ExpressionCase(#"a\b"#, [#"a\b"#], not: ["ab"]),
    ExpressionCase("a.b", ["a.b"], not: ["axb"]),
    ExpressionCase("???", ["é漢😀"], not: ["ab"]),
  ]

  static let path: [ExpressionCase] = [
    ExpressionCase("*.pem", ["a.pem", "/x/y/a.pem", ".pem", "x/.pem"], not: ["a.pem/b", "pem"]),
    ExpressionCase("/etc/*", ["/etc/passwd", "/etc/"], not: ["/etc/a/b", "/etc", "x/etc/a"]),
    ExpressionCase("/etc/**", ["/etc/passwd", "/etc/a/b", "/etc/"], not: ["/etc", "/etcx"]),
    ExpressionCase("**/.env*", [".env", "a/.env.local", "/a/b/.env"], not: ["a.env", ".env/x"]),
    ExpressionCase("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], not: ["ab", "a/xb", "a/b/c"]),
    ExpressionCase("a/**b", ["a/b", "a/x/yb"], not: ["a"]),
    ExpressionCase("a**/b", ["a/b", "ax/y/b"], not: ["ab"]),
    ExpressionCase("a?b", ["axb", "q/axb"], not: ["a/b"]),
    ExpressionCase("x/a?b", ["x/axb"], not: ["x/a/b", "y/x/axb"]),
    ExpressionCase("x/[!a]b", ["x/cb"], not: ["x/ab", "x//b"]),
    ExpressionCase("passwd", ["passwd", "/etc/passwd"], not: ["/etc/passwd/x", "xpasswd"]),
    ExpressionCase("*", ["", "a", "a/b", "a/"], not: []),
    ExpressionCase("**", ["", "a/b"], not: []),
    ExpressionCase("k**", ["k", "x/kk"], not: ["k/x", "kk/"]),
    ExpressionCase("?**k", ["ak", "x/ak"], not: ["a/k"]),
    ExpressionCase("*a*", ["a", "x/bab"], not: ["a/x", "x/y"]),
    ExpressionCase("**/*.key", ["a.key", "x/y/a.key"], not: ["a.key/x"]),
    ExpressionCase("/home/*/.ssh/**", ["/home/u/.ssh/id"], not: ["/home/u/v/.ssh/id"]),
    ExpressionCase("SRC/*.swift", ["src/A.Swift"], not: ["src/x/A.swift"], i: true),
  ]

  @Test("a glob tests the whole value", arguments: text)
  func overText(_ item: ExpressionCase) throws { try check(.glob, item) }

  @Test("in a path wildcards stop at slashes", arguments: path)
  func overPaths(_ item: ExpressionCase) throws { try check(.pathGlob, item) }

  private func check(_ kind: Pattern.Kind, _ item: ExpressionCase) throws {
    let pattern = pattern(kind, item.expression, i: item.i)
    for text in item.matching + item.other {
      let wanted = item.matching.contains(text)
      let result = try decide(pattern, text)
      #expect(result.set == wanted && result.single == wanted, "\(text.debugDescription) \(result)")
    }
  }

  @Test(
    "a bad glob is refused with its place",
    arguments: [
      ("a[", 1, PatternError.Kind.unclosedClass), ("[]", 0, .unclosedClass),
      ("[!", 0, .unclosedClass), ("x[b-a]", 1, .badClassRange),
    ])
  func refuses(_ text: String, _ offset: Int, _ kind: PatternError.Kind) {
    let problem = pattern(.glob, text).problem()
    #expect(problem?.offset == offset)
    #expect(problem?.kind == kind)
  }
}

@Suite("Fixed texts")
struct FixedTextTests {
  static let cases: [(Pattern.Kind, ExpressionCase)] = [
    (.equals, ExpressionCase("abc", ["abc"], not: ["abcd", "xabc", "ABC", ""])),
    (.equals, ExpressionCase("abc", ["ABC", "aBc"], not: ["abcd"], i: true)),
    (.equals, ExpressionCase("", [""], not: ["a"])),
    (.equals, ExpressionCase("é", ["é"], not: ["É", "e"])),
    (.equals, ExpressionCase("é", ["é", "É"], not: ["e"], i: true)),
    (.contains, ExpressionCase("rm", ["rm", "farm", "rmdir"], not: ["r m", "RM"])),
    (.contains, ExpressionCase("", ["", "a"], not: [])),
    (.contains, ExpressionCase("a", ["xay"], not: ["xAy", ""])),
    (.contains, ExpressionCase("DROP TABLE", ["x; Drop Table y"], not: ["drop  table"], i: true)),
    (.contains, ExpressionCase("Kelvin", ["\u{212A}elvin", "kelvin"], not: ["elvin"], i: true)),
    (.contains, ExpressionCase("kelvin", ["\u{212A}x kelvin"], not: ["\u{212A}elvin", "Kelvin"])),
    (.contains, ExpressionCase("Straße", ["\u{212A} Straße"], not: ["STRASSE", "straße"])),
    (.startsWith, ExpressionCase("/srv", ["/srv", "/srv/x"], not: ["/sr", "x/srv"])),
    (.startsWith, ExpressionCase("ab", ["abc"], not: ["a", "xab", "Ab"])),
    (.startsWith, ExpressionCase("k", ["\u{212A}x", "Kx"], not: ["xk"], i: true)),
    (.endsWith, ExpressionCase(".pem", ["a.pem", ".pem"], not: ["a.pem "])),
    (.endsWith, ExpressionCase(".c", ["a.c", "\u{212A}.c"], not: [".cc", ".C"])),
    (.endsWith, ExpressionCase("Σ", ["ας", "ΑΣ", "ασ"], not: ["a"], i: true)),
  ]

  @Test("fixed texts are found where they must stand", arguments: cases)
  func matches(_ kind: Pattern.Kind, _ item: ExpressionCase) throws {
    for text in item.matching + item.other {
      let wanted = item.matching.contains(text)
      let result = try decide(pattern(kind, item.expression, i: item.i), text)
      #expect(result.set == wanted && result.single == wanted, "\(text.debugDescription) \(result)")
    }
  }

  @Test("a text that is not UTF-8 matches by its well-formed parts")
  func notUTF8() throws {
    let set = try PatternSet([
      pattern(.contains, "abcd"), pattern(.regularExpression, "^.*$"),
      pattern(.regularExpression, "é"), pattern(.mentions, "abcd"), pattern(.endsWith, "z"),
    ])
    var scratch = PatternScratch()
    let text: [UInt8] = [0xFF, 0x61, 0x62, 0x63, 0x64, 0xC3, 0xA9, 0xC3, 0x7A]
    set.match(text.span, scratch: &scratch)
    #expect(scratch.matches.sorted() == [0, 2, 4])
  }
}
