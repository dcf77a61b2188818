import TractatusSession
import TractatusValues

extension SessionVerb {
  /// `tractatus session handoff`.
  static let handoff = SessionVerb(name: "handoff") { request throws(UsageError) in
    try request.expectNoWords("handoff")
    let policy: SessionPolicy
    do throws(PolicyFailure) {
      policy = try SessionPolicy(request)
    } catch {
      return request.fail(error)
    }
    do throws(StateProblem) {
      let path = try SessionHandoffVerb.write(request, policy, recommendation: nil)
      var report = SessionReport("handoff", headline: "Wrote \(path)")
      report.done = [path]
      report.state = request.store.read().state.value
      request.answer(report)
      return .pass
    } catch {
      return request.fail(error)
    }
  }
}

/// Writes handoffs.
enum SessionHandoffVerb {
  /// Writes what the session leaves to the next, and gives the path.
  ///
  /// - Throws: `StateProblem` when there is no state to write of, or the file cannot be written.
  static func write(
    _ request: SessionRequest, _ policy: SessionPolicy, recommendation: String?
  ) throws(StateProblem) -> String {
    let reading = request.store.read()
    let history = request.store.readInstructions()
    guard let state = reading.state.value else {
      throw reading.state.problem
        ?? StateProblem(.missing, SessionStore.stateFile, "cannot be read")
    }
    let assessment = SessionAssessment(
      reading, history: history, monitor: policy.monitor, for: .recovery)
    let handoff = SessionHandoff(
      state: state, checkpoints: reading.checkpoints.value, instructions: history.value ?? [],
      issues: assessment.issues, completed: request.arguments.values("done"),
      inProgress: request.arguments.values("doing"),
      priorities: request.arguments.values("todo"), recommendation: recommendation)
    let now = request.now
    let path = try request.store.writeHandoff(
      handoff.text(at: now), as: SessionHandoff.fileName(at: now))
    try request.store.update(at: now) { state, _ in state.recordHandoff(at: now) }
    return path
  }
}
