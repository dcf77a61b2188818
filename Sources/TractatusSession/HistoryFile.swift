import TractatusJSON
import TractatusValues

/// `instruction-history.json` as the store keeps it: an object with the list of records and a
/// checksum. A list alone, or an object without a checksum, is somebody's own and is taken, too.
package enum HistoryFile {
  /// The records of a file.
  ///
  /// - Throws: `StateProblem`, `.damaged`, with the first thing that is wrong.
  package static func read(
    _ bytes: [UInt8], _ file: String
  ) throws(StateProblem) -> [InstructionRecord] {
    if bytes.isEmpty { throw StateProblem(.damaged, file, "is empty") }
    let tape = try SealedDocument.tape(bytes, file)
    if tape.member(.root, "checksum") != nil, !SealedDocument.isSealed(bytes) {
      throw StateProblem(
        .damaged, file, "was changed by something else: its checksum is not right")
    }
    do throws(InstructionHistoryError) {
      return try InstructionHistory.read(.root, of: tape)
    } catch {
      throw StateProblem(.damaged, file, "does not hold what it should: \(error.reason)")
    }
  }

  /// The bytes of a file.
  static func bytes(of records: [InstructionRecord]) -> [UInt8] {
    var list = InstructionHistory.write(records)
    if list.last == UInt8(ascii: "\n") { list.removeLast() }
    return SealedDocument.seal(Array("{\"instructions\":".utf8) + list + Array("}".utf8))
  }
}
