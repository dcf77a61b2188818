import Glibc

/// Goes through the lines of a block of bytes.
struct LineCursor {
  private var start = 0

  /// The next line of `block` without its newline, or nil after the last.
  mutating func next(in block: [UInt8]) -> Range<Int>? {
    guard start < block.count else { return nil }
    let end = Self.newline(in: block, from: start) ?? block.count
    defer { start = end + 1 }
    return start..<end
  }

  /// Where the first newline from an offset on is.
  ///
  /// PERF: the system's search takes 16 bytes or more a step.
  static func newline(in bytes: [UInt8], from start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    // SAFETY: the search stays within the buffer, from `start` to its end.
    return unsafe bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress,
        let found = unsafe memchr(base + start, 0x0A, buffer.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// Where the last newline from an offset on is.
  static func lastNewline(in bytes: [UInt8], from start: Int) -> Int? {
    var index = bytes.count
    while index > start {
      index -= 1
      if bytes[index] == 0x0A { return index }
    }
    return nil
  }
}
