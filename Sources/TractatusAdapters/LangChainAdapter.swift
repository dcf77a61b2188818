import TractatusEngine
import TractatusJSON

extension Adapter {
  /// A tool call of LangChain, a list of them, or a message that holds some.
  static let langChain = Adapter(
    "langchain", "a tool call of LangChain, or a list of them",
    fits: { tape in langChainCalls(tape).contains { tape.member($0, "args") != nil } },
    read: { tape throws(DecisionError) in
      var calls: [ClientCall] = []
      for item in langChainCalls(tape) {
        calls.append(
          try ClientCall(
            tool: tape.member(item, "name"), parameters: tape.member(item, "args"), in: tape))
      }
      if calls.isEmpty {
        throw DecisionError(code: "T0702", reason: "the document holds no tool call")
      }
      return .calls(calls)
    })

  private static func langChainCalls(_ tape: borrowing JSONTape) -> [JSONNode] {
    let inner = tape.elements(.root, "tool_calls")
    return inner.isEmpty ? tape.rootElements : inner
  }
}
