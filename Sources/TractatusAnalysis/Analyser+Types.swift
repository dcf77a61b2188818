import TractatusCompiler
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Action types that nothing restricts, and actions that no rule speaks of.
extension Analyser {
  func analyseTypes() {
    for (type, declared) in checked.actionTypes.enumerated() where declared.package != nil {
      guard isReported(declared.span) else { continue }
      subject = declared.name.name
      checkRestrictions(of: type, declared)
      checkCover(of: type, declared)
    }
  }

  /// The clauses that judge calls of a type.
  private func judging(_ type: Int) -> [AnalysedClause] {
    (Array(tables[type]) + Array(tables[tables.count - 1])).map { clauses[$0] }
  }

  /// The clauses of sealed rules on `unmapped` that judge some calls of a type.
  private func guarding(_ type: Int) -> [AnalysedClause] {
    guard let unmapped = checked.unmapped else { return [] }
    return tables[unmapped].map { clauses[$0] }.filter { clause in
      checked.sealedPackage(of: clause.clause.origin).map {
        !checked.foreignMappings(of: type, to: $0).isEmpty
      } ?? false
    }
  }

  private func checkRestrictions(of type: Int, _ declared: ActionType) {
    let isRestricted = (judging(type) + guarding(type)).contains { clause in
      // A call that is corrected passes with a warning.
      guard clause.isRestricting || clause.isCorrecting(in: checked),
        !silent.contains(clause.number)
      else { return false }
      return clause.rule.map { !checked.rules[$0].isShadow } ?? true
    }
    let defaults = [declared.otherwise, package(of: declared)?.otherwise] + floors
    if isRestricted || defaults.contains(where: { ($0?.verdict ?? .allow) > .allow }) { return }
    let documents = builder.documents(
      for: Assignment(tests: [:], states: [:], dependsOnFree: []), type: type)
    let witness = run.confirm(documents) { $0.verdict == .allow }
    report(
      AnalysisFinding(
        .unrestrictedType, witness == nil ? .possible : .shown,
        "nothing restricts `\(declared.name.name)`: no rule on it asks, denies or warns, and it has "
          + "no `otherwise`",
        at: declared.span, witness: witness, claim: .unrestricted(type)))
  }

  private func package(of type: ActionType) -> CheckedPackage? {
    type.package.map { checked.packages[Int($0.index)] }
  }

  /// Defaults that stand under every type.
  private var floors: [Otherwise?] {
    checked.packages.map { $0.otherwise?.isSealed == true ? $0.otherwise : nil }
  }

  /// Shows an action on which every clause is false, so that `otherwise` alone decides.
  private func checkCover(of type: Int, _ declared: ActionType) {
    guard let otherwise = declared.otherwise ?? package(of: declared)?.otherwise else { return }
    let judging = judging(type)
    guard judging.contains(where: { $0.rule != nil }) else { return }
    let silent = judging.flatMap(\.isSilent)
    // Where a level counts, the points of its threshold are best known: else it is unmeasured.
    let points = lowered.thresholds.flatMap(\.points).map { Goal($0, .isFalse) }
    for goals in points.isEmpty ? [silent] : [silent + points, silent] {
      switch solver.find(goals, steps: 1_000_000) {
      case .never: continue
      case .notDecided(let reason): noteUndecided(reason)
      case .witness(let assignment):
        if showGap(of: type, declared, otherwise, assignment) { return }
      }
    }
  }

  /// Reports an action of which no rule speaks; false where the evaluator does not confirm it.
  private func showGap(
    of type: Int, _ declared: ActionType, _ otherwise: Otherwise, _ assignment: Assignment
  ) -> Bool {
    let witness = run.confirm(builder.documents(for: assignment, type: type)) { decision in
      decision.unmet.isEmpty && decision.unknown.isEmpty
        && decision.fired.allSatisfy { $0.kind == "otherwise" }
    }
    guard let witness else { return false }
    report(
      AnalysisFinding(
        .uncovered, .shown,
        "no rule says anything of some `\(declared.name.name)`: `otherwise "
          + "\(otherwise.verdict.word)` decides",
        at: otherwise.span, secondary: [LabelledSpan(declared.span, "the action type")],
        witness: witness))
    return true
  }
}
