import TractatusValues

/// What was decided, without the reasons: what the evaluator gives for each action.
package struct Outcome: Sendable, Equatable {
  /// The verdict; `deny` for an input error.
  package var verdict: Verdict
  /// Whether the call could not be judged at all.
  package var isError: Bool
  /// An `allow` clause fired for every type of the call, and the verdict is `allow`.
  package var isGranted: Bool
  /// Whether corrections were applied, and the verdict is that of the corrected action.
  package var isCorrected: Bool
  package init(
    verdict: Verdict, isError: Bool = false, isGranted: Bool = false, isCorrected: Bool = false
  ) {
    self.verdict = verdict
    self.isError = isError
    self.isGranted = isGranted
    self.isCorrected = isCorrected
  }
}

/// How an action is judged when not by the whole policy.
package struct EvaluationOptions: Sendable, Equatable {
  /// Judge by this rule alone (an index into the program's rules, which are those of the checked
  /// policy): without waivers, replacements, defaults, floors, threshold verdicts, corrections.
  package var focus: Int?
  /// The whole policy.
  package init(focus: Int? = nil) { self.focus = focus }
}
