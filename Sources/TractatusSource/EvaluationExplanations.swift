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
    case .claimRefuted:
      """
      A `prove` speaks of all actions of its types for which its condition is not false, those
      included of which something is not supplied. The evaluator gives the action that is shown
      another verdict. `never allow` excludes `allow` and `warn`, `always ask` all that is milder
      than `ask`.

          prove "nothing reaches production but from main" {
            never allow deploy when environment == production and not on_main
          }
      """
    case .claimPossiblyWrong:
      """
      The claim rests on tests that are decided by what a command does, where a path lies or how two
      attributes compare. Each is taken for true or false of its own, so that what a claim needs of
      several at once may be more than they say. No action was found that contradicts the claim,
      and none is excluded. A claim in the words of the rules is proved: the same tests are one.
      """
    case .claimNotDecided:
      """
      The conditions that the claim rests on are too many, or a pattern is too large, to be decided
      within the limits. A claim about fewer types, or with a `when`, may be decided.
      """
    default: nil
    }
  }
}
