import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// A rule file as it was found, not yet parsed.
package struct RuleFile: Sendable {
  /// The name that diagnostics and reports show, usually its path.
  package var name: String
  /// Its content.
  package var bytes: [UInt8]
  /// The rules root under which it was found; files of one package lie under one.
  package var rulesRoot: Int
  /// Whether the user named this very file, not only a folder above it.
  package var isNamed: Bool
  /// The SHA-256 of the content, 32 bytes, where it is known already.
  package var digest: [UInt8]?
  /// Makes a file.
  package init(name: String, bytes: [UInt8], rulesRoot: Int = 0, isNamed: Bool = false) {
    self.name = name
    self.bytes = bytes
    self.rulesRoot = rulesRoot
    self.isNamed = isNamed
  }
}

/// A file of a built-in package.
package struct BuiltInFile: Sendable {
  /// The package, such as `tractatus.core`.
  package var package: String
  /// The name that diagnostics and reports show, such as `tractatus/core.tract`.
  package var name: String
  /// Its content.
  package var bytes: [UInt8]
  /// The SHA-256 of the content, 32 bytes, where it is known already.
  package var digest: [UInt8]?
  /// Makes a file.
  package init(package: String, name: String, bytes: [UInt8], digest: [UInt8]? = nil) {
    self.package = package
    self.name = name
    self.bytes = bytes
    self.digest = digest
  }
}

/// The files of one policy, parsed: what the user gave and the built-in packages that it uses.
package struct LoadedPolicy: Sendable {
  /// Every source, in the order of their ids.
  package var sources: SourceSet
  /// The files that make the policy.
  package var files: [ParsedFile]
  /// What is wrong with the choice of files.
  package var diagnostics: [Diagnostic]
  /// The sources whose examples and tests are the user's own: not those of built-in packages, but
  /// for copies that the user named.
  package var testedSources: Set<SourceID>
  /// The packages that could be used without a file of their own, ascending.
  package var builtInPackages: [String] = []
  /// Instructions that are read into rules of these packages.
  package var instructions: InstructionSource?
}

/// Decides which files make a policy.
///
/// A package `tractatus.…` is built in: it loads when it is used, directly or through another, or
/// named. A file of one in a rules folder is a copy: it must be the built-in byte for byte and
/// loads only then, unless copies take the built-in's place.
package struct PolicyLoader {
  private let builtIns: [BuiltInFile]
  private let copiesReplaceBuiltIns: Bool
  private var loaded: LoadedPolicy
  /// Files of built-in packages that folders hold, by package.
  private var copies: [String: [(tree: SyntaxTree, rulesRoot: Int)]] = [:]
  private var wanted: [String] = []
  private var isWanted: Set<String> = []

  /// Loads a policy.
  ///
  /// Sources get their ids in the order of their names, user's files first, so that the order in
  /// which they were found is not seen.
  /// - Parameters:
  ///   - files: the user's files.
  ///   - builtIns: every file of every built-in package.
  ///   - packages: built-in packages that the user named.
  ///   - copiesReplaceBuiltIns: whether a file of a built-in package takes its place, as `check`,
  ///     `lint` and `test` have it; else one that differs is an error.
  ///   - parse: gives the tree of a source; whoever loads again and again keeps those of files
  ///     that stay the same.
  package static func load(
    _ files: [RuleFile], builtIns: [BuiltInFile] = [], packages: [String] = [],
    copiesReplaceBuiltIns: Bool = false,
    parse: (SourceText) -> SyntaxTree = { Parser.parse($0) }
  ) -> LoadedPolicy {
    var loader = PolicyLoader(builtIns, copiesReplaceBuiltIns: copiesReplaceBuiltIns)
    let sorted = files.sorted {
      $0.name != $1.name
        ? $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) : $0.rulesRoot < $1.rulesRoot
    }
    for file in sorted { loader.add(file, parse) }
    for package in packages { loader.want(package) }
    var next = 0
    while next < loader.wanted.count {
      loader.loadBuiltIn(loader.wanted[next], parse)
      next += 1
    }
    for file in loader.builtIns where loader.loaded.builtInPackages.last != file.package {
      loader.loaded.builtInPackages.append(file.package)
    }
    return loader.loaded
  }

  /// Adds the files of built-in packages that files use, directly or through another, and that are
  /// not among them, at the end of the sources.
  package static func complete(
    _ files: inout [ParsedFile], sources: inout SourceSet, from builtIns: [BuiltInFile]
  ) {
    var present: Set<String> = []
    for file in files {
      present.insert(FileView(file.tree, file.tree.root)?.policy?.path?.joined ?? "")
    }
    var next = 0
    while next < files.count {
      let tree = files[next].tree
      next += 1
      for child in tree.children(of: tree.root) {
        guard let name = UseView(tree, child)?.path?.joined, present.insert(name).inserted else {
          continue
        }
        for file in builtIns where file.package == name {
          let source = sources.add(name: file.name, bytes: file.bytes)
          var parsed = ParsedFile(parsing: source, rulesRoot: -1, isBuiltIn: true)
          parsed.digest = file.digest
          files.append(parsed)
        }
      }
    }
  }

  private init(_ builtIns: [BuiltInFile], copiesReplaceBuiltIns: Bool) {
    self.builtIns = builtIns.sorted {
      ($0.package, $0.name) < ($1.package, $1.name)
    }
    self.copiesReplaceBuiltIns = copiesReplaceBuiltIns
    loaded = LoadedPolicy(sources: SourceSet(), files: [], diagnostics: [], testedSources: [])
  }

  private static func isBuiltInName(_ package: String) -> Bool {
    package == "tractatus" || package.utf8.starts(with: "tractatus.".utf8)
  }

  private mutating func want(_ package: String) {
    if isWanted.insert(package).inserted { wanted.append(package) }
  }

  private mutating func add(_ file: RuleFile, _ parse: (SourceText) -> SyntaxTree) {
    let source = loaded.sources.add(name: file.name, bytes: file.bytes)
    let tree = parse(source)
    guard let view = FileView(tree, tree.root), let path = view.policy?.path,
      Self.isBuiltInName(path.joined)
    else {
      append(tree, rulesRoot: file.rulesRoot, isBuiltIn: false, digest: file.digest)
      loaded.testedSources.insert(source.id)
      return
    }
    let package = path.joined
    let originals = builtIns.filter { $0.package == package }
    if file.isNamed { want(package) }
    if originals.isEmpty {
      loaded.diagnostics.append(
        Diagnostic(
          .unknownBuiltIn,
          "there is no built-in package `\(package)`, and names that begin with `tractatus` are "
            + "theirs",
          at: path.span))
    } else if copiesReplaceBuiltIns {
      copies[package, default: []].append((tree, file.rulesRoot))
      if file.isNamed { loaded.testedSources.insert(source.id) }
    } else if !originals.contains(where: { $0.bytes == file.bytes }) {
      loaded.diagnostics.append(
        Diagnostic(
          .builtInDiffers,
          "this file differs from the built-in package `\(package)`, by which decisions are made",
          at: path.span,
          notes: ["Rules of your own go into a package of your own that uses this one."]))
    }
  }

  private mutating func append(
    _ tree: SyntaxTree, rulesRoot: Int, isBuiltIn: Bool, digest: [UInt8]? = nil
  ) {
    var file = ParsedFile(tree: tree, rulesRoot: rulesRoot, isBuiltIn: isBuiltIn)
    file.digest = digest
    loaded.files.append(file)
    for child in tree.children(of: tree.root) {
      guard let use = UseView(tree, child), let path = use.path else { continue }
      if Self.isBuiltInName(path.joined) { want(path.joined) }
    }
  }

  /// Loads a built-in package once; one that is not there is left to the checker to report.
  private mutating func loadBuiltIn(_ package: String, _ parse: (SourceText) -> SyntaxTree) {
    if let copies = copies[package] {
      for copy in copies { append(copy.tree, rulesRoot: copy.rulesRoot, isBuiltIn: true) }
      return
    }
    for file in builtIns where file.package == package {
      let source = loaded.sources.add(name: file.name, bytes: file.bytes)
      append(parse(source), rulesRoot: -1, isBuiltIn: true, digest: file.digest)
    }
  }
}
