import TractatusEngine
import TractatusSource

/// Why a hook has no answer, in one line.
struct HookFailure: Error, Equatable {
  /// What `tractatus explain` explains.
  var code: String
  /// One sentence, starting in lower case.
  var reason: String

  init(_ code: DiagnosticCode, _ reason: String) {
    self.code = code.identifier
    self.reason = reason
  }

  init(_ error: DecisionError) {
    code = error.code
    reason = error.reason
  }
}
