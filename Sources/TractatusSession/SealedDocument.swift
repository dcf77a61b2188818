import TractatusJSON
import TractatusValues

/// A JSON object in a file of its own, whose last member is the checksum of all before it.
///
/// It tells what was written whole from what was cut short, filled with noise or changed by hand.
/// It is no secret's: who may write the file can make one.
enum SealedDocument {
  private static let mark = Array(",\"checksum\":\"sha256:".utf8)
  private static let end = Array("\"}\n".utf8)
  private static let digestCount = 64

  /// An object of at least one member, with its checksum and a newline.
  static func seal(_ object: [UInt8]) -> [UInt8] {
    var bytes = object
    let digest = SHA256.hexDigest(object.span)
    if bytes.last == UInt8(ascii: "}") { bytes.removeLast() }
    bytes += mark
    bytes += Array(digest.utf8)
    bytes += end
    return bytes
  }

  /// Whether the bytes are an object sealed so, with the right checksum.
  static func isSealed(_ bytes: [UInt8]) -> Bool {
    let suffixCount = mark.count + digestCount + end.count
    guard bytes.count > suffixCount, bytes.suffix(end.count).elementsEqual(end) else {
      return false
    }
    let start = bytes.count - suffixCount
    let digestStart = start + mark.count
    guard bytes[start..<digestStart].elementsEqual(mark) else { return false }
    var object = Array(bytes[..<start])
    object.append(UInt8(ascii: "}"))
    let digest = SHA256.hexDigest(object.span)
    return bytes[digestStart..<(digestStart + digestCount)].elementsEqual(digest.utf8)
  }

  /// The tape of a sealed file.
  ///
  /// - Throws: `StateProblem`, `.damaged`.
  static func open(_ bytes: [UInt8], _ file: String) throws(StateProblem) -> JSONTape {
    if bytes.isEmpty { throw StateProblem(.damaged, file, "is empty") }
    guard isSealed(bytes) else {
      throw StateProblem(
        .damaged, file, "is cut short, or was changed by something else: its checksum is not right")
    }
    return try tape(bytes, file)
  }

  /// The tape of a file that holds JSON.
  ///
  /// - Throws: `StateProblem`, `.damaged`.
  static func tape(_ bytes: [UInt8], _ file: String) throws(StateProblem) -> JSONTape {
    var tape = JSONTape()
    do throws(JSONError) {
      try tape.parse(bytes.span)
    } catch {
      let place = error.position(in: bytes.span)
      throw StateProblem(
        .damaged, file,
        "is no JSON: \(error.message) (line \(place.line), column \(place.column))")
    }
    return tape
  }
}
