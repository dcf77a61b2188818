import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `allow-any`.
  static let allowAny = LintRule(
    209, "allow-any", .error, "An `allow` without a condition on every action.",
    why: """
      It lifts the `otherwise` of every action type of its package, of those that are yet to be declared as well, and \
      of calls that nothing maps. What asks or denies by default then passes.
      """,
    avoid: """
      rule open "Everything else passes" {
          on any
          allow
      }
      """,
    prefer: """
      rule open "Development is open" {
          on deploy
          allow when environment == dev
      }
      """
  ) { run in
    for file in run.files {
      for rule in file.views(.ruleDeclaration, RuleView.self) {
        guard let on = rule.on, on.types?.isAny == true, on.whenGuard == nil, on.unlessGuard == nil
        else { continue }
        for effect in rule.effects where effect.isAllow && effect.whenGuard == nil {
          run.report(
            "this lifts the default verdict of every action, known or not",
            at: run.head(effect.span))
        }
      }
    }
  }
}
