import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `double-negation`.
  static let doubleNegation = LintRule(
    502, "double-negation", .note, "A negation of a negation.",
    why:
      "It is worked out, not read, and what is true of the one is true of the other, unknown included.",
    avoid: """
      rule ports "The usual port" {
          on deploy
          warn when not port not in [27017, 27018] because "This is a default port."
      }
      """,
    prefer: """
      rule ports "The usual port" {
          on deploy
          warn when port in [27017, 27018] because "This is a default port."
      }
      """,
    fix: .safe, fixSummary: "Removes both."
  ) { run in
    for file in run.files {
      let tree = file.tree
      for view in file.views(.notCondition, NotConditionView.self) {
        guard let outer = tree.tokens(of: view.id).first else { continue }
        let inner: TokenID?
        switch view.operand {
        case .not(let other):
          // Of three the outer two are reported.
          if let parent = tree.parent(of: view.id), tree.kind(of: parent) == .notCondition {
            continue
          }
          inner = tree.tokens(of: other.id).first
        case .attribute(let attribute) where attribute.isNegated && !attribute.isPresentTest:
          inner = tree.firstToken(of: attribute.id, word: .not)
        case .count(let count) where count.isNegated:
          inner = tree.firstToken(of: count.id, word: .not)
        default: inner = nil
        }
        guard let inner else { continue }
        run.report(
          "this negates a negation", at: tree.span(of: outer),
          secondary: [LabelledSpan(tree.span(of: inner), "negated here")],
          fix: FixIt(
            "remove both", edits: [tree.wordRemoval(of: outer), tree.wordRemoval(of: inner)]))
      }
    }
  }
}

extension SyntaxTree {
  /// The edit that removes a word with the blanks after it.
  func wordRemoval(of token: TokenID) -> SourceEdit {
    var span = span(of: token)
    while Int(span.end) < source.bytes.count, source.bytes[Int(span.end)] == 0x20 { span.end += 1 }
    return SourceEdit(span, replacement: "")
  }
}
