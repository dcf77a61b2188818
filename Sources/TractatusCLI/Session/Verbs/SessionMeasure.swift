import TractatusEngine
import TractatusSession
import TractatusValues

extension SessionVerb {
  /// `tractatus session pressure`.
  static let pressure = SessionVerb(name: "pressure") { request throws(UsageError) in
    try request.expectNoWords("pressure")
    do throws(PolicyFailure) {
      let policy = try SessionPolicy(request)
      return SessionMeasure.run(request, policy)
    } catch {
      return request.fail(error)
    }
  }
}

/// Measures the pressure: a use of its component, which completes the checkpoints that are passed,
/// and writes a handoff where the pressure asks for one.
enum SessionMeasure {
  static func run(_ request: SessionRequest, _ policy: SessionPolicy) -> ExitStatus {
    let reading = request.store.read()
    let history = request.store.readInstructions()
    guard let measured = reading.certainState else {
      return cannotTell(request, policy, reading, history)
    }
    let pressures: [SessionPressure]
    do throws(DecisionError) {
      var judge = try SessionJudge(policy.program, reading, history: history, request)
      pressures = try judge.pressures()
    } catch {
      return request.fail(error)
    }
    guard let worst = SessionPressure.worst(pressures) else {
      return request.fail(
        PolicyFailure(reason: "no loaded package has a threshold `pressure`"))
    }
    guard let level = worst.level else {
      return cannotTell(request, policy, reading, history, pressures)
    }
    let name = level.uppercased()
    var report = SessionReport("pressure", headline: "Pressure \(worst.score): \(name)")
    report.status = worst.status
    report.pressures = pressures
    let now = request.now
    do throws(StateProblem) {
      let update = try request.store.update(at: now) { state, checkpoints in
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
        let path = try SessionHandoffVerb.write(
          request, policy, recommendation: worst.recommendation)
        report.done.append("wrote \(path)")
      }
    } catch {
      return request.fail(error)
    }
    report.folder = request.store.folder
    report.next = worst.recommendation ?? "continue"
    request.answer(report)
    return report.status
  }

  private static func cannotTell(
    _ request: SessionRequest, _ policy: SessionPolicy, _ reading: SessionReading,
    _ history: Kept<[InstructionRecord]>, _ pressures: [SessionPressure] = []
  ) -> ExitStatus {
    var report = SessionReport("pressure", headline: "The pressure cannot be measured")
    report.status = .error
    report.pressures = pressures
    report.issues =
      SessionAssessment(
        reading, history: history, monitor: policy.monitor, for: .watch
      ).issues
    request.answer(report)
    return .error
  }
}
