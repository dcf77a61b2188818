import TractatusFormat
import TractatusLinter
import TractatusSource

/// `textDocument/codeAction`: the fix-its of diagnostics and findings, and `source.fixAll`.
enum CodeActions {
  /// The actions for a range, of the kinds that are wanted.
  static func list(
    _ server: LanguageServer, _ file: OpenFile, uri: String, range: (Position, Position),
    only: [String]?
  ) -> JSONOutput {
    guard server.client.hasActionLiterals else { return .array([]) }
    let project = server.workspace.project(of: server.workspace.name(of: uri))
    if file.analysis.findings == nil {
      file.analysis.lint(project.configuration, today: server.environment.today())
    }
    var actions: [JSONOutput] = []
    if only?.contains(where: { "quickfix" == $0 || $0.isEmpty }) ?? true {
      actions += fixes(server, file, range)
    }
    if only?.contains(where: { $0 == "source" || $0.hasPrefix("source.fixAll") }) ?? false,
      let action = fixAll(server, file, uri, project.configuration)
    {
      actions.append(action)
    }
    return .array(actions)
  }

  private static func fixes(
    _ server: LanguageServer, _ file: OpenFile, _ range: (Position, Position)
  ) -> [JSONOutput] {
    let (start, end) = (file.text.offset(of: range.0), file.text.offset(of: range.1))
    var actions: [JSONOutput] = []
    for entry in file.analysis.entries where entry.span.source == file.tree.source.id {
      guard Int(entry.span.start) <= max(start, end), Int(entry.span.end) >= min(start, end) else {
        continue
      }
      for fix in entry.fixIts {
        guard
          let edit = WorkspaceEdit.output(
            fix.edits, file.analysis, file.workspace,
            hasDocumentChanges: server.client.hasDocumentChanges),
          let diagnostic = server.publisher.diagnostic(
            entry, file.analysis, file.workspace, server.client)
        else { continue }
        // One that may change a decision, or is one of several, is nobody's choice but people's.
        let isSure =
          entry.fixIts.count == 1 && !fix.title.hasSuffix("(may change a decision)")
        actions.append(
          .fields([
            "title": .string(fix.title), "kind": "quickfix", "diagnostics": .array([diagnostic]),
            "isPreferred": isSure ? true : nil, "edit": edit,
          ]))
      }
    }
    return actions
  }

  /// Applies every fix of the linter that changes no decision, round by round.
  private static func fixAll(
    _ server: LanguageServer, _ file: OpenFile, _ uri: String,
    _ configuration: LintConfiguration
  ) -> JSONOutput? {
    let fixing = FixAll(file.analysis, file.number, configuration, server.environment.today())
    guard let bytes = fixing.bytes else { return nil }
    let edits = Formatting.edits(from: file.text, to: bytes)
    let version = file.workspace.document(uri)?.version
    let edit: JSONOutput =
      server.client.hasDocumentChanges
      ? .fields([
        "documentChanges": .array([
          .fields([
            "textDocument": .fields([
              "uri": .string(uri), "version": version.map { .integer($0) } ?? .null,
            ]),
            "edits": edits,
          ])
        ])
      ])
      : .fields(["changes": .object([JSONOutput.Member(key: uri, value: edits)])])
    return .fields([
      "title": "apply all fixes that change no decision", "kind": "source.fixAll", "edit": edit,
    ])
  }
}
