import TractatusEngine
import TractatusSemantics
import TractatusValues

/// A value of the language.
indirect enum NaiveValue: Hashable {
  case bool(Bool)
  case number(Decimal)
  case text([Unicode.Scalar])
  case time(Instant)
  /// A word of an enumeration, and its place.
  case word(String, Int)
  case list([NaiveValue])
  case record([String: NaiveValue])
  /// A part of a command, and the name of the command.
  case part([Unicode.Scalar], NaiveQuestion.Subject, String)

  /// The value as a report shows it.
  var report: ReportValue {
    switch self {
    case .bool(let value): .bool(value)
    case .number(let value): .number(value)
    case .text(let scalars), .part(let scalars, _, _): .text(NaiveText.string(scalars))
    case .time(let instant): .text(instant.description)
    case .word(let word, _): .text(word)
    case .list(let elements): .list(elements.map(\.report))
    case .record(let fields):
      .record(
        fields.sorted { NaiveText.precedes($0.key, $1.key) }
          .map { NamedValue(name: $0.key, value: $0.value.report) })
    }
  }

  /// The place on the scale of the value's type.
  var ordinal: Ordinal? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .number(let value): value.raw
    case .time(let instant): instant.ordinal
    case .word(_, let place): Ordinal(place)
    case .text, .list, .record, .part: nil
    }
  }
}

/// What is known of an attribute.
enum NaiveState: Hashable {
  case known(NaiveValue)
  case absent
  /// Not known, with the causes in the order in which they were met.
  case unknown([String])

  /// The field of a record; of an unknown record unknown, of an absent one absent.
  func field(_ path: [String]) -> NaiveState {
    var state = self
    for name in path {
      guard case .known(.record(let fields)) = state else {
        if case .known = state { return .absent }
        return state
      }
      state = fields[name].map(NaiveState.known) ?? .absent
    }
    return state
  }
}

/// A value that does not fit its type: an input error.
struct NaiveMismatch: Error {
  var message: String
}

extension ValueType {
  /// Converts an input to this type, as section 2 of the semantics says.
  func converted(_ input: JSONText) throws -> NaiveValue {
    switch (self, input) {
    case (.bool, .bool(let value)): return .bool(value)
    case (.int(let bounds), _):
      guard let number = Self.number(input), number.raw % Decimal.scale == 0 else {
        throw NaiveMismatch(message: "no integer")
      }
      return try Self.bounded(number, bounds)
    case (.number(let bounds), _):
      guard let number = Self.number(input) else { throw NaiveMismatch(message: "no number") }
      return try Self.bounded(number, bounds)
    case (.time(let bounds), .string(let scalars)):
      let bytes = Array(NaiveText.string(scalars).utf8)
      guard let instant = Instant(bytes.span) else { throw NaiveMismatch(message: "no time") }
      if let lower = bounds.lower, instant < lower { throw NaiveMismatch(message: "early") }
      if let upper = bounds.upper, upper < instant { throw NaiveMismatch(message: "late") }
      return .time(instant)
    case (.text, .string(let scalars)), (.command, .string(let scalars)),
      (.path, .string(let scalars)), (.url, .string(let scalars)), (.host, .string(let scalars)):
      return .text(scalars)
    case (.enumeration(let enumeration), .string(let scalars)):
      guard
        let place = enumeration.values.firstIndex(where: { Array($0.unicodeScalars) == scalars })
      else { throw NaiveMismatch(message: "no word of the enumeration") }
      return .word(enumeration.values[place], place)
    case (.list(let element), .array(let elements)):
      return .list(try elements.map { try element.convertedElement($0) })
    case (.list(let element), _):
      return .list([try element.convertedElement(input)])
    case (.record(let fields), .object):
      var values: [String: NaiveValue] = [:]
      for field in fields {
        if let value = input.given(field.name) {
          values[field.name] = try field.type.converted(value)
        } else if !field.isOptional {
          throw NaiveMismatch(message: "no field \(field.name)")
        }
      }
      return .record(values)
    default: throw NaiveMismatch(message: "another type")
    }
  }

  /// An element of a list: one list level at most is made of a single value.
  private func convertedElement(_ input: JSONText) throws -> NaiveValue {
    if case .list = self {
      guard case .array = input else { throw NaiveMismatch(message: "no list") }
    }
    return try converted(input)
  }

  private static func number(_ input: JSONText) -> Decimal? {
    switch input {
    case .number(let text): NaiveNumber.reading(json: text)
    case .string(let scalars): NaiveNumber.reading(canonical: NaiveText.string(scalars))
    default: nil
    }
  }

  private static func bounded(_ number: Decimal, _ bounds: NumberBounds) throws -> NaiveValue {
    if let lower = bounds.lower, number < lower { throw NaiveMismatch(message: "too small") }
    if let upper = bounds.upper, upper < number { throw NaiveMismatch(message: "too large") }
    return .number(number)
  }
}

extension ConstantValue {
  /// The constant as a report shows it.
  var report: ReportValue {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .number(let value): .number(value)
    case .text(let text): .text(text)
    case .time(let instant): .text(instant.description)
    case .enumeration(let word): .text(word)
    case .list(let elements): .list(elements.map(\.report))
    case .record(let entries):
      .record(entries.map { NamedValue(name: $0.name, value: $0.value.report) })
    }
  }

  /// The constant as an input of a call.
  var input: JSONText {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .number(let value): .number(value.description)
    case .text(let text): .text(text)
    case .time(let instant): .text(instant.description)
    case .enumeration(let word): .text(word)
    case .list(let elements): .array(elements.map(\.input))
    case .record(let entries): .members(entries.map { ($0.name, $0.value.input) })
    }
  }
}
