extension DiagnosticCode {
  /// The long explanations of T07xx, input and adapters; nil for a code of another area.
  var inputExplanation: String? {
    switch self {
    default: nil
    }
  }
}
