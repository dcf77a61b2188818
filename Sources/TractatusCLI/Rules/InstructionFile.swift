import TractatusCompiler
import TractatusJSON
import TractatusSession
import TractatusSource
import TractatusValues

/// Where the instructions that are compiled with the rules come from.
enum InstructionOrigin {
  /// The file that `--instructions` names.
  case file(String)
  /// The history of a state folder, its copy of the generation before where it cannot be read.
  case state(SessionStore)
  /// A history that was read already.
  case read(InstructionFile)

  /// The origin that `--instructions` names; nil without it.
  init?(_ arguments: Arguments) {
    guard let path = arguments.value("instructions") else { return nil }
    self = .file(path)
  }
}

/// An instruction history, and the SHA-256 of what it was read from.
struct InstructionFile {
  /// The instructions.
  let source: InstructionSource
  /// The records as a list, by which alone they can be read again.
  let bytes: [UInt8]
  /// The SHA-256 of what it was read from: 32 bytes that differ whenever the instructions do.
  let digest: [UInt8]

  /// Reads a history; nil where a state folder has none.
  ///
  /// - Throws: why there is none to be trusted; then nothing is decided.
  static func read(_ origin: InstructionOrigin) throws(RuleProblem) -> InstructionFile? {
    switch origin {
    case .read(let file): return file
    case .file(let path): return try read(path)
    case .state(let store):
      let kept = store.readInstructions()
      guard let records = kept.value else {
        throw RuleProblem(
          message: kept.problem?.message ?? "the instruction history cannot be read",
          code: .unreadableHistory)
      }
      if records.isEmpty { return nil }
      let bytes = InstructionHistory.write(records)
      return InstructionFile(
        source: InstructionSource(
          name: store.folder + "/" + SessionStore.historyFile, records: records),
        bytes: bytes, digest: SHA256.digest(bytes.span))
    }
  }

  private static func read(_ path: String) throws(RuleProblem) -> InstructionFile {
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try FileReader.read(path, limit: InstructionHistory.byteLimit)
    } catch {
      throw RuleProblem(message: "`\(path)` \(error.explanation)", code: .unreadableHistory)
    }
    do throws(StateProblem) {
      let records = try HistoryFile.read(bytes, path)
      return InstructionFile(
        source: InstructionSource(name: path, records: records), bytes: bytes,
        digest: SHA256.digest(bytes.span))
    } catch {
      throw RuleProblem(message: error.message, code: .unreadableHistory)
    }
  }
}
