extension DiagnosticCode {
  /// The long explanations of T03xx, names; nil for a code of another area.
  var namesExplanation: String? {
    switch self {
    default: nil
    }
  }
}
