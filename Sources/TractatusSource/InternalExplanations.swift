extension DiagnosticCode {
  /// The long explanations of T09xx, the tool's own mistakes; nil for a code of another area.
  var internalExplanation: String? {
    switch self {
    default: nil
    }
  }
}
