import TractatusSource

/// `textDocument/definition`.
enum Definition {
  /// Where what a name stands for is declared; null for what is built in.
  static func find(_ file: OpenFile, at offset: Int) -> JSONOutput {
    guard let use = file.names.use(at: offset, inFile: file.number) else { return .null }
    var found: [JSONOutput] = []
    for thing in use.things {
      if case .element(_, let start) = thing {
        if let declared = file.names.uses(ofFile: file.number)
          .first(where: { $0.isDeclaration && $0.start == start })
        {
          let span = SourceSpan(
            source: file.tree.source.id, start: declared.start, end: declared.end)
          if let location = file.location(span) { found.append(location) }
        }
        continue
      }
      for site in file.names.sites[thing] ?? [] {
        let source = file.analysis.files[site.file].source.id
        let span = SourceSpan(source: source, start: site.start, end: site.end)
        if let location = file.location(span) { found.append(location) }
      }
    }
    return found.isEmpty ? .null : .array(found)
  }
}
