import TractatusEngine
import TractatusJSON
import TractatusSession
import TractatusSource
import TractatusValues

/// The session of `eval --session`: its figures go into each decision, and the decision into it.
struct EvalSession {
  typealias Course = HistoryUpdate.Course

  private let store: SessionStore

  /// The session that the command line names; nil without one.
  ///
  /// A state that is missing or damaged is said once; the decisions go on without its figures.
  init?(_ arguments: Arguments, _ console: Console) throws(UsageError) {
    guard let path = arguments.value("session") else { return nil }
    if let jobs = arguments.value("jobs"), jobs != "1" {
      throw UsageError(message: "with `--session` each decision depends on the one before: no jobs")
    }
    store = SessionStore(stateIn: path)
    if let doubt = store.read().doubt {
      console.complain(
        "the session's figures are unknown: \(doubt)",
        code: DiagnosticCode.unusableState.identifier)
    }
  }

  /// Judges an action by the session and records it, before any other process judges; a state that
  /// is not certain stays as it is.
  ///
  /// - Parameter decide: judges, and gives the verdict and what the action adds to the session's
  ///   history, nil where it does not go ahead; nil where there is no decision.
  /// - Throws: `StateProblem` when the state cannot be had or replaced; the decision must not go
  ///   out then.
  func judge(
    at time: Instant?,
    _ decide: (SessionReading) -> (verdict: Verdict, update: HistoryUpdate, course: Course?)?
  ) throws(StateProblem) {
    try store.judge(at: time) { reading in
      guard let judged = decide(reading), reading.certainState != nil else { return nil }
      return { state in
        state.recordDecision(judged.verdict, at: time)
        if let course = judged.course { state.history.record(judged.update, as: course) }
      }
    }
  }

  /// The action's own time, or the surroundings'.
  static func time(of input: borrowing ActionInput) -> Instant? {
    guard let place = input.fields.at ?? input.surroundingFields.at else { return nil }
    let tape = input.tape(place.document)
    guard tape.kind(place.node) == .string else { return nil }
    return Instant(tape.bytes.span.extracting(tape.content(place.node)))
  }
}
