import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `reason-repeats-title`.
  static let reasonRepeatsTitle = LintRule(
    305, "reason-repeats-title", .note, "A reason that says what the title says.",
    why:
      "A clause without `because` reports the title. The same text twice is one to keep in step, and tells nobody more.",
    avoid: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "Production is a person's"
      }
      """,
    prefer: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production
      }
      """,
    fix: .safe, fixSummary: "Removes the `because`; the report shows the title."
  ) { run in
    for file in run.files {
      let tree = file.tree
      for rule in file.views(.ruleDeclaration, RuleView.self) {
        guard let title = rule.title else { continue }
        for node in tree.children(of: rule.id) {
          guard let because = tree.firstChild(of: node, kind: .because),
            let text = BecauseView(tree, because)?.text,
            tree.string(of: text) == tree.string(of: title)
          else { continue }
          let tokens = tree.allTokens(of: because)
          let start = tokens.first.map { tree.triviaSpan(before: $0) }
          let isPlain = start.map { span in
            !tree.source.bytes[Int(span.start)..<Int(span.end)].contains(UInt8(ascii: "/"))
          }
          run.report(
            "this says what the title says, which is reported anyway", at: tree.span(of: text),
            fix: isPlain == true
              ? start.map {
                FixIt("remove it", replacing: $0.joined(with: tree.span(of: because)), with: "")
              } : nil)
        }
      }
    }
  }
}
