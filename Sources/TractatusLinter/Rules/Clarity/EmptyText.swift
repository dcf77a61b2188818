import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `empty-text`.
  static let emptyText = LintRule(
    304, "empty-text", .warning, "A title, reason, offer or check without words.",
    why:
      "It fills a place where something was to be said, and the report shows a blank, or another text.",
    avoid: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "  "
      }
      """,
    prefer: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "Ask the release team."
      }
      """
  ) { run in
    for file in run.files {
      for token in file.prose where file.tree.string(of: token).utf8.allSatisfy({ $0 <= 0x20 }) {
        run.report("this text has no words", at: file.tree.span(of: token))
      }
    }
  }
}

extension LintFile {
  /// The texts that people read: titles, reasons, offers, checks, notices and tensions, in the
  /// order of the file.
  var prose: [TokenID] {
    var found: [TokenID] = []
    for kind in [
      SyntaxKind.because, .obligation, .tension, .ruleDeclaration, .thresholdDeclaration,
      .actionDeclaration, .testDeclaration, .policy, .programDeclaration,
    ] {
      for node in nodes(kind) {
        if let token = tree.tokens(of: node).first(where: { tree[$0].isString }) {
          found.append(token)
        }
      }
    }
    return found.sorted()
  }
}
