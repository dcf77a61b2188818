import TractatusJSON
import TractatusValues

/// Members of the objects of state files; nothing is written for what is nil.
extension JSONWriter {
  mutating func member(_ name: StaticString, _ value: Int?) {
    guard let value else { return }
    key(name)
    number(value)
  }

  mutating func member(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }

  mutating func member(_ name: StaticString, _ value: Instant?) {
    guard let value else { return }
    key(name)
    string(value.description)
  }

  mutating func member(_ name: StaticString, _ value: Bool?) {
    guard let value else { return }
    key(name)
    bool(value)
  }

  mutating func member(_ name: StaticString, _ value: Decimal?) {
    guard let value else { return }
    key(name)
    number(value)
  }

  /// A list of what `write` writes of each element.
  mutating func list<Element>(
    _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  /// A point of a session as an object.
  mutating func mark(_ mark: SessionMark) {
    beginObject()
    markMembers(mark)
    endObject()
  }

  /// The members of a point of a session.
  mutating func markMembers(_ mark: SessionMark) {
    member("message", mark.message)
    member("tokens", mark.tokens)
    member("timestamp", mark.timestamp)
  }
}
