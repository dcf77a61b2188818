import TractatusEngine
import TractatusJSON
import TractatusSource
import TractatusValues

/// The programs by which a log's actions are decided again: the rules as they are now, each time
/// with the instructions by which the record says that it was decided.
struct ReplayPrograms {
  private let rules: [String]
  /// The instructions of `--instructions`, which then decide everything.
  private let given: InstructionOrigin?
  private let style: Style
  private let cache: CacheSettings?
  private let console: Console
  /// The digest of the instructions that the last program has, `""` for none; nil before the first.
  private var digest: String?

  init(_ arguments: Arguments, _ console: Console) throws(HookFailure) {
    let folder = arguments.value("project") ?? "."
    let start = folder.hasPrefix("/") ? folder : (console.currentFolder ?? "") + "/" + folder
    guard let project = LinkResolution.resolve(start) else {
      throw HookFailure(.unknownProject, "`\(folder)` leads nowhere")
    }
    rules = try HookRules.roots(arguments.values("rules"), project: project)
    given = InstructionOrigin(arguments)
    style = Style(arguments, console)
    cache = CacheSettings(arguments, console)
    self.console = console
  }

  /// The program without any record's instructions.
  ///
  /// - Throws: why there is none.
  mutating func first() throws(HookFailure) -> Program {
    digest = ""
    return try program(with: given)
  }

  /// The program for a record of a log file; nil where it is the one that was given last.
  ///
  /// - Throws: why its instructions cannot be had, or the rules do not compile with them.
  mutating func next(
    for record: borrowing JSONTape, in file: String
  ) throws(HookFailure) -> Program? {
    if given != nil { return nil }
    let named = record.member(.root, "instructions").flatMap { record.string($0) } ?? ""
    if named == digest { return nil }
    let program =
      named.isEmpty ? try program(with: nil) : try program(with: .read(read(named, file)))
    digest = named
    return program
  }

  private func program(with origin: InstructionOrigin?) throws(HookFailure) -> Program {
    do throws(PolicyFailure) {
      return try PolicySource.program(
        rules, instructions: origin, style: style, cache: cache, console)
    } catch {
      throw HookFailure(error.code, error.reason)
    }
  }

  /// The instructions that were kept beside a log under their digest.
  private func read(_ digest: String, _ file: String) throws(HookFailure) -> InstructionFile {
    let name = String(digest.dropFirst(DecisionLog.digestPrefix.count))
    guard digest.hasPrefix(DecisionLog.digestPrefix), name.utf8.count == 64,
      name.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else {
      throw HookFailure(.unreadableHistory, "the record names no instructions by their digest")
    }
    let path = DecisionLog(path: file).instructionsPath(name)
    do throws(RuleProblem) {
      let read = try InstructionFile.read(.file(path))
      if SHA256.hexText(read.digest) == name { return read }
    } catch {
      throw HookFailure(error.code, "its instructions are gone: \(error.message)")
    }
    throw HookFailure(.unreadableHistory, "`\(path)` is not what decided then")
  }
}
