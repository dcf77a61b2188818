import TractatusCompiler
import TractatusJSON
import TractatusSession
import TractatusSource
import TractatusValues

/// Where the instructions that are compiled with the rules come from.
enum InstructionOrigin {
  /// The file that `--instructions` names.
  case file(String)
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

  /// The history of a state folder, read already; nil where there are no instructions.
  init?(_ records: [InstructionRecord], in folder: String) {
    if records.isEmpty { return nil }
    let bytes = InstructionHistory.write(records)
    self.init(
      source: InstructionSource(
        name: folder + "/" + SessionStore.historyFile, records: records),
      bytes: bytes, digest: SHA256.digest(bytes.span))
  }

  private init(source: InstructionSource, bytes: [UInt8], digest: [UInt8]) {
    self.source = source
    self.bytes = bytes
    self.digest = digest
  }

  /// Reads a history.
  ///
  /// - Throws: why there is none to be trusted; then nothing is decided.
  static func read(_ origin: InstructionOrigin) throws(RuleProblem) -> InstructionFile {
    switch origin {
    case .read(let file): return file
    case .file(let path): return try read(path)
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
