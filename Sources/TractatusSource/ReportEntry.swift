/// What a report shows of one place: a diagnostic, or the finding of a lint rule.
package struct ReportEntry: Sendable {
  /// The stable code, such as `T0203` or `L0101`.
  package var code: String
  /// The lint rule's name; nil for a diagnostic.
  package var rule: String?
  /// How grave it is.
  package var severity: DiagnosticSeverity
  /// What is wrong and why, starting in lower case, with user text in backticks.
  package var message: String
  /// The place.
  package var span: SourceSpan
  /// Other places that matter.
  package var secondary: [LabelledSpan]
  /// Further sentences.
  package var notes: [String]
  /// Changes that would settle it, the likeliest first.
  package var fixIts: [FixIt]
  /// The same wherever the line moves; nil where nothing tells entries apart.
  package var fingerprint: String?

  /// An entry of its parts.
  package init(
    code: String, rule: String?, severity: DiagnosticSeverity, message: String, span: SourceSpan,
    secondary: [LabelledSpan], notes: [String], fixIts: [FixIt], fingerprint: String?
  ) {
    self.code = code
    self.rule = rule
    self.severity = severity
    self.message = message
    self.span = span
    self.secondary = secondary
    self.notes = notes
    self.fixIts = fixIts
    self.fingerprint = fingerprint
  }

  /// A diagnostic as an entry.
  package init(_ diagnostic: Diagnostic) {
    self.init(
      code: diagnostic.code.identifier, rule: nil, severity: diagnostic.severity,
      message: diagnostic.message, span: diagnostic.span, secondary: diagnostic.secondary,
      notes: diagnostic.notes, fixIts: diagnostic.fixIts, fingerprint: nil)
  }

  /// The code, and the rule's name after it.
  package var label: String { rule.map { "\(code) \($0)" } ?? code }
}

extension Array where Element == ReportEntry {
  /// The entries by place, then code, then message: the order in which they are shown.
  package func sortedForDisplay() -> [ReportEntry] {
    sorted { left, right in
      if left.span != right.span { return left.span < right.span }
      if left.code != right.code {
        return left.code.utf8.lexicographicallyPrecedes(right.code.utf8)
      }
      return left.message.utf8.lexicographicallyPrecedes(right.message.utf8)
    }
  }
}
