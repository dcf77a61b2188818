extension DiagnosticCode {
  /// The long explanations of T01xx, lexical; nil for a code of another area.
  var lexicalExplanation: String? {
    switch self {
    default: nil
    }
  }
}
