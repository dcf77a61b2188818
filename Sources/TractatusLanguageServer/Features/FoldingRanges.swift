import TractatusSource
import TractatusSyntax

/// `textDocument/foldingRange`.
enum FoldingRanges {
  /// What can be folded: bodies in braces and lists over several lines, runs of `use`, and
  /// comments of several lines.
  static func list(_ file: OpenFile) -> JSONOutput {
    var ranges: [(start: Int, end: Int, kind: String?)] = []
    collectBrackets(file, &ranges)
    collectUses(file, &ranges)
    collectComments(file, &ranges)
    var output: [JSONOutput] = []
    var last = -1
    // Of several that begin on one line editors show the first: the largest.
    for range in ranges.sorted(by: { ($0.start, -$0.end) < ($1.start, -$1.end) })
    where range.start != last {
      last = range.start
      output.append(
        .fields([
          "startLine": .integer(range.start), "endLine": .integer(range.end),
          "kind": range.kind.map { .string($0) },
        ]))
    }
    return .array(output)
  }

  private static func collectBrackets(
    _ file: OpenFile, _ ranges: inout [(start: Int, end: Int, kind: String?)]
  ) {
    var open: [(kind: TokenKind, line: Int)] = []
    for token in file.tree.tokens {
      switch token.kind {
      case .leftBrace, .leftBracket, .leftParenthesis:
        open.append((token.kind, file.text.position(at: Int(token.start)).line))
      case .rightBrace, .rightBracket, .rightParenthesis:
        guard let last = open.popLast(), token.kind != .rightParenthesis else { continue }
        // The closing bracket's own line stays in sight.
        let end = file.text.position(at: Int(token.start)).line - 1
        if end > last.line { ranges.append((last.line, end, nil)) }
      case .blockString:
        let start = file.text.position(at: Int(token.start)).line
        let end = file.text.position(at: Int(token.end)).line
        if end > start { ranges.append((start, end, nil)) }
      default: break
      }
    }
  }

  private static func collectUses(
    _ file: OpenFile, _ ranges: inout [(start: Int, end: Int, kind: String?)]
  ) {
    var run: (start: Int, end: Int)?
    func close() {
      if let run, run.end > run.start { ranges.append((run.start, run.end, "imports")) }
    }
    for node in file.tree.children(of: file.tree.root) {
      if file.tree.kind(of: node) == .useDeclaration {
        let line = file.text.position(at: Int(file.tree.span(of: node).start)).line
        run = (run?.start ?? line, line)
      } else {
        close()
        run = nil
      }
    }
    close()
  }

  private static func collectComments(
    _ file: OpenFile, _ ranges: inout [(start: Int, end: Int, kind: String?)]
  ) {
    var run: (start: Int, end: Int)?
    for comment in CommentScan.comments(in: file.tree) where comment.isAlone {
      let line = file.text.position(at: comment.start).line
      if let current = run, line == current.end + 1 {
        run = (current.start, line)
        continue
      }
      if let run, run.end > run.start { ranges.append((run.start, run.end, "comment")) }
      run = (line, line)
    }
    if let run, run.end > run.start { ranges.append((run.start, run.end, "comment")) }
  }
}
