/// Drops rows that say no more than another: `a or (a and b)` is `a`, in Kleene's logic too.
enum RowAbsorption {
  /// The rows in ascending order without those whose literals include another row's.
  ///
  /// Quadratic in the rows of one condition, which the row limit bounds. Rows must be sorted
  /// within, as `LiteralMerging` leaves them.
  @Sendable static func apply(_ rows: [LoweredRow], _ table: inout TestTable) -> [LoweredRow] {
    guard rows.count > 1 else { return rows }
    let shortestFirst = rows.sorted { left, right in
      left.literals.count != right.literals.count
        ? left.literals.count < right.literals.count : left < right
    }
    var kept: [LoweredRow] = []
    for row in shortestFirst
    where !kept.contains(where: { includes(row.literals, $0.literals) }) {
      kept.append(row)
    }
    return kept.sorted()
  }

  /// Whether the first of two ascending lists has every literal of the second.
  private static func includes(_ all: [LoweredLiteral], _ some: [LoweredLiteral]) -> Bool {
    var index = 0
    for literal in some {
      while index < all.count, all[index] < literal { index += 1 }
      guard index < all.count, all[index] == literal else { return false }
      index += 1
    }
    return true
  }
}
