import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `text-on-description`.
  static let textOnDescription = LintRule(
    213, "text-on-description", .warning, "A description tested letter by letter.",
    why: """
      A description is prose: capitals, hyphens and words between the words vary. `mentions` compares whole words, case \
      folded, `*` for up to three words, and takes `opt-out` and `opt out` alike.
      """,
    avoid: """
      rule backups "Backups stay" {
          on any
          ask when description contains "delete the backup" because "This may delete a backup."
      }
      """,
    prefer: """
      rule backups "Backups stay" {
          on any
          ask when description mentions "delete * backup" because "This may delete a backup."
      }
      """,
    needsCheck: true
  ) { run in
    for test in run.patternTests {
      guard test.attribute?.names == ["description"], let operation = test.test.operation,
        operation != .mentions, operation != .like, !test.pattern.ignoresCase,
        test.pattern.text.utf8.contains(where: { ($0 | 0x20) &- 0x61 < 26 })
      else { continue }
      if test.file.polarity(of: test.test.id) == nil { continue }
      run.report(
        "this misses other spellings; `mentions` compares whole words whatever their case",
        at: test.span)
    }
  }
}
