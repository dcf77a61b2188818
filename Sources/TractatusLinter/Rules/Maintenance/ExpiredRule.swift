import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `expired-rule`.
  static let expiredRule = LintRule(
    606, "expired-rule", .warning, "A policy rule whose `until` is over.",
    why:
      "It protects nothing any more where actions carry their time, and all the same where they do not.",
    avoid: """
      rule freeze "Nothing is deployed in the first week" {
          until: 2020-01-07
          on deploy
          deny because "Releases are frozen."
      }
      """,
    prefer: """
      rule freeze "Nothing is deployed in the first week" {
          until: 2099-01-07
          on deploy
          deny because "Releases are frozen."
      }
      """,
    needsCheck: true
  ) { run in
    guard let today = run.input.today?.firstInstant else { return }
    for file in run.files {
      for view in file.views(.ruleDeclaration, RuleView.self) {
        guard let index = run.policyRules.index(of: view),
          let until = run.policy.rules[index].until, until < today,
          let entry = view.metadata.first(where: { entry in
            entry.name.map { file.tree.name(of: $0) == "until" } ?? false
          })
        else { continue }
        run.report("this rule ended on \(until.date)", at: entry.span)
      }
    }
  }
}
