extension DiagnosticCode {
  /// The long explanations of T05xx, decision tables; nil for a code of another area.
  var tablesExplanation: String? {
    switch self {
    default: nil
    }
  }
}
