import TractatusEngine
import TractatusSession
import TractatusValues

extension SessionVerb {
  /// `tractatus session recover`.
  static let recover = SessionVerb(name: "recover") { request throws(UsageError) in
    try request.expectNoWords("recover")
    let acceptsHistory = request.arguments.has("accept-history")
    return request.run { context throws(SessionFailure) in
      try SessionRecover.run(context, acceptsHistory: acceptsHistory)
    }
  }
}

/// Says what is wrong with a session, mends what can be mended from what is left, and says what was
/// lost.
enum SessionRecover {
  /// Mends the session, and says what it was and is.
  ///
  /// - Parameter acceptsHistory: to take an instruction history that was edited by hand.
  /// - Throws: `SessionFailure`.
  static func run(
    _ context: SessionContext, acceptsHistory: Bool
  ) throws(SessionFailure) -> SessionReport {
    let found = context.store.read()
    let history = context.store.readInstructions()
    let before = context.assessment(found, history, for: .recovery)
    var report = SessionReport("recover", headline: "")
    report.issues = before.issues
    try SessionFailure.state { () throws(StateProblem) in
      try mendHistory(context, history, acceptsHistory, &report)
      try mendState(context, &report)
    }
    let reading = context.store.read()
    let kept = context.store.readInstructions()
    let after = context.assessment(reading, kept, for: .recovery)
    report.folder = context.store.folder
    report.state = reading.state.value
    report.checkpoints = reading.checkpoints.value
    report.instructions = kept.value
    report.components = after.components
    let open = after.issues.filter { $0.severity >= .high }
    report.status =
      switch open.map(\.severity).max() {
      case nil, .medium: .pass
      case .high: .fail
      case .critical: .error
      }
    let words = before.issues.count == 1 ? "1 issue" : "\(before.issues.count) issues"
    report.headline =
      before.issues.isEmpty
      ? "Nothing is wrong" : "\(words), \(report.done.count) mended, \(open.count) open"
    report.next = open.first.map { "`\($0.command)`" } ?? "continue"
    return report
  }

  // MARK: The history

  private static func mendHistory(
    _ context: SessionContext, _ history: Kept<[InstructionRecord]>, _ acceptsEdited: Bool,
    _ report: inout SessionReport
  ) throws(StateProblem) {
    guard history.problem != nil else { return }
    var done: String?
    var lost: String?
    let known = context.store.read().state.value?.instructionCount ?? 0
    try context.store.replaceInstructions { kept, edited in
      if acceptsEdited, let edited {
        done = "took the instruction history as it was edited: \(edited.count) instructions"
        return edited
      }
      switch kept {
      case .sound: return nil
      case .previous(let instructions, _):
        done = "restored \(instructions.count) instructions from the copy before"
        lost = "what was stored last in the instruction history"
        return instructions
      case .lost:
        done = "began a new instruction history"
        lost = known == 0 ? "the instruction history" : "\(known) instructions"
        return []
      }
    }
    if let done { report.done.append(done) }
    if let lost { report.lost.append(lost) }
  }

  // MARK: The state

  private static func mendState(
    _ context: SessionContext, _ report: inout SessionReport
  ) throws(StateProblem) {
    let policy = context.policy
    let now = context.now
    var done: [String] = []
    var lost: [String] = []
    try context.store.replace { reading, history in
      var state: SessionState
      if let left = reading.state.value {
        state = left
        if let problem = reading.state.problem {
          done.append("restored the state from the copy before: \(problem.message)")
          lost.append("what was recorded last in the session's state")
        } else if let doubt = left.doubt {
          done.append("the figures that are left are taken as they are")
          lost.append("what happened while \(doubt.reason)")
        }
      } else {
        state = SessionState(
          sessionID: SessionState.nextID(after: nil, at: now), startedAt: now,
          monitor: policy.monitor)
        done.append("began a new session: nothing was left of the one before")
        lost.append("the figures of the session before")
      }
      // Tokens never fall: what a checkpoint has seen was used.
      if let passed = reading.checkpoints.value?.checkpoints.last(where: \.isCompleted),
        state.tokenEstimate < passed.tokens
      {
        state.recordTokens(total: passed.tokens, at: now)
        done.append("tokens set to \(passed.tokens), which a completed checkpoint has seen")
      }
      if !state.alerts.isEmpty { done.append("cleared \(state.alerts.count) alerts") }
      state.clearAlerts(at: now)
      state.doubt = nil
      if reading.certainState == nil { state.history.forget() }
      state.staleness = policy.monitor.staleness
      state.tokenBudget = state.tokenBudget ?? policy.monitor.tokenBudget
      if let instructions = history.value {
        state.recordInstructions(instructions.count { $0.isActive }, at: now)
      }
      let (checkpoints, words) = checkpoints(reading, policy, state)
      done += words
      return (state, checkpoints)
    }
    report.done += done
    report.lost += lost
  }

  /// The checkpoints that are left, else new ones: those that are passed are overdue then, for
  /// nobody knows that they were completed.
  private static func checkpoints(
    _ reading: SessionReading, _ policy: SessionPolicy, _ state: SessionState
  ) -> (TokenCheckpoints?, [String]) {
    if case .sound(let checkpoints) = reading.checkpoints { return (checkpoints, []) }
    if let checkpoints = reading.checkpoints.value {
      return (checkpoints, ["restored the checkpoints from the copy before"])
    }
    guard let checkpoints = TokenCheckpoints(policy.monitor) else { return (nil, []) }
    return (checkpoints, ["made the checkpoints anew, none of them completed"])
  }
}
