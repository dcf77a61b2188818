import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `missing-title`.
  static let missingTitle = LintRule(
    302, "missing-title", .note, "A policy rule, threshold or action type without a title.",
    why:
      "Reports, tables and `explain` show the title. A name alone says what it is called, not what it is for.",
    avoid: """
      rule inst_080 {
          on deploy
          deny when environment == production because "Production is frozen."
      }
      """,
    prefer: """
      rule inst_080 "Nothing reaches production" {
          on deploy
          deny when environment == production because "Production is frozen."
      }
      """
  ) { run in
    for file in run.files {
      for view in file.views(.ruleDeclaration, RuleView.self) where view.title == nil {
        report(view.name, "policy rule", file, run)
      }
      for view in file.views(.thresholdDeclaration, ThresholdView.self) where view.title == nil {
        report(view.name, "threshold", file, run)
      }
      for view in file.views(.actionDeclaration, ActionView.self) where view.title == nil {
        // A path of several names adds to another package's type, which has its own.
        guard let path = view.path, path.segments.count == 1 else { continue }
        report(path.segments.first, "action type", file, run)
      }
    }
  }

  private static func report(_ name: TokenID?, _ what: String, _ file: LintFile, _ run: LintRun) {
    guard let name else { return }
    run.report("this \(what) has no title", at: file.tree.span(of: name))
  }
}
