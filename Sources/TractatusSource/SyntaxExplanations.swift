extension DiagnosticCode {
  /// The long explanations of T02xx, syntax; nil for a code of another area.
  var syntaxExplanation: String? {
    switch self {
    default: nil
    }
  }
}
