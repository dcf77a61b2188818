import TractatusEngine
import TractatusJSON

/// What a hook event of Claude Code tells, as far as governing needs it.
///
/// Fields that are missing, or are something else than they should be, are nil: a new version of
/// the client may leave out or change any of them, and only what a decision rests on must be there.
package struct ClaudeCodeEvent: Sendable, Equatable {
  /// What happened.
  package enum Kind: Sendable, Equatable {
    /// A tool is about to be used: the one event that is decided.
    case preToolUse
    /// A tool was used; how long it took, in milliseconds.
    case postToolUse
    /// A tool failed, with what it said.
    case postToolUseFailure(error: String?)
    /// A person has sent a message.
    case userPromptSubmit(prompt: String?)
    /// A session begins: `startup`, `resume`, `clear`, `compact` or `fork`.
    case sessionStart(source: String?)
    /// The conversation is about to be compacted.
    case preCompact
    /// The agent has finished its answer.
    case stop
    /// The session ends.
    case sessionEnd
    /// Anything else, which passes.
    case other(String)
  }

  /// What happened.
  package let kind: Kind
  /// The client's own name of the session.
  package let session: String?
  /// The client's own number of the call.
  package let toolUse: String?
  /// The tool that the event is about.
  package let tool: String?
  /// The sub-agent that calls; nil for the agent itself.
  package let agent: String?
  /// The agent's current folder.
  package let folder: String?
  /// Whether the agent goes on already because it was held back when it stopped.
  package let goesOnAlready: Bool

  /// The event that a document is.
  ///
  /// - Throws: T0702 when it does not say what happened.
  package init(_ tape: borrowing JSONTape) throws(DecisionError) {
    guard let node = tape.member(.root, "hook_event_name"), let name = tape.string(node) else {
      throw DecisionError(code: "T0702", reason: "the event has no `hook_event_name`")
    }
    switch name {
    case "PreToolUse": kind = .preToolUse
    case "PostToolUse": kind = .postToolUse
    case "PostToolUseFailure": kind = .postToolUseFailure(error: Self.text("error", of: tape))
    case "UserPromptSubmit": kind = .userPromptSubmit(prompt: Self.text("prompt", of: tape))
    case "SessionStart": kind = .sessionStart(source: Self.text("source", of: tape))
    case "PreCompact": kind = .preCompact
    case "Stop": kind = .stop
    case "SessionEnd": kind = .sessionEnd
    default: kind = .other(name)
    }
    session = Self.text("session_id", of: tape)
    toolUse = Self.text("tool_use_id", of: tape)
    tool = Self.text("tool_name", of: tape)
    agent = Self.text("agent_id", of: tape)
    folder = Self.text("cwd", of: tape)
    goesOnAlready = tape.member(.root, "stop_hook_active").flatMap { tape.bool($0) } ?? false
  }

  private static func text(_ name: StaticString, of tape: borrowing JSONTape) -> String? {
    tape.member(.root, name).flatMap { tape.string($0) }
  }
}
