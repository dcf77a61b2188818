import TractatusCompiler
import TractatusRulePacks
import TractatusSource
import TractatusSyntax

/// Why rules could not be read, in a sentence that starts in lower case.
struct RuleProblem: Error, Equatable {
  var message: String
}

/// Reads the rule files that the values of `--rules` name.
struct RuleReader {
  /// What the rules are read for.
  enum Purpose {
    /// Files of `tractatus.*` must be the built-in ones.
    case deciding
    /// Files of `tractatus.*` take the built-in ones' place.
    case authoring
  }

  /// The largest rule file: 4 MiB.
  static let fileLimit = SourceText.byteCountLimit
  /// The folder that is taken when none is named.
  static let defaultFolder = "rules"
  /// The pack that is taken when there is no such folder.
  static let defaultPack = "tractatus.core"
  /// How the names of rule files end.
  static let suffix = ".tract"

  private let purpose: Purpose
  private var files: [RuleFile] = []
  private var packages: [String] = []
  /// Where folders hold built-in files, by the files' own paths.
  private var copies: [String: String] = [:]

  /// The files that the values name, or the default without any, and the built-in packages that
  /// they use.
  ///
  /// - Throws: the first problem, in the order of the values and then of the paths.
  static func load(
    _ values: [String], for purpose: Purpose
  ) throws(RuleProblem) -> LoadedPolicy {
    var reader = RuleReader(purpose: purpose)
    let roots = try values.isEmpty ? [defaultRoot()] : values
    for (index, value) in roots.enumerated() { try reader.read(root: value, index: index) }
    return PolicyLoader.load(
      reader.files, builtIns: reader.builtIns, packages: reader.packages,
      copiesReplaceBuiltIns: purpose == .authoring)
  }

  /// The root that is taken when none is named.
  private static func defaultRoot() throws(RuleProblem) -> String {
    do throws(SystemError) {
      _ = try DirectoryWalk.kind(of: defaultFolder)
      return defaultFolder
    } catch .notFound {
      return defaultPack
    } catch {
      throw RuleProblem(message: "`\(defaultFolder)` \(error.explanation)")
    }
  }

  private init(purpose: Purpose) {
    self.purpose = purpose
  }

  /// The built-in files; where a folder holds the same file its path is the name, for that is the
  /// one that people can open.
  private var builtIns: [BuiltInFile] {
    RulePacks.files.map { pack in
      BuiltInFile(
        package: pack.package, name: copies[pack.path] ?? "<\(pack.path)>", bytes: pack.bytes)
    }
  }

  private mutating func read(root: String, index: Int) throws(RuleProblem) {
    if RulePacks.names.contains(root) {
      packages.append(root)
      return
    }
    let kind: DirectoryWalk.Kind
    do throws(SystemError) {
      kind = try DirectoryWalk.kind(of: root)
    } catch .notFound {
      let near = NearName.nearest(to: root, among: RulePacks.names)
      let hint = near.map { "; did you mean `\($0)`?" } ?? ""
      throw RuleProblem(message: "`\(root)` does not exist, nor is it a built-in pack\(hint)")
    } catch {
      throw RuleProblem(message: "`\(root)` \(error.explanation)")
    }
    if kind == .directory {
      try read(folder: root, index: index)
    } else {
      add(try Self.file(root, index: index, isNamed: true))
    }
  }

  private mutating func read(folder: String, index: Int) throws(RuleProblem) {
    let paths: [String]
    do throws(DirectoryWalk.WalkError) {
      paths = try DirectoryWalk.files(under: folder, suffix: Self.suffix)
    } catch {
      throw RuleProblem(message: "`\(error.path)` \(error.error.explanation)")
    }
    if paths.isEmpty {
      throw RuleProblem(message: "`\(folder)` holds no rule file (`*\(Self.suffix)`)")
    }
    var found: [RuleFile] = []
    for path in paths { found.append(try Self.file(path, index: index, isNamed: false)) }
    // A folder of nothing but built-in packages was named for their sake.
    if found.allSatisfy({ Self.isOfBuiltInPackage($0) }) {
      for position in found.indices { found[position].isNamed = true }
    }
    for file in found { add(file) }
  }

  /// Takes a file; a copy of a built-in one only where it takes that one's place.
  private mutating func add(_ file: RuleFile) {
    guard purpose == .deciding, let pack = RulePacks.files.first(where: { $0.equals(file.bytes) })
    else {
      files.append(file)
      return
    }
    if file.isNamed { packages.append(pack.package) }
    if copies[pack.path] == nil { copies[pack.path] = file.name }
  }

  private static func file(
    _ path: String, index: Int, isNamed: Bool
  ) throws(RuleProblem) -> RuleFile {
    do throws(SystemError) {
      let bytes = try FileReader.read(path, limit: fileLimit)
      return RuleFile(name: path, bytes: bytes, rulesRoot: index, isNamed: isNamed)
    } catch {
      throw RuleProblem(message: "`\(path)` \(error.explanation)")
    }
  }

  private static func isOfBuiltInPackage(_ file: RuleFile) -> Bool {
    if RulePacks.files.contains(where: { $0.equals(file.bytes) }) { return true }
    let tree = Parser.parse(SourceText(name: file.name, bytes: file.bytes))
    let path = FileView(tree, tree.root)?.policy?.path?.joined
    return path?.hasPrefix(RulePacks.prefix) ?? false
  }
}
