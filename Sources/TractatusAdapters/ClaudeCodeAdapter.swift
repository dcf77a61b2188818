import TractatusEngine
import TractatusJSON

extension Adapter {
  /// The event that Claude Code hands to a hook, and the events of clients that took over its
  /// form: Codex, Gemini CLI (`BeforeTool`) and Cursor
  /// (`beforeMCPExecution`).
  static let claudeCode = Adapter(
    "claude-code", "a hook event of Claude Code",
    fits: { tape in tape.member(.root, "hook_event_name") != nil },
    read: { tape throws(DecisionError) in
      guard let event = tape.member(.root, "hook_event_name"), let name = tape.string(event) else {
        throw DecisionError(code: "T0702", reason: "the event has no `hook_event_name`")
      }
      switch name {
      case "PreToolUse", "BeforeTool", "PermissionRequest":
        return .calls([try claudeCodeCall(tape)])
      case "beforeMCPExecution":
        return .calls([try claudeCodeCall(tape, allowsText: true)])
      case _ where tellingEvents.contains(name):
        let reason = "the event `\(name)` maps to no action"
        guard let document = try ClaudeCodeEvent(tape).occasion(tape) else {
          return .passes(reason)
        }
        return .occasion(document, reason)
      default:
        // It may ask before something happens, as `beforeShellExecution` does, which names no tool.
        throw DecisionError(code: "T0712", reason: "the event `\(name)` is not supported")
      }
    })

  /// The events that only tell what happened. Any other one may ask for leave.
  private static let tellingEvents: Set<String> = [
    "PostToolUse", "PostToolUseFailure", "UserPromptSubmit", "SessionStart", "SessionEnd",
    "PreCompact", "PostCompact", "Stop", "StopFailure", "SubagentStart", "SubagentStop",
    "Notification", "AfterTool", "BeforeAgent", "AfterAgent", "PreCompress", "afterFileEdit",
    "afterShellExecution", "afterMCPExecution", "afterAgentResponse", "stop",
  ]

  private static func claudeCodeCall(
    _ tape: borrowing JSONTape, allowsText: Bool = false
  ) throws(DecisionError) -> ClientCall {
    var call = try ClientCall(
      tool: tape.member(.root, "tool_name"), parameters: tape.member(.root, "tool_input"),
      allowsText: allowsText, in: tape)
    call.fields.cwd = folder(tape)
    return call
  }

  /// The agent's current folder; an empty one is none.
  private static func folder(_ tape: borrowing JSONTape) -> DocumentNode? {
    guard let node = tape.member(.root, "cwd") else { return nil }
    if tape.kind(node) == .string, tape.content(node).isEmpty { return nil }
    return DocumentNode(document: .call, node: node)
  }
}
