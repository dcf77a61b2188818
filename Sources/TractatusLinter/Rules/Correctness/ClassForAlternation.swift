import TractatusSource

extension LintRule {
  /// `class-for-alternation`.
  static let classForAlternation = LintRule(
    104, "class-for-alternation", .warning,
    "A class `[…]` where alternatives `(?:…|…)` were meant.",
    why: """
      `[rm|mv]` is one letter out of `r`, `m`, `|` and `v`, not one of two words, so the expression passes nearly \
      everything, or nothing of what was meant.
      """,
    avoid: """
      rule removal "Removal is asked for" {
          on deploy
          ask when message? matches /\\b[drop|delete]\\s+table/ because "This removes a table."
      }
      """,
    prefer: """
      rule removal "Removal is asked for" {
          on deploy
          ask when message? matches /\\b(?:drop|delete)\\s+table/ because "This removes a table."
      }
      """,
    fix: .deciding, fixSummary: "Writes a group in place of the class."
  ) { run in
    run.forEachExpression { file, token, pattern in
      guard pattern.text.utf8.contains(UInt8(ascii: "[")) else { return }
      let read = ExpressionItems(pattern.text)
      for (index, item) in read.items.enumerated() {
        guard case .bracket(let content) = item, looksLikeWords(content) else { continue }
        let text = String(decoding: content, as: UTF8.self)
        let span = file.span(of: token, from: read.offsets[index], to: read.offsets[index + 1])
        let isExact = Int(span.end - span.start) == content.count + 2
        run.report(
          "`[\(text)]` is one letter out of these, not one of these words", at: span,
          fix: isExact
            ? FixIt("write `(?:\(text))`", replacing: span, with: "(?:\(text))") : nil)
      }
    }
  }

  /// Whether a class holds words of letters with bars between them.
  private static func looksLikeWords(_ content: [UInt8]) -> Bool {
    let words = content.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
    guard words.count > 1 else { return false }
    return words.allSatisfy { word in
      word.count > 1 && word.allSatisfy { ($0 | 0x20) &- 0x61 < 26 }
    }
  }
}
