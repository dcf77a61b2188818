/// `workspace/symbol`.
enum WorkspaceSymbols {
  /// The most symbols that are listed.
  static let limit = 1_000

  /// The declarations of all projects whose names hold the query's characters in their order,
  /// whatever their case.
  static func find(_ query: String, _ workspace: Workspace) -> JSONOutput {
    let wanted = folded(query)
    var found: [JSONOutput] = []
    for project in workspace.projects {
      let analysis = project.analyse(workspace.documents, encoding: workspace.encoding)
      for number in analysis.files.indices {
        guard let file = OpenFile(workspace, analysis, number),
          workspace.uri(of: file.tree.source.name) != nil
        else { continue }
        for symbol in DeclaredSymbol.all(of: file.tree) {
          for (entry, container) in [(symbol, file.package)]
            + symbol.children.map({ ($0, symbol.name) })
          where holds(folded(entry.name), wanted) {
            if found.count == limit { return .array(found) }
            guard let location = file.location(entry.nameSpan) else { continue }
            found.append(
              .fields([
                "name": .string(entry.name), "kind": .integer(entry.kind), "location": location,
                "containerName": .string(container),
              ]))
          }
        }
      }
    }
    return .array(found)
  }

  private static func folded(_ text: String) -> [UInt8] {
    text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
  }

  private static func holds(_ name: [UInt8], _ wanted: [UInt8]) -> Bool {
    var next = 0
    for byte in name where next < wanted.count && byte == wanted[next] { next += 1 }
    return next == wanted.count
  }
}
