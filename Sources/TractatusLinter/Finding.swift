import TractatusSource

/// What a lint rule found at one place.
package struct Finding: Sendable {
  /// The rule's code, such as `L0101`.
  package var code: String
  /// The rule's name, such as `dead-pattern`.
  package var rule: String
  /// How grave it is, as configured.
  package var severity: DiagnosticSeverity
  /// What is wrong and why, starting in lower case, with user text in backticks.
  package var message: String
  /// The place.
  package var span: SourceSpan
  /// Other places that matter.
  package var secondary: [LabelledSpan]
  /// Further sentences.
  package var notes: [String]
  /// The change that settles it.
  package var fixIt: FixIt?
  /// Whether the change may change a decision.
  package var fixDecides: Bool
  /// The same as long as what is found is the same, wherever its line moves: 16 hexadecimal digits.
  package var fingerprint = ""
}

extension [Finding] {
  /// By place, then code, then message: the order in which findings are shown.
  func sortedForDisplay() -> [Finding] {
    sorted { left, right in
      if left.span != right.span { return left.span < right.span }
      if left.code != right.code { return left.code < right.code }
      return left.message.utf8.lexicographicallyPrecedes(right.message.utf8)
    }
  }
}
