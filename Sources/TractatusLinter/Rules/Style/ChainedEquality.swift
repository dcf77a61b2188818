import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `chained-equality`.
  static let chainedEquality = LintRule(
    505, "chained-equality", .note,
    "Several `==` of one attribute joined by `or`, which `in` says at once.",
    why: "A list is read as one set, and the next value is added at one place.",
    avoid: """
      rule ports "The usual port" {
          on deploy
          warn when port == 27017 or port == 27018 because "This is a default port."
      }
      """,
    prefer: """
      rule ports "The usual port" {
          on deploy
          warn when port in [27017, 27018] because "This is a default port."
      }
      """,
    fix: .safe, fixSummary: "Writes `in` and a list."
  ) { run in
    for file in run.files {
      let tree = file.tree
      for view in file.views(.condition, ConditionView.self) where view.connective == .or {
        var path: PathView?
        var isPresent = false
        var values: [String] = []
        for operand in view.operands {
          guard case .attribute(let attribute) = operand, !attribute.isNegated,
            let here = attribute.path, case .comparison(let test)? = attribute.test,
            let sign = test.operation, tree[sign].kind == .equalEqual,
            case .literal(let literal)? = test.value,
            path == nil || path?.names == here.names && isPresent == attribute.isPresentTest
          else {
            values = []
            break
          }
          path = here
          isPresent = attribute.isPresentTest
          values.append(tree.text(of: literal.id))
        }
        guard values.count > 1, let path else { continue }
        let text =
          "\(path.joined)\(isPresent ? "?" : "") in [\(values.joined(separator: ", "))]"
        run.report(
          "`in` says this at once", at: view.span,
          fix: tree.hasComment(in: view.id)
            ? nil
            : FixIt(
              "write `in [\(values.joined(separator: ", "))]`", replacing: view.span, with: text))
      }
    }
  }
}
