/// Where an action is read from: a descriptor, or memory for tests.
package final class ByteSource {
  /// One line of a stream.
  package enum Line: Equatable {
    case bytes([UInt8])
    /// A line of more than the limit, skipped to its end.
    case tooLarge
  }

  private let descriptor: Int32?
  private let isOwner: Bool
  private var buffer: [UInt8]
  /// The bytes of `buffer` before this offset are used up.
  private var position = 0
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
      defer { position = buffer.count }
      if buffer.count - position > limit { throw .tooLarge(limit: limit) }
      return Array(buffer[position...])
    }
    isAtEnd = true
    return try FileReader.read(descriptor: descriptor, limit: limit)
  }

  /// The next line without its newline, or nil at the end.
  ///
  /// `beforeWaiting` is called before each read that may wait for the other side, so that answers
  /// to what came before are handed over first.
  ///
  /// - Throws: `SystemError`.
  package func nextLine(
    limit: Int, beforeWaiting: () -> Void
  ) throws(SystemError) -> Line? {
    var scanned = position
    var isSkipping = false
    while true {
      if let end = buffer[scanned...].firstIndex(of: 0x0A) {
        let line = buffer[position..<end]
        position = end + 1
        return isSkipping || line.count > limit ? .tooLarge : .bytes(Array(line))
      }
      if buffer.count - position > limit {
        isSkipping = true
        position = buffer.count
      }
      buffer.removeFirst(position)
      position = 0
      scanned = buffer.count
      if !isAtEnd, let descriptor {
        beforeWaiting()
        let got = try FileReader.append(upTo: 65_536, from: descriptor, to: &buffer)
        if got > 0 { continue }
        isAtEnd = true
      }
      guard isSkipping || !buffer.isEmpty else { return nil }
      defer { buffer = [] }
      return isSkipping ? .tooLarge : .bytes(buffer)
    }
  }
}
