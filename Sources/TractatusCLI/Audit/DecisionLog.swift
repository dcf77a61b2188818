import Glibc
import TractatusJSON
import TractatusSource
import TractatusValues

/// The log of decisions: JSON Lines, one line a decision, each with its number and the SHA-256 of
/// the line before.
///
/// A line is appended in one call under a lock that all processes share. Beside the log stands its
/// head: the number and the digest of the last line, by which a log that was cut short shows. The
/// head is also the lock. A full log is put aside under the number of its last line, and the chain
/// goes on in a new one.
///
/// INVARIANT: when `append` returns, the line is whole in the file. When it throws, the file is as
/// long as before.
struct DecisionLog {
  /// The log's name in the state folder.
  static let fileName = "decisions.jsonl"
  /// How the head is called beside the log.
  static let headSuffix = ".head"
  /// The size from which a log is put aside, in bytes.
  static let rotationSize = 16 << 20
  /// What the first line names as the digest of the line before.
  static let noDigest = String(repeating: "0", count: 64)
  private static let headLimit = 4_096
  /// The folder beside the log that keeps the instructions of its records.
  private static let instructionFolder = "instructions"
  /// How a record spells a digest.
  static let digestPrefix = "sha256:"

  /// The log's path.
  let path: String
  /// The size from which this log is put aside.
  var rotationSize = DecisionLog.rotationSize

  /// What is known of the end of the log.
  private struct Head {
    var number = 0
    var digest = DecisionLog.noDigest
    var size = 0
  }

  /// Appends a record, given as the members of an object without their braces.
  ///
  /// - Throws: `SystemError`: nothing was written then.
  func append(_ members: [UInt8]) throws(SystemError) {
    let lock = try Self.open(path + Self.headSuffix, O_RDWR)
    defer { _ = close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      // The process's own time ends a wait that is too long.
      guard errno == EINTR else { throw SystemError.last(errno) }
    }
    var log = try Self.open(path, O_RDWR | O_APPEND)
    defer { _ = close(log) }
    var size = try Self.size(of: log)
    var head = try head(lock, log, size)
    var isTorn = false
    if size > 0 { isTorn = try !Self.endsLine(log, size) }
    if size > 0, !isTorn, size + members.count > rotationSize {
      try putAside(at: head.number)
      _ = close(log)
      log = try Self.open(path, O_RDWR | O_APPEND)
      size = 0
    }
    let line = Self.line(number: head.number + 1, after: head.digest, members)
    do throws(SystemError) {
      // Behind a line that somebody tore off the new one stands alone.
      try FileWriter.write((isTorn ? [UInt8(ascii: "\n")] : []) + line, to: log)
    } catch {
      _ = ftruncate(log, size)
      throw error
    }
    head.number += 1
    let record = Array(line.dropLast())
    head.digest = SHA256.hexDigest(record.span)
    head.size = size + line.count + (isTorn ? 1 : 0)
    try Self.write(head, to: lock)
  }

  /// Where instructions of a digest lie, which is given as hexadecimal digits.
  func instructionsPath(_ digest: String) -> String {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return folder + Self.instructionFolder + "/" + digest + ".json"
  }

  /// Keeps instructions under their digest, by which a record names them, unless they are there.
  ///
  /// - Throws: `SystemError` where they cannot be written.
  func keep(_ instructions: InstructionFile) throws(SystemError) {
    let file = instructionsPath(SHA256.hexText(instructions.digest))
    if FileWriter.exists(file) { return }
    if let slash = file.lastIndex(of: "/") { FileWriter.makeFolder(String(file[..<slash])) }
    try FileWriter.replace(file, with: instructions.bytes)
  }

  /// A line with its number and the digest of the one before, newline included.
  private static func line(number: Int, after digest: String, _ members: [UInt8]) -> [UInt8] {
    var bytes = Array("{\"seq\":\(number),\"prev\":\"\(digest)\",".utf8)
    bytes.reserveCapacity(bytes.count + members.count + 2)
    bytes += members
    bytes += [UInt8(ascii: "}"), UInt8(ascii: "\n")]
    return bytes
  }

  /// Renames a full log to the number of its last line.
  private func putAside(at number: Int) throws(SystemError) {
    let digits = String(number)
    let padding = String(repeating: "0", count: max(0, 12 - digits.utf8.count))
    let stem = path.hasSuffix(".jsonl") ? String(path.dropLast(6)) : path
    guard unsafe rename(path, "\(stem)-\(padding)\(digits).jsonl") == 0 else {
      throw SystemError.last(errno)
    }
  }

  // MARK: The head

  /// The end of the log, as its head says, else as its lines do.
  ///
  /// A log that is shorter than its head says was cut: the chain goes on from what the head knows,
  /// so that the gap shows for ever. One that is longer lost only its head's last change.
  private func head(_ lock: Int32, _ log: Int32, _ size: Int) throws(SystemError) -> Head {
    if let head = try Self.readHead(lock), head.size >= size { return head }
    guard size > 0 else { return Head() }
    var head = Head()
    head.size = size
    let bytes = try Self.read(log, from: 0, count: size)
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      var tape = JSONTape()
      head.number += 1
      if (try? tape.parse(line.span)) != nil, let node = tape.member(.root, "seq"),
        let number = tape.decimal(node)?.integer
      {
        head.number = number
      }
      head.digest = SHA256.hexDigest(line.span)
    }
    return head
  }

  private static func readHead(_ lock: Int32) throws(SystemError) -> Head? {
    let bytes = try read(lock, from: 0, count: headLimit)
    return parseHead(bytes).map { Head(number: $0.number, digest: $0.digest, size: $0.size) }
  }

  /// What a head says; nil for what is none.
  static func parseHead(_ bytes: [UInt8]) -> (number: Int, digest: String, size: Int)? {
    var tape = JSONTape()
    guard (try? tape.parse(bytes.span)) != nil,
      let number = tape.member(.root, "seq").flatMap({ tape.decimal($0)?.integer }),
      let digest = tape.member(.root, "hash").flatMap({ tape.string($0) }),
      let size = tape.member(.root, "size").flatMap({ tape.decimal($0)?.integer }),
      number >= 0, digest.utf8.count == 64
    else { return nil }
    return (number, digest, size)
  }

  private static func write(_ head: Head, to lock: Int32) throws(SystemError) {
    // Blanks to one length, so that one call writes over all of the last.
    var text = "{\"seq\":\(head.number),\"hash\":\"\(head.digest)\",\"size\":\(head.size)}"
    text += String(repeating: " ", count: max(0, 159 - text.utf8.count)) + "\n"
    let bytes = Array(text.utf8)
    // SAFETY: the array outlives the call.
    let count = unsafe bytes.withUnsafeBytes { unsafe pwrite(lock, $0.baseAddress, $0.count, 0) }
    guard count == bytes.count else { throw count < 0 ? SystemError.last(errno) : .failed("full") }
  }

  // MARK: Files

  /// Opens a plain file of the user's, and makes it when it is not there.
  private static func open(_ path: String, _ flags: Int32) throws(SystemError) -> Int32 {
    guard !path.utf8.contains(0) else { throw .failed("the name holds a null character") }
    let opened = unsafe Glibc.open(
      path, flags | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, mode_t(0o600))
    guard opened >= 0 else {
      throw errno == ELOOP ? .failed("it is a link") : SystemError.last(errno)
    }
    var status = stat()
    guard unsafe fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      _ = close(opened)
      throw .failed("it is no plain file")
    }
    return opened
  }

  private static func size(of descriptor: Int32) throws(SystemError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError.last(errno) }
    return Int(clamping: status.st_size)
  }

  private static func endsLine(_ log: Int32, _ size: Int) throws(SystemError) -> Bool {
    try read(log, from: size - 1, count: 1) == [UInt8(ascii: "\n")]
  }

  /// The bytes from a place on, as many as there are up to `count`.
  private static func read(
    _ descriptor: Int32, from place: Int, count: Int
  ) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      // SAFETY: the buffer has `count` bytes, of which `done` are read.
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, count - done, place + done)
      }
      if got < 0, errno == EINTR { continue }
      if got < 0 { throw SystemError.last(errno) }
      if got == 0 { break }
      done += got
    }
    bytes.removeLast(count - done)
    return bytes
  }
}
