import TractatusSource

extension SyntaxTree {
  /// The documentation comment directly before a node: its `///` lines without the slashes and
  /// one space, with `\n` between them; nil when there is none.
  ///
  /// An empty line or another comment between the lines and the node does not part them; an
  /// empty line or another comment between two `///` lines starts the documentation anew.
  package func documentation(of node: NodeID) -> String? {
    let span = triviaSpan(before: TokenID(rawValue: record(node).firstToken))
    var lines: [String] = []
    var sawOther = false
    for line in source.bytes[Int(span.start)..<Int(span.end)].split(
      separator: 0x0A, omittingEmptySubsequences: false)
    {
      var content = line.drop { $0 == 0x20 || $0 == 0x09 }
      while content.last == 0x0D { content.removeLast() }
      if content.starts(with: [0x2F, 0x2F, 0x2F]) {
        if sawOther { lines.removeAll() }
        sawOther = false
        content.removeFirst(3)
        if content.first == 0x20 { content.removeFirst() }
        lines.append(String(decoding: content, as: UTF8.self))
      } else {
        sawOther = true
      }
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
