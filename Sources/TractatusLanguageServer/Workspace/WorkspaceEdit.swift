import TractatusSource

/// Changes of several documents.
enum WorkspaceEdit {
  /// The edits by document; nil where one is of no document.
  static func output(
    _ edits: [SourceEdit], _ analysis: Analysis, _ workspace: Workspace, hasDocumentChanges: Bool
  ) -> JSONOutput? {
    var lists: [(uri: String, version: Int?, edits: [JSONOutput])] = []
    for edit in edits.sorted(by: { $0.span < $1.span }) {
      guard let source = analysis.checked.result.sources[edit.span.source],
        let uri = workspace.uri(of: source.name), let text = analysis.text(of: source.id)
      else { return nil }
      if lists.last?.uri != uri {
        lists.append((uri, workspace.documents[source.name]?.version, []))
      }
      lists[lists.count - 1].edits.append(
        .fields([
          "range": text.range(Int(edit.span.start), Int(edit.span.end)),
          "newText": .string(edit.replacement),
        ]))
    }
    if hasDocumentChanges {
      let changes = lists.map { list in
        JSONOutput.fields([
          "textDocument": .fields([
            "uri": .string(list.uri), "version": list.version.map { .integer($0) } ?? .null,
          ]),
          "edits": .array(list.edits),
        ])
      }
      return .fields(["documentChanges": .array(changes)])
    }
    let members = lists.map { JSONOutput.Member(key: $0.uri, value: .array($0.edits)) }
    return .fields(["changes": .object(members)])
  }
}
