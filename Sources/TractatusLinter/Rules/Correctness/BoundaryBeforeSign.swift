import TractatusSource

extension LintRule {
  /// `boundary-before-sign`.
  static let boundaryBeforeSign = LintRule(
    103, "boundary-before-sign", .warning, "`\\b` before a sign, where nothing stands before it.",
    why: """
      `\\b` needs a letter, digit or `_` on exactly one side. Before `-` or `/` it holds only where one stands directly \
      before the sign, so `\\b--force` passes `x--force` and not ` --force`.
      """,
    avoid: """
      rule forced "Nothing is forced" {
          on deploy
          deny when message? matches /\\b--force/ because "This forces it."
      }
      """,
    prefer: """
      rule forced "Nothing is forced" {
          on deploy
          deny when message? matches /(?:^|\\s)--force/ because "This forces it."
      }
      """,
    fix: .deciding,
    fixSummary: "Writes `(?:^|\\s)` in its place: the start of the text, or a blank."
  ) { run in
    let boundary = ExpressionItems.Item.escape(UInt8(ascii: "b"))
    run.forEachExpression { file, token, pattern in
      guard pattern.text.contains("\\b") else { return }
      let read = ExpressionItems(pattern.text)
      for (index, item) in read.items.enumerated() where item == boundary {
        let isFirst =
          index == 0 || read.items[index - 1] == .open || read.items[index - 1] == .bar
        guard isFirst, index + 1 < read.items.count,
          case .literal(let next) = read.items[index + 1], next < 0x80,
          !((next | 0x20) &- 0x61 < 26 || next &- 0x30 < 10 || next == UInt8(ascii: "_"))
        else { continue }
        let sign = String(decoding: [next], as: UTF8.self)
        let span = file.span(of: token, from: read.offsets[index], to: read.offsets[index + 1])
        let fix =
          span.end - span.start == 2
          ? FixIt("write `(?:^|\\s)` instead", replacing: span, with: "(?:^|\\s)") : nil
        run.report(
          "`\\b` before `\(sign)` holds only where a letter, digit or `_` stands before it",
          at: span, fix: fix)
      }
    }
  }
}
