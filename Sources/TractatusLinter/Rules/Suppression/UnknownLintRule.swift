import TractatusSource

extension LintRule {
  /// `unknown-lint-rule`.
  static let unknownRule = LintRule(
    903, "unknown-lint-rule", .warning, "A comment that suppresses a rule that does not exist.",
    why:
      "It suppresses nothing. Names of several rules have commas between them; the reason follows after a blank.",
    avoid: """
      // tractatus:disable broad-places every absolute path is meant here
      rule read "Everything is looked at" {
          on read_file
          warn when path within "/srv" because "A file is read."
      }
      """,
    prefer: """
      rule read "Everything is looked at" {
          on read_file
          warn when path within "/srv" because "A file is read."
      }
      """,
    fix: .safe, fixSummary: "Writes the name that is nearest."
  ) { run in
    for suppression in run.suppressions.all {
      for name in suppression.names where name.code == nil {
        let near = NearName.nearest(to: name.text, among: LintRules.all.map(\.name))
        run.report(
          "there is no lint rule `\(name.text)`" + (near.map { "; did you mean `\($0)`?" } ?? ""),
          at: name.span,
          fix: near.map { FixIt("write `\($0)`", replacing: name.span, with: $0) })
      }
    }
  }
}
