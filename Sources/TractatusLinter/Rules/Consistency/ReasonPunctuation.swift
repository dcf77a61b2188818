import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `reason-punctuation`.
  static let reasonPunctuation = LintRule(
    404, "reason-punctuation", .note, "A reason that does not end like a sentence.",
    why:
      "Reasons are shown one after the other, to people and to agents; without a full stop they run together.",
    avoid: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "Ask the release team"
      }
      """,
    prefer: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "Ask the release team."
      }
      """,
    fix: .safe, fixSummary: "Adds a full stop."
  ) { run in
    for file in run.files {
      for view in file.views(.because, BecauseView.self) {
        guard let token = view.text, file.tree[token].kind == .string else { continue }
        let text = file.tree.string(of: token)
        guard let last = text.unicodeScalars.last, !ends.contains(last) else { continue }
        let span = file.tree.span(of: token)
        let place = SourceSpan(source: span.source, start: span.end - 1, end: span.end - 1)
        run.report(
          "this reason does not end with a full stop", at: span,
          fix: FixIt("add a full stop", replacing: place, with: "."))
      }
    }
  }

  private static let ends: Set<Unicode.Scalar> = [
    ".", "!", "?", ":", "…", "。", "！", "？", " ", ")", "\"", "”",
  ]
}
