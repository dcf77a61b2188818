import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `unless-not`.
  static let unlessNot = LintRule(
    503, "unless-not", .note, "`unless not …`, which is `when …`.",
    why: "An exception from an exception is worked out, not read.",
    avoid: """
      rule prod "Production is a person's" {
          on deploy
          deny unless not environment == production because "Production is frozen."
      }
      """,
    prefer: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "Production is frozen."
      }
      """,
    fix: .safe, fixSummary: "Writes `when`."
  ) { run in
    for file in run.files {
      let tree = file.tree
      for node in file.nodes(.unlessGuard) {
        guard let condition = GuardView(tree, node)?.condition, condition.operands.count == 1,
          case .not(let inner)? = condition.operands.first,
          let word = tree.tokens(of: node).first, let not = tree.tokens(of: inner.id).first
        else { continue }
        // Beside a `when` the two would have to be joined by `and`.
        let hasWhen =
          tree.parent(of: node).flatMap { tree.firstChild(of: $0, kind: .whenGuard) } != nil
        let span = tree.span(of: word).joined(with: tree.span(of: not))
        let isPlain = !tree.source.bytes[Int(span.start)..<Int(span.end)].contains(
          UInt8(ascii: "/"))
        run.report(
          "`unless not` is `when`", at: span,
          fix: hasWhen || !isPlain ? nil : FixIt("write `when`", replacing: span, with: "when"))
      }
    }
  }
}
