import TractatusCompiler
import TractatusSemantics
import TractatusValues

/// The scale of a scalar type: its ends, and which of its places are values.
package struct OrdinalScale: Hashable, Sendable {
  /// What the places stand for.
  package enum Kind: Hashable, Sendable {
    /// Words of an enumeration, levels, `false` and `true`.
    case index
    /// Decimals, and whole numbers alone.
    case decimal, integer
    case time
  }

  /// What the places stand for.
  package var kind: Kind
  /// The ends, both included.
  package var ends: OrdinalRange

  /// The scale of a type with its bounds; nil for one that has none.
  package init?(_ type: ValueType) {
    switch type {
    case .bool:
      kind = .index
      ends = OrdinalRange(0, 1)
    case .enumeration(let enumeration):
      kind = .index
      ends = OrdinalRange(0, Ordinal(max(0, enumeration.values.count - 1)))
    case .int(let bounds), .number(let bounds):
      if case .int = type { kind = .integer } else { kind = .decimal }
      ends = OrdinalRange(
        bounds.lower?.raw ?? (1 - Decimal.rawLimit), bounds.upper?.raw ?? (Decimal.rawLimit - 1))
    case .time(let bounds):
      kind = .time
      ends = OrdinalRange(
        bounds.lower?.ordinal ?? Instant.ordinalRange.lowerBound,
        bounds.upper?.ordinal ?? Instant.ordinalRange.upperBound)
    case .text, .command, .path, .url, .host, .list, .record: return nil
    }
  }

  /// A scale of these ends.
  package init(_ kind: Kind, _ ends: OrdinalRange) {
    self.kind = kind
    self.ends = ends
  }

  /// Sizes of lists.
  static let counts = OrdinalScale(.integer, OrdinalRange(0, 100_000 * Decimal.scale))

  /// A day that times are chosen near to: 2026-01-01T00:00:00Z.
  private static let day: Ordinal =
    Instant(Array("2026-01-01T00:00:00Z".utf8).span)?.ordinal ?? 0

  /// The member of a set that is easiest to read: of numbers the one nearest to 0, whole where it
  /// can be; of times the one nearest to 2026. Nil where no value is in the set. O(ranges).
  package func member(of ranges: [OrdinalRange]) -> Ordinal? {
    let aim = kind == .time ? Self.day : 0
    var best: Ordinal?
    for range in RangeSet.intersection(ranges, [ends]) {
      guard let member = member(of: range, near: aim) else { continue }
      if let known = best, (known - aim).magnitude <= (member - aim).magnitude { continue }
      best = member
    }
    return best
  }

  private func member(of range: OrdinalRange, near aim: Ordinal) -> Ordinal? {
    if range.lower <= aim, aim <= range.upper { return aim }
    let nearest = range.lower > aim ? range.lower : range.upper
    guard kind == .integer || kind == .decimal else { return nearest }
    let one = Decimal.scale
    let rest = nearest % one
    if rest == 0 { return nearest }
    // Away from 0, where the range goes on: numbers are far from the ends of 128 bits.
    let whole = nearest > 0 ? nearest - rest + one : nearest - rest - one
    if range.lower <= whole, whole <= range.upper { return whole }
    return kind == .integer ? nil : nearest
  }
}

extension RangeSet {
  /// The places that are in both sets, which are in normal form. O(n + m).
  package static func intersection(
    _ one: [OrdinalRange], _ two: [OrdinalRange]
  ) -> [OrdinalRange] {
    var result: [OrdinalRange] = []
    var first = 0
    var second = 0
    while first < one.count, second < two.count {
      let lower = max(one[first].lower, two[second].lower)
      let upper = min(one[first].upper, two[second].upper)
      if lower <= upper { result.append(OrdinalRange(lower, upper)) }
      if one[first].upper < two[second].upper { first += 1 } else { second += 1 }
    }
    return result
  }

  /// Whether a place is in a set. O(n).
  package static func contains(_ ranges: [OrdinalRange], _ ordinal: Ordinal) -> Bool {
    ranges.contains { $0.lower <= ordinal && ordinal <= $0.upper }
  }
}
