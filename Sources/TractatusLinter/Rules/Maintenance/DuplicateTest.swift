import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `duplicate-test`.
  static let duplicateTest = LintRule(
    613, "duplicate-test", .note, "Two tests of one title in a file.",
    why: "A failure names the title. With two of it one looks at the wrong one.",
    avoid: """
      test "production asks" {
          action deploy { environment: production, port: 1 }
          expect allow
      }

      test "production asks" {
          action deploy { environment: staging, port: 1 }
          expect allow
      }
      """,
    prefer: """
      test "production asks" {
          action deploy { environment: production, port: 1 }
          expect allow
      }

      test "staging passes" {
          action deploy { environment: staging, port: 1 }
          expect allow
      }
      """
  ) { run in
    for file in run.files {
      var seen: [String: SourceSpan] = [:]
      for view in file.views(.testDeclaration, TestView.self) {
        guard let title = view.title else { continue }
        let span = file.tree.span(of: title)
        if let first = seen.updateValue(span, forKey: file.tree.string(of: title)) {
          run.report(
            "another test has this title", at: span,
            secondary: [LabelledSpan(first, "the other test")])
        }
      }
    }
  }
}
