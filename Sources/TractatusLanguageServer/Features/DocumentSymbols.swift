import TractatusSource

/// `textDocument/documentSymbol`.
enum DocumentSymbols {
  /// The declarations of a file, as a tree or as a list.
  static func list(_ file: OpenFile, isTree: Bool, uri: String) -> JSONOutput {
    let symbols = DeclaredSymbol.all(of: file.tree)
    if isTree { return .array(symbols.map { tree($0, file) }) }
    return .array(
      symbols.flatMap { symbol in
        [flat(symbol, nil, file, uri)]
          + symbol.children.map { flat($0, symbol.name, file, uri) }
      })
  }

  private static func tree(_ symbol: DeclaredSymbol, _ file: OpenFile) -> JSONOutput {
    let isWord = symbol.kind == DeclaredSymbol.Kind.enumMember && symbol.detail.isEmpty
    let whole = isWord ? symbol.nameSpan : file.tree.span(of: symbol.node)
    return .fields([
      "name": .string(symbol.name),
      "detail": symbol.detail.isEmpty ? nil : .string(symbol.detail),
      "kind": .integer(symbol.kind),
      "range": file.range(whole),
      "selectionRange": file.range(symbol.nameSpan),
      "children": symbol.children.isEmpty ? nil : .array(symbol.children.map { tree($0, file) }),
    ])
  }

  private static func flat(
    _ symbol: DeclaredSymbol, _ container: String?, _ file: OpenFile, _ uri: String
  ) -> JSONOutput {
    .fields([
      "name": .string(symbol.name), "kind": .integer(symbol.kind),
      "location": .fields(["uri": .string(uri), "range": file.range(symbol.nameSpan)]),
      "containerName": container.map { .string($0) },
    ])
  }
}
