/// Writes the exact tests of one attribute under one `and` or `or` as few tests: many `==` joined
/// by `or` become one membership test.
enum TestMerging {
  /// Rewrites in one walk, O(size · log size).
  @Sendable static func apply(_ draft: Draft, _ table: inout TestTable) -> Draft {
    switch draft {
    case .constant, .literal: return draft
    case .and(let parts):
      let merged = merged(parts.map { apply($0, &table) }, isAnd: true, &table)
      return merged.count == 1 ? merged[0] : .and(merged)
    case .or(let parts):
      let merged = merged(parts.map { apply($0, &table) }, isAnd: false, &table)
      return merged.count == 1 ? merged[0] : .or(merged)
    }
  }

  private static func merged(
    _ parts: [Draft], isAnd: Bool, _ table: inout TestTable
  ) -> [Draft] {
    var literals: [LoweredLiteral] = []
    var others: [Draft] = []
    for part in parts {
      if case .literal(let literal) = part { literals.append(literal) } else { others.append(part) }
    }
    guard literals.count > 1 else { return parts }
    // `or` is the negation of the `and` of the negations.
    let few = conjunction(isAnd ? literals : literals.map(\.negated), in: &table)
    return few.map { Draft.literal(isAnd ? $0 : $0.negated) } + others
  }

  /// The same conjunction with the literals of each attribute in their fewest, in the order in
  /// which the attributes came; tests that are not exact stay as they are.
  static func conjunction(
    _ literals: [LoweredLiteral], in table: inout TestTable
  ) -> [LoweredLiteral] {
    var place: [Int: Int] = [:]
    var groups: [(first: LoweredLiteral, conjunction: LiteralConjunction?, count: Int)] = []
    for literal in literals {
      guard case .exact(let attribute, let predicate) = table.tests[literal.test],
        LiteralConjunction.takes(predicate)
      else {
        groups.append((literal, nil, 1))
        continue
      }
      if let known = place[attribute] {
        groups[known].conjunction?.add(predicate, isNegated: literal.isNegated)
        groups[known].count += 1
      } else {
        place[attribute] = groups.count
        var conjunction = LiteralConjunction(
          attribute: attribute, domain: table.domains[attribute])
        conjunction.add(predicate, isNegated: literal.isNegated)
        groups.append((literal, conjunction, 1))
      }
    }
    guard groups.contains(where: { $0.count > 1 }) else { return literals }
    var result: [LoweredLiteral] = []
    for group in groups {
      if group.count > 1, let conjunction = group.conjunction {
        result += conjunction.literals(in: &table)
      } else {
        result.append(group.first)
      }
    }
    return result
  }
}
