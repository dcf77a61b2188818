import TractatusCompiler
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Parts of conditions that the rest of the condition implies.
extension Analyser {
  /// Most parts of one condition that are compared with each other.
  private static let partLimit = 12

  /// One condition with its parts as one type sees them.
  private struct Parted {
    var rule: Int
    var clause: Int
    var parts: [LoweredFormula]
    /// Which parts a rule must or may well write for the reader: they are not blamed.
    var isExcused: [Bool]
  }

  func analyseParts() {
    var table = ConditionTable(checked)
    var parted: [[Parted]] = []
    for (index, rule) in checked.rules.enumerated() where rule.isActive && isReported(rule.span) {
      let types: [Int?] =
        switch rule.on {
        case .any: [nil]
        case .types(let types): types.map { Int($0.index) }
        }
      let guards = Self.parts(rule.guardCondition)
      for (place, clause) in rule.clauses.enumerated() {
        guard case .effect = clause.kind else { continue }
        let conditions = guards + Self.parts(clause.condition)
        guard conditions.count > 1, conditions.count <= Self.partLimit else { continue }
        parted.append(
          types.map { type in
            Parted(
              rule: index, clause: place,
              parts: conditions.compactMap { table.formula($0, type: type) },
              isExcused: conditions.map(Self.isPresence))
          })
      }
    }
    let policy = table.policy
    var solver = Solver(AnalysisModel(policy))
    for types in parted where types.allSatisfy({ $0.parts.count == $0.isExcused.count }) {
      check(types, &solver, policy)
    }
  }

  /// Reports the parts that say nothing, whichever the type.
  private func check(_ types: [Parted], _ solver: inout Solver, _ policy: LoweredPolicy) {
    guard let first = types.first else { return }
    var idle = idleParts(first, &solver)
    for one in types.dropFirst() where !idle.isEmpty {
      idle.formIntersection(idleParts(one, &solver))
    }
    let clause = checked.rules[first.rule].clauses[first.clause]
    for place in idle.sorted() {
      let rows = first.parts[place].rows.map { ConditionText(policy).row($0) }
      report(
        AnalysisFinding(
          .redundantCondition, .proved,
          "a part of this condition of `\(name(first.rule))` says nothing beside the rest: "
            + "`\(rows.joined(separator: " or "))`",
          at: clause.span, witness: witness(ofRule: first.rule, first.clause),
          claim: .idlePart(place, rule: first.rule, place: first.clause)))
    }
  }

  /// An action on which a clause of a rule fires.
  private func witness(ofRule rule: Int, _ place: Int) -> Witness? {
    clauses.lazy.filter { $0.clause.origin == .rule(rule, clause: place) }
      .compactMap { self.witnesses[$0.number] }.first
  }

  private static func parts(_ condition: Condition) -> [Condition] {
    switch condition {
    case .constant(true): []
    case .and(let parts): parts.flatMap(Self.parts)
    default: [condition]
    }
  }

  private static func isPresence(_ condition: Condition) -> Bool {
    if case .test(let test) = condition { test.predicate == .present } else { false }
  }

  /// Whether a part's tests are of attributes alone, not of what came before or kept whole.
  private static func isPlain(_ part: LoweredFormula, _ policy: LoweredPolicy) -> Bool {
    part.rows.flatMap(\.literals).allSatisfy { literal in
      switch policy.tests[literal.test] {
      case .history, .composite: false
      default: true
      }
    }
  }

  private func idleParts(_ one: Parted, _ solver: inout Solver) -> Set<Int> {
    let attributes = one.parts.map { part in
      Set(part.rows.flatMap(\.literals).flatMap { solver.model.attributes(of: $0.test) })
    }
    var idle: Set<Int> = []
    for (place, part) in one.parts.enumerated()
    where !one.isExcused[place] && Self.isPlain(part, solver.model.policy) {
      let rest = one.parts.indices.filter { $0 != place && !idle.contains($0) }
      // What nothing else reads, nothing else implies.
      guard rest.contains(where: { !attributes[$0].isDisjoint(with: attributes[place]) }) else {
        continue
      }
      let others = LoweredExpression.and(rest.map { one.parts[$0].expression })
      guard case .witness = solver.find([Goal(others, .isTrue)]) else { continue }
      let isImplied =
        solver.find([Goal(others, .isTrue), Goal(part, .notTrue)]).isNever
        && solver.find([Goal(others, .isUnknown), Goal(part, .isFalse)]).isNever
      if isImplied { idle.insert(place) }
    }
    return idle
  }
}

extension Answer {
  /// Whether it is a proof that there is no such action.
  package var isNever: Bool { if case .never = self { true } else { false } }
}
