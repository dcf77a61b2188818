import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `inactive-rule`.
  static let inactiveRule = LintRule(
    608, "inactive-rule", .note, "A policy rule with `active: false`.",
    why:
      "It protects nothing, and its examples do not run. `shadow` keeps it in reports; version control keeps its text.",
    avoid: """
      rule freeze "Nothing is deployed" {
          active: false
          on deploy
          deny because "Releases are frozen."
      }
      """,
    prefer: """
      shadow rule freeze "Nothing is deployed" {
          on deploy
          deny because "Releases are frozen."
      }
      """
  ) { run in
    for file in run.files {
      for view in file.views(.ruleDeclaration, RuleView.self) {
        for entry in view.metadata {
          guard entry.name.map({ file.tree.name(of: $0) == "active" }) ?? false,
            case .literal(let value)? = entry.value,
            value.token.map({ file.tree[$0].word == .false }) ?? false
          else { continue }
          run.report("this rule is switched off", at: entry.span)
        }
      }
    }
  }
}
