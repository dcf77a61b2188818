import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `name-style`.
  static let nameStyle = LintRule(
    403, "name-style", .note,
    "A declared name that is not in small letters with `_` between words.",
    why: """
      Names of one form are found by one search, and nobody asks whether two are the same. Parameters and components \
      keep the names that clients give them; a name in backticks is as its author wants it.
      """,
    avoid: """
      rule ProductionFreeze "Production is frozen" {
          on deploy
          deny when environment == production because "Production is frozen."
      }
      """,
    prefer: """
      rule production_freeze "Production is frozen" {
          on deploy
          deny when environment == production because "Production is frozen."
      }
      """
  ) { run in
    for file in run.files {
      var names: [TokenID] = []
      for view in file.views(.ruleDeclaration, RuleView.self) {
        names += view.name.map { [$0] } ?? []
      }
      for view in file.views(.letDeclaration, LetView.self) {
        names += view.name.map { [$0] } ?? []
      }
      for view in file.views(.typeDeclaration, TypeView.self) {
        names += view.name.map { [$0] } ?? []
      }
      for view in file.views(.thresholdDeclaration, ThresholdView.self) {
        names += view.name.map { [$0] } ?? []
      }
      for view in file.views(.factDeclaration, FactView.self) { names += view.path?.segments ?? [] }
      for view in file.views(.actionDeclaration, ActionView.self) {
        if let path = view.path, path.segments.count == 1 { names += path.segments }
      }
      for name in names.sorted() where file.tree[name].kind == .word {
        guard file.tree.bytes(of: name).contains(where: { $0 &- 0x41 < 26 }) else { continue }
        run.report(
          "`\(file.tree.name(of: name))` has capitals; names are in small letters here",
          at: file.tree.span(of: name))
      }
    }
  }
}
