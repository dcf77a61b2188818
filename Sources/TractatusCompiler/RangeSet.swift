import TractatusSemantics

/// Sets of places on a discrete scale, as ranges that ascend, are disjoint and not adjacent.
package enum RangeSet {
  /// The normal form of any ranges; those that run backwards are empty. O(n log n).
  package static func normalized(_ ranges: [OrdinalRange]) -> [OrdinalRange] {
    if ranges.count == 1, ranges[0].lower <= ranges[0].upper { return ranges }
    var result: [OrdinalRange] = []
    for range in ranges.filter({ $0.lower <= $0.upper }).sorted(by: { $0.lower < $1.lower }) {
      if let last = result.last, last.upper == .max || last.upper + 1 >= range.lower {
        if range.upper > last.upper { result[result.count - 1].upper = range.upper }
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// The places of `scale` that are in none of the ranges. O(n) on a normal form.
  package static func complement(_ ranges: [OrdinalRange], in scale: OrdinalRange) -> [OrdinalRange]
  {
    var result: [OrdinalRange] = []
    var next = scale.lower
    for range in ranges {
      if range.upper < next { continue }
      if range.lower > scale.upper { break }
      if range.lower > next { result.append(OrdinalRange(next, range.lower - 1)) }
      if range.upper >= scale.upper { return result }
      next = range.upper + 1
    }
    result.append(OrdinalRange(next, scale.upper))
    return result
  }

  /// The places that are in one of the sets. O(n log n).
  package static func union(_ sets: [[OrdinalRange]]) -> [OrdinalRange] {
    normalized(sets.flatMap { $0 })
  }

  /// Whether the set reaches both ends of the scale.
  package static func reachesBothEnds(_ ranges: [OrdinalRange], of scale: OrdinalRange) -> Bool {
    guard let first = ranges.first, let last = ranges.last else { return false }
    return first.lower <= scale.lower && last.upper >= scale.upper
  }
}
