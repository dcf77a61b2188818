import TractatusJSON

/// Where the fields of an action lie in the documents of an `ActionInput`.
///
/// Each is nil when the document has no such field. A field that is `null` may be given as such.
package struct ActionFields: Sendable, Equatable {
  /// The name of an action type, bare or qualified.
  package var action: DocumentNode?
  /// The name of the client's tool.
  package var tool: DocumentNode?
  /// The name of the tool whose call has returned; its `parameters` are what the client tells.
  package var result: DocumentNode?
  /// The name of another event, such as `prompt`.
  package var event: DocumentNode?
  package var description: DocumentNode?
  /// The call's own parameters: an object, or nothing.
  package var parameters: DocumentNode?
  package var project: DocumentNode?
  package var cwd: DocumentNode?
  package var at: DocumentNode?
  package var session: DocumentNode?
  package var scores: DocumentNode?
  package var components: DocumentNode?
  package var facts: DocumentNode?
  package var reasoning: DocumentNode?
  package var actor: DocumentNode?
  /// Paths of which the links are resolved, by parameter: an object of texts.
  package var resolved: DocumentNode?

  /// No field at all.
  package init() {}

  /// The fields of a native action, or of surroundings of the same shape, that is the root of one
  /// document. A root that is no object has none.
  package init(native tape: borrowing JSONTape, in document: ActionDocument) {
    guard tape.kind(.root) == .object else { return }
    var child = tape.firstChild(.root)
    while let node = child {
      child = tape.next(node)
      let place = DocumentNode(document: document, node: node)
      let key = tape.key(node)
      // PERF: no two names have both the same length and the same first byte.
      switch (key.count, key.isEmpty ? 0 : tape.bytes[key.lowerBound]) {
      case (2, UInt8(ascii: "a")): if Self.isKey(key, "at", of: tape) { at = place }
      case (3, UInt8(ascii: "c")): if Self.isKey(key, "cwd", of: tape) { cwd = place }
      case (4, UInt8(ascii: "t")): if Self.isKey(key, "tool", of: tape) { tool = place }
      case (5, UInt8(ascii: "a")): if Self.isKey(key, "actor", of: tape) { actor = place }
      case (5, UInt8(ascii: "e")): if Self.isKey(key, "event", of: tape) { event = place }
      case (5, UInt8(ascii: "f")): if Self.isKey(key, "facts", of: tape) { facts = place }
      case (6, UInt8(ascii: "a")): if Self.isKey(key, "action", of: tape) { action = place }
      case (6, UInt8(ascii: "r")): if Self.isKey(key, "result", of: tape) { result = place }
      case (6, UInt8(ascii: "s")): if Self.isKey(key, "scores", of: tape) { scores = place }
      case (7, UInt8(ascii: "p")): if Self.isKey(key, "project", of: tape) { project = place }
      case (7, UInt8(ascii: "s")): if Self.isKey(key, "session", of: tape) { session = place }
      default: setLong(key, place, of: tape)
      }
    }
  }

  /// How many fields there are.
  package var givenCount: Int {
    func one(_ field: DocumentNode?) -> Int { field == nil ? 0 : 1 }
    let call = one(action) + one(tool) + one(description) + one(parameters) + one(resolved)
    let occasion = one(result) + one(event)
    let place = one(project) + one(cwd) + one(at) + one(actor)
    let rest = call + occasion + place
    return rest + one(session) + one(scores) + one(components) + one(facts) + one(reasoning)
  }

  private mutating func setLong(
    _ key: Range<Int>, _ place: DocumentNode, of tape: borrowing JSONTape
  ) {
    switch (key.count, key.isEmpty ? 0 : tape.bytes[key.lowerBound]) {
    case (8, UInt8(ascii: "r")): if Self.isKey(key, "resolved", of: tape) { resolved = place }
    case (9, UInt8(ascii: "r")): if Self.isKey(key, "reasoning", of: tape) { reasoning = place }
    case (10, UInt8(ascii: "p")):
      if Self.isKey(key, "parameters", of: tape) { parameters = place }
    case (10, UInt8(ascii: "c")):
      if Self.isKey(key, "components", of: tape) { components = place }
    case (11, UInt8(ascii: "d")):
      if Self.isKey(key, "description", of: tape) { description = place }
    default: return
    }
  }

  private static func isKey(
    _ key: Range<Int>, _ name: StaticString, of tape: borrowing JSONTape
  ) -> Bool {
    // SAFETY: a static string's bytes live as long as the process.
    name.withUTF8Buffer { buffer in
      tape.equal(key, unsafe Span(_unsafeElements: buffer))
    }
  }
}

/// One of the documents that an `ActionInput` holds.
package enum ActionDocument: UInt8, Sendable, Hashable {
  /// What the client sent.
  case call = 0
  /// Parameters that lie in a text of their own, such as OpenAI's `arguments`.
  case arguments = 1
  /// What the caller of `tractatus` adds.
  case surroundings = 2
}

/// A value of one of the documents of an `ActionInput`.
package struct DocumentNode: Sendable, Hashable {
  package var document: ActionDocument
  package var node: JSONNode
  package init(document: ActionDocument, node: JSONNode) {
    self.document = document
    self.node = node
  }
}
