import TractatusEngine
import TractatusJSON

extension Adapter {
  /// A `tool_use` block of Anthropic's Messages API, or a message or list that holds some.
  static let anthropic = Adapter(
    "anthropic", "a `tool_use` block of Anthropic's Messages API",
    fits: { tape in !toolUseBlocks(tape).isEmpty },
    read: { tape throws(DecisionError) in
      var calls: [ClientCall] = []
      for block in toolUseBlocks(tape) {
        calls.append(
          try ClientCall(
            tool: tape.member(block, "name"), parameters: tape.member(block, "input"), in: tape))
      }
      if calls.isEmpty {
        throw DecisionError(code: "T0702", reason: "the document holds no `tool_use` block")
      }
      return .calls(calls)
    })

  /// Blocks of every kind of tool use: those that a server runs are calls too.
  private static func toolUseBlocks(_ tape: borrowing JSONTape) -> [JSONNode] {
    let blocks = tape.rootElements + tape.elements(.root, "content")
    var found: [JSONNode] = []
    for block in blocks {
      guard let type = tape.member(block, "type"), tape.kind(type) == .string else { continue }
      let suffix = Array("tool_use".utf8)
      if tape.bytes[tape.content(type)].suffix(suffix.count).elementsEqual(suffix) {
        found.append(block)
      }
    }
    return found
  }
}
