import TractatusSemantics
import TractatusSource

extension LintRule {
  /// `replaced-rule`.
  static let replacedRule = LintRule(
    607, "replaced-rule", .note, "A policy rule that another one replaces for good.",
    why:
      "It is never judged. Its text stays in the way of whoever looks for what is in force; version control keeps it.",
    avoid: """
      instruction inst_1 "Databases listen on 27027" {
          persistence: high
          on deploy
          expect port == 27027 because "The port is 27027."
      }

      instruction inst_2 "Databases listen on 27028" {
          persistence: high
          replaces: inst_1
          on deploy
          expect port == 27028 because "The port is 27028."
      }
      """,
    prefer: """
      instruction inst_2 "Databases listen on 27028" {
          persistence: high
          on deploy
          expect port == 27028 because "The port is 27028."
      }
      """,
    needsCheck: true
  ) { run in
    var reported: Set<RuleID> = []
    for rule in run.policy.rules
    where rule.isActive && !rule.isShadow && rule.since == nil && rule.until == nil {
      for id in rule.replaces where reported.insert(id).inserted {
        let replaced = run.policy.rules[Int(id.index)]
        guard replaced.isActive else { continue }
        run.report(
          "`\(rule.name.name)` replaces this rule for good", at: replaced.span,
          secondary: [LabelledSpan(rule.span, "replaces it")])
      }
    }
  }
}
