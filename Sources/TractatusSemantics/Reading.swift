import TractatusSource
import TractatusValues

/// `reading name "title" { … }`: how the text of an instruction becomes clauses.
package struct Reading: Sendable {
  /// Something that is taken from the text.
  package struct Capture: Sendable {
    package var name: String
    /// A scalar, a text, or a list of these.
    package var type: ValueType
    /// Of each match the first group.
    package var patterns: [TextPattern]
    package init(name: String, type: ValueType, patterns: [TextPattern]) {
      self.name = name
      self.type = type
      self.patterns = patterns
    }
  }

  /// A piece of the clauses as they are written.
  package enum Piece: Hashable, Sendable {
    case text(String)
    /// The value of a capture, by its number, as a literal.
    case value(Int)
    /// The value of a capture inside a string.
    case quoted(Int)
  }

  package var name: QualifiedName
  package var package: PackageID
  package var title: String
  /// Over the text alone.
  package var condition: Condition
  /// In the order of their names.
  package var captures: [Capture]
  /// `on …` and the clauses.
  package var pieces: [Piece]
  package var span: SourceSpan

  package init(
    name: QualifiedName, package: PackageID, title: String, condition: Condition,
    captures: [Capture], pieces: [Piece], span: SourceSpan
  ) {
    self.name = name
    self.package = package
    self.title = title
    self.condition = condition
    self.captures = captures
    self.pieces = pieces
    self.span = span
  }

  /// `on` and the clauses with values in the place of the captures, by their numbers.
  package func body(_ values: [ConstantValue]) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let fixed): text += fixed
      case .value(let number): text += RuleText.literal(values[number])
      case .quoted(let number): text += RuleText.escaped(RuleText.plain(values[number]))
      }
    }
    return text
  }
}

/// Writes values as rule files spell them.
package enum RuleText {
  /// A value as a literal.
  package static func literal(_ value: ConstantValue) -> String {
    switch value {
    case .text(let text): "\"" + escaped(text) + "\""
    case .list(let values): "[" + values.map { literal($0) }.joined(separator: ", ") + "]"
    default: plain(value)
    }
  }

  /// A value as people read it; lists with commas.
  package static func plain(_ value: ConstantValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .number(let number): number.description
    case .text(let text): text
    case .time(let instant): instant.description
    case .enumeration(let word): word
    case .list(let values): values.map { plain($0) }.joined(separator: ", ")
    case .record(let entries):
      "{" + entries.map { "\($0.name): \(plain($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  /// A text between quotes: what a string cannot hold as it is, and braces, are escaped.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\"", "\\", "{": result += "\\" + String(scalar)
      default:
        if isPlain(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          result += "\\u{" + String(scalar.value, radix: 16) + "}"
        }
      }
    }
    return result
  }

  /// Whether a scalar may stand in a file: no control, and none that turns the direction of text.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
      false
    default: true
    }
  }

  /// A text cut to a number of scalars, of which the last is then `…`.
  package static func shortened(_ text: String, to count: Int) -> String {
    guard text.unicodeScalars.count > count else { return text }
    var result = ""
    for scalar in text.unicodeScalars.prefix(max(0, count - 1)) {
      result.unicodeScalars.append(scalar)
    }
    return result + "…"
  }
}
