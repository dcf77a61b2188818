import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `needless-guard`.
  static let needlessGuard = LintRule(
    507, "needless-guard", .note, "`has x` beside a test of `x?`, which asks the same.",
    why:
      "`x? == 1` means present and equal. The second question says nothing, and has to be kept in step.",
    avoid: """
      rule inside "Deployments stay inside" {
          on deploy
          deny when has host and host? outside "acme.example" because "{host} is not ours."
      }
      """,
    prefer: """
      rule inside "Deployments stay inside" {
          on deploy
          deny when host? outside "acme.example" because "{host} is not ours."
      }
      """,
    fix: .safe, fixSummary: "Removes the `has`."
  ) { run in
    for file in run.files {
      let tree = file.tree
      for view in file.views(.condition, ConditionView.self) where view.connective == .and {
        let operands = view.operands
        for (index, operand) in operands.enumerated() {
          guard case .has(let has) = operand, let path = has.path,
            operands.contains(where: { other in
              if case .attribute(let attribute) = other {
                attribute.isPresentTest && attribute.path?.names == path.names
              } else {
                false
              }
            })
          else { continue }
          let span = tree.span(of: operand.id)
          let removed =
            index + 1 < operands.count
            ? SourceSpan(
              source: span.source, start: span.start,
              end: tree.span(of: operands[index + 1].id).start)
            : SourceSpan(
              source: span.source, start: tree.span(of: operands[index - 1].id).end, end: span.end)
          run.report(
            "`\(path.joined)?` beside it asks this already", at: span,
            fix: tree.hasComment(in: view.id)
              ? nil : FixIt("remove it", replacing: removed, with: ""))
        }
      }
    }
  }
}
