import TractatusEngine
import TractatusSession
import TractatusValues

extension SessionVerb {
  /// `tractatus session status`.
  static let status = SessionVerb(name: "status") { request throws(UsageError) in
    try request.expectNoWords("status")
    return request.run { context throws(SessionFailure) in try SessionStatus.run(context) }
  }
}

/// Shows how the session stands. Looking is no use of any component.
enum SessionStatus {
  /// How the session stands; that it was shown is recorded.
  ///
  /// - Throws: `SessionFailure`.
  static func run(_ context: SessionContext) throws(SessionFailure) -> SessionReport {
    let reading = context.store.read()
    let history = context.store.readInstructions()
    let assessment = context.assessment(reading, history)
    guard let state = reading.state.value else {
      var report = SessionReport("status", headline: "No session can be read")
      report.status = .error
      report.issues = assessment.issues
      return report
    }
    var report = SessionReport("status", headline: "Session \(state.sessionID)")
    report.folder = context.store.folder
    report.state = state
    report.checkpoints = reading.checkpoints.value
    report.instructions = history.value
    report.components = assessment.components
    report.issues = assessment.issues
    report.pressures = try SessionFailure.decision { () throws(DecisionError) in
      var judge = try context.judge(reading, history)
      return try judge.pressures()
    }
    report.next = next(report)
    report.status = reading.certainState == nil || history.problem != nil ? .error : .pass
    if reading.certainState != nil {
      try SessionFailure.state { () throws(StateProblem) in
        _ = try context.store.update(at: context.now) { state, _ in
          state.recordStatus(at: context.now)
        }
      }
    }
    return report
  }

  /// What is to be done first: what is worst, else what the pressure asks for, else going on.
  private static func next(_ report: SessionReport) -> String {
    if let issue = report.issues.first { return "`\(issue.command)`: \(issue.text)" }
    if let worst = SessionPressure.worst(report.pressures), let words = worst.recommendation {
      return words
    }
    return "continue"
  }
}
