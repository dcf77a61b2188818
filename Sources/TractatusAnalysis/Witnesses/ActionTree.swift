import TractatusJSON
import TractatusValues

/// A native action document under construction: values by name, nested.
indirect enum ActionTree: Hashable, Sendable {
  case text([UInt8])
  case number(Decimal)
  case bool(Bool)
  case null
  case list([ActionTree])
  /// In the order in which they were set.
  case members([Member])

  /// A value by its name.
  struct Member: Hashable, Sendable {
    var name: String
    var value: ActionTree
  }

  /// An object without members.
  static let empty = ActionTree.members([])

  /// A text.
  static func text(_ text: String) -> ActionTree { .text(Array(text.utf8)) }

  /// Sets the value at a path, or takes it out; makes the objects on the way.
  mutating func set(_ value: ActionTree?, at path: [String]) {
    guard let name = path.first else {
      if let value { self = value }
      return
    }
    var members: [Member] = []
    if case .members(let known) = self { members = known }
    let place = members.firstIndex { $0.name == name }
    if path.count == 1, value == nil {
      if let place { members.remove(at: place) }
    } else {
      var inner = place.map { members[$0].value } ?? .empty
      inner.set(value, at: Array(path.dropFirst()))
      if let place {
        members[place].value = inner
      } else {
        members.append(Member(name: name, value: inner))
      }
    }
    self = .members(members)
  }

  /// The value at a path; nil where there is none.
  func value(at path: [String]) -> ActionTree? {
    guard let name = path.first else { return self }
    guard case .members(let members) = self else { return nil }
    return members.first { $0.name == name }?.value.value(at: Array(path.dropFirst()))
  }

  /// The document.
  var json: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }

  private func write(to writer: inout JSONWriter) {
    switch self {
    case .text(let bytes): writer.string(bytes.span)
    case .number(let number): writer.number(number)
    case .bool(let value): writer.bool(value)
    case .null: writer.null()
    case .list(let elements):
      writer.beginArray()
      for element in elements { element.write(to: &writer) }
      writer.endArray()
    case .members(let members):
      writer.beginObject()
      for member in members {
        writer.key(member.name)
        member.value.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
