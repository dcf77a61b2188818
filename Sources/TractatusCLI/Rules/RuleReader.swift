import TractatusCompiler
import TractatusEngine
import TractatusRulePacks
import TractatusSource
import TractatusSyntax
import TractatusValues

/// Why rules could not be read, in a sentence that starts in lower case.
struct RuleProblem: Error, Equatable {
  var message: String
  /// What `tractatus explain` explains.
  var code = DiagnosticCode.unusablePolicy
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

  /// What one value of `--rules` names.
  private enum Root {
    case pack(String)
    case file(RuleFile)
    case folder([RuleFile])
  }

  private let purpose: Purpose
  /// The instruction history that is compiled with the rules.
  private var history: InstructionFile?
  /// What was read, in the order of the values.
  private var roots: [Root] = []
  private var files: [RuleFile] = []
  private var packages: [String] = []
  /// Where folders hold built-in files, by the files' own paths.
  private var copies: [String: String] = [:]

  /// The files that the values name, or the default without any, and the built-in packages that
  /// they use.
  ///
  /// - Throws: the first problem, in the order of the values and then of the paths.
  static func load(
    _ values: [String], for purpose: Purpose, instructions: InstructionOrigin? = nil
  ) throws(RuleProblem) -> LoadedPolicy {
    try RuleReader(values, for: purpose, instructions: instructions).policy
  }

  /// Reads all files that the values name, or the default without any; nothing is parsed yet.
  ///
  /// - Throws: the first problem, in the order of the values and then of the paths.
  init(
    _ values: [String], for purpose: Purpose, instructions: InstructionOrigin? = nil
  ) throws(RuleProblem) {
    self.purpose = purpose
    if let instructions { history = try InstructionFile.read(instructions) }
    let names = try values.isEmpty ? [Self.defaultRoot()] : values
    for (index, name) in names.enumerated() {
      roots.append(try Self.read(root: name, index: index))
    }
  }

  /// Takes files that were read elsewhere, as those of one folder.
  init(folder files: [RuleFile], for purpose: Purpose) {
    self.purpose = purpose
    roots = [.folder(files)]
  }

  /// The parsed files, and the built-in packages that they use.
  var policy: LoadedPolicy {
    var reader = self
    for root in roots {
      switch root {
      case .pack(let name): reader.packages.append(name)
      case .file(let file): reader.add(file)
      case .folder(var files):
        // A folder of nothing but built-in packages was named for their sake.
        if files.allSatisfy({ Self.isOfBuiltInPackage($0) }) {
          for position in files.indices { files[position].isNamed = true }
        }
        for file in files { reader.add(file) }
      }
    }
    var policy = PolicyLoader.load(
      reader.files, builtIns: reader.builtIns, packages: reader.packages,
      copiesReplaceBuiltIns: purpose == .authoring)
    policy.instructions = history?.source
    return policy
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

  /// The built-in files; where a folder holds the same file its path is the name, for that is the
  /// one that people can open.
  private var builtIns: [BuiltInFile] {
    RulePacks.files.map { pack in
      BuiltInFile(
        package: pack.package, name: copies[pack.path] ?? "<\(pack.path)>", bytes: pack.bytes,
        digest: pack.digest)
    }
  }

  private static func read(root: String, index: Int) throws(RuleProblem) -> Root {
    if RulePacks.isPackage(root) { return .pack(root) }
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
    guard kind == .directory else { return .file(try file(root, index: index, isNamed: true)) }
    let paths: [String]
    do throws(DirectoryWalk.WalkError) {
      paths = try DirectoryWalk.files(under: root, suffix: suffix)
    } catch {
      throw RuleProblem(message: "`\(error.path)` \(error.error.explanation)")
    }
    if paths.isEmpty {
      throw RuleProblem(message: "`\(root)` holds no rule file (`*\(suffix)`)")
    }
    var found: [RuleFile] = []
    for path in paths { found.append(try file(path, index: index, isNamed: false)) }
    return .folder(found)
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

  // MARK: Cache

  /// 32 bytes that differ whenever a program of these files could: a digest of the build, of the
  /// built-in packs, and of every file's name, place and content, in the order of reading.
  ///
  /// The digests of the files are kept for compiling them.
  mutating func cacheKey(build: [UInt8]) -> [UInt8] {
    var text = CacheKeyText()
    text.add("tractatus cache key 2")
    text.add(CLI.version)
    text.add(build)
    text.add(Int(Program.imageVersion))
    text.add(purpose == .deciding ? 1 : 2)
    text.add(RulePacks.files.count)
    for pack in RulePacks.files {
      text.add(pack.path)
      text.add(pack.digest)
    }
    text.add(history == nil ? 0 : 1)
    if let history {
      text.add(history.source.name)
      text.add(history.digest)
    }
    text.add(roots.count)
    for position in roots.indices {
      switch roots[position] {
      case .pack(let name):
        text.add(1)
        text.add(name)
      case .file(var file):
        text.add(2)
        Self.add(&file, to: &text)
        roots[position] = .file(file)
      case .folder(var files):
        text.add(3)
        text.add(files.count)
        for index in files.indices { Self.add(&files[index], to: &text) }
        roots[position] = .folder(files)
      }
    }
    return SHA256.digest(text.bytes.span)
  }

  private static func add(_ file: inout RuleFile, to text: inout CacheKeyText) {
    let pack = RulePacks.files.first { $0.equals(file.bytes) }
    let digest = pack?.digest ?? SHA256.digest(file.bytes.span)
    file.digest = digest
    text.add(file.name)
    text.add(digest)
  }
}

/// What a cache key is a digest of: numbers and texts, each after its length, so that no two lists
/// give the same bytes.
private struct CacheKeyText {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ number: Int) {
    for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * shift))) }
  }

  mutating func add(_ other: [UInt8]) {
    add(other.count)
    bytes += other
  }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }
}
