import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `constant-condition`.
  static let constantCondition = LintRule(
    107, "constant-condition", .warning, "`true` or `false` as a condition.",
    why:
      "What always or never holds was left from trying something out, or hides that a clause is switched off.",
    avoid: """
      rule frozen "Nothing is deployed" {
          on deploy
          deny when environment == production and true because "Production is frozen."
      }
      """,
    prefer: """
      rule frozen "Nothing is deployed" {
          on deploy
          deny when environment == production because "Production is frozen."
      }
      """
  ) { run in
    for file in run.files {
      for view in file.views(.literalCondition, LiteralConditionView.self) {
        if file.tree.kind(of: file.declaration(of: view.id)) == .letDeclaration { continue }
        let word = view.isTrue ? "true" : "false"
        run.report(
          "`\(word)` is always \(word), so it decides nothing, or everything", at: view.span)
      }
    }
  }
}
