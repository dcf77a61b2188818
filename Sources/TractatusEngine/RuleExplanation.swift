import TractatusValues

/// Why a clause did or did not speak, for `--explain`.
package struct RuleExplanation: Equatable, Sendable {
  /// The rule's, threshold's or package's qualified name.
  package var rule: String
  /// The type that it judged, qualified.
  package var type: String
  /// The clause's own tokens.
  package var clause: String
  /// `file:line:column`.
  package var at: String
  /// The truth of guard and condition; for a requirement that of "unmet".
  package var truth: Truth
  /// The truth of what a requirement asks for, where its guard is not false; nil else.
  package var required: Truth?
  /// Why: the tests that were false or unknown, or what took the clause out.
  package var because: [String]
  package init(
    rule: String, type: String, clause: String, at: String, truth: Truth, required: Truth? = nil,
    because: [String]
  ) {
    self.rule = rule
    self.type = type
    self.clause = clause
    self.at = at
    self.truth = truth
    self.required = required
    self.because = because
  }
}
