import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `self-comparison`.
  static let selfComparison = LintRule(
    108, "self-comparison", .error, "An attribute compared with itself.",
    why: "It says nothing but that there is a value; one side was meant to be another attribute.",
    avoid: """
      rule moved "Deployments stay where they are" {
          on deploy
          deny when environment != environment because "The environment changed."
      }
      """,
    prefer: """
      rule moved "Deployments stay where they are" {
          on deploy
          deny when environment != production because "The environment changed."
      }
      """
  ) { run in
    for file in run.files {
      for view in file.views(.attributeCondition, AttributeConditionView.self) {
        guard let path = view.path, case .comparison(let test)? = view.test,
          case .path(let right)? = test.value, path.names == right.names
        else { continue }
        run.report("`\(path.joined)` is compared with itself", at: view.span)
      }
    }
  }
}
