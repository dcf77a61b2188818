import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `single-entry-list`.
  static let singleEntryList = LintRule(
    506, "single-entry-list", .note, "A list of one in a test.",
    why: "A test takes one term as it is. The brackets make a reader look for the others.",
    avoid: """
      rule push "Pushing is a person's" {
          on bash
          ask when command runs ["git push"] because "This is seen by others."
      }
      """,
    prefer: """
      rule push "Pushing is a person's" {
          on bash
          ask when command runs "git push" because "This is seen by others."
      }
      """,
    fix: .safe, fixSummary: "Writes the one term, and `==` for `in`."
  ) { run in
    for file in run.files {
      let tree = file.tree
      for list in file.views(.list, ListView.self) where list.elements.count == 1 {
        guard let parent = tree.parent(of: list.id),
          case .literal(let element)? = list.elements.first
        else { continue }
        let text = tree.text(of: element.id)
        let isPlain = !tree.hasComment(in: list.id)
        switch tree.kind(of: parent) {
        case .textTest, .placeTest, .runsTest, .optionsTest, .pipesTest:
          run.report(
            "this list has one entry", at: list.span,
            fix: isPlain ? FixIt("write \(text)", replacing: list.span, with: text) : nil)
        case .membershipTest:
          guard let owner = tree.parent(of: parent), tree.firstToken(of: owner, word: .not) == nil,
            tree.kind(of: owner) != .expect, element.token.map({ tree[$0].kind != .date }) ?? false
          else { continue }
          run.report(
            "this list has one entry", at: list.span,
            fix: isPlain
              ? FixIt("write `== \(text)`", replacing: tree.span(of: parent), with: "== \(text)")
              : nil)
        default: continue
        }
      }
    }
  }
}
