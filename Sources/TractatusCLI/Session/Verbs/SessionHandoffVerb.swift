import TractatusSession
import TractatusValues

extension SessionVerb {
  /// `tractatus session handoff`.
  static let handoff = SessionVerb(name: "handoff") { request throws(UsageError) in
    try request.expectNoWords("handoff")
    var notes = SessionNotes()
    notes.completed = request.arguments.values("done")
    notes.inProgress = request.arguments.values("doing")
    notes.priorities = request.arguments.values("todo")
    return request.run { context throws(SessionFailure) in
      try SessionFailure.state { () throws(StateProblem) in
        let path = try SessionHandoffVerb.write(context, notes)
        var report = SessionReport("handoff", headline: "Wrote \(path)")
        report.done = [path]
        report.state = context.store.read().state.value
        return report
      }
    }
  }
}

/// What people or the agent say of the work, for a handoff.
struct SessionNotes {
  var completed: [String] = []
  var inProgress: [String] = []
  var priorities: [String] = []
  /// What the policy says of the pressure.
  var recommendation: String?
}

/// Writes handoffs.
enum SessionHandoffVerb {
  /// Writes what the session leaves to the next, and gives the path.
  ///
  /// - Throws: `StateProblem` when there is no state to write of, or the file cannot be written.
  static func write(
    _ context: SessionContext, _ notes: SessionNotes
  ) throws(StateProblem) -> String {
    let reading = context.store.read()
    let history = context.store.readInstructions()
    guard let state = reading.state.value else {
      throw reading.state.problem
        ?? StateProblem(.missing, SessionStore.stateFile, "cannot be read")
    }
    let handoff = SessionHandoff(
      state: state, checkpoints: reading.checkpoints.value, instructions: history.value ?? [],
      issues: context.assessment(reading, history, for: .recovery).issues,
      completed: notes.completed, inProgress: notes.inProgress, priorities: notes.priorities,
      recommendation: notes.recommendation)
    let now = context.now
    let path = try context.store.writeHandoff(
      handoff.text(at: now), as: SessionHandoff.fileName(at: now))
    try context.store.update(at: now) { state, _ in state.recordHandoff(at: now) }
    return path
  }
}
