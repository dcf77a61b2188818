import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `unused-fact`.
  static let unusedFact = LintRule(
    602, "unused-fact", .warning, "A fact that nothing reads.",
    why: """
      Callers go on supplying it, and an ill-typed value of it denies calls, though no decision rests on it. Every \
      loaded file is searched, tests included.
      """,
    avoid: """
      fact release.frozen: bool

      rule prod "Production is a person's" {
          on deploy
          ask when environment == production because "This is production."
      }
      """,
    prefer: """
      fact release.frozen: bool

      rule prod "Production is a person's" {
          on deploy
          ask when environment == production and facts.release.frozen
              because "This is production, and releases are frozen."
      }
      """
  ) { run in
    for file in run.files {
      for view in file.views(.factDeclaration, FactView.self) {
        guard let path = view.path, !run.names.containsFact(path.joined) else { continue }
        run.report("nothing reads `facts.\(path.joined)`", at: path.span)
      }
    }
  }
}
