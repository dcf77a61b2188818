import TractatusEngine
import TractatusSession
import TractatusValues

extension SessionVerb {
  /// `tractatus session pressure`.
  static let pressure = SessionVerb(name: "pressure") { request throws(UsageError) in
    try request.expectNoWords("pressure")
    return request.run { context throws(SessionFailure) in try SessionMeasure.run(context) }
  }
}

/// Measures the pressure: a use of its component, which completes the checkpoints that are passed,
/// and writes a handoff where the pressure asks for one.
enum SessionMeasure {
  /// Measures it, and says how it stands.
  ///
  /// - Throws: `SessionFailure`.
  static func run(_ context: SessionContext) throws(SessionFailure) -> SessionReport {
    let reading = context.store.read()
    let history = context.store.readInstructions()
    guard let measured = reading.certainState else {
      return cannotTell(context, reading, history)
    }
    let pressures = try SessionFailure.decision { () throws(DecisionError) in
      var judge = try context.judge(reading, history)
      return try judge.pressures()
    }
    guard let worst = SessionPressure.worst(pressures) else {
      throw .policy(PolicyFailure(reason: "no loaded package has a threshold `pressure`"))
    }
    guard let level = worst.level else {
      return cannotTell(context, reading, history, pressures)
    }
    let name = level.uppercased()
    var report = SessionReport("pressure", headline: "Pressure \(worst.score): \(name)")
    report.status = worst.status
    report.pressures = pressures
    let now = context.now
    try SessionFailure.state { () throws(StateProblem) in
      let update = try context.store.update(at: now) { state, checkpoints in
        state.recordPressure(score: worst.score, level: level, at: now)
        // What was measured completes; what was used meanwhile is not measured yet.
        checkpoints?.complete(passedAt: measured.tokenEstimate, at: now)
        if worst.needsHandoff {
          state.raise(.critical, "the pressure is \(name): \(worst.score)", at: now)
        }
      }
      report.state = update.state
      report.checkpoints = update.checkpoints
      if worst.needsHandoff {
        var notes = SessionNotes()
        notes.recommendation = worst.recommendation
        report.done.append("wrote \(try SessionHandoffVerb.write(context, notes))")
      }
    }
    report.folder = context.store.folder
    report.next = worst.recommendation ?? "continue"
    return report
  }

  private static func cannotTell(
    _ context: SessionContext, _ reading: SessionReading, _ history: Kept<[InstructionRecord]>,
    _ pressures: [SessionPressure] = []
  ) -> SessionReport {
    var report = SessionReport("pressure", headline: "The pressure cannot be measured")
    report.status = .error
    report.pressures = pressures
    report.issues = context.assessment(reading, history).issues
    return report
  }
}
