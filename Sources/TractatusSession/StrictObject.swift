import TractatusJSON
import TractatusValues

/// A JSON object of a state file, read field by field against its schema.
struct StrictObject {
  let tape: JSONTape
  let node: JSONNode
  private let file: String
  private let name: String

  /// The object at a node.
  ///
  /// - Throws: `StateProblem`, `.damaged`, when it is none or has a field that is not `known`;
  ///   without `known` any field may be there.
  init(
    _ tape: JSONTape, _ node: JSONNode, known: [StaticString]?, name: String, file: String
  ) throws(StateProblem) {
    self.tape = tape
    self.node = node
    self.name = name
    self.file = file
    guard tape.kind(node) == .object else {
      throw StateProblem(.damaged, file, "has \(tape.kind(node).phrase) where \(name) belongs")
    }
    guard let known else { return }
    for child in tape.children(node) {
      let key = tape.keyString(child)
      guard known.contains(where: { $0.description == key }) else {
        throw damaged("\(name) has the unknown field `\(key)`")
      }
    }
  }

  /// A problem with the object's file.
  func damaged(_ what: String) -> StateProblem {
    StateProblem(.damaged, file, "does not hold what it should: \(what)")
  }

  private func unfit(_ field: StaticString, _ wanted: String) -> StateProblem {
    damaged("`\(field)` of \(name) is not \(wanted)")
  }

  /// A field's node; nil when it is missing or `null`.
  func child(_ field: StaticString) -> JSONNode? {
    guard let child = tape.member(node, field), tape.kind(child) != .null else { return nil }
    return child
  }

  /// A whole number from 0 up; nil when it is missing.
  func optionalCount(
    _ field: StaticString, limit: Int = SessionLimits.count
  ) throws(StateProblem) -> Int? {
    guard let child = child(field) else { return nil }
    guard let count = tape.decimal(child)?.integer, (0...limit).contains(count) else {
      throw unfit(field, "a whole number from 0 to \(limit)")
    }
    return count
  }

  /// A whole number from 0 up.
  func count(_ field: StaticString, limit: Int = SessionLimits.count) throws(StateProblem) -> Int {
    guard let count = try optionalCount(field, limit: limit) else {
      throw unfit(field, "there")
    }
    return count
  }

  /// A number within bounds; nil when it is missing.
  func optionalDecimal(
    _ field: StaticString, from low: Decimal, to high: Decimal
  ) throws(StateProblem) -> Decimal? {
    guard let child = child(field) else { return nil }
    guard let number = tape.decimal(child), low <= number, number <= high else {
      throw unfit(field, "a number from \(low) to \(high)")
    }
    return number
  }

  /// A text; nil when it is missing.
  func optionalText(
    _ field: StaticString, limit: Int = SessionLimits.text
  ) throws(StateProblem) -> String? {
    guard let child = child(field) else { return nil }
    guard let text = tape.string(child), text.utf8.count <= limit else {
      throw unfit(field, "a text of at most \(limit) bytes")
    }
    return text
  }

  /// A text.
  func text(_ field: StaticString, limit: Int = SessionLimits.text) throws(StateProblem) -> String {
    guard let text = try optionalText(field, limit: limit) else { throw unfit(field, "there") }
    return text
  }

  /// An RFC 3339 time; nil when it is missing.
  func optionalTime(_ field: StaticString) throws(StateProblem) -> Instant? {
    guard let text = try optionalText(field) else { return nil }
    guard let time = Instant(Array(text.utf8).span) else { throw unfit(field, "an RFC 3339 time") }
    return time
  }

  /// A boolean; nil when it is missing.
  func optionalBool(_ field: StaticString) throws(StateProblem) -> Bool? {
    guard let child = child(field) else { return nil }
    guard let bool = tape.bool(child) else { throw unfit(field, "true or false") }
    return bool
  }

  /// The elements of a list; none when it is missing.
  func elements(_ field: StaticString, limit: Int) throws(StateProblem) -> [JSONNode] {
    guard let child = child(field) else { return [] }
    guard tape.kind(child) == .array, tape.childCount(child) <= limit else {
      throw unfit(field, "a list of at most \(limit) elements")
    }
    return Array(tape.children(child))
  }

  /// The members of an object; none when it is missing.
  func members(_ field: StaticString, limit: Int) throws(StateProblem) -> [JSONNode] {
    guard let child = child(field) else { return [] }
    guard tape.kind(child) == .object, tape.childCount(child) <= limit else {
      throw unfit(field, "an object of at most \(limit) fields")
    }
    return Array(tape.children(child))
  }

  /// An object within this one; nil when it is missing.
  func optionalObject(
    _ field: StaticString, known: [StaticString]
  ) throws(StateProblem) -> StrictObject? {
    guard let child = child(field) else { return nil }
    return try object(child, known: known, "`\(field)`")
  }

  /// An object within this one, at a node.
  func object(
    _ node: JSONNode, known: [StaticString], _ name: String
  ) throws(StateProblem) -> StrictObject {
    try StrictObject(tape, node, known: known, name: name, file: file)
  }
}
