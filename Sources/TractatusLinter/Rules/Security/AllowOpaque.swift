import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `allow-opaque`.
  static let allowOpaque = LintRule(
    212, "allow-opaque", .warning, "An `allow` for commands of which nobody knows what they run.",
    why: """
      No `allow` holds on an opaque command unless its own condition tests that. One that does lets a variable, a \
      decoded text or a pipe into a shell run what it likes.
      """,
    avoid: """
      rule scripts "Scripts run" {
          on bash
          allow when command is opaque
      }
      """,
    prefer: """
      rule scripts "Scripts run" {
          on bash
          allow when command only runs ["make", "npm test"]
      }
      """
  ) { run in
    for file in run.files {
      for test in file.views(.stateTest, StateTestView.self) where test.state == .opaque {
        guard file.polarity(of: test.id) == .loosens,
          let effect = file.enclosing(test.id, .effect).flatMap({ EffectView(file.tree, $0) }),
          effect.isAllow
        else { continue }
        run.report("this allows what cannot be known", at: test.span)
      }
    }
  }
}
