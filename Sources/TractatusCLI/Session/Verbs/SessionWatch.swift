import TractatusSession
import TractatusSource
import TractatusValues

extension SessionVerb {
  /// `tractatus session watch`.
  static let watch = SessionVerb(name: "watch") { request throws(UsageError) in
    try request.expectNoWords("watch")
    var seconds = SessionWatch.defaultInterval
    if let text = request.arguments.value("interval") {
      guard let number = Int(text), (1...86_400).contains(number) else {
        throw UsageError(
          message: "`--interval` takes a number of seconds from 1 to 86400, not `\(text)`")
      }
      seconds = number
    }
    do throws(SessionFailure) {
      return SessionWatch.run(request, try request.context(), interval: seconds)
    } catch {
      return request.fail(error)
    }
  }
}

/// Looks at the session again and again, and says what is new.
enum SessionWatch {
  /// The seconds between two looks.
  static let defaultInterval = 30

  static func run(
    _ request: SessionRequest, _ context: SessionContext, interval: Int
  ) -> ExitStatus {
    let isOnce = request.arguments.has("once")
    let signals = isOnce ? nil : EndSignals()
    var known: Set<String> = []
    while true {
      let issues = look(request, context)
      let fresh = issues.filter { !known.contains($0.text) }
      known = Set(issues.map(\.text))
      if isOnce || !fresh.isEmpty { tell(request, fresh) }
      request.console.output.flush()
      if request.console.output.failure != nil { return .error }
      if isOnce { return status(of: issues) }
      guard let signals, signals.wait(seconds: interval) else { return .pass }
    }
  }

  /// What is wrong now; it is kept among the session's alerts, where there is a session.
  private static func look(_ request: SessionRequest, _ context: SessionContext) -> [SessionIssue] {
    let reading = request.store.read()
    let assessment = context.assessment(reading, request.store.readInstructions())
    guard reading.certainState != nil, !assessment.issues.isEmpty else { return assessment.issues }
    let now = request.arguments.has("now") ? request.now : WallClock.now() ?? request.now
    do throws(StateProblem) {
      try request.store.update(at: now) { state, _ in
        for issue in assessment.issues { state.raise(issue.severity, alert(issue), at: now) }
      }
    } catch {
      request.console.complain(error.message, code: DiagnosticCode.unusableState.identifier)
    }
    return assessment.issues
  }

  /// What is kept of an issue: which it is, without figures that change at each look.
  private static func alert(_ issue: SessionIssue) -> String {
    "\(issue.severity.rawValue): `\(issue.command)`"
  }

  private static func tell(_ request: SessionRequest, _ issues: [SessionIssue]) {
    let count = issues.count
    let words = count == 0 ? "Nothing is wrong" : count == 1 ? "1 alert" : "\(count) alerts"
    var report = SessionReport("watch", headline: words)
    report.status = status(of: issues)
    report.issues = issues
    request.answer(report)
  }

  private static func status(of issues: [SessionIssue]) -> ExitStatus {
    switch issues.map(\.severity).max() {
    case nil, .medium: .pass
    case .high: .fail
    case .critical: .error
    }
  }
}
