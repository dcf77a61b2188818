import TractatusCompiler
import TractatusEngine
import TractatusRulePacks
import TractatusSource

/// One side of `diff`: rules on disk, a program image, or a revision.
enum DiffOperand {
  case path(String)
  case image(String)
  /// The rules below a path of a revision.
  case revision(String, path: String)

  /// The two sides that a command line names.
  ///
  /// - Throws: why it names none.
  static func sides(
    _ arguments: Arguments
  ) throws(UsageError) -> (old: DiffOperand, new: DiffOperand) {
    let path = arguments.value("rules") ?? RuleReader.defaultFolder
    let words = arguments.operands
    switch words.count {
    case 2: return (operand(words[0], path), operand(words[1], path))
    case 1:
      let word = words[0]
      if let dots = word.range(of: "..", in: word), !exists(word) {
        let before = String(word[..<dots.lowerBound])
        let after = String(word[dots.upperBound...])
        return (
          .revision(before.isEmpty ? "HEAD" : before, path: path),
          .revision(after.isEmpty ? "HEAD" : after, path: path)
        )
      }
      return (operand(word, path), operand(path, path))
    default:
      throw UsageError(
        message: "`diff` takes an old version and a new one, or a range of revisions `OLD..NEW`")
    }
  }

  private static func operand(_ word: String, _ path: String) -> DiffOperand {
    if word.hasSuffix(PolicySource.imageSuffix) { return .image(word) }
    if exists(word) { return .path(word) }
    return .revision(word, path: path)
  }

  private static func exists(_ path: String) -> Bool {
    RulePacks.isPackage(path) || (try? DirectoryWalk.kind(of: path)) != nil
  }

  /// How reports name it.
  var name: String {
    switch self {
    case .path(let path), .image(let path): path
    case .revision(let revision, _): revision
    }
  }

  /// The rules, parsed; nil for an image.
  ///
  /// - Throws: why they cannot be read.
  func load(_ console: Console) throws(RuleProblem) -> LoadedPolicy? {
    switch self {
    case .image: return nil
    case .path(let path): return try RuleReader.load([path], for: .authoring)
    case .revision(let revision, let path):
      guard let git = GitRepository(console) else {
        throw RuleProblem(message: "`\(revision)` is no path, and there is no `git` to ask for it")
      }
      let files = try git.files(of: revision, under: path, suffix: RuleReader.suffix)
      return RuleReader(
        folder: files.map { RuleFile(name: "\(revision):\($0.path)", bytes: $0.bytes) },
        for: .authoring
      ).policy
    }
  }
}

extension String {
  /// The place of the first occurrence of a text.
  fileprivate func range(of text: String, in whole: String) -> Range<String.Index>? {
    var start = whole.startIndex
    while start < whole.endIndex {
      if whole[start...].hasPrefix(text) {
        return start..<whole.index(start, offsetBy: text.count)
      }
      start = whole.index(after: start)
    }
    return nil
  }
}
