import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `missing-because`.
  static let missingBecause = LintRule(
    301, "missing-because", .warning,
    "A restriction that gives no reason: no `because`, and no title.",
    why: """
      The reason is all that an agent, or the person who is asked, gets to see. Without one the report shows the bare \
      name of the rule, and the agent tries the same in another way.
      """,
    avoid: """
      rule prod {
          on deploy
          deny when environment == production
      }
      """,
    prefer: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "Ask the release team."
      }
      """,
    parameters: [
      .init(
        "every-clause", .flag(false),
        "Whether a clause needs its own reason beside the rule's title.")
    ]
  ) { run in
    let isStrict = run.flag("every-clause")
    for file in run.files {
      for rule in file.views(.ruleDeclaration, RuleView.self) {
        if rule.title != nil, !isStrict { continue }
        for clause in rule.clauses { check(clause, run) }
      }
      for level in file.views(.level, LevelView.self) where level.because == nil {
        guard let verdict = level.verdict, isRestricting(file.tree[verdict].word) else { continue }
        let threshold = file.enclosing(level.id, .thresholdDeclaration)
          .flatMap { ThresholdView(file.tree, $0) }
        if threshold?.title != nil, !isStrict { continue }
        run.report("this level gives no reason", at: file.tree.span(of: verdict))
      }
    }
  }

  private static func check(_ clause: ClauseView, _ run: LintRun) {
    switch clause {
    case .effect(let view):
      if view.because == nil, !view.isAllow, let verdict = view.verdict ?? view.humanToken {
        run.report("this gives no reason", at: view.tree.span(of: verdict))
      }
    case .expect(let view):
      if view.because == nil, let path = view.path {
        run.report("this gives no reason", at: path.span)
      }
    case .require(let view):
      if view.because == nil, let condition = view.condition {
        run.report("this gives no reason", at: condition.span)
      }
    case .obligation, .example, .deliberate: return
    }
  }

  private static func isRestricting(_ word: Word?) -> Bool {
    word == .warn || word == .ask || word == .deny
  }
}

extension EffectView {
  /// The first token of `needs human …`; nil for a verdict.
  var humanToken: TokenID? { verdict == nil ? tree.tokens(of: id).first : nil }
}
