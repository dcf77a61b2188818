import TractatusEngine
import TractatusSession
import TractatusValues

/// A session, the policy by which it is kept, and the time: what every verb works with, and
/// whatever else keeps a session.
struct SessionContext {
  var store: SessionStore
  var policy: SessionPolicy
  var now: Instant
  /// The project's root, for rules that ask.
  var project: String?

  /// A judge with the figures of a reading around it.
  ///
  /// - Throws: `DecisionError` when the figures cannot be taken.
  func judge(
    _ reading: SessionReading, _ history: Kept<[InstructionRecord]>
  ) throws(DecisionError) -> SessionJudge {
    try SessionJudge(policy.program, reading, history: history, at: now, project: project)
  }

  /// How the session stands by the policy's monitors.
  func assessment(
    _ reading: SessionReading, _ history: Kept<[InstructionRecord]>,
    for purpose: SessionAssessment.Purpose = .watch
  ) -> SessionAssessment {
    SessionAssessment(reading, history: history, monitor: policy.monitor, for: purpose)
  }
}

/// Why a verb could not do its work.
enum SessionFailure: Error {
  case state(StateProblem)
  case decision(DecisionError)
  case policy(PolicyFailure)

  /// Does something with the state folder, and says what failed as one of these.
  static func state<Result>(
    _ body: () throws(StateProblem) -> Result
  ) throws(SessionFailure) -> Result {
    do throws(StateProblem) { return try body() } catch { throw .state(error) }
  }

  /// Judges something, and says what failed as one of these.
  static func decision<Result: ~Copyable>(
    _ body: () throws(DecisionError) -> Result
  ) throws(SessionFailure) -> Result {
    do throws(DecisionError) { return try body() } catch { throw .decision(error) }
  }
}
