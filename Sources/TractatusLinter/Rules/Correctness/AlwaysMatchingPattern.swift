import TractatusSource

extension LintRule {
  /// `always-matching-pattern`.
  static let alwaysMatchingPattern = LintRule(
    102, "always-matching-pattern", .error, "A pattern that every text passes.",
    why: """
      The test says nothing: a restriction on it stops every call, an `allow` lets every one go ahead. Mostly a part \
      that may be nothing was to be there at least once. Decided on the automaton of the pattern.
      """,
    avoid: """
      rule tickets "Messages name a ticket" {
          on deploy
          warn unless message? matches /[A-Z0-9]*/ because "Name the ticket."
      }
      """,
    prefer: """
      rule tickets "Messages name a ticket" {
          on deploy
          warn unless message? matches /[A-Z]+-[0-9]+/ because "Name the ticket."
      }
      """,
    needsCheck: true
  ) { run in
    run.forEachExpression { file, token, pattern in
      if run.extent(of: pattern) == .everything {
        run.report(
          "every text passes this expression, for it may match nothing at all",
          at: file.tree.span(of: token), notes: ["Ask with `has` whether there is a value."])
      }
    }
    for test in run.patternTests where test.file.tree[test.token].isString {
      if run.extent(of: test.pattern) == .everything {
        run.report(
          "every text passes this", at: test.span,
          notes: ["Ask with `has` whether there is a value."])
      }
    }
  }
}
