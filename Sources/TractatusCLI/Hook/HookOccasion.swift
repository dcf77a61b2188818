import TractatusAdapters
import TractatusEngine
import TractatusJSON
import TractatusSession
import TractatusSource
import TractatusValues

/// What a call returned, or another event of a session, judged by the rules that are made for it.
struct HookOccasion {
  let event: ClaudeCodeEvent
  /// The decision; nil where nothing maps the event.
  private(set) var decision: Decision?

  init(_ event: ClaudeCodeEvent) { self.event = event }

  /// Judges the event, records in the session that it happened, and gives what the log keeps; nil
  /// where no rule has a say.
  ///
  /// What cannot be judged is held back, where it can be.
  /// - Throws: T0740 when the session's state cannot be written.
  mutating func judge(
    _ call: borrowing JSONTape, by program: Program, with instructions: InstructionFile?,
    _ snapshot: SessionSnapshot, in session: HookSession, isShadow: Bool
  ) throws(HookFailure) -> [UInt8]? {
    guard let document = event.occasion(call) else { return nil }
    var evaluator = Evaluator(program)
    var input = ActionInput()
    var record = DecisionRecord(
      client: "claude-code", session: event.session, call: event.toolUse, agent: event.agent,
      isShadow: isShadow, rules: session.rules, instructions: instructions?.digest,
      decision: Decision())
    do throws(DecisionError) {
      try input.readNative(document.span)
      let surroundings = HookSurroundings(
        project: session.project, time: session.now, resolved: [])
      try input.readSurroundings(surroundings.document(with: snapshot).span)
      evaluator.history = snapshot.session.history
      let outcome = evaluator.evaluate(input)
      record.decision = evaluator.report(outcome, of: input)
      record.history = evaluator.historyCounts(of: input)
    } catch {
      record.decision.error = error
    }
    if let error = record.decision.error {
      record.decision.verdict = .deny
      record.decision.reason = error.reason
    } else if record.decision.types.isEmpty {
      return nil
    }
    decision = record.decision
    if evaluator.asksForHistory { try session.record(evaluator.historyUpdate(of: input)) }
    return record.members(of: input, hasCall: true)
  }

  /// Whether what happened is held back.
  var isHeldBack: Bool {
    guard let decision, decision.verdict.isBlocking else { return false }
    switch event.kind {
    case .postToolUse, .userPromptSubmit: return true
    // Who was made to go on once may stop: else nobody ever would.
    case .stop: return !event.goesOnAlready
    default: return false
    }
  }

  /// What the client is told, with what the session has to say; empty for nothing.
  func answer(_ told: String?) -> [UInt8] {
    if isHeldBack, let decision { return ClaudeCodeReply.block(decision) }
    var texts = [told].compactMap { $0 }
    if let decision, decision.verdict > .allow { texts.append(DecisionAccount.text(decision)) }
    guard !texts.isEmpty else { return [] }
    let text = texts.joined(separator: "\n")
    switch event.kind {
    case .userPromptSubmit: return ClaudeCodeReply.context(text, at: "UserPromptSubmit")
    case .sessionStart: return ClaudeCodeReply.context(text, at: "SessionStart")
    case .postToolUse: return ClaudeCodeReply.context(text, at: "PostToolUse")
    default: return []
    }
  }
}

extension Program {
  /// Whether some action type is made of results or events.
  var mapsOccasions: Bool {
    let header = sections.header
    return [header.resultNames, header.eventNames].contains { table in
      sections.hashSlots[Int(sections.keyTables[Int(table)].slots)...]
        .prefix(Int(sections.keyTables[Int(table)].mask) + 1).contains { $0 != 0 }
    } || sections.toolWildcards.contains { $0.occasion != CallOccasion.call.rawValue }
  }
}
