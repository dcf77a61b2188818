import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `untrimmed-text`.
  static let untrimmedText = LintRule(
    513, "untrimmed-text", .note, "Blanks at the start or end of a title, reason or offer.",
    why: "They show in reports and tables, and texts that look the same are not.",
    avoid: """
      rule ports " The usual port " {
          on deploy
          warn when port == 27017 because "This is the default port."
      }
      """,
    prefer: """
      rule ports "The usual port" {
          on deploy
          warn when port == 27017 because "This is the default port."
      }
      """,
    fix: .safe, fixSummary: "Removes them."
  ) { run in
    for file in run.files {
      for token in file.prose where file.tree[token].kind == .string {
        let span = file.tree.span(of: token)
        let content = Array(file.tree.bytes(of: token).dropFirst().dropLast())
        let start = content.prefix { $0 == 0x20 || $0 == 0x09 }.count
        let end = content.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard start + end > 0, start < content.count else { continue }
        let kept = String(decoding: content[start..<(content.count - end)], as: UTF8.self)
        run.report(
          "this text has blanks at its ends", at: span,
          fix: FixIt("remove them", replacing: span, with: "\"\(kept)\""))
      }
    }
  }
}
