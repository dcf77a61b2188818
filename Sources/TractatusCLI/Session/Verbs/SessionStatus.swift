import TractatusEngine
import TractatusSession
import TractatusValues

extension SessionVerb {
  /// `tractatus session status`.
  static let status = SessionVerb(name: "status") { request throws(UsageError) in
    try request.expectNoWords("status")
    do throws(PolicyFailure) {
      let policy = try SessionPolicy(request)
      return SessionStatus.run(request, policy)
    } catch {
      return request.fail(error)
    }
  }
}

/// Shows how the session stands. Looking is no use of any component.
enum SessionStatus {
  static func run(_ request: SessionRequest, _ policy: SessionPolicy) -> ExitStatus {
    let reading = request.store.read()
    let history = request.store.readInstructions()
    let assessment = SessionAssessment(
      reading, history: history, monitor: policy.monitor, for: .watch)
    guard let state = reading.state.value else {
      var report = SessionReport("status", headline: "No session can be read")
      report.status = .error
      report.issues = assessment.issues
      request.answer(report)
      return .error
    }
    var report = SessionReport("status", headline: "Session \(state.sessionID)")
    report.folder = request.store.folder
    report.state = state
    report.checkpoints = reading.checkpoints.value
    report.instructions = history.value
    report.components = assessment.components
    report.issues = assessment.issues
    do throws(DecisionError) {
      var judge = try SessionJudge(policy.program, reading, history: history, request)
      report.pressures = try judge.pressures()
    } catch {
      return request.fail(error)
    }
    report.next = next(report)
    report.status = reading.certainState == nil || history.problem != nil ? .error : .pass
    if reading.certainState != nil {
      do throws(StateProblem) {
        try request.store.update(at: request.now) { state, _ in
          state.recordStatus(at: request.now)
        }
      } catch {
        return request.fail(error)
      }
    }
    request.answer(report)
    return report.status
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
