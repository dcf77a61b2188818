import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `unused-let`.
  static let unusedLet = LintRule(
    601, "unused-let", .warning, "A `let` that nothing uses.",
    why: """
      A list that no rule reads protects nothing, and looks as if it did: whoever adds a host to it believes that it \
      counts. Every loaded file is searched.
      """,
    avoid: """
      let frozen_hosts = ["db1.acme.example", "db2.acme.example"]

      rule hosts "Frozen hosts stay" {
          on deploy
          deny when host? == "db1.acme.example" because "{host} is frozen."
      }
      """,
    prefer: """
      let frozen_hosts = ["db1.acme.example", "db2.acme.example"]

      rule hosts "Frozen hosts stay" {
          on deploy
          deny when host? in frozen_hosts because "{host} is frozen."
      }
      """,
    fix: .safe, fixSummary: "Removes it with its documentation."
  ) { run in
    for file in run.files {
      for view in file.views(.letDeclaration, LetView.self) {
        guard let name = view.name, !run.names.contains(file.tree.name(of: name)) else { continue }
        run.report(
          "nothing uses `\(file.tree.name(of: name))`", at: file.tree.span(of: name),
          fix: file.removal(ofDeclaration: view.id))
      }
    }
  }
}

extension LintFile {
  /// The fix that removes a declaration with its documentation; nil where another comment stands
  /// before it or inside, or the file has errors.
  func removal(ofDeclaration node: NodeID) -> FixIt? {
    guard !hasErrors, let first = tree.allTokens(of: node).first, !tree.hasComment(in: node) else {
      return nil
    }
    let bytes = tree.source.bytes
    var span = tree.lines(of: node)
    guard span != tree.span(of: node) else { return nil }
    let trivia = tree.triviaSpan(before: first)
    var start = Int(span.start)
    while start > Int(trivia.start) {
      var line = start - 1
      while line > Int(trivia.start), bytes[line - 1] != 0x0A { line -= 1 }
      let content = bytes[line..<start].drop { $0 == 0x20 || $0 == 0x09 }
      guard content.starts(with: "///".utf8) else { break }
      start = line
    }
    // One of the empty lines around it goes as well.
    if start > 1, bytes[start - 1] == 0x0A, bytes[start - 2] == 0x0A,
      Int(span.end) == bytes.count || bytes[Int(span.end)] == 0x0A
    {
      start -= 1
    }
    span.start = UInt32(clamping: start)
    return FixIt("remove it", replacing: span, with: "")
  }
}
