import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `idle-wildcard`.
  static let idleWildcard = LintRule(
    510, "idle-wildcard", .note, "`.*` at the open end of an expression.",
    why:
      "An expression that is not anchored matches anywhere, so `.*` at its start or end says nothing, and looks as if it did.",
    avoid: """
      rule urgent "Urgent messages are read" {
          on deploy
          warn when message? matches /.*urgent(ly)?.*/ because "Pressing message."
      }
      """,
    prefer: """
      rule urgent "Urgent messages are read" {
          on deploy
          warn when message? matches /urgent(ly)?/ because "Pressing message."
      }
      """,
    fix: .safe, fixSummary: "Removes it."
  ) { run in
    for file in run.files {
      for test in file.views(.textTest, TextTestView.self) where test.operation == .matches {
        guard let terms = test.terms else { continue }
        for token in file.tree.terms(of: terms)
        where file.tree[token].kind == .regularExpression { check(token, file, run) }
      }
    }
  }

  private static func check(_ token: TokenID, _ file: LintFile, _ run: LintRun) {
    let (pattern, _) = file.tree.regularExpression(of: token)
    let read = ExpressionItems(pattern)
    let bytes = Array(pattern.utf8)
    guard read.items.count > 2, read.alternatives.count == 1 else { return }
    func isRun(_ index: Int) -> Bool {
      read.items[index] == .dot && read.items[index + 1] == .repetition
        && bytes[read.offsets[index + 1]] == UInt8(ascii: "*")
    }
    var edits: [SourceEdit] = []
    var place: SourceSpan?
    if isRun(0), read.items[2] != .repetition {
      place = file.span(of: token, from: read.offsets[0], to: read.offsets[2])
      edits.append(SourceEdit(place ?? file.tree.span(of: token), replacement: ""))
    }
    let last = read.items.count - 2
    if last > 1, isRun(last) {
      let span = file.span(of: token, from: read.offsets[last], to: read.offsets[last + 2])
      place = place ?? span
      edits.append(SourceEdit(span, replacement: ""))
    }
    guard let place else { return }
    let isExact = edits.allSatisfy { $0.span.end - $0.span.start == 2 }
    run.report(
      "`.*` at an open end says nothing", at: place,
      fix: isExact ? FixIt("remove it", edits: edits) : nil)
  }
}
