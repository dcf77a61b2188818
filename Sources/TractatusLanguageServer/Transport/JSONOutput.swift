import TractatusJSON

/// A value of an answer, before it is written.
package indirect enum JSONOutput: Equatable, Sendable {
  /// `null`.
  case null
  /// A truth value.
  case bool(Bool)
  /// An integer.
  case integer(Int)
  /// A text.
  case string(String)
  /// A list.
  case array([JSONOutput])
  /// A list of integers.
  case integers([Int])
  /// An object; members that are nil are left out.
  case object([Member])
  /// A value of JSON as it stands.
  case raw([UInt8])

  /// A member of an object.
  package struct Member: Equatable, Sendable {
    /// The key.
    var key: String
    /// The value.
    var value: JSONOutput
  }

  /// An object of the members that have a value, in their order.
  static func fields(_ members: KeyValuePairs<String, JSONOutput?>) -> JSONOutput {
    .object(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
  }

  /// Writes the value.
  func write(to json: inout JSONWriter) {
    switch self {
    case .null: json.null()
    case .bool(let value): json.bool(value)
    case .integer(let value): json.number(value)
    case .string(let value): json.string(value)
    case .array(let values):
      json.beginArray()
      for value in values { value.write(to: &json) }
      json.endArray()
    case .integers(let values):
      json.beginArray()
      for value in values { json.number(value) }
      json.endArray()
    case .object(let members):
      json.beginObject()
      for member in members {
        json.key(member.key)
        member.value.write(to: &json)
      }
      json.endObject()
    case .raw(let bytes): json.raw(bytes.span)
    }
  }

  /// The value as JSON.
  package var bytes: [UInt8] {
    var json = JSONWriter()
    write(to: &json)
    return json.bytes
  }
}

extension JSONOutput: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral
{
  /// A text.
  package init(stringLiteral value: String) { self = .string(value) }
  /// A truth value.
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An integer.
  package init(integerLiteral value: Int) { self = .integer(value) }
}
