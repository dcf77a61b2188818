import TractatusJSON
import TractatusSource
import TractatusValues

/// Whether a log is what was written, line by line.
struct AuditVerification {
  /// The first line that is not, and why.
  struct Break: Equatable {
    var file: String
    /// From 1; of a log that was cut off, the last line that is there.
    var line: Int
    var reason: String
  }

  /// The records that were looked at.
  private(set) var count = 0
  /// nil for a log that is whole.
  private(set) var firstBreak: Break?
  /// The number and the digest of the last record.
  private var last: (number: Int, digest: String) = (0, DecisionLog.noDigest)
  private var lastPlace = (file: "", line: 0)

  /// Looks through a log. Linear in its bytes.
  static func verify(_ log: AuditLog) -> AuditVerification {
    var verification = AuditVerification()
    var tape = JSONTape()
    log.forEachLine { line, file, number in
      verification.look(at: line, file, number, &tape)
    }
    for file in log.files where file.bytes.last.map({ $0 != 0x0A }) ?? false {
      let count = file.bytes.split(separator: 0x0A).count
      verification.report(file.path, count, "the line does not end: it was cut off")
    }
    verification.compare(with: log)
    return verification
  }

  private mutating func look(
    at line: ArraySlice<UInt8>, _ file: String, _ number: Int, _ tape: inout JSONTape
  ) {
    defer { lastPlace = (file, number) }
    let digest = SHA256.hexDigest(line.span)
    guard (try? tape.parse(line.span)) != nil,
      let sequence = tape.member(.root, "seq").flatMap({ tape.decimal($0)?.integer }),
      let previous = tape.member(.root, "prev").flatMap({ tape.string($0) })
    else {
      report(file, number, "the line is no record")
      last = (last.number + 1, digest)
      return
    }
    count += 1
    if sequence != last.number + 1 {
      report(
        file, number,
        last.number == 0
          ? "the log begins with record \(sequence): those before it are missing"
          : "record \(sequence) stands after record \(last.number): some were taken out or moved")
    } else if previous != last.digest {
      report(
        file, number,
        last.number == 0
          ? "the first record follows something that is not here"
          : "the record before it is not the one that it was written after")
    }
    last = (sequence, digest)
  }

  /// The head knows how far the log goes, and what its last line is.
  private mutating func compare(with log: AuditLog) {
    guard let head = log.head else {
      if count > 0 { report(lastPlace.file, lastPlace.line, "its head is missing") }
      return
    }
    if head.number > last.number {
      let missing = head.number - last.number
      report(lastPlace.file, lastPlace.line, "the log ends here, \(missing) records too early")
    } else if head.number == last.number, head.digest != last.digest {
      report(lastPlace.file, lastPlace.line, "the last record is not the one that was written")
    }
  }

  private mutating func report(_ file: String, _ line: Int, _ reason: String) {
    if firstBreak == nil { firstBreak = Break(file: file, line: line, reason: reason) }
  }
}
