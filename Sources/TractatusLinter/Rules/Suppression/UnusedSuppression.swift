import TractatusSource

extension LintRule {
  /// `unused-suppression`.
  static let unusedSuppression = LintRule(
    901, "unused-suppression", .warning, "A comment that suppresses nothing.",
    why: """
      What it was for is gone, or it stands at the wrong place. Left there, it hides the next finding of its rule. A \
      comment for a rule that is off, or waits until the policy has no error, is left alone.
      """,
    avoid: """
      // tractatus:disable allow-any the prototype is open
      rule open "Development is open" {
          on deploy
          allow when environment == dev
      }
      """,
    prefer: """
      rule open "Development is open" {
          on deploy
          allow when environment == dev
      }
      """,
    fix: .safe, fixSummary: "Removes the comment."
  ) { run in
    var used: Set<Use> = []
    for finding in run.findings {
      if let place = run.suppressions.place(of: finding) {
        used.insert(Use(place: place, code: finding.code))
      }
    }
    for (place, suppression) in run.suppressions.all.enumerated() {
      let idle = suppression.names.filter { name in
        guard let code = name.code, let rule = LintRules.named(code), run.isRunning(rule),
          run.input.configuration.severity(of: rule) != nil
        else { return false }
        return !used.contains(Use(place: place, code: code))
      }
      guard let first = idle.first else { continue }
      let names = idle.map { "`\($0.text)`" }.joined(separator: ", ")
      run.report(
        "there is no finding of \(names) here", at: first.span,
        fix: idle.count == suppression.names.count
          ? FixIt("remove the comment", replacing: suppression.removal, with: "") : nil)
    }
  }

  private struct Use: Hashable {
    var place: Int
    var code: String
  }
}
