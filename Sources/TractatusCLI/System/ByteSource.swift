import Glibc

/// Where an action is read from: a descriptor, or memory for tests.
package final class ByteSource {
  /// A part of a stream of lines.
  package enum Block: Equatable {
    /// Whole lines with their newlines; the last one may lack it at the end of the stream.
    case lines([UInt8])
    /// A line of more than the limit, skipped to its end.
    case tooLarge
  }

  /// The bytes that one read asks for: as many as a pipe holds.
  static let readSize = 65_536

  private let descriptor: Int32?
  private let isOwner: Bool
  /// What was read and not yet taken.
  private var buffer: [UInt8]
  private var isAtEnd: Bool

  /// A source that reads an open descriptor.
  package init(descriptor: Int32) {
    self.descriptor = descriptor
    isOwner = false
    buffer = []
    isAtEnd = false
  }

  /// A source that reads a file, which it opens and closes.
  ///
  /// - Throws: `SystemError`.
  package init(path: String) throws(SystemError) {
    descriptor = try FileReader.openForReading(path)
    isOwner = true
    buffer = []
    isAtEnd = false
  }

  /// A source of given bytes.
  package init(bytes: [UInt8]) {
    descriptor = nil
    isOwner = false
    buffer = bytes
    isAtEnd = true
  }

  deinit {
    if isOwner, let descriptor { FileReader.closeFile(descriptor) }
  }

  /// All that is left.
  ///
  /// - Throws: `SystemError`, `.tooLarge` when it is more than `limit` bytes.
  package func readAll(limit: Int) throws(SystemError) -> [UInt8] {
    guard let descriptor, !isAtEnd else {
      defer { buffer = [] }
      if buffer.count > limit { throw .tooLarge(limit: limit) }
      return buffer
    }
    isAtEnd = true
    return try FileReader.read(descriptor: descriptor, limit: limit)
  }

  /// The whole lines that have arrived, at least one, or nil at the end.
  ///
  /// `beforeWaiting` is called before each read that may wait for the other side, so that answers
  /// to what came before are handed over first. Linear in the stream. A line that arrived in one
  /// piece with others may be longer than `limit` by as much as one read yields.
  ///
  /// - Throws: `SystemError`.
  package func nextBlock(
    limit: Int, beforeWaiting: () -> Void
  ) throws(SystemError) -> Block? {
    var isSkipping = false
    // What was looked through for a newline.
    var scanned = 0
    while true {
      if isSkipping {
        if let end = LineCursor.newline(in: buffer, from: 0) {
          buffer.removeFirst(end + 1)
          return .tooLarge
        }
        buffer.removeAll(keepingCapacity: true)
      } else if let end = LineCursor.lastNewline(in: buffer, from: scanned) {
        let rest = Array(buffer[(end + 1)...])
        buffer.removeLast(rest.count)
        defer { buffer = rest }
        return .lines(buffer)
      } else if buffer.count > limit {
        isSkipping = true
        continue
      }
      scanned = buffer.count
      if !isAtEnd, let descriptor {
        beforeWaiting()
        let got = try FileReader.append(upTo: Self.readSize, from: descriptor, to: &buffer)
        if got > 0 { continue }
        isAtEnd = true
      }
      guard isSkipping || !buffer.isEmpty else { return nil }
      defer { buffer = [] }
      return isSkipping ? .tooLarge : .lines(buffer)
    }
  }

  /// What has arrived and was not yet taken; nil at the end.
  ///
  /// - Parameter waits: whether to wait until something has; else nothing may be the answer.
  /// - Throws: `SystemError`.
  package func nextBytes(waits: Bool) throws(SystemError) -> [UInt8]? {
    if buffer.isEmpty, !isAtEnd, let descriptor {
      if !waits, !Self.hasInput(descriptor) { return [] }
      if try FileReader.append(upTo: Self.readSize, from: descriptor, to: &buffer) == 0 {
        isAtEnd = true
      }
    }
    if buffer.isEmpty { return isAtEnd ? nil : [] }
    defer { buffer = [] }
    return buffer
  }

  /// Whether a read would not wait.
  private static func hasInput(_ descriptor: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    // SAFETY: the pointer is to a local variable that outlives the call.
    return unsafe poll(&entry, 1, 0) != 0
  }
}
