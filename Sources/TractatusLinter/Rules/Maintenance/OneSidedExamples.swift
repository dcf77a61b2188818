import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `one-sided-examples`.
  static let oneSidedExamples = LintRule(
    611, "one-sided-examples", .note,
    "Examples of what a rule stops and none of what it lets pass, or the other way round.",
    why:
      "A pattern that is too wide passes every example of what it stops; one that holds nothing passes all others.",
    avoid: """
      rule urgent "Urgent messages are read" {
          on deploy
          warn when message? matches /urgent(ly)?/i because "Pressing message."
          example warn { environment: dev, port: 1, message: "Urgently needed" }
      }
      """,
    prefer: """
      rule urgent "Urgent messages are read" {
          on deploy
          warn when message? matches /urgent(ly)?/i because "Pressing message."
          example warn  { environment: dev, port: 1, message: "Urgently needed" }
          example allow { environment: dev, port: 1, message: "No hurry" }
      }
      """
  ) { run in
    for file in run.files {
      for view in file.views(.ruleDeclaration, RuleView.self) {
        let words = view.examples.compactMap { $0.verdict.flatMap { file.tree[$0].word } }
        guard let name = view.name, !words.isEmpty, hasCondition(view), file.isWhole(view.id) else {
          continue
        }
        let allows = words.contains(.allow)
        let stops = words.contains { $0 != .allow }
        if allows && stops { continue }
        // Where every clause allows there is nothing to stop.
        if allows, !view.effects.isEmpty, view.effects.allSatisfy(\.isAllow) { continue }
        run.report(
          stops
            ? "no example shows what this rule lets pass" : "no example shows what this rule stops",
          at: file.tree.span(of: name))
      }
    }
  }

  /// Whether a rule lets anything pass at all.
  private static func hasCondition(_ rule: RuleView) -> Bool {
    if rule.on?.whenGuard != nil || rule.on?.unlessGuard != nil { return true }
    return rule.clauses.allSatisfy { clause in
      if case .effect(let effect) = clause {
        effect.whenGuard != nil || effect.unlessGuard != nil
      } else {
        true
      }
    }
  }
}
