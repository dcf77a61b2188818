import TractatusSemantics
import TractatusValues

/// Writes places on a scale, and sets of them, as a rule file would write the values.
enum OrdinalText {
  /// One value of a type.
  static func value(_ ordinal: Ordinal, _ type: ValueType) -> String {
    switch type {
    case .bool: return ordinal == 0 ? "false" : "true"
    case .enumeration(let enumeration):
      guard let index = Int(exactly: ordinal), enumeration.values.indices.contains(index) else {
        return String(ordinal)
      }
      return enumeration.values[index]
    case .time: return Instant(ordinal: ordinal)?.description ?? String(ordinal)
    case .int, .number, .list: return Decimal(raw: ordinal)?.description ?? String(ordinal)
    case .text, .command, .path, .url, .host, .record: return String(ordinal)
    }
  }

  /// A test of `name` for a set of places: `port == 27017`, `port in 1..1023`, `at > …`.
  static func test(_ name: String, in ranges: [OrdinalRange], _ type: ValueType) -> String {
    if ranges.isEmpty { return "\(name) in []" }
    if ranges.allSatisfy({ pointCount($0, type) > 0 }) {
      let values = ranges.flatMap { words($0, type) }
      return values.count == 1 ? "\(name) == \(values[0])" : "\(name) in [\(values.joined(", "))]"
    }
    let parts = ranges.map { part(name, $0, type) }
    return parts.count == 1 ? parts[0] : "(" + parts.joined(" or ") + ")"
  }

  /// How many single values a range is written as; 0 for one that is written with bounds.
  private static func pointCount(_ range: OrdinalRange, _ type: ValueType) -> Int {
    if range.lower == range.upper { return 1 }
    guard case .enumeration = type, range.lower >= 0, range.upper - range.lower < 64 else {
      return 0
    }
    return Int(range.upper - range.lower) + 1
  }

  private static func words(_ range: OrdinalRange, _ type: ValueType) -> [String] {
    let count = pointCount(range, type)
    return (0..<count).map { value(range.lower + Ordinal($0), type) }
  }

  private static func part(_ name: String, _ range: OrdinalRange, _ type: ValueType) -> String {
    if range.lower == range.upper { return "\(name) == \(value(range.lower, type))" }
    let scale = AttributeDomain(type: type, canBeAbsent: true).scale ?? AttributeDomain.numbers
    let isOpenBelow = range.lower <= scale.lower
    let isOpenAbove = range.upper >= scale.upper
    if isOpenBelow, isOpenAbove { return "has \(name)" }
    let lower = isOpenBelow ? nil : bound(range.lower, type, isLower: true)
    let upper = isOpenAbove ? nil : bound(range.upper, type, isLower: false)
    switch (lower, upper) {
    case (let lower?, nil): return "\(name) \(lower.isStrict ? ">" : ">=") \(lower.text)"
    case (nil, let upper?): return "\(name) \(upper.isStrict ? "<" : "<=") \(upper.text)"
    case (let lower?, let upper?):
      if !lower.isStrict, !upper.isStrict { return "\(name) in \(lower.text)..\(upper.text)" }
      return "(\(name) \(lower.isStrict ? ">" : ">=") \(lower.text) and "
        + "\(name) \(upper.isStrict ? "<" : "<=") \(upper.text))"
    case (nil, nil): return "has \(name)"
    }
  }

  /// A bound as it was likely written: the place next to a round value is a strict bound.
  private static func bound(
    _ ordinal: Ordinal, _ type: ValueType, isLower: Bool
  ) -> (text: String, isStrict: Bool) {
    let (round, isOver) =
      isLower ? ordinal.subtractingReportingOverflow(1) : ordinal.addingReportingOverflow(1)
    let grain: Ordinal =
      switch type {
      case .time: Instant.nanosecondsPerSecond
      default: 1_000_000_000
      }
    if !isOver, ordinal % grain != 0, round % grain == 0 {
      return (value(round, type), true)
    }
    return (value(ordinal, type), false)
  }
}

extension [String] {
  /// The strings with a separator between.
  func joined(_ separator: String) -> String { joined(separator: separator) }
}
