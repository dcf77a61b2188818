import TractatusEngine
import TractatusJSON

extension Adapter {
  /// A tool call of OpenAI's Chat Completions or a function call of its Responses, a list of them,
  /// or a message that holds some.
  static let openAI = Adapter(
    "openai", "a tool call of OpenAI",
    fits: { tape in openAICalls(tape).contains { isOpenAICall($0, in: tape) } },
    read: { tape throws(DecisionError) in
      var calls: [ClientCall] = []
      for item in openAICalls(tape) {
        // Items of a response that are no calls, such as its text, are passed over.
        guard isOpenAICall(item, in: tape) else { continue }
        let call = tape.member(item, "function") ?? item
        calls.append(
          try ClientCall(
            tool: tape.member(call, "name"), parameters: tape.member(call, "arguments"),
            allowsText: true, in: tape))
      }
      if calls.isEmpty {
        throw DecisionError(code: "T0702", reason: "the document holds no function call")
      }
      return .calls(calls)
    })

  private static func openAICalls(_ tape: borrowing JSONTape) -> [JSONNode] {
    tape.rootElements + tape.elements(.root, "tool_calls") + tape.elements(.root, "output")
  }

  private static func isOpenAICall(_ node: JSONNode, in tape: borrowing JSONTape) -> Bool {
    if tape.has(node, "type", "function_call") { return true }
    guard let function = tape.member(node, "function") else { return false }
    return tape.member(function, "arguments") != nil
  }
}
