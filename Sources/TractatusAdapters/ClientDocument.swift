import TractatusEngine
import TractatusJSON

/// What a client's document holds.
package enum ClientDocument: Sendable, Equatable {
  /// Calls to judge, in order; at least one.
  case calls([ClientCall])
  /// What a call returned, or another event, as a native action; and the reason why it passes where
  /// no rules are made for it.
  case occasion([UInt8], String)
  /// An event or a result that maps to no action, with the reason why it passes.
  case passes(String)
}

/// A document that was read, and by which adapter.
package struct ClientReading: Sendable {
  /// The adapter that was named, or that the document's fields told.
  package let adapter: Adapter
  /// What it found.
  package let document: ClientDocument
}

/// One call of a document that was read into an `ActionInput`.
package struct ClientCall: Sendable, Equatable {
  /// Where the fields lie.
  package var fields = ActionFields()
  /// A text that holds the parameters as JSON, where they are no object themselves.
  package var argumentsText: JSONNode?

  /// A call of which nothing is known yet.
  init() {}

  /// A call of a tool without parameters.
  ///
  /// - Throws: T0702 when the name is no text.
  init(tool: JSONNode?, in tape: borrowing JSONTape) throws(DecisionError) {
    guard let tool, tape.kind(tool) == .string, !tape.content(tool).isEmpty else {
      throw DecisionError(code: "T0702", reason: "the call does not name its tool")
    }
    fields.tool = DocumentNode(document: .call, node: tool)
  }

  /// A call of a tool with its parameters.
  ///
  /// - Throws: T0702 when the name is no text, or the parameters are no object (nor, where that is
  ///   allowed, a text).
  init(
    tool: JSONNode?, parameters: JSONNode?, allowsText: Bool = false,
    in tape: borrowing JSONTape
  ) throws(DecisionError) {
    try self.init(tool: tool, in: tape)
    guard let parameters else {
      throw DecisionError(code: "T0702", reason: "the call has no parameters")
    }
    switch tape.kind(parameters) {
    case .object:
      fields.parameters = DocumentNode(document: .call, node: parameters)
      takeDescription(from: parameters, of: tape, document: .call)
    case .string where allowsText:
      argumentsText = parameters
    default:
      throw DecisionError(
        code: "T0702",
        reason: "the parameters are an object, and these are \(tape.kind(parameters).phrase)")
    }
  }

  /// Makes this the call that `input` holds; its document must be the one that was read last.
  ///
  /// - Throws: T0701, T0702 or T0710 when its arguments are a text that holds no object.
  package func select(in input: inout ActionInput) throws(DecisionError) {
    input.fields = fields
    guard let argumentsText else { return }
    let text = Array(input.call.bytes[input.call.content(argumentsText)])
    try input.readArguments(text.span)
    var filled = ClientCall()
    filled.takeDescription(from: .root, of: input.arguments, document: .arguments)
    input.fields.description = filled.fields.description
  }

  /// A client's own `description` among the parameters is the root `description`.
  private mutating func takeDescription(
    from parameters: JSONNode, of tape: borrowing JSONTape, document: ActionDocument
  ) {
    guard let node = tape.member(parameters, "description"), tape.kind(node) == .string else {
      return
    }
    fields.description = DocumentNode(document: document, node: node)
  }
}

extension JSONTape {
  /// Whether a member is this text.
  func has(_ node: JSONNode, _ key: StaticString, _ text: StaticString) -> Bool {
    guard let member = member(node, key), kind(member) == .string else { return false }
    // SAFETY: a static text's bytes live as long as the process.
    return text.withUTF8Buffer { buffer in
      let wanted = unsafe Span(_unsafeElements: buffer)
      return equal(content(member), wanted)
    }
  }

  /// The elements of a list that a member is; none for anything else.
  func elements(_ node: JSONNode, _ key: StaticString) -> [JSONNode] {
    guard let list = member(node, key), kind(list) == .array else { return [] }
    return Array(children(list))
  }

  /// The root's elements when it is a list, else the root alone.
  var rootElements: [JSONNode] {
    kind(.root) == .array ? Array(children(.root)) : [.root]
  }
}
