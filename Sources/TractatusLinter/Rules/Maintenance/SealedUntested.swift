import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `sealed-untested`.
  static let sealedUntested = LintRule(
    610, "sealed-untested", .warning, "A sealed rule without an example or test.",
    why: """
      Nobody below can loosen a sealed rule, so a mistake in it stops people's work until it is mended here, and one \
      that holds nothing is relied on by all. It is shown by examples, or by a `test` with `by` its name. One that \
      does nothing but hand actions to people (`needs human judgment`) stops nobody without a person who looks at it.
      """,
    avoid: """
      sealed rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "This is production."
      }
      """,
    prefer: """
      sealed rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "This is production."
          example deny  { environment: production, port: 1 }
          example allow { environment: dev, port: 1 }
      }
      """,
    needsCheck: true
  ) { run in
    for file in run.files {
      for view in file.views(.ruleDeclaration, RuleView.self) where view.isSealed {
        guard view.examples.isEmpty, let name = view.name, !isForPeople(view),
          !run.testedNames.contains(file.tree.name(of: name))
        else { continue }
        run.report(
          "no example and no test shows what this sealed rule does", at: file.tree.span(of: name))
      }
      for view in file.views(.thresholdDeclaration, ThresholdView.self) where view.isSealed {
        guard let name = view.name, !run.testedNames.contains(file.tree.name(of: name)) else {
          continue
        }
        run.report("no test shows what this sealed threshold does", at: file.tree.span(of: name))
      }
    }
  }

  /// Whether all that a rule restricts is left to people.
  private static func isForPeople(_ rule: RuleView) -> Bool {
    let effects = rule.effects
    return !effects.isEmpty && effects.allSatisfy(\.needsHuman)
      && rule.clauses.allSatisfy { clause in
        switch clause {
        case .expect, .require: false
        default: true
        }
      }
  }
}
