extension DiagnosticCode {
  /// The long explanations of T04xx, types; nil for a code of another area.
  var typesExplanation: String? {
    switch self {
    default: nil
    }
  }
}
