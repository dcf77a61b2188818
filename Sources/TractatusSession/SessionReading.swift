import TractatusJSON
import TractatusValues

/// What was read of a session.
package struct SessionReading: Sendable {
  package var state: Kept<SessionState>
  package var checkpoints: Kept<TokenCheckpoints>

  package init(state: Kept<SessionState>, checkpoints: Kept<TokenCheckpoints>) {
    self.state = state
    self.checkpoints = checkpoints
  }

  /// The state whose figures may be taken as they are; nil when it is missing, unreadable, rebuilt
  /// from what was left, or in doubt: then more may have happened than anything here says.
  package var certainState: SessionState? {
    guard case .sound(let state) = state, state.doubt == nil else { return nil }
    return state
  }

  /// Whether no file was met that may just have been being written.
  var isSettled: Bool { state.isSettled && checkpoints.isSettled }

  /// Whether there is no session at all, neither its state nor a copy of it.
  package var isMissing: Bool {
    if case .lost(let problem) = state { return problem.kind == .missing }
    return false
  }

  /// Why the figures are not certain; nil when they are.
  package var doubt: String? {
    if let problem = state.problem { return problem.message }
    return state.value?.doubt?.reason
  }

  /// Whether a checkpoint is passed and not completed; nil when that is not known.
  package var isOverdue: Bool? {
    guard let state = certainState, case .sound(let checkpoints) = checkpoints else { return nil }
    return checkpoints.overdue(at: state.tokenEstimate) != nil
  }

  /// What came before, as far as it is certain.
  package var history: KnownHistory {
    certainState.map { .session($0.history) } ?? .unknown
  }

  /// Writes the figures as members of an action's surroundings: `session` and `components`, and
  /// nothing of what is not certain, so that tests of it are unknown.
  package func writeFigures(to json: inout JSONWriter) {
    guard let state = certainState else { return }
    json.key("session")
    json.beginObject()
    json.member("messages", state.messageCount)
    json.member("tokens", state.tokenEstimate)
    json.member("token_budget", state.tokenBudget)
    json.member("tasks", state.taskCount)
    json.member("recent_errors", state.recentErrorCount)
    json.member("instructions", state.instructionCount)
    json.member("compactions", state.compactionCount)
    json.endObject()
    json.key("components")
    json.beginObject()
    for use in state.activity {
      json.key(use.component)
      json.mark(use.mark)
    }
    json.endObject()
  }

  /// Writes what the session knows of itself as members of an action's facts: `checkpoints.overdue`
  /// and `instructions.loaded`, each only when it is certain.
  package func writeFacts(
    to json: inout JSONWriter, history: Kept<[InstructionRecord]>
  ) {
    if let isOverdue {
      json.key("checkpoints")
      json.beginObject()
      json.member("overdue", isOverdue)
      json.endObject()
    }
    json.key("instructions")
    json.beginObject()
    json.member("loaded", history.problem == nil)
    json.endObject()
  }
}
