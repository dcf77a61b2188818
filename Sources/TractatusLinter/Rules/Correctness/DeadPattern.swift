import TractatusPatterns
import TractatusSemantics
import TractatusSource

extension LintRule {
  /// `dead-pattern`.
  static let deadPattern = LintRule(
    101, "dead-pattern", .error, "A pattern that no text passes.",
    why: """
      A restriction on it never fires, and an exception never applies, while both look as if they did. Decided on the \
      automaton of the pattern, and for paths and hosts against the form in which they are compared: hosts in lower \
      case, paths without `//`, `.` and a `/` at the end.
      """,
    avoid: """
      rule tokens "Tokens stay" {
          on deploy
          deny when message? matches /token$\\s+=/ because "This holds a token."
      }

      rule internal_hosts "Internal hosts stay internal" {
          on deploy
          deny when host? like "*.ACME.example" because "The host is internal."
      }
      """,
    prefer: """
      rule tokens "Tokens stay" {
          on deploy
          deny when message? matches /token\\s*=/ because "This holds a token."
      }

      rule internal_hosts "Internal hosts stay internal" {
          on deploy
          deny when host? within "acme.example" because "The host is internal."
      }
      """,
    needsCheck: true
  ) { run in
    run.forEachExpression { file, token, pattern in
      if case .nothing(let reason)? = run.extent(of: pattern) {
        run.report(
          "no text passes this expression: \(reason)", at: file.tree.span(of: token))
      }
    }
    for test in run.patternTests {
      guard let form = NormalForm(of: test), form.mayExclude(test.pattern) else { continue }
      if run.extent(of: test.pattern) == .some,
        Pattern(test.pattern).meets(form.pattern) == false
      {
        run.report("no \(form.noun) passes this: \(form.reason)", at: test.span)
      }
    }
  }
}

/// The form in which the texts of a type are compared.
private struct NormalForm {
  let noun: String
  let reason: String
  let pattern: Pattern
  private let isHost: Bool

  init?(of test: PatternTest) {
    switch test.type {
    case .host:
      noun = "host"
      reason = "hosts are compared in lower case, without a dot at the end"
      isHost = true
      pattern = Pattern(.regularExpression, Array("^[^A-Z\\s]*[^A-Z\\s.]$".utf8))
    case .path:
      noun = "path"
      reason = "paths are compared without `//`, `.`, `..` inside and a `/` at the end"
      isHost = false
      let name = "(?:[^/.][^/]*|\\.[^/.][^/]*|\\.\\.[^/]+)"
      pattern = Pattern(
        .regularExpression,
        Array("^(?:|/|\\.|\\.\\.(?:/\\.\\.)*|(?:/|(?:\\.\\./)*)\(name)(?:/\(name))*)$".utf8),
        dotMatchesNewline: true)
    default: return nil
    }
  }

  /// Whether it is worth a closer look.
  func mayExclude(_ pattern: TextPattern) -> Bool {
    let bytes = Array(pattern.text.utf8)
    if isHost {
      return !pattern.ignoresCase && bytes.contains { $0 &- 0x41 < 26 } || bytes.last == 0x2E
    }
    if bytes.last == UInt8(ascii: "/") { return true }
    var previous: UInt8 = 0
    for byte in bytes {
      let isMark = byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
      if previous == UInt8(ascii: "/"), isMark || byte == UInt8(ascii: "$") { return true }
      if byte != UInt8(ascii: "\\") { previous = byte }
    }
    return false
  }
}
