import TractatusEngine
import TractatusJSON

extension Adapter {
  /// A `tools/call` request of the Model Context Protocol.
  static let mcp = Adapter(
    "mcp", "a message of the Model Context Protocol",
    fits: { tape in tape.member(.root, "jsonrpc") != nil },
    read: { tape throws(DecisionError) in
      guard let node = tape.member(.root, "method") else {
        if tape.member(.root, "result") != nil || tape.member(.root, "error") != nil {
          return .passes("a result maps to no action")
        }
        throw DecisionError(code: "T0702", reason: "the message has no `method`")
      }
      guard let method = tape.string(node) else {
        throw DecisionError(code: "T0702", reason: "the message's `method` is no text")
      }
      if method.hasPrefix("notifications/") || answeredMethods.contains(method) {
        return .passes("the method `\(method)` maps to no action")
      }
      guard method == "tools/call" else {
        // What reads, writes or asks a model does something: a call whose tool is the method.
        guard let params = tape.member(.root, "params") else {
          return .calls([try ClientCall(tool: node, in: tape)])
        }
        return .calls([try ClientCall(tool: node, parameters: params, in: tape)])
      }
      guard let params = tape.member(.root, "params") else {
        throw DecisionError(code: "T0702", reason: "the message has no `params`")
      }
      let tool = tape.member(params, "name")
      guard let arguments = tape.member(params, "arguments"), tape.kind(arguments) != .null else {
        // The protocol leaves `arguments` out of a call without parameters.
        return .calls([try ClientCall(tool: tool, in: tape)])
      }
      return .calls([try ClientCall(tool: tool, parameters: arguments, in: tape)])
    })

  /// The methods that do no more than tell what there is.
  private static let answeredMethods: Set<String> = [
    "initialize", "ping", "tools/list", "resources/list", "resources/templates/list",
    "prompts/list", "roots/list", "completion/complete", "logging/setLevel",
  ]
}
