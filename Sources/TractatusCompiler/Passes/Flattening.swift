/// Lifts `and` out of `and` and `or` out of `or`, and drops what stands there twice.
///
/// Associativity and idempotence, which Kleene's logic has.
enum Flattening {
  /// Rewrites in one walk, O(size).
  @Sendable static func apply(_ draft: Draft, _ table: inout TestTable) -> Draft {
    switch draft {
    case .constant, .literal: return draft
    case .and(let parts):
      let flat = flattened(parts, isAnd: true, &table)
      return flat.count == 1 ? flat[0] : .and(flat)
    case .or(let parts):
      let flat = flattened(parts, isAnd: false, &table)
      return flat.count == 1 ? flat[0] : .or(flat)
    }
  }

  private static func flattened(
    _ parts: [Draft], isAnd: Bool, _ table: inout TestTable
  ) -> [Draft] {
    var flat: [Draft] = []
    for part in parts {
      switch (apply(part, &table), isAnd) {
      case (.and(let inner), true), (.or(let inner), false): flat += inner
      case (let other, _): flat.append(other)
      }
    }
    // Each literal as a number: its test's, twice, and one more where it is negated.
    var literals: Set<Int> = []
    return flat.filter { part in
      guard case .literal(let literal) = part else { return true }
      return literals.insert(literal.test * 2 + (literal.isNegated ? 1 : 0)).inserted
    }
  }
}
