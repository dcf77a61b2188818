import TractatusEngine
import TractatusValues

/// The order of decisions: what may never make one milder, as the laws of the tests ask.
package enum Monotony {
  /// How much a decision holds back, from 0: an unknown denial asks, so these two are one, and
  /// what cannot be judged is refused.
  package static func severity(_ decision: Decision) -> Int {
    if decision.error != nil { return Int(Verdict.ask.rawValue) }
    return Int(min(decision.verdict, .ask).rawValue)
  }

  /// Whether leaving out some of what the surroundings supply has loosened nothing: `whole` is
  /// decided with it, `less` without. What was an input error before tells nothing.
  package static func holds(whole: Decision, less: Decision) -> Bool {
    whole.error != nil || severity(whole) <= severity(less)
  }

  /// Whether a package that neither allows, waives, replaces nor corrects has loosened nothing:
  /// `few` is decided without it, `many` with it. A call that nothing mapped before tells nothing,
  /// for the package may map it.
  package static func holds(few: Decision, many: Decision) -> Bool {
    few.error != nil || few.types.contains("unmapped")
      || few.verdict <= (many.error == nil ? many.verdict : .deny)
  }

  /// Whether any package has loosened nothing of what sealed rules say: whether they hold the
  /// action back, for what they warn of may be corrected away.
  ///
  /// - Parameter sealed: the qualified names of sealed rules and thresholds that count.
  package static func holds(few: Decision, many: Decision, sealed: Set<String>) -> Bool {
    if few.error != nil || few.types.contains("unmapped") || many.error != nil { return true }
    // What is corrected is so by leave of every sealed rule.
    return many.isCorrected || !isHeld(few, by: sealed, isCertain: true)
      || isHeld(many, by: sealed, isCertain: false)
  }

  /// Whether sealed rules ask or deny.
  ///
  /// The verdict of an unknown entry is that of any of its rules: for certain it is a sealed one's
  /// only where all are sealed.
  private static func isHeld(
    _ decision: Decision, by sealed: Set<String>, isCertain: Bool
  ) -> Bool {
    decision.fired.contains { $0.verdict >= .ask && sealed.contains($0.rule) }
      || decision.unmet.contains { $0.verdict >= .ask && sealed.contains($0.rule) }
      || decision.unknown.contains { entry in
        guard entry.verdict >= .ask else { return false }
        return isCertain
          ? entry.rules.allSatisfy(sealed.contains) : entry.rules.contains(where: sealed.contains)
      }
  }

  /// Whether a higher score of thresholds whose verdicts rise along their levels has loosened
  /// nothing: `high` is decided with a factor's input raised and all else as in `low`.
  package static func holds(low: Decision, high: Decision) -> Bool {
    low.error != nil || low.verdict <= (high.error == nil ? high.verdict : .deny)
  }

  /// The first of some actions on which a law does not hold between two of its forms, by one
  /// evaluator: documents that are judged in pairs.
  package static func contradiction(
    _ pairs: [(before: [UInt8], after: [UInt8])], _ run: inout WitnessRun,
    law: (Decision, Decision) -> Bool
  ) -> (before: Witness, after: Witness)? {
    for pair in pairs {
      guard let before = run.decide(pair.before), let after = run.decide(pair.after) else {
        continue
      }
      if !law(before, after) {
        return (
          Witness(document: pair.before, decision: before),
          Witness(document: pair.after, decision: after)
        )
      }
    }
    return nil
  }
}
