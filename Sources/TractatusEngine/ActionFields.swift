import TractatusJSON

/// Where the fields of an action lie in the documents of an `ActionInput`.
///
/// Each is nil when the document has no such field. A field that is `null` may be given as such.
package struct ActionFields: Sendable, Equatable {
  /// The name of an action type, bare or qualified.
  package var action: DocumentNode?
  /// The name of the client's tool.
  package var tool: DocumentNode?
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
  /// Link-resolved paths by parameter; kept for a later version.
  package var resolved: DocumentNode?

  /// No field at all.
  package init() {}

  /// The fields of a native action, or of surroundings of the same shape, that is the root of one
  /// document. A root that is no object has none.
  package init(native tape: borrowing JSONTape, in document: ActionDocument) {
    func field(_ name: StaticString) -> DocumentNode? {
      tape.member(.root, name).map { DocumentNode(document: document, node: $0) }
    }
    guard tape.kind(.root) == .object else { return }
    action = field("action")
    tool = field("tool")
    description = field("description")
    parameters = field("parameters")
    project = field("project")
    cwd = field("cwd")
    at = field("at")
    session = field("session")
    scores = field("scores")
    components = field("components")
    facts = field("facts")
    reasoning = field("reasoning")
    actor = field("actor")
    resolved = field("resolved")
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
