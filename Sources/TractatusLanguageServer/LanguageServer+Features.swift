import TractatusSource

extension LanguageServer {
  // MARK: Life

  /// `initialize`.
  func initialise(_ params: JSONView) -> JSONOutput {
    state = .running
    client = ClientCapabilities(params["capabilities"])
    workspace.encoding = client.encoding
    var folders = (params["workspaceFolders"]?.elements ?? []).compactMap { $0["uri"]?.string }
    if folders.isEmpty, let root = params["rootUri"]?.string { folders = [root] }
    var paths = folders.compactMap(DocumentURI.path)
    if paths.isEmpty, let root = params["rootPath"]?.string { paths = [root] }
    paths = paths.map { $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    let options = params["initializationOptions"]
    let rules = options?["rules"]?.elements.compactMap(\.string) ?? []
    publisher.pages = options?["pages"]?.string
    workspace.open(folders: paths, rules: rules)
    return .fields([
      "capabilities": capabilities,
      "serverInfo": .fields(["name": "tractatus", "version": .string(environment.version)]),
    ])
  }

  private var capabilities: JSONOutput {
    .fields([
      "positionEncoding": .string(client.encoding.rawValue),
      "textDocumentSync": .fields([
        "openClose": true, "change": 2, "save": .fields(["includeText": false]),
      ]),
      "completionProvider": .fields(["triggerCharacters": .array(["."])]),
      "hoverProvider": true,
      "definitionProvider": true,
      "referencesProvider": true,
      "documentHighlightProvider": true,
      "documentSymbolProvider": true,
      "workspaceSymbolProvider": true,
      "documentFormattingProvider": true,
      "documentRangeFormattingProvider": true,
      "foldingRangeProvider": true,
      "selectionRangeProvider": true,
      "renameProvider": .fields(["prepareProvider": true]),
      "codeActionProvider": client.hasActionLiterals
        ? .fields(["codeActionKinds": .array(["quickfix", "source.fixAll"])]) : true,
      "semanticTokensProvider": .fields([
        "legend": SemanticTokenLegend.output, "range": true,
        "full": .fields(["delta": true]),
      ]),
    ])
  }

  /// `initialized`: asks to be told of rule files that change on disk.
  private func initialised() {
    guard client.watchesFiles else { return }
    let watchers = ["**/*\(Project.suffix)", "**/\(Project.configurationName)"].map {
      JSONOutput.fields(["globPattern": .string($0)])
    }
    let registration = JSONOutput.fields([
      "id": "rule-files", "method": "workspace/didChangeWatchedFiles",
      "registerOptions": .fields(["watchers": .array(watchers)]),
    ])
    ask("client/registerCapability", .fields(["registrations": .array([registration])]))
  }

  // MARK: Notifications

  /// Does what a notification says; one that nobody knows is passed over.
  func noticeFeature(_ method: String, _ params: JSONView) {
    let uri = params["textDocument"]?["uri"]?.string
    switch method {
    case "initialized": initialised()
    case "textDocument/didOpen":
      guard let uri, let text = params["textDocument"]?["text"]?.bytes else { return }
      workspace.open(uri, version: params["textDocument"]?["version"]?.integer ?? 0, text: text)
    case "textDocument/didChange":
      guard let uri else { return }
      workspace.change(
        uri, version: params["textDocument"]?["version"]?.integer,
        (params["contentChanges"]?.elements ?? []).compactMap { change in
          change["text"]?.bytes.map { (change["range"]?.range, $0) }
        })
    case "textDocument/didClose":
      guard let uri else { return }
      sentTokens[uri] = nil
      workspace.close(uri)
      publisher.close(uri, workspace) { notify("textDocument/publishDiagnostics", $0) }
    case "textDocument/didSave", "workspace/didChangeWatchedFiles": workspace.filesChanged()
    default: break
    }
  }

  // MARK: Requests

  /// Answers a request of a running server.
  func answerFeature(_ method: String, _ params: JSONView) throws(ResponseError) -> JSONOutput {
    if method == "workspace/symbol" {
      return WorkspaceSymbols.find(params["query"]?.string ?? "", workspace)
    }
    guard Self.documentMethods.contains(method) else {
      throw ResponseError(.methodNotFound, "there is no method `\(method)`")
    }
    guard let uri = params["textDocument"]?["uri"]?.string else {
      throw ResponseError(.invalidParams, "`\(method)` needs a `textDocument`")
    }
    guard workspace.document(uri) != nil, let file = OpenFile(workspace, uri: uri) else {
      throw .noDocument
    }
    switch method {
    case "textDocument/formatting": return Formatting.edits(file)
    case "textDocument/rangeFormatting":
      guard let range = params["range"]?.range else { throw Self.noRange }
      return Formatting.edits(file, within: range)
    case "textDocument/documentSymbol":
      return DocumentSymbols.list(file, isTree: client.hasSymbolTrees, uri: uri)
    case "textDocument/foldingRange": return FoldingRanges.list(file)
    case "textDocument/selectionRange":
      return SelectionRanges.list(
        file, (params["positions"]?.elements ?? []).compactMap(Position.init))
    case "textDocument/codeAction":
      guard let range = params["range"]?.range else { throw Self.noRange }
      let only = params["context"]?["only"]?.elements.compactMap(\.string)
      return CodeActions.list(self, file, uri: uri, range: range, only: only)
    case "textDocument/semanticTokens/full", "textDocument/semanticTokens/full/delta",
      "textDocument/semanticTokens/range":
      return semanticTokens(method, params, file, uri)
    default: break
    }
    guard let position = Position(params["position"]) else {
      throw ResponseError(.invalidParams, "`\(method)` needs a `position`")
    }
    return try answer(method, params, file, at: file.text.offset(of: position))
  }

  private func answer(
    _ method: String, _ params: JSONView, _ file: OpenFile, at offset: Int
  ) throws(ResponseError) -> JSONOutput {
    switch method {
    case "textDocument/hover": return Hover.show(file, at: offset, isMarkdown: client.readsMarkdown)
    case "textDocument/definition": return Definition.find(file, at: offset)
    case "textDocument/references":
      let isWithDeclaration = params["context"]?["includeDeclaration"]?.bool ?? true
      return References.find(file, at: offset, isWithDeclaration: isWithDeclaration)
    case "textDocument/documentHighlight": return References.highlight(file, at: offset)
    case "textDocument/prepareRename": return try Rename.prepare(file, at: offset)
    case "textDocument/rename":
      guard let name = params["newName"]?.string else {
        throw ResponseError(.invalidParams, "a rename needs `newName`")
      }
      return try Rename.edit(
        file, at: offset, to: name, hasDocumentChanges: client.hasDocumentChanges)
    default: return Completion.list(file, at: offset)
    }
  }

  private static let noRange = ResponseError(.invalidParams, "the request needs a `range`")

  private static let documentMethods: Set<String> = [
    "textDocument/formatting", "textDocument/rangeFormatting", "textDocument/documentSymbol",
    "textDocument/foldingRange", "textDocument/selectionRange", "textDocument/codeAction",
    "textDocument/semanticTokens/full", "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range", "textDocument/hover", "textDocument/definition",
    "textDocument/references", "textDocument/documentHighlight", "textDocument/prepareRename",
    "textDocument/rename", "textDocument/completion",
  ]
}
