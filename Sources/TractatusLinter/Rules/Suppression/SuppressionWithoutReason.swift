import TractatusSource

extension LintRule {
  /// `suppression-without-reason`.
  static let suppressionWithoutReason = LintRule(
    902, "suppression-without-reason", .warning,
    "A comment that suppresses findings and does not say why.",
    why: "Who reads the rules later cannot tell an accepted risk from a silenced mistake.",
    avoid: """
      // tractatus:disable broad-place
      rule root "Everything is looked at" {
          on read_file
          warn when path within "/" because "A file is read."
      }
      """,
    prefer: """
      // tractatus:disable broad-place every absolute path is meant here
      rule root "Everything is looked at" {
          on read_file
          warn when path within "/" because "A file is read."
      }
      """
  ) { run in
    for suppression in run.suppressions.all where suppression.reason.isEmpty {
      run.report(
        suppression.names.isEmpty
          ? "this names no rule: `// tractatus:disable RULE reason`"
          : "this does not say why: write the reason after the rule's name",
        at: suppression.comment)
    }
  }
}
