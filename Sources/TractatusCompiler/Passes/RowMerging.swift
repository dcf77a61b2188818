/// Joins rows that differ in one exact test of one attribute: `(g and x == 1) or (g and x == 2)` is
/// `g and x in [1, 2]`.
///
/// Distributivity backwards, and the union of two sets of values.
enum RowMerging {
  /// What rows to join have in common: all but one literal, and whose attribute that one tests.
  private struct Key: Hashable {
    var attribute: Int
    var rest: [LoweredLiteral]
  }

  /// Sweeps over the rows while any two join; O(rows · literals) a sweep.
  @Sendable static func apply(_ rows: [LoweredRow], _ table: inout TestTable) -> [LoweredRow] {
    var rows = rows
    while rows.count > 1, let fewer = sweep(rows, &table) { rows = fewer }
    return rows
  }

  /// The rows with each group joined at the first place where it can be, or nil when none can.
  private static func sweep(_ rows: [LoweredRow], _ table: inout TestTable) -> [LoweredRow]? {
    var rows = rows
    var isGone = [Bool](repeating: false, count: rows.count)
    var groups: [Key: [Int]] = [:]
    var keys: [Key] = []
    for (index, row) in rows.enumerated() {
      for position in row.literals.indices {
        guard case .exact(let attribute, _) = table.tests[row.literals[position].test] else {
          continue
        }
        var rest = row.literals
        rest.remove(at: position)
        let key = Key(attribute: attribute, rest: rest)
        if groups[key] == nil { keys.append(key) }
        groups[key, default: []].append(index)
      }
    }
    var isChanged = false
    for key in keys {
      guard let group = groups[key]?.filter({ !isGone[$0] }), group.count > 1 else { continue }
      let literals = group.compactMap { index in
        rows[index].literals.first { !key.rest.contains($0) }
      }
      guard literals.count == group.count else { continue }
      let joined = TestMerging.conjunction(literals.map(\.negated), in: &table)
      guard joined.count == 1 else { continue }
      for index in group.dropFirst() { isGone[index] = true }
      rows[group[0]] = LoweredRow(
        literals: LiteralMerging.sortedUnique(key.rest + [joined[0].negated]))
      isChanged = true
      // The row is another now: what else it was grouped under holds no more.
      isGone[group[0]] = true
      rows.append(rows[group[0]])
      isGone.append(false)
    }
    guard isChanged else { return nil }
    return zip(rows, isGone).compactMap { row, isGone in isGone ? nil : row }
  }
}
