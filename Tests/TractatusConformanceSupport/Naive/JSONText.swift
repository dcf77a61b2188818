/// A JSON document as the naive evaluator reads it: numbers keep their text.
package indirect enum JSONText: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number as it is spelled.
  case number(String)
  /// A string as its scalars, because Swift's own equality of strings is not that of bytes.
  case string([Unicode.Scalar])
  /// An array.
  case array([JSONText])
  /// An object, its members as they stand.
  case object([Member])

  /// A member of an object.
  package struct Member: Sendable {
    /// The key.
    package var key: [Unicode.Scalar]
    /// The value.
    package var value: JSONText
    /// Makes a member.
    package init(_ key: String, _ value: JSONText) {
      self.key = Array(key.unicodeScalars)
      self.value = value
    }
    init(key: [Unicode.Scalar], value: JSONText) {
      self.key = key
      self.value = value
    }
  }

  /// A string.
  package static func text(_ string: String) -> JSONText { .string(Array(string.unicodeScalars)) }

  /// An object of these members.
  package static func members(_ members: [(String, JSONText)]) -> JSONText {
    .object(members.map { Member($0.0, $0.1) })
  }

  /// The member of an object with a key, `nil` where there is none.
  package subscript(_ key: String) -> JSONText? {
    get {
      guard case .object(let members) = self else { return nil }
      let wanted = Array(key.unicodeScalars)
      return members.first { $0.key == wanted }?.value
    }
    set {
      guard case .object(var members) = self else { return }
      let wanted = Array(key.unicodeScalars)
      members.removeAll { $0.key == wanted }
      if let newValue { members.append(Member(key: wanted, value: newValue)) }
      self = .object(members)
    }
  }

  /// The member, with `null` read as a missing one.
  func given(_ key: String) -> JSONText? {
    if case .some(.null) = self[key] { return nil }
    return self[key]
  }
}

/// A document that is no JSON.
package struct JSONTextError: Error {
  /// What is wrong.
  package var message: String
}

extension JSONText {
  /// Reads a document by recursive descent, as RFC 8259 says, with the limits of the language.
  package init(reading text: String) throws {
    var reader = JSONTextReader(scalars: Array(text.unicodeScalars))
    self = try reader.document()
  }

  /// The document as text.
  package var written: String {
    var bytes: [UInt8] = []
    write(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(into bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .number(let text): bytes += text.utf8
    case .string(let scalars): Self.write(scalars, into: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (place, element) in elements.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        element.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (place, member) in members.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.write(member.key, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ scalars: [Unicode.Scalar], into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in scalars {
      switch scalar {
      case "\"": bytes += "\\\"".utf8
      case "\\": bytes += "\\\\".utf8
      case "\n": bytes += "\\n".utf8
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        bytes += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
      case _ where scalar.value < 0x80: bytes.append(UInt8(scalar.value))
      default: bytes += UTF8.encode(scalar).map { Array($0) } ?? []
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

private struct JSONTextReader {
  let scalars: [Unicode.Scalar]
  var position = 0

  init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  mutating func document() throws -> JSONText {
    let value = try value(depth: 0)
    skipSpace()
    guard position == scalars.count else { throw JSONTextError(message: "trailing text") }
    return value
  }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func skipSpace() {
    while let scalar = next, [" ", "\t", "\n", "\r"].contains(scalar) { position += 1 }
  }

  private mutating func take(_ word: String) throws {
    for scalar in word.unicodeScalars {
      guard next == scalar else { throw JSONTextError(message: "expected \(word)") }
      position += 1
    }
  }

  private mutating func value(depth: Int) throws -> JSONText {
    guard depth <= 128 else { throw JSONTextError(message: "too deep") }
    skipSpace()
    switch next {
    case "n":
      try take("null")
      return .null
    case "t":
      try take("true")
      return .bool(true)
    case "f":
      try take("false")
      return .bool(false)
    case "\"": return .string(try string())
    case "[": return try array(depth: depth)
    case "{": return try object(depth: depth)
    default: return .number(try number())
    }
  }

  private mutating func array(depth: Int) throws -> JSONText {
    try take("[")
    var elements: [JSONText] = []
    skipSpace()
    if next == "]" {
      position += 1
      return .array([])
    }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if next == "]" {
        position += 1
        return .array(elements)
      }
      try take(",")
    }
  }

  private mutating func object(depth: Int) throws -> JSONText {
    try take("{")
    var members: [JSONText.Member] = []
    skipSpace()
    if next == "}" {
      position += 1
      return .object([])
    }
    while true {
      skipSpace()
      let key = try string()
      guard !members.contains(where: { $0.key == key }) else {
        throw JSONTextError(message: "duplicate key")
      }
      skipSpace()
      try take(":")
      members.append(.init(key: key, value: try value(depth: depth + 1)))
      skipSpace()
      if next == "}" {
        position += 1
        return .object(members)
      }
      try take(",")
    }
  }

  private mutating func number() throws -> String {
    let start = position
    while let scalar = next, "+-.0123456789eE".unicodeScalars.contains(scalar) { position += 1 }
    guard position > start else { throw JSONTextError(message: "no value") }
    let text = String(String.UnicodeScalarView(scalars[start..<position]))
    guard NaiveNumber.reading(json: text) != nil else {
      throw JSONTextError(message: "no number")
    }
    return text
  }

  private mutating func string() throws -> [Unicode.Scalar] {
    try take("\"")
    var text: [Unicode.Scalar] = []
    while let scalar = next {
      position += 1
      switch scalar {
      case "\"": return text
      case "\\": text.append(try escape())
      case _ where scalar.value < 0x20: throw JSONTextError(message: "control character")
      default: text.append(scalar)
      }
    }
    throw JSONTextError(message: "unterminated string")
  }

  private mutating func escape() throws -> Unicode.Scalar {
    guard let mark = next else { throw JSONTextError(message: "escape at the end") }
    position += 1
    switch mark {
    case "\"", "\\", "/": return mark
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u":
      let unit = try hexUnit()
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard (0xD800..<0xDC00).contains(unit) else { throw JSONTextError(message: "surrogate") }
      try take("\\u")
      let low = try hexUnit()
      guard (0xDC00..<0xE000).contains(low),
        let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
      else { throw JSONTextError(message: "surrogate") }
      return scalar
    default: throw JSONTextError(message: "escape")
    }
  }

  private mutating func hexUnit() throws -> UInt32 {
    guard position + 4 <= scalars.count else { throw JSONTextError(message: "escape") }
    let digits = scalars[position..<(position + 4)]
    position += 4
    let text = String(String.UnicodeScalarView(digits))
    guard digits.allSatisfy({ $0.properties.isASCIIHexDigit }), let unit = UInt32(text, radix: 16)
    else { throw JSONTextError(message: "escape") }
    return unit
  }
}
