import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `needless-question-mark`.
  static let needlessQuestionMark = LintRule(
    508, "needless-question-mark", .note, "`?` after an attribute that is always there.",
    why:
      "`?` tells a reader that a call may lack the attribute. Where none can, it says what is not so.",
    avoid: """
      rule ports "The usual port" {
          on deploy
          warn when port? == 27017 because "This is the default port."
      }
      """,
    prefer: """
      rule ports "The usual port" {
          on deploy
          warn when port == 27017 because "This is the default port."
      }
      """,
    fix: .safe, fixSummary: "Removes it.", needsCheck: true
  ) { run in
    for file in run.files {
      for view in file.views(.attributeCondition, AttributeConditionView.self)
      where view.isPresentTest {
        guard let path = view.path, let attribute = run.scopes.attribute(path, file),
          !attribute.isOptional,
          let mark = file.tree.firstToken(of: view.id, kind: .question)
        else { continue }
        run.report(
          "`\(path.joined)` is never absent", at: file.tree.span(of: mark),
          fix: FixIt("remove it", replacing: file.tree.span(of: mark), with: ""))
      }
    }
  }
}
