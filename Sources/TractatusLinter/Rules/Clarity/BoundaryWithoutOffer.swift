import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `boundary-without-offer`.
  static let boundaryWithoutOffer = LintRule(
    303, "boundary-without-offer", .warning, "A boundary that offers no alternative.",
    why: """
      A boundary hands a decision to people. What the agent may do meanwhile is research, lay out options, prepare: \
      without an `offer` it waits, or looks for a way around.
      """,
    avoid: """
      boundary consent "Users decide" {
          on any
          needs human judgment when description mentions "opt * out by default"
              because "Determines how much control users have."
      }
      """,
    prefer: """
      boundary consent "Users decide" {
          on any
          needs human judgment when description mentions "opt * out by default"
              because "Determines how much control users have."
          offer "Document what others do."
      }
      """
  ) { run in
    for file in run.files {
      for view in file.views(.ruleDeclaration, RuleView.self) where view.head == .boundary {
        let hasOffer = view.clauses.contains {
          if case .obligation(let obligation) = $0 { obligation.kind == .offer } else { false }
        }
        guard !hasOffer, file.isWhole(view.id), let name = view.name else { continue }
        run.report(
          "this boundary says what an agent may not decide, and not what it may do instead",
          at: file.tree.span(of: name))
      }
    }
  }
}
