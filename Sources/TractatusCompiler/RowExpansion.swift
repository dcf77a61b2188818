/// Turns a condition into rows: a disjunction of conjunctions of literals.
///
/// Distributivity holds in Kleene's logic, so the rows mean what the condition means. How many rows
/// there will be is counted before any is made; where they would be more than the limit, a part is
/// kept whole as one composite test, the largest first.
package enum RowExpansion {
  /// Rows of one condition beyond which a part of it is kept whole.
  package static let rowLimit = 64

  /// The rows of a condition that constant folding and flattening have been over: at most `limit`.
  package static func rows(
    of draft: Draft, limit: Int = rowLimit, in table: inout TestTable
  ) -> [LoweredRow] {
    expanded(fitted(draft, limit: limit, in: &table)).map {
      LoweredRow(literals: LiteralMerging.sortedUnique($0))
    }
  }

  /// How many rows a condition has when written out, saturating.
  static func rowCount(_ draft: Draft) -> Int {
    switch draft {
    case .constant(let value): return value ? 1 : 0
    case .literal: return 1
    case .and(let parts):
      var product = 1
      for part in parts { product = saturatingProduct(product, rowCount(part)) }
      return product
    case .or(let parts):
      var sum = 0
      for part in parts {
        let (next, isOver) = sum.addingReportingOverflow(rowCount(part))
        sum = isOver ? .max : next
      }
      return sum
    }
  }

  private static func saturatingProduct(_ left: Int, _ right: Int) -> Int {
    let (product, isOver) = left.multipliedReportingOverflow(by: right)
    return isOver ? .max : product
  }

  /// The same condition with parts kept whole until its rows are within the limit.
  private static func fitted(
    _ draft: Draft, limit: Int, in table: inout TestTable
  ) -> Draft {
    guard rowCount(draft) > limit else { return draft }
    guard case .and(var parts) = draft else { return whole(draft, in: &table) }
    // The literals of a conjunction stay as they are, so that the row can still be indexed.
    var counts = parts.map(rowCount)
    while counts.reduce(1, saturatingProduct) > limit {
      guard let largest = counts.indices.max(by: { counts[$0] < counts[$1] }), counts[largest] > 1
      else { break }
      parts[largest] = whole(parts[largest], in: &table)
      counts[largest] = 1
    }
    return .and(parts)
  }

  private static func whole(_ draft: Draft, in table: inout TestTable) -> Draft {
    let test = table.test(.composite(draft.expression))
    return .literal(LoweredLiteral(test: test, isNegated: false))
  }

  private static func expanded(_ draft: Draft) -> [[LoweredLiteral]] {
    switch draft {
    case .constant(let value): return value ? [[]] : []
    case .literal(let literal): return [[literal]]
    case .or(let parts): return parts.flatMap(expanded)
    case .and(let parts):
      var rows: [[LoweredLiteral]] = [[]]
      for part in parts {
        if case .literal(let literal) = part {
          for index in rows.indices { rows[index].append(literal) }
          continue
        }
        let right = expanded(part)
        rows = rows.flatMap { left in right.map { left + $0 } }
      }
      return rows
    }
  }
}
