import TractatusCompiler
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Clauses by themselves: those that never fire, those that always do, requirements that nothing
/// meets.
extension Analyser {
  /// The same clause of a policy as the types see it.
  private struct Group {
    var span: SourceSpan
    var all = 0
    var dead: [Int] = []
    var mayBeUnknown = false
    var always: [Int] = []
  }

  func analyseClauses() {
    var groups: [LoweredClause.Origin: Group] = [:]
    var order: [LoweredClause.Origin] = []
    for clause in clauses {
      let origin = clause.clause.origin
      if groups[origin] == nil {
        groups[origin] = Group(span: clause.span)
        order.append(origin)
      }
      var group = groups[origin] ?? Group(span: clause.span)
      group.all += 1
      subject = clause.rule.map { name($0) } ?? ""
      analyse(clause, &group.dead, &group.mayBeUnknown, &group.always)
      groups[origin] = group
    }
    for origin in order {
      guard let group = groups[origin], case .rule(let rule, let place) = origin else { continue }
      reportDead(group.dead, of: group.all, group.mayBeUnknown, rule, place)
      reportAlways(group.always, of: group.all, rule, place)
    }
  }

  private func analyse(
    _ clause: AnalysedClause, _ dead: inout [Int], _ mayBeUnknown: inout Bool,
    _ always: inout [Int]
  ) {
    switch solver.find(clause.fires) {
    case .never:
      self.dead.insert(clause.number)
      dead.append(clause.number)
      if isNever(clause.isUnknown) {
        silent.insert(clause.number)
      } else {
        mayBeUnknown = true
      }
    case .notDecided(let reason): noteUndecided(reason)
    case .witness(let assignment):
      candidates[clause.number] = assignment
      // Of what is not reported few are asked for, and they are made then.
      if !isReported(clause.span) { return }
      if let witness = witness(assignment, firing: clause) { witnesses[clause.number] = witness }
      checkAlways(clause, &always)
      checkRequirement(clause)
    }
  }

  /// Whether the condition as written is true of every action, or what is required always met.
  private func checkAlways(_ clause: AnalysedClause, _ always: inout [Int]) {
    guard case .rule(let rule, let place) = clause.clause.origin else { return }
    let written = checked.rules[rule].clauses[place]
    let guardCondition = checked.rules[rule].guardCondition
    if let required = clause.clause.required {
      let goals = [Goal(clause.clause.formula, .notFalse), Goal(required, .notTrue)]
      if isNever(goals) { always.append(clause.number) }
    } else if written.condition != .constant(true) || guardCondition != .constant(true) {
      if case .expect = written.kind { return }
      // A condition that can be unknown is not always true.
      if isNever([Goal(clause.clause.formula, .notTrue)]) { always.append(clause.number) }
    }
  }

  /// Whether nothing meets a requirement while its guard holds.
  private func checkRequirement(_ clause: AnalysedClause) {
    guard let required = clause.clause.required, let rule = clause.rule else { return }
    guard isNever([Goal(clause.clause.formula, .isTrue), Goal(required, .isTrue)]) else { return }
    let type = clause.type.map { " for `\(name(ofType: $0))`" } ?? ""
    report(
      AnalysisFinding(
        .unmeetable, .proved,
        "nothing meets this requirement of `\(name(rule))`\(type): no action makes it true while "
          + "the guard holds",
        at: clause.span, witness: witnesses[clause.number], claim: .unmeetable(clause.number)))
  }

  private func reportDead(
    _ dead: [Int], of all: Int, _ mayBeUnknown: Bool, _ rule: Int, _ place: Int
  ) {
    guard !dead.isEmpty, checked.rules[rule].isActive else { return }
    let types =
      dead.count == all ? "" : " for \(names(ofTypes: dead.compactMap { clauses[$0].type }))"
    let kind = checked.rules[rule].clauses[place].kind
    let isRequired = if case .require = kind { true } else { false }
    let what =
      isRequired
      ? "this requirement of `\(name(rule))` is never unmet\(types)"
      : "this clause of `\(name(rule))` never fires\(types): no action makes its condition true"
    let rest =
      mayBeUnknown
      ? ["It can still ask where what it tests is unknown."] : ["Without it no verdict changes."]
    report(
      AnalysisFinding(
        .neverFires, .proved, what, at: checked.rules[rule].clauses[place].span, notes: rest,
        claim: .neverFires(
          dead, rule: rule, place: place, changesNothing: !mayBeUnknown && dead.count == all)))
  }

  private func reportAlways(_ always: [Int], of all: Int, _ rule: Int, _ place: Int) {
    guard !always.isEmpty else { return }
    let types =
      always.count == all ? "" : " for \(names(ofTypes: always.compactMap { clauses[$0].type }))"
    let clause = checked.rules[rule].clauses[place]
    let what =
      if case .require = clause.kind {
        "this requirement of `\(name(rule))` is always met\(types)"
      } else {
        "the condition of this clause of `\(name(rule))` is always true\(types)"
      }
    report(
      AnalysisFinding(
        .alwaysTrue, .proved, what, at: clause.span,
        witness: always.first.flatMap { witnesses[$0] }, claim: .alwaysTrue(always)))
  }

  /// Clauses that lowering found to be false already, and so took out.
  func analyseMissingClauses() {
    var present: [LoweredClause.Origin: Set<Int>] = [:]
    for clause in clauses {
      present[clause.clause.origin, default: []].insert(clause.type ?? -1)
    }
    for (index, rule) in checked.rules.enumerated() where rule.isActive {
      let types: [Int] =
        switch rule.on {
        case .any: [-1]
        case .types(let types): types.map { Int($0.index) }
        }
      for (place, clause) in rule.clauses.enumerated() {
        let known = present[.rule(index, clause: place)] ?? []
        let missing = types.filter { !known.contains($0) }
        if missing.isEmpty { continue }
        let isAll = missing.count == types.count
        let suffix = isAll ? "" : " for \(names(ofTypes: missing))"
        let isRequired = if case .require = clause.kind { true } else { false }
        report(
          AnalysisFinding(
            .neverFires, .proved,
            isRequired
              ? "this requirement of `\(name(index))` is never unmet\(suffix)"
              : "this clause of `\(name(index))` never fires\(suffix): its condition is always false",
            at: clause.span, notes: ["Without it no verdict changes."],
            claim: .neverFires([], rule: index, place: place, changesNothing: isAll)))
      }
    }
  }
}
