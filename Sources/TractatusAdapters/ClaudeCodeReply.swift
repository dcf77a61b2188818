import TractatusEngine
import TractatusJSON
import TractatusValues

/// What Claude Code is told: one JSON object, or nothing for "no opinion".
package enum ClaudeCodeReply {
  /// The answer to PreToolUse, without a newline; empty where the client's own rules decide.
  ///
  /// `deny` and `ask` say so; `allow` is said only where a policy granted it, for it skips the
  /// client's own question. A warning is told to the model. A corrected call is sent back whole,
  /// without leave: the client's own rules judge it as well. An error is no answer: the caller ends
  /// with status 2.
  /// - Parameter correctedParameters: the whole input in place of the given one, as JSON.
  package static func preToolUse(
    _ decision: Decision, correctedParameters: [UInt8]? = nil
  ) -> [UInt8] {
    if decision.error != nil { return [] }
    let account = DecisionAccount.text(decision)
    var json = JSONWriter()
    json.beginObject()
    json.key("hookSpecificOutput")
    json.beginObject()
    json.key("hookEventName")
    json.string("PreToolUse")
    switch decision.verdict {
    case .deny, .ask:
      json.key("permissionDecision")
      json.string(decision.verdict.word)
      json.key("permissionDecisionReason")
      json.string(account)
    case .allow:
      guard decision.isGranted else { return [] }
      json.key("permissionDecision")
      json.string("allow")
      json.key("permissionDecisionReason")
      json.string(account)
    case .warn:
      if decision.isCorrected, let correctedParameters {
        json.key("updatedInput")
        json.raw(correctedParameters.span)
      }
      json.key("additionalContext")
      json.string(account)
    }
    json.endObject()
    json.endObject()
    return json.bytes
  }

  /// Holds a prompt, a result or the end of an answer back, and says why, without a newline.
  package static func block(_ decision: Decision) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("decision")
    json.string("block")
    json.key("reason")
    json.string(DecisionAccount.text(decision))
    json.endObject()
    return json.bytes
  }

  /// Text that the model is told at an event, without a newline.
  package static func context(_ text: String, at event: StaticString) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("hookSpecificOutput")
    json.beginObject()
    json.key("hookEventName")
    json.string("\(event)")
    json.key("additionalContext")
    json.string(text)
    json.endObject()
    json.endObject()
    return json.bytes
  }
}
