/// Writes the literals of each row in a normal form: each once, the exact tests of one attribute in
/// their fewest, ascending.
enum LiteralMerging {
  /// Rewrites every row, O(literals · log literals).
  @Sendable static func apply(_ rows: [LoweredRow], _ table: inout TestTable) -> [LoweredRow] {
    rows.map { row in
      guard row.literals.count > 1 else { return row }
      let few = TestMerging.conjunction(sortedUnique(row.literals), in: &table)
      return LoweredRow(literals: sortedUnique(few))
    }
  }

  static func sortedUnique(_ literals: [LoweredLiteral]) -> [LoweredLiteral] {
    var result: [LoweredLiteral] = []
    result.reserveCapacity(literals.count)
    for literal in literals.sorted() where result.last != literal { result.append(literal) }
    return result
  }
}
