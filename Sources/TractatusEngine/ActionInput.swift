import TractatusJSON

/// One call as it arrived: its documents, and where in them the fields of an action lie.
///
/// Nothing is copied out of the documents, so an adapter only says where things are. Keep one and
/// read the next call into it: then reading allocates nothing once it has read one as large.
package struct ActionInput: Sendable {
  /// What the client sent.
  package var call = JSONTape()
  /// A second document for parameters that arrive as a text of their own.
  package var arguments = JSONTape()
  /// What the caller adds: a document in the shape of a native action, of which only what stands
  /// around an action counts (`facts`, `at`, `project` and so on).
  package var surroundings = JSONTape()
  /// The fields of the call itself. They win over those of the surroundings, which are merged
  /// with them name by name (`facts`, `scores`, `session`, `components`, `reasoning`, `actor`).
  package var fields = ActionFields()
  /// The fields of the surroundings; `action`, `tool`, `description`, `parameters` are ignored.
  package var surroundingFields = ActionFields()

  /// An input without any document.
  package init() {}

  /// Reads a native action in the place of the call before; the surroundings stay.
  ///
  /// - Throws: T0701 or T0710 for what is no acceptable JSON, T0702 for what is no object.
  package mutating func readNative(_ document: Span<UInt8>) throws(DecisionError) {
    fields = ActionFields()
    try Self.parse(document, into: &call, as: "the action")
    guard call.kind(.root) == .object else {
      throw DecisionError(
        code: "T0702",
        reason: "an action is a JSON object, and this document is \(call.kind(.root).phrase)")
    }
    fields = ActionFields(native: call, in: .call)
  }

  /// Reads the surroundings; they hold for every call that is read afterwards.
  ///
  /// - Throws: as `readNative`.
  package mutating func readSurroundings(_ document: Span<UInt8>) throws(DecisionError) {
    surroundingFields = ActionFields()
    try Self.parse(document, into: &surroundings, as: "the surroundings")
    guard surroundings.kind(.root) == .object else {
      throw DecisionError(code: "T0702", reason: "the surroundings are a JSON object")
    }
    surroundingFields = ActionFields(native: surroundings, in: .surroundings)
  }

  /// Reads `text`, which holds the parameters as an object, into the document `arguments` and makes
  /// it the call's parameters.
  ///
  /// - Throws: as `readNative`.
  package mutating func readArguments(_ text: Span<UInt8>) throws(DecisionError) {
    fields.parameters = nil
    try Self.parse(text, into: &arguments, as: "the arguments")
    guard arguments.kind(.root) == .object else {
      throw DecisionError(
        code: "T0702",
        reason: "the arguments are a JSON object, and these are \(arguments.kind(.root).phrase)")
    }
    fields.parameters = DocumentNode(document: .arguments, node: .root)
  }

  /// Reads a document, turning what is wrong with it into a decision's error.
  package static func parse(
    _ document: Span<UInt8>, into tape: inout JSONTape, as name: StaticString
  ) throws(DecisionError) {
    do {
      try tape.parse(document)
    } catch {
      let place = error.position(in: document)
      let isTooLarge = error.kind == .tooLarge || error.kind == .tooDeep
      throw DecisionError(
        code: isTooLarge ? "T0710" : "T0701",
        reason: "\(name) cannot be read: \(error.message) (line \(place.line), "
          + "column \(place.column))")
    }
  }

  /// The tape of a document.
  package func tape(_ document: ActionDocument) -> JSONTape {
    switch document {
    case .call: call
    case .arguments: arguments
    case .surroundings: surroundings
    }
  }
}
