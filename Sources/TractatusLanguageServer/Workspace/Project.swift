import TractatusCompiler
import TractatusLinter
import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// The rule files that are one policy: those below some roots, or one document alone.
final class Project {
  /// How the names of rule files end.
  static let suffix = ".tract"
  /// The configuration of the linter.
  static let configurationName = ".tractatus-lint"

  /// Folders and files, absolute; none for a document alone.
  let roots: [String]
  /// The folders of the workspace that it belongs to, which may hold a configuration as well.
  let folders: [String]
  /// Built-in packages that were named.
  let packages: [String]
  /// The document that it is about, where it has no roots.
  let loneName: String?
  private let environment: ServerEnvironment
  /// The files on disk, by path.
  private var disk: [String: [UInt8]] = [:]
  private var isListed = false
  /// The trees of sources as they were parsed last, by id.
  private var trees: [UInt32: SyntaxTree] = [:]
  private let memory = CheckMemory()
  private(set) var configuration = LintConfiguration()
  /// What people should know of its files: those that cannot be read, mistakes of configuration.
  private(set) var problems: [String] = []
  /// What was found for the texts as they are; nil where something changed.
  private(set) var analysis: Analysis?

  init(
    roots: [String], folders: [String], packages: [String], environment: ServerEnvironment
  ) {
    (self.roots, self.folders, self.packages, loneName) = (roots, folders, packages, nil)
    self.environment = environment
  }

  /// A document that lies below no root.
  init(lone name: String, environment: ServerEnvironment) {
    (roots, folders, packages, loneName) = ([], [], [], name)
    self.environment = environment
  }

  /// Whether a source is part of it.
  func contains(_ name: String) -> Bool {
    if let loneName { return name == loneName }
    return root(of: name) != nil
  }

  /// The first root that a path is, or lies below.
  private func root(of name: String) -> Int? {
    roots.firstIndex { root in
      name == root
        || (name.hasPrefix(root.hasSuffix("/") ? root : root + "/"))
          && name.hasSuffix(Self.suffix)
    }
  }

  /// Notes that a text changed.
  func invalidate() { analysis = nil }

  /// Notes that files changed on disk.
  func forgetFiles() {
    isListed = false
    analysis = nil
  }

  private func list() {
    isListed = true
    disk.removeAll()
    problems.removeAll()
    for root in roots {
      var paths = [root]
      if environment.isFolder(root) {
        switch environment.ruleFiles(root) {
        case .success(let found): paths = found
        case .failure(let problem):
          problems.append(problem.message)
          paths = []
        }
      }
      for path in paths where disk[path] == nil {
        disk[path] = environment.read(path)
        if disk[path] == nil { problems.append("`\(path)` cannot be read") }
      }
    }
    configure()
  }

  /// Reads the first configuration that there is: in a root, then in a folder of the workspace.
  private func configure() {
    configuration = LintConfiguration()
    for folder in roots + folders {
      let path = folder + "/" + Self.configurationName
      guard let text = environment.read(path) else { continue }
      var mistakes: [LintConfiguration.Problem] = []
      configuration = LintConfiguration(reading: text, problems: &mistakes)
      problems += mistakes.map { "\(path):\($0.line): \($0.message)" }
      return
    }
  }

  /// Reads, parses and checks what changed; with the texts of open documents in the place of those
  /// on disk. The trees of all other files are those of before.
  func analyse(_ documents: [String: Document], encoding: PositionEncoding) -> Analysis {
    if let analysis { return analysis }
    if !isListed { list() }
    var files: [RuleFile] = []
    for (path, bytes) in disk where documents[path] == nil {
      files.append(RuleFile(name: path, bytes: bytes, rulesRoot: root(of: path) ?? 0))
    }
    for (name, document) in documents where contains(name) {
      files.append(
        RuleFile(
          name: name, bytes: document.text.bytes, rulesRoot: root(of: name) ?? 0, isNamed: true))
    }
    let policy = PolicyLoader.load(
      files, builtIns: environment.builtIns, packages: packages, copiesReplaceBuiltIns: true,
      parse: { self.parse($0) })
    trees = trees.filter { policy.sources[SourceID(rawValue: $0.key)] != nil }
    let made = Analysis(Compilation.check(policy, memory: memory), encoding: encoding)
    analysis = made
    return made
  }

  private func parse(_ source: SourceText) -> SyntaxTree {
    if let tree = trees[source.id.rawValue], tree.source.name == source.name,
      tree.source.bytes == source.bytes
    {
      return tree
    }
    let tree = Parser.parse(source)
    trees[source.id.rawValue] = tree
    return tree
  }
}
