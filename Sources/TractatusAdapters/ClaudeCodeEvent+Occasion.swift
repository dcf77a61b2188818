import TractatusJSON

extension ClaudeCodeEvent {
  /// What a call returned, or another event, as a native action; nil for what is neither.
  ///
  /// Its parameters are the members of the client's document. What a call returned is a text under
  /// `tool_response`: of anything else the texts in it, a line each, and itself under `response`.
  package func occasion(_ tape: borrowing JSONTape) -> [UInt8]? {
    var json = JSONWriter()
    json.beginObject()
    switch kind {
    case .postToolUse:
      guard let tool else { return nil }
      json.key("result")
      json.string(tool)
    case .userPromptSubmit, .sessionStart, .preCompact, .stop, .sessionEnd:
      guard let eventName else { return nil }
      json.key("event")
      json.string(eventName)
    case .preToolUse, .postToolUseFailure, .other: return nil
    }
    if let folder, !folder.isEmpty {
      json.key("cwd")
      json.string(folder)
    }
    json.key("parameters")
    json.beginObject()
    for member in tape.children(.root) {
      let name = tape.keyString(member)
      guard name == "tool_response", tape.kind(member) != .string else {
        json.key(name)
        json.value(member, of: tape)
        continue
      }
      json.key(name)
      json.string(Self.texts(in: member, of: tape))
      json.key("response")
      json.value(member, of: tape)
    }
    json.endObject()
    json.endObject()
    return json.bytes
  }

  /// The name that rules have for the event.
  private var eventName: String? {
    switch kind {
    case .userPromptSubmit: "prompt"
    case .sessionStart: "session_start"
    case .sessionEnd: "session_end"
    case .preCompact: "compact"
    case .stop: "stop"
    case .preToolUse, .postToolUse, .postToolUseFailure, .other: nil
    }
  }

  /// The texts in a value, a line each, in the order of the document. As deep as documents may be.
  private static func texts(in node: JSONNode, of tape: borrowing JSONTape) -> String {
    if let text = tape.string(node) { return text }
    guard tape.kind(node) == .array || tape.kind(node) == .object else { return "" }
    var lines: [String] = []
    for child in tape.children(node) {
      let text = texts(in: child, of: tape)
      if !text.isEmpty { lines.append(text) }
    }
    return lines.joined(separator: "\n")
  }
}
