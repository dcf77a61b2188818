extension DiagnosticCode {
  /// The long explanations of T06xx, evaluation; nil for a code of another area.
  var evaluationExplanation: String? {
    switch self {
    default: nil
    }
  }
}
