import TractatusSource

/// Says what is wrong, document by document, and says it again only where it changed.
struct DiagnosticPublisher {
  /// What was said last, by URI.
  private var published: [String: (version: Int?, list: JSONOutput)] = [:]
  /// Where the pages of the lint rules are; nil where nobody said.
  var pages: String?

  /// Publishes what the analysis of a project found.
  mutating func publish(
    _ analysis: Analysis, _ project: Project, _ workspace: Workspace, _ client: ClientCapabilities,
    send: (JSONOutput) -> Void
  ) {
    for uri in published.keys.sorted() {
      let name = workspace.name(of: uri)
      guard project.contains(name), analysis.fileNumber(name) == nil else { continue }
      published[uri] = nil
      send(.fields(["uri": .string(uri), "diagnostics": .array([])]))
    }
    var lists: [SourceID: [JSONOutput]] = [:]
    for entry in analysis.entries {
      guard let list = diagnostic(entry, analysis, workspace, client) else { continue }
      lists[entry.span.source, default: []].append(list)
    }
    for source in analysis.checked.result.sources.sources {
      guard let uri = workspace.uri(of: source.name) else { continue }
      let version = workspace.documents[source.name]?.version
      let list = JSONOutput.array(lists[source.id] ?? [])
      let before = published[uri]
      if version == nil, before == nil, list == .array([]) { continue }
      if let before, before.version == version, before.list == list { continue }
      published[uri] = (version, list)
      send(
        .fields([
          "uri": .string(uri), "version": version.map { .integer($0) }, "diagnostics": list,
        ]))
    }
  }

  /// Takes back what was said of a document that is closed and belongs to no project any more.
  mutating func close(_ uri: String, _ workspace: Workspace, send: (JSONOutput) -> Void) {
    let name = workspace.name(of: uri)
    guard !workspace.projects.contains(where: { $0.contains(name) }),
      published.removeValue(forKey: uri) != nil
    else { return }
    send(.fields(["uri": .string(uri), "diagnostics": .array([])]))
  }

  /// One diagnostic; nil for one of a source that is not there.
  func diagnostic(
    _ entry: ReportEntry, _ analysis: Analysis, _ workspace: Workspace,
    _ client: ClientCapabilities
  ) -> JSONOutput? {
    guard let text = analysis.text(of: entry.span.source) else { return nil }
    var message = entry.message
    var related: [JSONOutput] = []
    for label in entry.secondary {
      guard client.hasRelatedInformation,
        let location = location(label.span, analysis, workspace)
      else { continue }
      related.append(.fields(["location": location, "message": .string(label.label)]))
    }
    for note in entry.notes { message += "\n" + note }
    let isUnused = entry.rule?.hasPrefix("unused-") ?? false
    return .fields([
      "range": text.range(Int(entry.span.start), Int(entry.span.end)),
      "severity": .integer(entry.severity == .error ? 1 : entry.severity == .warning ? 2 : 3),
      "code": .string(entry.code),
      "codeDescription": client.hasCodeDescriptions ? page(entry) : nil,
      "source": .string(entry.rule.map { "tractatus \($0)" } ?? "tractatus"),
      "message": .string(message),
      "tags": isUnused ? .array([1]) : nil,
      "relatedInformation": related.isEmpty ? nil : .array(related),
    ])
  }

  /// Where the page of a lint rule is.
  private func page(_ entry: ReportEntry) -> JSONOutput? {
    guard let pages, let rule = entry.rule else { return nil }
    var code = ""
    for byte in entry.code.lowercased().utf8 { code.unicodeScalars.append(Unicode.Scalar(byte)) }
    return .fields(["href": .string("\(pages)#\(code)-\(rule)")])
  }

  private func location(
    _ span: SourceSpan, _ analysis: Analysis, _ workspace: Workspace
  ) -> JSONOutput? {
    guard let source = analysis.checked.result.sources[span.source],
      let uri = workspace.uri(of: source.name), let text = analysis.text(of: span.source)
    else { return nil }
    return .fields(["uri": .string(uri), "range": text.range(Int(span.start), Int(span.end))])
  }
}

extension LanguageServer {
  /// Goes one stage on with the project that changed first: checking, then the linter, then
  /// lowering and the examples. In between whoever runs the server looks for input.
  func workOutDiagnostics() {
    guard let project = workspace.takeChanged() else { return }
    guard let analysis = project.analysis else {
      _ = project.analyse(workspace.documents, encoding: workspace.encoding)
      workspace.putBack(project)
      return
    }
    if analysis.findings == nil {
      analysis.lint(project.configuration, today: environment.today())
      publish(analysis, project)
      if !analysis.checked.result.hasErrors { workspace.putBack(project) }
      return
    }
    if analysis.late == nil { analysis.finish(environment.examples) }
    publish(analysis, project)
  }

  private func publish(_ analysis: Analysis, _ project: Project) {
    publisher.publish(analysis, project, workspace, client) {
      notify("textDocument/publishDiagnostics", $0)
    }
    for problem in project.problems where toldProblems.insert(problem).inserted {
      notify("window/showMessage", .fields(["type": 2, "message": .string(problem)]))
    }
  }
}
