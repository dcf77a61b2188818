/// Removes constants: `x and false` is false, `x or true` is true, and the other two are x.
enum ConstantFolding {
  /// Rewrites in one walk, O(size); what is left has a constant only as a whole.
  @Sendable static func apply(_ draft: Draft, _ table: inout TestTable) -> Draft {
    switch draft {
    case .constant, .literal: draft
    case .and(let parts): folded(parts, absorbing: false, &table)
    case .or(let parts): folded(parts, absorbing: true, &table)
    }
  }

  private static func folded(
    _ parts: [Draft], absorbing: Bool, _ table: inout TestTable
  ) -> Draft {
    var rest: [Draft] = []
    rest.reserveCapacity(parts.count)
    for part in parts {
      let folded = apply(part, &table)
      if case .constant(let value) = folded {
        if value == absorbing { return folded }
      } else {
        rest.append(folded)
      }
    }
    if rest.isEmpty { return .constant(!absorbing) }
    if rest.count == 1 { return rest[0] }
    return absorbing ? .or(rest) : .and(rest)
  }
}
