/// What the editor says that it can do (LSP 3.17, *ClientCapabilities*).
struct ClientCapabilities {
  var encoding = PositionEncoding.utf16
  var readsMarkdown = false
  var hasSymbolTrees = false
  var hasDocumentChanges = false
  var hasRelatedInformation = false
  var hasCodeDescriptions = false
  var hasActionLiterals = false
  var watchesFiles = false
  /// Folders alone are not enough for lines: `lineFoldingOnly`.
  var foldsLines = false

  init() {}

  init(_ json: JSONView?) {
    guard let json else { return }
    let document = json["textDocument"]
    let encodings = json["general"]?["positionEncodings"]?.elements.compactMap(\.string) ?? []
    if encodings.contains(PositionEncoding.utf8.rawValue) { encoding = .utf8 }
    let formats = document?["hover"]?["contentFormat"]?.elements.compactMap(\.string) ?? []
    readsMarkdown = formats.contains("markdown")
    hasSymbolTrees =
      document?["documentSymbol"]?["hierarchicalDocumentSymbolSupport"]?.bool ?? false
    hasDocumentChanges = json["workspace"]?["workspaceEdit"]?["documentChanges"]?.bool ?? false
    let diagnostics = document?["publishDiagnostics"]
    hasRelatedInformation = diagnostics?["relatedInformation"]?.bool ?? false
    hasCodeDescriptions = diagnostics?["codeDescriptionSupport"]?.bool ?? false
    hasActionLiterals = document?["codeAction"]?["codeActionLiteralSupport"] != nil
    watchesFiles =
      json["workspace"]?["didChangeWatchedFiles"]?["dynamicRegistration"]?.bool ?? false
    foldsLines = document?["foldingRange"]?["lineFoldingOnly"]?.bool ?? false
  }
}
