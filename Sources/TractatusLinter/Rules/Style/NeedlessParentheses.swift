import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `needless-parentheses`.
  static let needlessParentheses = LintRule(
    501, "needless-parentheses", .note, "Parentheses that group nothing.",
    why:
      "Parentheses tell a reader to look for what they keep together. Around one test, or around all, there is nothing.",
    avoid: """
      rule prod "Production is a person's" {
          on deploy
          deny when (environment == production) because "Production is frozen."
      }
      """,
    prefer: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "Production is frozen."
      }
      """,
    fix: .safe, fixSummary: "Removes them."
  ) { run in
    for file in run.files {
      let tree = file.tree
      for view in file.views(.groupCondition, GroupConditionView.self) {
        guard let parent = tree.parent(of: view.id), let inner = view.condition,
          file.isWhole(view.id)
        else { continue }
        let isAlone =
          tree.kind(of: parent) == .condition && tree.children(of: parent).count == 1
        let isSingle = inner.operands.count == 1 && tree.kind(of: parent) == .condition
        guard isAlone || isSingle else { continue }
        let own = tree.tokens(of: view.id)
        guard let open = own.first, let close = own.last, open != close else { continue }
        run.report(
          "these parentheses group nothing", at: tree.span(of: open),
          fix: FixIt(
            "remove them", edits: [tree.removal(of: open), tree.removal(of: close)]))
      }
    }
  }
}

extension SyntaxTree {
  /// The edit that removes a sign, and leaves a blank where the words beside it would touch.
  func removal(of token: TokenID) -> SourceEdit {
    let span = span(of: token)
    let bytes = source.bytes
    let touchesBefore = span.start > 0 && Self.isPartOfWord(bytes[Int(span.start) - 1])
    let touchesAfter = Int(span.end) < bytes.count && Self.isPartOfWord(bytes[Int(span.end)])
    return SourceEdit(span, replacement: touchesBefore && touchesAfter ? " " : "")
  }

  /// Whether a byte may be part of a token that is longer than one sign.
  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != UInt8(ascii: "(") && byte != UInt8(ascii: ")")
  }
}
