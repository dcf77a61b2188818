extension DiagnosticCode {
  /// The long explanations of T09xx, the tool's own mistakes; nil for a code of another area.
  var internalExplanation: String? {
    switch self {
    case .internalError:
      """
      The tool itself failed. Nothing is allowed then: every crash ends with exit status 2. Please
      report it with the rules and the action that led to it.
      """
    default: nil
    }
  }
}
