import TractatusSource
import TractatusSyntax

/// `textDocument/selectionRange`.
enum SelectionRanges {
  /// For each position the token and then each node around it.
  static func list(_ file: OpenFile, _ positions: [Position]) -> JSONOutput {
    .array(positions.map { range(file, at: file.text.offset(of: $0)) })
  }

  private static func range(_ file: OpenFile, at offset: Int) -> JSONOutput {
    var spans: [SourceSpan] = []
    if let token = file.token(at: offset) {
      spans.append(file.tree.span(of: token))
      for node in file.nodes(around: token) { spans.append(file.tree.span(of: node)) }
    }
    let whole = SourceSpan(source: file.tree.source.id, start: 0, end: file.tree.source.endOffset)
    spans.append(whole)
    var result: JSONOutput?
    var last: SourceSpan?
    for span in spans.reversed() where span != last {
      result = .fields(["range": file.range(span), "parent": result])
      last = span
    }
    return result ?? .null
  }
}
