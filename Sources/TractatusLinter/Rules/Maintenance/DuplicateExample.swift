import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `duplicate-example`.
  static let duplicateExample = LintRule(
    612, "duplicate-example", .note, "The same example twice in a rule.",
    why: "It shows nothing new. Mostly it was copied to show another case, and was not changed.",
    avoid: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "This is production."
          example deny  { environment: production, port: 1 }
          example deny  { environment: production, port: 1 }
          example allow { environment: dev, port: 1 }
      }
      """,
    prefer: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "This is production."
          example deny  { environment: production, port: 1 }
          example allow { environment: dev, port: 1 }
      }
      """,
    fix: .safe, fixSummary: "Removes the second."
  ) { run in
    for file in run.files {
      for view in file.views(.ruleDeclaration, RuleView.self) {
        var seen: [String: SourceSpan] = [:]
        for example in view.examples {
          let text = file.tree.normalisedText(of: example.id)
          guard let first = seen[text] else {
            seen[text] = example.span
            continue
          }
          let lines = file.tree.lines(of: example.id)
          run.report(
            "this example stands here already", at: run.head(example.span),
            secondary: [LabelledSpan(run.head(first), "the first time")],
            fix: file.tree.hasComment(in: example.id)
              ? nil : FixIt("remove it", replacing: lines, with: ""))
        }
      }
    }
  }
}
