import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `negated-comparison`.
  static let negatedComparison = LintRule(
    504, "negated-comparison", .note, "A negated comparison that another sign says.",
    why: """
      `not port == 27017` is `port != 27017`, where a call cannot lack the port. Where it can, they differ, and nothing \
      is reported.
      """,
    avoid: """
      rule ports "The usual port" {
          on deploy
          warn when not port == 27017 because "This is another port."
      }
      """,
    prefer: """
      rule ports "The usual port" {
          on deploy
          warn when port != 27017 because "This is another port."
      }
      """,
    fix: .safe, fixSummary: "Writes the other sign.", needsCheck: true
  ) { run in
    for file in run.files {
      let tree = file.tree
      for view in file.views(.notCondition, NotConditionView.self) {
        guard case .attribute(let inner)? = view.operand, !inner.isNegated, !inner.isPresentTest,
          case .comparison(let test)? = inner.test, let sign = test.operation,
          let path = inner.path, let other = opposite(tree[sign].kind),
          let attribute = run.scopes.attribute(path, file), !attribute.isOptional,
          attribute.type.isScalar || attribute.type == .text,
          // Two attributes may be of one call or not.
          case .literal? = test.value, let not = tree.tokens(of: view.id).first
        else { continue }
        run.report(
          "`\(other)` says this without `not`", at: tree.span(of: not),
          fix: FixIt(
            "write `\(other)`",
            edits: [
              tree.wordRemoval(of: not), SourceEdit(tree.span(of: sign), replacement: other),
            ]))
      }
    }
  }

  private static func opposite(_ sign: TokenKind) -> String? {
    switch sign {
    case .equalEqual: "!="
    case .bangEqual: "=="
    case .less: ">="
    case .lessEqual: ">"
    case .greater: "<="
    case .greaterEqual: "<"
    default: nil
    }
  }
}
