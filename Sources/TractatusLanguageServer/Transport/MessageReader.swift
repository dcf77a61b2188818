/// Cuts a stream of bytes into messages, each after its header (LSP 3.17, *Base Protocol*).
///
/// Pure: bytes are fed, frames are taken. Linear in the bytes; what is larger than the limit is
/// passed over without being kept.
package struct MessageReader: Sendable {
  /// What the stream holds next.
  package enum Frame: Equatable, Sendable {
    /// The content of a message.
    case message([UInt8])
    /// A header without a usable `Content-Length`; what follows is passed over up to the next one.
    case badHeader
    /// A message of more than the limit, which was passed over.
    case tooLarge
  }

  /// The largest message: 16 MiB, as for every document.
  package static let byteLimit = 16 << 20
  /// The longest header.
  static let headerLimit = 8 << 10
  private static let lengthName = Array("content-length".utf8)

  private var buffer: [UInt8] = []
  /// What of the buffer was taken.
  private var start = 0
  /// How far the end of a header was looked for.
  private var scanned = 0
  /// The length of the message that comes next, once its header was read.
  private var expected: Int?
  /// Bytes of a message that is too large still to be passed over.
  private var skipping = 0
  /// Whether the bytes up to the next `Content-Length` are passed over.
  private var isLost = false

  /// A reader of a stream that begins.
  package init() {}

  /// Takes bytes that arrived.
  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    if start > 0, start >= buffer.count / 2 {
      buffer.removeFirst(start)
      scanned = max(0, scanned - start)
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next frame, or nil while it has not arrived as a whole.
  package mutating func next() -> Frame? {
    while true {
      if skipping > 0 {
        let count = min(skipping, buffer.count - start)
        start += count
        skipping -= count
        if skipping > 0 { return nil }
        return .tooLarge
      }
      if let length = expected {
        guard buffer.count - start >= length else { return nil }
        expected = nil
        let content = Array(buffer[start..<start + length])
        start += length
        scanned = start
        return .message(content)
      }
      if isLost, !findHeader() { return nil }
      guard let end = headerEnd() else {
        guard buffer.count - start > Self.headerLimit else { return nil }
        return lose(at: start + 1)
      }
      let length = contentLength(of: buffer[start..<end.header])
      guard let length else { return lose(at: end.content) }
      start = end.content
      scanned = start
      if length > Self.byteLimit { skipping = length } else { expected = length }
    }
  }

  /// Passes over what stands before a place, and on to the next header.
  private mutating func lose(at place: Int) -> Frame {
    start = place
    scanned = place
    isLost = true
    return .badHeader
  }

  /// Goes to where a `Content-Length` begins, at the line's start or anywhere else.
  private mutating func findHeader() -> Bool {
    let name = Self.lengthName
    var place = start
    while place + name.count <= buffer.count {
      if matchesName(at: place) {
        start = place
        scanned = place
        isLost = false
        return true
      }
      place += 1
    }
    // What may yet become the name stays.
    start = place
    scanned = place
    return false
  }

  private func matchesName(at place: Int) -> Bool {
    for (offset, byte) in Self.lengthName.enumerated()
    where lower(buffer[place + offset]) != byte {
      return false
    }
    return true
  }

  /// Where the header ends, and the content begins: after an empty line.
  private mutating func headerEnd() -> (header: Int, content: Int)? {
    var place = max(start, scanned)
    let limit = min(buffer.count, start + Self.headerLimit)
    while place < limit {
      if buffer[place] == 0x0A {
        if place == start { return (start, place + 1) }
        if buffer[place - 1] == 0x0A { return (place, place + 1) }
        if buffer[place - 1] == 0x0D, place - 1 == start || buffer[place - 2] == 0x0A {
          return (place - 1, place + 1)
        }
      }
      place += 1
    }
    scanned = place
    return nil
  }

  /// The number after `Content-Length`; nil where there is none, or two that differ.
  private func contentLength(of header: ArraySlice<UInt8>) -> Int? {
    var found: Int?
    for line in header.split(separator: 0x0A) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      guard line[..<colon].map(lower) == Self.lengthName else { continue }
      var digits = line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
      while let last = digits.last, last == 0x0D || last == 0x20 || last == 0x09 {
        digits.removeLast()
      }
      guard !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
        let number = Int(String(decoding: digits, as: UTF8.self)),
        found == nil || found == number
      else { return nil }
      found = number
    }
    return found
  }

  private func lower(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}
