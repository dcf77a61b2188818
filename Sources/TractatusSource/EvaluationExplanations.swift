extension DiagnosticCode {
  /// The long explanations of T06xx, evaluation; nil for a code of another area.
  var evaluationExplanation: String? {
    switch self {
    case .exampleFails:
      """
      An `example` judges its own rule alone, without waivers and `otherwise`; what its `given`
      leaves out is not supplied, so what rests on it is unknown and asks. `example allow` means
      that no restricting clause fires, is unmet or is unknown, and that an `allow` clause fires
      where the rule has one.

          example deny  { command: "git push --force" }
          example allow { command: "git push" }
      """
    default: nil
    }
  }
}
