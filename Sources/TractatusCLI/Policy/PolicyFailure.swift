import TractatusEngine
import TractatusSource

/// Why there is no policy to judge by.
struct PolicyFailure: Error {
  /// One sentence, starting in lower case.
  var reason: String

  /// The decision in place of one: nothing is allowed.
  var decision: Decision {
    var decision = Decision()
    decision.verdict = .deny
    decision.error = DecisionError(
      code: DiagnosticCode.unusablePolicy.identifier, reason: reason)
    return decision
  }
}
