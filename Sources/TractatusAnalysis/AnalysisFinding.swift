import TractatusSource

/// Something that analysing a policy found, proved or shown on an action.
package struct AnalysisFinding: Sendable {
  /// On what a finding rests.
  package enum Certainty: UInt8, Sendable {
    /// No action contradicts it, whatever the free tests say.
    case proved
    /// The evaluator confirmed it on the witness.
    case shown
    /// An action may show it; none was found that does.
    case possible
  }

  package var kind: AnalysisKind
  package var certainty: Certainty
  /// What was found, starting in lower case, with user text in backticks.
  package var message: String
  package var span: SourceSpan
  /// The places of the other rules that are involved.
  package var secondary: [LabelledSpan]
  /// Further sentences.
  package var notes: [String]
  /// An action on which it shows, as the evaluator judged it.
  package var witness: Witness?
  /// What it says of all actions; nil for what is only shown.
  package var claim: AnalysisClaim?

  init(
    _ kind: AnalysisKind, _ certainty: Certainty, _ message: String, at span: SourceSpan,
    secondary: [LabelledSpan] = [], notes: [String] = [], witness: Witness? = nil,
    claim: AnalysisClaim? = nil
  ) {
    self.kind = kind
    self.certainty = certainty
    self.message = message
    self.span = span
    self.secondary = secondary
    self.notes = notes
    self.witness = witness
    self.claim = claim
  }

  /// The finding as a report shows it: the witness, and that it is only possible, among the notes.
  package var entry: ReportEntry {
    var notes = self.notes
    if certainty == .possible {
      notes.append("Possible: no action was found that the evaluator confirms.")
    }
    if let witness {
      notes.append("For example (\(witness.decision.verdict.word)): \(witness.text)")
    }
    return ReportEntry(
      code: kind.code, rule: kind.name, severity: kind.severity, message: message, span: span,
      secondary: secondary, notes: notes, fixIts: [], fingerprint: nil)
  }
}

/// What analysing a policy gave.
package struct AnalysisResult: Sendable {
  /// What was found, by place.
  package var findings: [AnalysisFinding]
  /// Questions that were not decided, by reason, ascending: how many, and of which rules, types and
  /// waivers, in the order of the questions.
  package var undecided: [(reason: String, count: Int, names: [String])]
  /// Overlaps that are not listed, for there are too many.
  package var unlistedOverlaps: Int
  /// Pairs of clauses of which it was not looked at whether they overlap.
  package var skippedPairs: Int
}
