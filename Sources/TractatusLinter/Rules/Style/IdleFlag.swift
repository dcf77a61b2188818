import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `idle-flag`.
  static let idleFlag = LintRule(
    511, "idle-flag", .note, "A flag of a regular expression that changes nothing.",
    why: "`i` without a letter and `s` without a `.` make a reader look for what they are about.",
    avoid: """
      rule digits "Numbers are masked" {
          on deploy
          warn when message? matches /[0-9]{16}/i because "This looks like a card's number."
      }
      """,
    prefer: """
      rule digits "Numbers are masked" {
          on deploy
          warn when message? matches /[0-9]{16}/ because "This looks like a card's number."
      }
      """,
    fix: .safe, fixSummary: "Removes it."
  ) { run in
    run.forEachExpression { file, token, _ in
      let (pattern, flags) = file.tree.regularExpression(of: token)
      if flags.isEmpty { return }
      let items = ExpressionItems(pattern).items
      let hasCase = items.contains(where: hasCase)
      let hasDot = items.contains(.dot)
      // A group may set flags of its own.
      if pattern.contains("(?") && !pattern.contains("(?:") { return }
      let end = file.tree.span(of: token).end
      for (index, flag) in flags.utf8.enumerated() {
        guard flag == UInt8(ascii: "i") ? !hasCase : !hasDot else { continue }
        let start = end - UInt32(clamping: flags.utf8.count - index)
        let span = SourceSpan(source: file.tree.source.id, start: start, end: start + 1)
        let letter = String(decoding: [flag], as: UTF8.self)
        run.report(
          flag == UInt8(ascii: "i")
            ? "`i` changes nothing: there is no letter"
            : "`\(letter)` changes nothing: there is no `.`",
          at: span, fix: FixIt("remove it", replacing: span, with: ""))
      }
    }
  }

  private static func hasCase(_ item: ExpressionItems.Item) -> Bool {
    switch item {
    case .literal(let byte): byte >= 0x80 || (byte | 0x20) &- 0x61 < 26
    case .bracket(let content): content.contains { $0 >= 0x80 || ($0 | 0x20) &- 0x61 < 26 }
    // `\x41`, `\pL` and `\Q…` may stand for letters.
    case .escape(let byte): !Array("bBdDsSAzntrfvw".utf8).contains(byte)
    case .open, .close, .bar, .caret, .dollar, .dot, .repetition: false
    }
  }
}
