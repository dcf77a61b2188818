import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `duplicate-entry`.
  static let duplicateEntry = LintRule(
    110, "duplicate-entry", .warning, "The same entry twice in a list.",
    why: "The second says nothing; mostly it was copied to be changed, and was not.",
    avoid: """
      let protected_branches = ["main", "release", "main"]

      rule branches "Protected branches stay" {
          on deploy
          ask when facts.branch in protected_branches because "The branch is protected."
      }
      """,
    prefer: """
      let protected_branches = ["main", "release"]

      rule branches "Protected branches stay" {
          on deploy
          ask when facts.branch in protected_branches because "The branch is protected."
      }
      """,
    fix: .safe, fixSummary: "Removes the second."
  ) { run in
    for file in run.files {
      for list in file.views(.list, ListView.self) {
        // What an example or test gives is data.
        if file.enclosing(list.id, .record) != nil { continue }
        var seen: [String: SourceSpan] = [:]
        for (index, element) in list.elements.enumerated() {
          let text = file.tree.normalisedText(of: element.id)
          let span = file.tree.span(of: element.id)
          if let first = seen[text] {
            run.report(
              "\(shown(text)) is in this list already", at: span,
              secondary: [LabelledSpan(first, "the first time")],
              fix: list.removal(of: index, "remove it"))
          } else {
            seen[text] = span
          }
        }
      }
    }
  }

  private static func shown(_ text: String) -> String {
    text.utf8.count <= 40 ? "`\(text)`" : "this entry"
  }
}

extension ListView {
  /// The fix that takes an element that is not the first out of the list; nil where a comment would
  /// go with it.
  func removal(of index: Int, _ title: String) -> FixIt? {
    let elements = elements
    guard index > 0, index < elements.count else { return nil }
    let before = tree.span(of: elements[index - 1].id)
    let span = tree.span(of: elements[index].id)
    let removed = SourceSpan(source: span.source, start: before.end, end: span.end)
    let text = tree.source.bytes[Int(before.end)..<Int(span.start)]
    if text.contains(UInt8(ascii: "/")) { return nil }
    return FixIt(title, replacing: removed, with: "")
  }
}
