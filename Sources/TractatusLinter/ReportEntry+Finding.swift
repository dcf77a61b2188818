import TractatusSource

extension ReportEntry {
  /// A finding as an entry; a fix that may change a decision says so.
  package init(_ finding: Finding) {
    var fixIts: [FixIt] = []
    if var fix = finding.fixIt {
      if finding.fixDecides { fix.title += " (may change a decision)" }
      fixIts = [fix]
    }
    self.init(
      code: finding.code, rule: finding.rule, severity: finding.severity, message: finding.message,
      span: finding.span, secondary: finding.secondary, notes: finding.notes, fixIts: fixIts,
      fingerprint: finding.fingerprint)
  }
}
