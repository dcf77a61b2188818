import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `missing-example`.
  static let missingExample = LintRule(
    609, "missing-example", .note,
    "A restriction by a pattern that no example and no test shows to hold.",
    why: """
      Expressions, globs and word lists miss what they were written for more often than not: a case, a boundary, a \
      spelling. One `example` of what is stopped and one of what is not shows both, and keeps showing it. What only \
      hands an action to people (`needs human judgment`) is left out: they see what they are asked about.
      """,
    avoid: """
      rule urgent "Urgent messages are read" {
          on deploy
          warn when message? matches /urgent(ly)?/i because "Pressing message."
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
        guard view.examples.isEmpty, !view.isShadow, let name = view.name,
          !run.testedNames.contains(file.tree.name(of: name)), file.isWhole(view.id),
          let test = pattern(in: view, file)
        else { continue }
        run.report(
          "no example and no test shows what this rule stops", at: file.tree.span(of: name),
          secondary: [LabelledSpan(file.tree.span(of: test), "this can miss what it means")])
      }
    }
  }

  /// The first expression, glob or word list of a rule's restricting clauses.
  private static func pattern(in rule: RuleView, _ file: LintFile) -> NodeID? {
    for effect in rule.effects where !effect.isAllow && !effect.needsHuman {
      if let found = pattern(in: effect.id, file) { return found }
    }
    return nil
  }

  private static func pattern(in node: NodeID, _ file: LintFile) -> NodeID? {
    if let test = TextTestView(file.tree, node) {
      return [.matches, .like, .mentions].contains(test.operation) ? node : nil
    }
    for child in file.tree.children(of: node) {
      if let found = pattern(in: child, file) { return found }
    }
    return nil
  }
}
