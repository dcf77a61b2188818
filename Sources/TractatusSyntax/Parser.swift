import TractatusSource

/// Parses a source text into its lossless tree.
package enum Parser {
  /// Parses a whole file; never fails, and reports what is wrong in the tree's diagnostics.
  package static func parse(_ source: SourceText) -> SyntaxTree {
    SyntaxTree(
      source: source,
      tokens: [
        Token(
          kind: .endOfFile, word: nil, start: source.endOffset, end: source.endOffset)
      ],
      nodes: [NodeRecord(kind: .file, firstToken: 0, tokenEnd: 1, nodeEnd: 1, parent: 0)],
      diagnostics: [])
  }
}
