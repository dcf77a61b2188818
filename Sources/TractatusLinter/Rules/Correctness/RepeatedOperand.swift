import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `repeated-operand`.
  static let repeatedOperand = LintRule(
    109, "repeated-operand", .warning, "The same condition twice beside `and` or `or`.",
    why: "The second says nothing that the first does not; mostly one of them was to be another.",
    avoid: """
      rule production "Production is a person's" {
          on deploy
          ask when environment == production or environment == production
              because "This is production."
      }
      """,
    prefer: """
      rule production "Production is a person's" {
          on deploy
          ask when environment == production or environment == staging
              because "This is not development."
      }
      """,
    fix: .safe, fixSummary: "Removes the second."
  ) { run in
    for file in run.files {
      let tree = file.tree
      for view in file.views(.condition, ConditionView.self) {
        let operands = view.operands
        guard operands.count > 1, view.connective != nil else { continue }
        var seen: [String: SourceSpan] = [:]
        for (index, operand) in operands.enumerated() {
          let text = tree.normalisedText(of: operand.id)
          let span = tree.span(of: operand.id)
          guard let first = seen[text] else {
            seen[text] = span
            continue
          }
          let before = tree.span(of: operands[index - 1].id)
          let removed = SourceSpan(source: span.source, start: before.end, end: span.end)
          run.report(
            "this condition stands beside itself", at: span,
            secondary: [LabelledSpan(first, "the first time")],
            fix: tree.hasComment(in: view.id)
              ? nil : FixIt("remove it", replacing: removed, with: ""))
        }
      }
    }
  }
}
