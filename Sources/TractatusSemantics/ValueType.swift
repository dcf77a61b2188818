import TractatusValues

/// The type of a value, after names are resolved.
///
/// A named type stands as what it names; only an enumeration keeps its name, because two
/// enumerations of the same words are different types.
package indirect enum ValueType: Hashable, Sendable {
  case bool
  /// An integral number; `bounds` are inclusive.
  case int(bounds: NumberBounds)
  /// An exact decimal; `bounds` are inclusive.
  case number(bounds: NumberBounds)
  case time(bounds: TimeBounds)
  case text
  /// Texts with structure: a command line, a path, a URL, a host.
  case command, path, url, host
  case enumeration(Enumeration)
  case list(ValueType)
  /// Fields in the order of their names.
  case record([RecordField])
}

/// Inclusive bounds of a number, `nil` where it has none.
package struct NumberBounds: Hashable, Sendable {
  package var lower: Decimal?
  package var upper: Decimal?
  package init(lower: Decimal? = nil, upper: Decimal? = nil) {
    self.lower = lower
    self.upper = upper
  }
}

/// Inclusive bounds of a time, `nil` where it has none.
package struct TimeBounds: Hashable, Sendable {
  package var lower: Instant?
  package var upper: Instant?
  package init(lower: Instant? = nil, upper: Instant? = nil) {
    self.lower = lower
    self.upper = upper
  }
}

/// `one of [a, b]`: values in the order in which they were written, which is their order.
package struct Enumeration: Hashable, Sendable {
  /// The qualified name (`acme.platform.environment`); empty for one that is written in place.
  package var name: String
  package var values: [String]
  package init(name: String, values: [String]) {
    self.name = name
    self.values = values
  }
}

/// One field of a record type.
package struct RecordField: Hashable, Sendable {
  package var name: String
  package var type: ValueType
  package var isOptional: Bool
  package init(name: String, type: ValueType, isOptional: Bool) {
    self.name = name
    self.type = type
    self.isOptional = isOptional
  }
}

extension ValueType {
  /// Whether values of this type are ordered scalars with an ordinal (see `Ordinal`).
  package var isScalar: Bool {
    switch self {
    case .bool, .int, .number, .time, .enumeration: true
    case .text, .command, .path, .url, .host, .list, .record: false
    }
  }

  /// Whether values of this type are texts, structured or not.
  package var isText: Bool {
    switch self {
    case .text, .command, .path, .url, .host: true
    case .bool, .int, .number, .time, .enumeration, .list, .record: false
    }
  }
}
