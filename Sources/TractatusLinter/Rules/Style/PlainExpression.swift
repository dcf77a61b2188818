import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `plain-expression`.
  static let plainExpression = LintRule(
    509, "plain-expression", .note,
    "A regular expression without anything regular, which a plain test says.",
    why:
      "`contains`, `starts with`, `ends with` and `==` say what is meant without escapes, and are found by an index.",
    avoid: """
      rule urgent "Urgent messages are read" {
          on deploy
          warn when message? matches /^\\[urgent\\]/ because "Pressing message."
      }
      """,
    prefer: """
      rule urgent "Urgent messages are read" {
          on deploy
          warn when message? starts with "[urgent]" because "Pressing message."
      }
      """,
    fix: .safe, fixSummary: "Writes the plain test."
  ) { run in
    for file in run.files {
      let tree = file.tree
      for test in file.views(.textTest, TextTestView.self) where test.operation == .matches {
        guard case .literal(let literal)? = test.terms, let token = literal.token,
          tree[token].kind == .regularExpression, tree.attributePath(ofTest: test.id) != nil,
          tree.parent(of: test.id).map({ tree.kind(of: $0) }) == .attributeCondition
        else { continue }
        let (pattern, flags) = tree.regularExpression(of: token)
        guard let plain = plain(pattern) else { continue }
        let isFolding = flags.contains("i") || test.ignoresCase
        // There is no `==` that ignores case.
        if isFolding, plain.operation == "==" { continue }
        let text =
          "\(plain.operation) \(quoted(plain.text))" + (isFolding ? " ignoring case" : "")
        run.report(
          "`\(plain.operation)` says this", at: test.span,
          fix: FixIt("write `\(text)`", replacing: test.span, with: text))
      }
    }
  }

  private static func plain(_ pattern: String) -> (operation: String, text: [UInt8])? {
    var items = ExpressionItems(pattern).items[...]
    let isStart = items.first == .caret
    if isStart { items.removeFirst() }
    let isEnd = items.last == .dollar
    if isEnd { items.removeLast() }
    var text: [UInt8] = []
    for item in items {
      guard case .literal(let byte) = item else { return nil }
      text.append(byte)
    }
    if text.isEmpty { return nil }
    let operation =
      isStart && isEnd ? "==" : isStart ? "starts with" : isEnd ? "ends with" : "contains"
    return (operation, text)
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = [UInt8(ascii: "\"")]
    for byte in bytes {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        result.append(UInt8(ascii: "\\"))
      }
      result.append(byte)
    }
    result.append(UInt8(ascii: "\""))
    return String(decoding: result, as: UTF8.self)
  }
}
