import TractatusEngine
import TractatusJSON
import TractatusSession
import TractatusSource
import TractatusValues

/// The session of `eval --session`: its figures go into each decision, and the decision into it.
struct EvalSession {
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

  /// Writes the figures as members of an action's surroundings, as far as they are certain.
  func writeFigures(to json: inout JSONWriter) {
    store.read().writeFigures(to: &json)
  }

  /// What came before, as far as it is certain.
  var history: KnownHistory { store.read().history }

  /// Takes a decision into the session, unless its state is not certain: then it stays as it is.
  ///
  /// - Parameter update: what the action adds to the session's history; nil where it does not go
  ///   ahead.
  /// - Throws: `StateProblem` when the state cannot be replaced; the decision must not go out then.
  func record(
    _ verdict: Verdict, of input: borrowing ActionInput, _ update: HistoryUpdate?
  ) throws(StateProblem) {
    guard store.read().certainState != nil else { return }
    let time = Self.time(of: input)
    try store.update(at: time) { state, _ in
      state.recordDecision(verdict, at: time)
      guard let update else { return }
      state.history.record(update, as: verdict == .ask ? .asked(id: nil) : .happened)
    }
  }

  /// The action's own time, or the surroundings'.
  private static func time(of input: borrowing ActionInput) -> Instant? {
    guard let place = input.fields.at ?? input.surroundingFields.at else { return nil }
    let tape = input.tape(place.document)
    guard tape.kind(place.node) == .string else { return nil }
    return Instant(tape.bytes.span.extracting(tape.content(place.node)))
  }
}
