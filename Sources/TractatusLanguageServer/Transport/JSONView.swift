import TractatusJSON
import TractatusValues

/// A value of a message, with the tape that holds it.
struct JSONView {
  let tape: JSONTape
  let node: JSONNode

  init(_ tape: JSONTape, _ node: JSONNode = .root) {
    (self.tape, self.node) = (tape, node)
  }

  /// The member of an object; nil where there is none, or it is null.
  subscript(name: StaticString) -> JSONView? {
    guard let member = tape.member(node, name), tape.kind(member) != .null else { return nil }
    return JSONView(tape, member)
  }

  /// The text that it is.
  var string: String? { tape.string(node) }
  /// The bytes of the text that it is.
  var bytes: [UInt8]? {
    tape.kind(node) == .string ? Array(tape.bytes[tape.content(node)]) : nil
  }
  /// The integer that it is.
  var integer: Int? { tape.decimal(node)?.integer }
  /// The truth value that it is.
  var bool: Bool? { tape.bool(node) }
  /// The elements of the list that it is; none for anything else.
  var elements: [JSONView] {
    guard tape.kind(node) == .array else { return [] }
    return tape.children(node).map { JSONView(tape, $0) }
  }
}
