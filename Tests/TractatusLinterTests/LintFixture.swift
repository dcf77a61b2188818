import Foundation
import TractatusLinter
import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

/// Lints texts, for tests.
enum LintFixture {
  /// The day on which dates are judged.
  static let today = CalendarDate(year: 2026, month: 11, day: 21)

  /// What the declarations of a page stand behind.
  static let prelude = """
    policy acme.lint "Examples" version "1.0.0"

    type environment = one of [dev, staging, production]
    fact branch: text

    action bash "Run a command" { command: command }
    action read_file "Read a file" { path: path }
    action fetch "Fetch" { url: url }
    action deploy "Deploy" {
        environment: environment
        port:        int in 1..65535
        host:        host optional
        message:     text optional
    }

    test "a branch is given" {
        given { facts.branch: "main" }
        action bash { command: "ls" }
        expect allow
    }

    program rm { deletes operands flag -r flag -f }
    program git { subcommand push { flag -f --force } }


    """

  /// The text of a page's declarations with what they need.
  static func text(of snippet: String) -> String {
    (snippet.hasPrefix("policy ") ? "" : prelude) + snippet + "\n"
  }

  /// One text as an input; without configuration every rule runs as its page says.
  static func input(
    _ text: String, configuration: LintConfiguration = LintConfiguration()
  ) -> LintInput {
    input([("rules.tract", text)], configuration: configuration)
  }

  /// Several texts as an input.
  static func input(
    _ files: [(String, String)], configuration: LintConfiguration = LintConfiguration()
  ) -> LintInput {
    var sources = SourceSet()
    let parsed = files.map {
      ParsedFile(parsing: sources.add(name: $0.0, bytes: Array($0.1.utf8)))
    }
    return LintInput(files: parsed, today: today, configuration: configuration)
  }

  /// What a rule finds in a text.
  static func findings(of rule: LintRule, in text: String) -> [Finding] {
    Linter.lint(input(text)).findings.filter { $0.code == rule.code }
  }

  /// The text after the fixes of one rule, or of all, were applied until nothing changes.
  static func fixed(_ text: String, by rule: LintRule?, isDeciding: Bool = true) -> String {
    var text = text
    for _ in 0..<20 {
      let input = input(text)
      var findings = Linter.lint(input).findings
      if let rule { findings = findings.filter { $0.code == rule.code } }
      var sources = SourceSet()
      sources.add(name: "rules.tract", bytes: Array(text.utf8))
      let outcome = FixApplication.apply(findings, to: sources, isDeciding: isDeciding)
      guard let bytes = outcome.texts[SourceID(rawValue: 0)] else { return text }
      text = String(decoding: bytes, as: UTF8.self)
    }
    return text
  }

  /// A finding as a case records it.
  static func line(_ finding: Finding, in text: String) -> String {
    let index = LineIndex(SourceText(name: "", text: text))
    let start = index.location(at: finding.span.start)
    let end = index.location(at: finding.span.end)
    return
      "\(finding.severity.name) \(finding.code) \(start.line):\(start.column)-"
      + "\(end.line):\(end.column) \(finding.message)\n"
  }

  /// The repository's folder.
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Whether recorded files are rewritten.
  static let updates = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
}
