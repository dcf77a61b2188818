import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `text-on-host`.
  static let textOnHost = LintRule(
    206, "text-on-host", .warning, "A domain tested as the text of a host.",
    why: """
      `like "*.acme.example"` misses the domain itself, `contains` and a loose end also pass other domains. `within` is \
      the domain with all below it, and nothing else.
      """,
    avoid: """
      rule inside "Deployments stay inside" {
          on deploy
          deny when not host? ends with ".acme.example" because "{host} is not ours."
      }
      """,
    prefer: """
      rule inside "Deployments stay inside" {
          on deploy
          deny when not host? within "acme.example" because "{host} is not ours."
      }
      """,
    fix: .deciding, fixSummary: "Writes `within` and the domain, where the test is a plain suffix.",
    needsCheck: true
  ) { run in
    for test in run.patternTests where test.type == .host {
      guard let domain = domain(test) else { continue }
      let tree = test.file.tree
      var fix: FixIt?
      if case .literal? = test.test.terms {
        fix = FixIt(
          "write `within \"\(domain)\"`", replacing: tree.span(of: test.test.id),
          with: "within \"\(domain)\"")
      }
      run.report(
        "`within \"\(domain)\"` is the domain with all below it, and nothing else", at: test.span,
        fix: fix)
    }
  }

  /// The domain of a suffix: `.acme.example`, `*.acme.example`; nil for anything else.
  private static func domain(_ test: PatternTest) -> String? {
    var text = test.pattern.text[...]
    switch test.test.operation {
    case .ends where text.hasPrefix("."): text = text.dropFirst()
    case .like where text.hasPrefix("*."): text = text.dropFirst(2)
    default: return nil
    }
    let isPlain = text.utf8.allSatisfy { byte in
      (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: ".")
    }
    return isPlain && text.contains(".") ? String(text) : nil
  }
}
