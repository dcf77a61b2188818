import TractatusSource

/// An attribute that may be absent, used where nothing has said yet that it is there.
struct OptionalUse {
  /// What must be known to be present: each optional part of the path.
  var needs: [Reference]
  /// The attribute as written.
  var name: String
  var span: SourceSpan
  /// Where a `?` would guard it; nil to the right of an operator.
  var fixAt: SourceSpan?
}

/// A use of a shadow threshold.
struct ShadowUse {
  var threshold: Int
  var span: SourceSpan
}

/// A condition with what its users must know of it.
struct CheckedCondition {
  var condition: Condition
  /// Attributes that are present when the condition is true.
  var whenTrue: Set<Reference> = []
  /// Attributes that are present when the condition is false.
  var whenFalse: Set<Reference> = []
  /// Uses that nothing inside has guarded.
  var uses: [OptionalUse] = []
  var shadows: [ShadowUse] = []
  /// Tests that one part of a command makes true.
  var somes: [SomeTest] = []
  /// Tests, connectives and values.
  var size = 1
  /// Levels of nesting.
  var depth = 1
  /// Whether a part has an error that was reported.
  var isBroken = false

  init(_ condition: Condition) { self.condition = condition }

  /// The place of a condition with an error.
  static var broken: CheckedCondition {
    var result = CheckedCondition(.constant(false))
    result.isBroken = true
    return result
  }

  /// The negation.
  var negated: CheckedCondition {
    var result = self
    if case .constant(let value) = condition {
      result.condition = .constant(!value)
    } else {
      result.condition = .not(condition)
      result.depth += 1
      result.size += 1
    }
    (result.whenTrue, result.whenFalse) = (whenFalse, whenTrue)
    for index in result.somes.indices { result.somes[index].isPositive.toggle() }
    return result
  }

  /// The uses that `present` does not guard.
  func uses(without present: Set<Reference>) -> [OptionalUse] {
    guard !present.isEmpty else { return uses }
    return uses.filter { use in !use.needs.allSatisfy { present.contains($0) } }
  }

  /// `and` or `or` of parts, each of which guards the others, in either order.
  static func joined(_ parts: [CheckedCondition], isAnd: Bool) -> CheckedCondition {
    guard let first = parts.first else { return .broken }
    if parts.count == 1 { return first }
    let conditions = parts.map(\.condition)
    var result = CheckedCondition(isAnd ? .and(conditions) : .or(conditions))
    result.size = parts.reduce(1) { $0 + $1.size }
    result.depth = (parts.map(\.depth).max() ?? 0) + 1
    result.isBroken = parts.contains(where: \.isBroken)
    result.shadows = parts.flatMap(\.shadows)
    result.somes = parts.flatMap(\.somes)
    let allTrue = parts.contains { !$0.whenTrue.isEmpty }
    let allFalse = parts.contains { !$0.whenFalse.isEmpty }
    if isAnd {
      if allTrue { for part in parts { result.whenTrue.formUnion(part.whenTrue) } }
      if allFalse { result.whenFalse = common(parts.map(\.whenFalse)) }
    } else {
      if allFalse { for part in parts { result.whenFalse.formUnion(part.whenFalse) } }
      if allTrue { result.whenTrue = common(parts.map(\.whenTrue)) }
    }
    let present = isAnd ? result.whenTrue : result.whenFalse
    for part in parts { result.uses += part.uses(without: present) }
    return result
  }

  private static func common(_ sets: [Set<Reference>]) -> Set<Reference> {
    guard var result = sets.first else { return [] }
    for set in sets.dropFirst() { result.formIntersection(set) }
    return result
  }
}

extension Condition {
  /// `and`, without constants that say nothing and without a lone part.
  static func conjunction(_ parts: [Condition]) -> Condition {
    let kept = parts.filter { $0 != .constant(true) }
    if kept.isEmpty { return .constant(true) }
    return kept.count == 1 ? kept[0] : .and(kept)
  }

  /// The condition inside `depth` more quantifiers.
  func shifted(by depth: Int) -> Condition {
    guard depth > 0 else { return self }
    switch self {
    case .constant: return self
    case .test(let test): return .test(test.shifted(by: depth))
    case .not(let part): return .not(part.shifted(by: depth))
    case .and(let parts): return .and(parts.map { $0.shifted(by: depth) })
    case .or(let parts): return .or(parts.map { $0.shifted(by: depth) })
    case .quantified(var quantified):
      quantified.list = quantified.list.shifted(by: depth)
      quantified.depth += depth
      quantified.condition = quantified.condition.shifted(by: depth)
      return .quantified(quantified)
    }
  }

  /// Calls `body` with every operand inside.
  func forEachOperand(_ body: (Operand) -> Void) {
    switch self {
    case .constant: break
    case .test(let test):
      body(test.operand)
      if let right = test.predicate.operand { body(right) }
    case .not(let part): part.forEachOperand(body)
    case .and(let parts), .or(let parts):
      for part in parts { part.forEachOperand(body) }
    case .quantified(let quantified):
      body(quantified.list)
      quantified.condition.forEachOperand(body)
    }
  }
}

extension Operand {
  fileprivate func shifted(by depth: Int) -> Operand {
    guard case .element(let old, let fields) = reference else { return self }
    return Operand(reference: .element(depth: old + depth, fields: fields), type: type)
  }
}

extension Test {
  fileprivate func shifted(by depth: Int) -> Test {
    Test(
      operand: operand.shifted(by: depth), predicate: predicate.shifted(by: depth),
      ambiguityHolds: ambiguityHolds)
  }
}

extension Predicate {
  /// The attribute to the right of the operator.
  package var operand: Operand? {
    switch self {
    case .compare(_, let right), .isElement(let right), .hasElement(let right),
      .textRelation(_, let right):
      right
    case .present, .inRanges, .equalsText, .matches, .containsOrdinal, .containsText, .count,
      .recent, .place, .command:
      nil
    }
  }

  fileprivate func shifted(by depth: Int) -> Predicate {
    switch self {
    case .compare(let comparison, let right): .compare(comparison, right.shifted(by: depth))
    case .isElement(let right): .isElement(of: right.shifted(by: depth))
    case .hasElement(let right): .hasElement(right.shifted(by: depth))
    case .textRelation(let relation, let right):
      .textRelation(relation, right.shifted(by: depth))
    default: self
    }
  }
}
