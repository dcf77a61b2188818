import TractatusSemantics
import TractatusSource

extension LintRule {
  /// `contradictory-tests`.
  static let contradictoryTests = LintRule(
    105, "contradictory-tests", .error, "Tests of one attribute that no value passes together.",
    why: """
      The clause never fires. Mostly `or` was meant, a bound is the wrong way round, or the rule's `on … when` already \
      excludes what the clause asks for. Decided by ranges, texts and automata.
      """,
    avoid: """
      rule ports "Only the usual ports" {
          on deploy
          deny when port < 1_024 and port > 49_151 because "The port is reserved."
      }
      """,
    prefer: """
      rule ports "Only the usual ports" {
          on deploy
          deny when port < 1_024 or port > 49_151 because "The port is reserved."
      }
      """,
    needsCheck: true
  ) { run in
    for rule in run.lintedRules {
      let isGuardDead = report(run, [rule.guardCondition], at: rule.span, "the rule never applies")
      if isGuardDead { continue }
      for clause in rule.clauses {
        if case .require = clause.kind {
          _ = report(run, [clause.condition], at: run.head(clause.span), "this is never met")
          continue
        }
        _ = report(
          run, [rule.guardCondition, clause.condition], at: run.head(clause.span),
          "this clause never fires")
      }
    }
    for waiver in run.policy.waivers {
      _ = report(run, [waiver.condition], at: run.head(waiver.span), "this waives nothing")
    }
  }

  /// Reports a contradiction in a conjunction, and in each alternative of it; says whether the
  /// whole never holds.
  private static func report(
    _ run: LintRun, _ parts: [Condition], at span: SourceSpan, _ result: String
  ) -> Bool {
    if let operand = Conjunction.contradiction(in: parts) {
      run.report(
        "\(result): no value of `\(operand.name(in: run.policy))` passes all tests of it",
        at: span)
      return true
    }
    for case .or(let alternatives) in parts {
      for alternative in alternatives {
        if let operand = Conjunction.contradiction(in: [alternative]) {
          run.report(
            "one of the alternatives never holds: no value of "
              + "`\(operand.name(in: run.policy))` passes all tests of it", at: span)
        }
      }
    }
    return false
  }
}
