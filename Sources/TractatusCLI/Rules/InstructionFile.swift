import TractatusCompiler
import TractatusJSON
import TractatusSession
import TractatusSource
import TractatusValues

/// Reads the instruction history that `--instructions` names.
enum InstructionFile {
  /// The instructions of a file, and the SHA-256 of its bytes.
  ///
  /// - Throws: why there are none to be trusted; then nothing is decided.
  static func read(
    _ path: String
  ) throws(RuleProblem) -> (source: InstructionSource, digest: [UInt8]) {
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try FileReader.read(path, limit: InstructionHistory.byteLimit)
    } catch {
      throw RuleProblem(message: "`\(path)` \(error.explanation)", code: .unreadableHistory)
    }
    do throws(StateProblem) {
      let records = try HistoryFile.read(bytes, path)
      return (InstructionSource(name: path, records: records), SHA256.digest(bytes.span))
    } catch {
      throw RuleProblem(message: error.message, code: .unreadableHistory)
    }
  }
}
