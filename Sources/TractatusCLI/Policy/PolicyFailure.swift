import TractatusEngine
import TractatusSource

/// Why there is no policy to judge by.
struct PolicyFailure: Error {
  /// One sentence, starting in lower case.
  var reason: String
  /// What `tractatus explain` explains.
  var code = DiagnosticCode.unusablePolicy

  /// The decision in place of one: nothing is allowed.
  var decision: Decision {
    var decision = Decision()
    decision.verdict = .deny
    decision.error = DecisionError(code: code.identifier, reason: reason)
    return decision
  }
}
