import TractatusCompiler
import TractatusSource

/// The open documents, and the projects that they are part of.
final class Workspace {
  private let environment: ServerEnvironment
  /// What positions are counted in.
  var encoding = PositionEncoding.utf16
  /// The open documents, by the names of their sources.
  private(set) var documents: [String: Document] = [:]
  /// The projects, those with roots first.
  private(set) var projects: [Project] = []
  /// Projects of which something changed since their diagnostics were published, in the order of
  /// the changes.
  private(set) var changed: [Project] = []

  init(_ environment: ServerEnvironment) {
    self.environment = environment
  }

  /// The files of the built-in packages.
  var builtIns: [BuiltInFile] { environment.builtIns }

  // MARK: Projects

  /// Makes the projects: one of what was named when the server was started, else one of each folder
  /// of the workspace.
  func open(folders: [String], rules: [String]) {
    let named = environment.rules.isEmpty ? rules : environment.rules
    projects.removeAll()
    if !named.isEmpty {
      let packs = Set(environment.builtIns.map(\.package))
      projects = [
        Project(
          roots: named.filter { !packs.contains($0) }
            .map { $0.hasPrefix("/") ? $0 : (folders.first ?? "") + "/" + $0 },
          folders: folders, packages: named.filter { packs.contains($0) }, environment: environment)
      ]
    } else {
      projects = folders.map {
        Project(roots: [root($0)], folders: [$0], packages: [], environment: environment)
      }
    }
    for project in projects { note(project) }
  }

  /// The rules of a folder of the workspace: its folder `rules`, else all of it.
  private func root(_ folder: String) -> String {
    let rules = folder + "/rules"
    return environment.isFolder(rules) ? rules : folder
  }

  /// The project of a source; made where it has none.
  func project(of name: String) -> Project {
    if let project = projects.first(where: { $0.contains(name) }) { return project }
    let project = Project(lone: name, environment: environment)
    projects.append(project)
    return project
  }

  private func note(_ project: Project) {
    if !changed.contains(where: { $0 === project }) { changed.append(project) }
  }

  /// Takes the project that changed first.
  func takeChanged() -> Project? {
    changed.isEmpty ? nil : changed.removeFirst()
  }

  /// Puts a project back, because it is not yet done with.
  func putBack(_ project: Project) {
    if !changed.contains(where: { $0 === project }) { changed.insert(project, at: 0) }
  }

  /// Notes that files changed on disk.
  func filesChanged() {
    for project in projects where project.loneName == nil {
      project.forgetFiles()
      note(project)
    }
  }

  // MARK: Documents

  /// The name of the source that a URI is.
  func name(of uri: String) -> String { DocumentURI.path(of: uri) ?? uri }

  /// The URI of a source, as the editor spells it where it is open; nil for what is built in.
  func uri(of name: String) -> String? {
    if let document = documents[name] { return document.uri }
    return name.hasPrefix("/") ? DocumentURI.uri(of: name) : nil
  }

  /// The document of a URI.
  func document(_ uri: String) -> Document? { documents[name(of: uri)] }

  /// Opens a document, or opens it anew.
  func open(_ uri: String, version: Int, text: [UInt8]) {
    let name = name(of: uri)
    documents[name] = Document(
      uri: uri, name: name, version: version, text: DocumentText(text, encoding: encoding))
    textChanged(name)
  }

  /// Changes a document's text, edit by edit.
  func change(
    _ uri: String, version: Int?, _ edits: [(range: (Position, Position)?, text: [UInt8])]
  ) {
    let name = name(of: uri)
    guard documents[name] != nil else { return }
    for edit in edits { documents[name]?.text.replace(edit.range, with: edit.text) }
    if let version { documents[name]?.version = version }
    textChanged(name)
  }

  /// Closes a document; what is on disk counts again.
  func close(_ uri: String) {
    let name = name(of: uri)
    guard documents.removeValue(forKey: name) != nil else { return }
    let project = project(of: name)
    if project.loneName != nil {
      projects.removeAll { $0 === project }
      changed.removeAll { $0 === project }
    } else {
      project.forgetFiles()
      note(project)
    }
  }

  private func textChanged(_ name: String) {
    let project = project(of: name)
    project.invalidate()
    note(project)
  }

  /// What is known of the project of a source.
  func analysis(of name: String) -> Analysis {
    project(of: name).analyse(documents, encoding: encoding)
  }
}
