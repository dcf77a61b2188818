import TractatusEngine
import TractatusSession
import TractatusValues

extension SessionVerb {
  /// `tractatus session init`: all that a session begins with, or nothing.
  static let begin = SessionVerb(name: "init") { request throws(UsageError) in
    try request.expectNoWords("init")
    let continues = request.arguments.has("continue")
    return request.run { context throws(SessionFailure) in
      try SessionBegin.run(context, continues: continues)
    }
  }
}

/// Begins a session, or goes on with the present one.
enum SessionBegin {
  /// Begins one, and says how it stands.
  ///
  /// - Parameters:
  ///   - continues: to go on with the present session where its figures are certain.
  ///   - clientSession: the name that the client has for it.
  /// - Throws: `SessionFailure`; nothing is changed when the folder cannot be written.
  static func run(
    _ context: SessionContext, continues: Bool, clientSession: String? = nil
  ) throws(SessionFailure) -> SessionReport {
    let monitor = context.policy.monitor
    let now = context.now
    var isContinued = false
    var history: Kept<[InstructionRecord]> = .sound([])
    let update = try SessionFailure.state { () throws(StateProblem) in
      try context.store.replace { reading, kept in
        history = kept
        let last = reading.state.value
        if continues, let state = reading.certainState {
          isContinued = true
          let checkpoints = reading.checkpoints.value ?? TokenCheckpoints(monitor)
          return (continued(state, monitor, kept, clientSession, now), checkpoints)
        }
        var state = SessionState(
          sessionID: SessionState.nextID(after: last?.sessionID, at: now), startedAt: now,
          monitor: monitor)
        state.clientSession = clientSession
        state.recordInstructions(activeCount(kept, last), at: now)
        return (state, TokenCheckpoints(monitor))
      }
    }
    return try report(context, update, history, isContinued: isContinued)
  }

  /// The present session under the present policy; its figures stay.
  private static func continued(
    _ present: SessionState, _ monitor: SessionMonitor, _ history: Kept<[InstructionRecord]>,
    _ clientSession: String?, _ now: Instant
  ) -> SessionState {
    var state = present
    state.clientSession = clientSession ?? state.clientSession
    state.tokenBudget = monitor.tokenBudget ?? state.tokenBudget
    state.staleness = monitor.staleness
    state.recordInstructions(activeCount(history, present), at: now)
    return state
  }

  /// Of a history that cannot be read the session keeps knowing how many there were.
  private static func activeCount(
    _ history: Kept<[InstructionRecord]>, _ state: SessionState?
  ) -> Int {
    guard case .sound(let instructions) = history else { return state?.instructionCount ?? 0 }
    return instructions.count { $0.isActive }
  }

  private static func report(
    _ context: SessionContext, _ update: SessionUpdate, _ history: Kept<[InstructionRecord]>,
    isContinued: Bool
  ) throws(SessionFailure) -> SessionReport {
    let verb = isContinued ? "continued" : "begun"
    var report = SessionReport("init", headline: "Session \(update.state.sessionID) \(verb)")
    report.folder = context.store.folder
    report.state = update.state
    report.checkpoints = update.checkpoints
    report.instructions = history.value ?? []
    // What was found is reported as it was found; the session begins anew all the same.
    report.done = update.problems.filter { $0.kind != .missing }.map { "replaced: \($0.message)" }
    let reading = context.store.read()
    let assessment = context.assessment(reading, history)
    report.components = assessment.components
    report.issues = assessment.issues
    report.pressures = try SessionFailure.decision { () throws(DecisionError) in
      var judge = try context.judge(reading, history)
      return try judge.pressures()
    }
    let isClear = report.issues.allSatisfy { $0.severity < .critical }
    report.status = isClear ? .pass : .error
    report.next =
      isClear ? nil : "mend what is critical before anything else: `tractatus session recover`"
    return report
  }
}
