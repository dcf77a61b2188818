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

  mutating func write(_ word: UInt64) {
    write(UInt32(truncatingIfNeeded: word))
    write(UInt32(truncatingIfNeeded: word >> 32))
  }

  mutating func write(_ words: [UInt64]) {
    write(UInt32(truncatingIfNeeded: words.count))
    for word in words { write(word) }
  }

  mutating func write(_ other: [UInt8]) {
    write(UInt32(truncatingIfNeeded: other.count))
    bytes += other
  }
}

/// Takes numbers and arrays off an image; nil where it ends too early.
struct ImageReader {
  private let bytes: [UInt8]
  private var offset: Int
  private let end: Int
  /// Whether a seal has shown that this very build wrote the image: what the numbers of an image
  /// that anybody may have written are checked for holds of its own making then.
  let isTrusted: Bool

  /// Reads the image in a part of `bytes`, as much of it as is there.
  init(_ bytes: [UInt8], _ range: Range<Int>, isTrusted: Bool = false) {
    self.bytes = bytes
    self.isTrusted = isTrusted
    let range = range.clamped(to: 0..<bytes.count)
    offset = range.lowerBound
    end = range.upperBound
  }

  /// Whether all has been read.
  var isAtEnd: Bool { offset == end }

  mutating func word() -> UInt32? {
    guard end - offset >= 4 else { return nil }
    var word: UInt32 = 0
    for index in 0..<4 { word |= UInt32(bytes[offset + index]) << UInt32(8 * index) }
    offset += 4
    return word
  }

  /// The count of an array whose elements take `size` bytes and are all there.
  private mutating func count(_ size: Int) -> Int? {
    guard let count = word(), Int(count) <= (end - offset) / size else { return nil }
    return Int(count)
  }

  mutating func words() -> [UInt32]? {
    guard let count = count(4) else { return nil }
    return numbers(count)
  }

  mutating func longWord() -> UInt64? {
    guard let low = word(), let high = word() else { return nil }
    return UInt64(low) | UInt64(high) << 32
  }

  mutating func longWords() -> [UInt64]? {
    guard let count = count(8) else { return nil }
    return numbers(count)
  }

  /// So many numbers, which are there.
  ///
  /// PERF: one copy of the whole array, as every machine that this builds for is little-endian.
  private mutating func numbers<Number: FixedWidthInteger & BitwiseCopyable>(
    _ count: Int
  ) -> [Number] {
    let size = count * MemoryLayout<Number>.size
    let range = offset..<offset + size
    offset += size
    // SAFETY: the slice is bounds-checked, the target has room for `count` numbers, and every bit
    // pattern is a number.
    return unsafe bytes.withUnsafeBytes { source in
      let part = unsafe UnsafeRawBufferPointer(rebasing: source[range])
      return unsafe [Number](unsafeUninitializedCapacity: count) { target, initialized in
        unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: part)
        initialized = count
      }
    }
  }

  mutating func byteArray() -> [UInt8]? {
    guard let count = count(1) else { return nil }
    return numbers(count)
  }

  /// The image that an array of bytes is, read where it lies.
  mutating func part() -> ImageReader? {
    guard let count = count(1) else { return nil }
    offset += count
    return ImageReader(bytes, (offset - count)..<offset, isTrusted: isTrusted)
  }
}
