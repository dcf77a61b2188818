import TractatusEngine
import TractatusSession
import TractatusValues

extension SessionVerb {
  /// `tractatus session init`: all that a session begins with, or nothing.
  static let begin = SessionVerb(name: "init") { request throws(UsageError) in
    try request.expectNoWords("init")
    let continues = request.arguments.has("continue")
    do throws(PolicyFailure) {
      let policy = try SessionPolicy(request)
      return SessionBegin.run(request, policy, continues: continues)
    } catch {
      return request.fail(error)
    }
  }
}

/// Begins a session, or goes on with the present one.
enum SessionBegin {
  static func run(
    _ request: SessionRequest, _ policy: SessionPolicy, continues: Bool
  ) -> ExitStatus {
    let now = request.now
    var isContinued = false
    var history: Kept<[InstructionRecord]> = .sound([])
    let update: SessionUpdate
    do throws(StateProblem) {
      update = try request.store.replace { reading, kept in
        history = kept
        let last = reading.state.value
        if continues, let state = reading.certainState {
          isContinued = true
          let checkpoints = reading.checkpoints.value ?? TokenCheckpoints(policy.monitor)
          return (continued(state, policy, kept, now), checkpoints)
        }
        var state = SessionState(
          sessionID: SessionState.nextID(after: last?.sessionID, at: now), startedAt: now,
          monitor: policy.monitor)
        state.recordInstructions(activeCount(kept, last), at: now)
        return (state, TokenCheckpoints(policy.monitor))
      }
    } catch {
      return request.fail(error)
    }
    return report(request, policy, update, history, isContinued: isContinued)
  }

  /// The present session under the present policy; its figures stay.
  private static func continued(
    _ present: SessionState, _ policy: SessionPolicy, _ history: Kept<[InstructionRecord]>,
    _ now: Instant
  ) -> SessionState {
    var state = present
    state.tokenBudget = policy.monitor.tokenBudget ?? state.tokenBudget
    state.staleness = policy.monitor.staleness
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
    _ request: SessionRequest, _ policy: SessionPolicy, _ update: SessionUpdate,
    _ history: Kept<[InstructionRecord]>, isContinued: Bool
  ) -> ExitStatus {
    let verb = isContinued ? "continued" : "begun"
    var report = SessionReport("init", headline: "Session \(update.state.sessionID) \(verb)")
    report.folder = request.store.folder
    report.state = update.state
    report.checkpoints = update.checkpoints
    report.instructions = history.value ?? []
    // What was found is reported as it was found; the session begins anew all the same.
    report.done = update.problems.filter { $0.kind != .missing }.map { "replaced: \($0.message)" }
    let reading = request.store.read()
    let assessment = SessionAssessment(
      reading, history: history, monitor: policy.monitor, for: .watch)
    report.components = assessment.components
    report.issues = assessment.issues
    do throws(DecisionError) {
      var judge = try SessionJudge(policy.program, reading, history: history, request)
      report.pressures = try judge.pressures()
    } catch {
      return request.fail(error)
    }
    let isClear = report.issues.allSatisfy { $0.severity < .critical }
    report.status = isClear ? .pass : .error
    report.next =
      isClear ? nil : "mend what is critical before anything else: `tractatus session recover`"
    request.answer(report)
    return report.status
  }
}
