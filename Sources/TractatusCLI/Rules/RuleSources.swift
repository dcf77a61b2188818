import TractatusRulePacks
import TractatusSource

/// Why rules could not be loaded, in a sentence that starts in lower case.
struct RuleProblem: Error, Equatable {
  var message: String
  /// The code of a problem that `tractatus explain` explains.
  var code = DiagnosticCode.unusablePolicy
}

/// The rule files of one run: those under the given roots and the built-in packs that they use.
struct RuleSources {
  /// What the rules are loaded for.
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

  private(set) var sources = SourceSet()
  private(set) var files: [RuleFile] = []
  /// Files of `tractatus.*` by package, which load only when used or named.
  private var shelf: [String: [RuleFile]] = [:]
  private var wanted: Set<String> = []
  private let purpose: Purpose

  /// The root of built-in files.
  private static let builtInRoot = -1

  /// Loads what the values of `--rules` name, or the default without any.
  ///
  /// - Throws: the first problem, in the order of the values and then of the paths.
  static func load(_ values: [String], for purpose: Purpose) throws(RuleProblem) -> RuleSources {
    var loading = RuleSources(purpose: purpose)
    let roots = try values.isEmpty ? [defaultRoot()] : values
    for (index, value) in roots.enumerated() { try loading.add(root: value, index: index) }
    try loading.followUses()
    return loading
  }

  /// The root that is taken when none is named.
  static func defaultRoot() throws(RuleProblem) -> String {
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

  private mutating func add(root: String, index: Int) throws(RuleProblem) {
    if RulePacks.names.contains(root) {
      wanted.insert(root)
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
    guard kind == .directory else {
      try add(file: root, index: index, isNamed: true)
      return
    }
    let paths: [String]
    do throws(DirectoryWalk.WalkError) {
      paths = try DirectoryWalk.files(under: root, suffix: Self.suffix)
    } catch {
      throw RuleProblem(message: "`\(error.path)` \(error.error.explanation)")
    }
    if paths.isEmpty {
      throw RuleProblem(message: "`\(root)` holds no rule file (`*\(Self.suffix)`)")
    }
    let before = files.count
    for path in paths { try add(file: path, index: index, isNamed: false) }
    // A folder of nothing but built-in packages was named for their sake.
    if files.count == before {
      for (package, found) in shelf where found.contains(where: { $0.root == index }) {
        wanted.insert(package)
      }
    }
  }

  private mutating func add(
    file path: String, index: Int, isNamed: Bool
  ) throws(RuleProblem) {
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try FileReader.read(path, limit: Self.fileLimit)
    } catch {
      throw RuleProblem(message: "`\(path)` \(error.explanation)")
    }
    let source = sources.add(name: path, bytes: bytes)
    let file = RuleFile(source, root: index, isBuiltIn: false)
    guard file.package.hasPrefix(RulePacks.prefix) else {
      files.append(file)
      return
    }
    let packs = RulePacks.files(of: file.package)
    let equals = packs.contains { $0.equals(bytes) }
    if purpose == .deciding, !equals {
      let isKnown = !packs.isEmpty
      let what =
        isKnown
        ? "it differs from the built-in `\(file.package)`"
        : "no built-in package is called `\(file.package)`"
      throw RuleProblem(
        message: "`\(path)` is refused: \(what)",
        code: isKnown ? .builtInDiffers : .unknownBuiltIn)
    }
    shelf[file.package, default: []].append(file)
    if isNamed { wanted.insert(file.package) }
  }

  /// Adds the built-in packages that are named or used, and those that they use.
  private mutating func followUses() throws(RuleProblem) {
    for file in files { wanted.formUnion(file.uses.filter { $0.hasPrefix(RulePacks.prefix) }) }
    var loaded: Set<String> = []
    while let package = wanted.subtracting(loaded).min() {
      loaded.insert(package)
      for file in packageFiles(package) {
        files.append(file)
        wanted.formUnion(file.uses.filter { $0.hasPrefix(RulePacks.prefix) })
      }
    }
  }

  /// The files of a built-in package; none when there is no such package.
  private mutating func packageFiles(_ package: String) -> [RuleFile] {
    let found = shelf[package] ?? []
    if purpose == .authoring, !found.isEmpty { return found }
    return RulePacks.files(of: package).map { pack in
      // Where the folder has the same file its path is the one that people can open.
      let bytes = pack.bytes
      let twin = found.first { $0.tree.source.bytes == bytes }
      let source = sources.add(name: twin?.tree.source.name ?? "<\(package)>", bytes: bytes)
      return RuleFile(source, root: Self.builtInRoot, isBuiltIn: true)
    }
  }
}
