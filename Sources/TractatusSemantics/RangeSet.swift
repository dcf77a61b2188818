import TractatusValues

/// Operations on ascending, disjoint, not adjacent ranges of ordinals.
enum RangeSet {
  /// The ranges of `ranges` in normal form.
  static func normalised(_ ranges: [OrdinalRange]) -> [OrdinalRange] {
    var result: [OrdinalRange] = []
    for range in ranges.sorted(by: { ($0.lower, $0.upper) < ($1.lower, $1.upper) })
    where range.lower <= range.upper {
      if let last = result.last, range.lower <= last.upper + 1 {
        result[result.count - 1].upper = max(last.upper, range.upper)
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// What of `scale` is not in `ranges`, which are in normal form.
  static func complement(_ ranges: [OrdinalRange], in scale: OrdinalRange) -> [OrdinalRange] {
    var result: [OrdinalRange] = []
    var next = scale.lower
    for range in ranges {
      if range.lower > next { result.append(OrdinalRange(next, min(range.lower - 1, scale.upper))) }
      next = max(next, range.upper + 1)
    }
    if next <= scale.upper { result.append(OrdinalRange(next, scale.upper)) }
    return result.filter { $0.lower <= $0.upper }
  }

  /// What is in both, each in normal form.
  static func intersection(_ left: [OrdinalRange], _ right: [OrdinalRange]) -> [OrdinalRange] {
    var result: [OrdinalRange] = []
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      let lower = max(left[i].lower, right[j].lower)
      let upper = min(left[i].upper, right[j].upper)
      if lower <= upper { result.append(OrdinalRange(lower, upper)) }
      if left[i].upper < right[j].upper { i += 1 } else { j += 1 }
    }
    return result
  }

  /// What a comparison with a constant that covers `value` leaves of `scale`: a date covers its
  /// whole day, anything else one place.
  static func comparing(
    _ comparison: Comparison, _ value: OrdinalRange, in scale: OrdinalRange
  ) -> [OrdinalRange] {
    let ranges: [OrdinalRange] =
      switch comparison {
      case .equal: [value]
      case .notEqual:
        [OrdinalRange(scale.lower, value.lower - 1), OrdinalRange(value.upper + 1, scale.upper)]
      case .less: [OrdinalRange(scale.lower, value.lower - 1)]
      case .lessOrEqual: [OrdinalRange(scale.lower, value.upper)]
      case .greater: [OrdinalRange(value.upper + 1, scale.upper)]
      case .greaterOrEqual: [OrdinalRange(value.lower, scale.upper)]
      }
    return ranges.filter { $0.lower <= $0.upper }
  }
}

extension ValueType {
  /// Every ordinal of a scalar type, bounds apart; nil for the other types.
  var scale: OrdinalRange? {
    switch self {
    case .bool: OrdinalRange(0, 1)
    case .int, .number: OrdinalRange(1 - Decimal.rawLimit, Decimal.rawLimit - 1)
    case .time:
      OrdinalRange(Instant.ordinalRange.lowerBound, Instant.ordinalRange.upperBound)
    case .enumeration(let words): OrdinalRange(0, Int128(words.values.count) - 1)
    case .text, .command, .path, .url, .host, .list, .record: nil
    }
  }
}
