/// Appends numbers and arrays to an image, little-endian, each array after its count.
struct ImageWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ word: UInt32) {
    for shift: UInt32 in [0, 8, 16, 24] {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  mutating func write(_ words: [UInt32]) {
    write(UInt32(truncatingIfNeeded: words.count))
    bytes.reserveCapacity(bytes.count + words.count * 4)
    for word in words { write(word) }
  }

  mutating func write(_ words: [UInt64]) {
    write(UInt32(truncatingIfNeeded: words.count))
    for word in words {
      write(UInt32(truncatingIfNeeded: word))
      write(UInt32(truncatingIfNeeded: word >> 32))
    }
  }

  mutating func write(_ other: [UInt8]) {
    write(UInt32(truncatingIfNeeded: other.count))
    bytes += other
  }
}

/// Takes numbers and arrays off an image; nil where it ends too early.
struct ImageReader {
  private let bytes: [UInt8]
  private(set) var offset = 0

  init(_ bytes: Span<UInt8>) {
    // SAFETY: the buffer is read while the span is borrowed, and not kept.
    self.bytes = unsafe bytes.withUnsafeBufferPointer { unsafe [UInt8]($0) }
  }

  /// Whether all has been read.
  var isAtEnd: Bool { offset == bytes.count }

  mutating func word() -> UInt32? {
    guard bytes.count - offset >= 4 else { return nil }
    var word: UInt32 = 0
    for index in 0..<4 { word |= UInt32(bytes[offset + index]) << UInt32(8 * index) }
    offset += 4
    return word
  }

  /// The count of an array whose elements take `size` bytes and are all there.
  private mutating func count(_ size: Int) -> Int? {
    guard let count = word(), Int(count) <= (bytes.count - offset) / size else { return nil }
    return Int(count)
  }

  mutating func words() -> [UInt32]? {
    guard let count = count(4) else { return nil }
    var words: [UInt32] = []
    words.reserveCapacity(count)
    for _ in 0..<count { words.append(word() ?? 0) }
    return words
  }

  mutating func longWords() -> [UInt64]? {
    guard let count = count(8) else { return nil }
    var words: [UInt64] = []
    words.reserveCapacity(count)
    for _ in 0..<count {
      let low = UInt64(word() ?? 0)
      words.append(low | UInt64(word() ?? 0) << 32)
    }
    return words
  }

  mutating func byteArray() -> [UInt8]? {
    guard let count = count(1) else { return nil }
    offset += count
    return Array(bytes[(offset - count)..<offset])
  }
}
