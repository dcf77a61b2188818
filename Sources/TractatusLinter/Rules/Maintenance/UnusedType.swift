import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `unused-type`.
  static let unusedType = LintRule(
    603, "unused-type", .warning, "A named type that nothing has.",
    why:
      "Its bounds and words are kept in step with nothing, and the parameter that was to have it takes any value.",
    avoid: """
      type port_number = int in 1..65535

      action listen "Listen" { number: int }
      """,
    prefer: """
      type port_number = int in 1..65535

      action listen "Listen" { number: port_number }
      """,
    fix: .safe, fixSummary: "Removes it with its documentation."
  ) { run in
    for file in run.files {
      for view in file.views(.typeDeclaration, TypeView.self) {
        guard let name = view.name, !run.names.contains(file.tree.name(of: name)) else { continue }
        run.report(
          "nothing has the type `\(file.tree.name(of: name))`", at: file.tree.span(of: name),
          fix: file.removal(ofDeclaration: view.id))
      }
    }
  }
}
