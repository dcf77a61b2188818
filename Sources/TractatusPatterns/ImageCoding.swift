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

  /// Appends bytes, and zeros up to a multiple of four, by which all that comes after is aligned.
  mutating func write(_ other: [UInt8]) {
    write(UInt32(truncatingIfNeeded: other.count))
    bytes += other
    while bytes.count % 4 != 0 { bytes.append(0) }
  }
}

/// Takes numbers and arrays off an image; nil where it ends too early.
struct ImageReader {
  private let bytes: ImageBytes
  private var offset: Int
  private let end: Int
  /// Whether a seal has shown that this very build wrote the image: what the numbers of an image
  /// that anybody may have written are checked for holds of its own making then.
  let isTrusted: Bool

  /// Reads the image in a part of `bytes`, as much of it as is there.
  init(_ bytes: ImageBytes, _ range: Range<Int>, isTrusted: Bool = false) {
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

  /// An array of numbers.
  ///
  /// PERF: room is made first and then filled. An array that is made with its elements asks the
  /// runtime for its type each time, 1,000 instructions, and images of commands have a thousand.
  mutating func words() -> [UInt32]? {
    guard let count = count(4) else { return nil }
    var words: [UInt32] = []
    if count == 0 { return words }
    words.reserveCapacity(count)
    let range = offset..<offset + count * 4
    offset += count * 4
    // SAFETY: the slice is bounds-checked, aligned where it is taken for numbers, and every bit
    // pattern is a number; every machine that this builds for is little-endian.
    unsafe bytes.withBytes(range) { part in
      if Int(bitPattern: part.baseAddress) % 4 == 0 {
        unsafe part.withMemoryRebound(to: UInt32.self) { unsafe words.append(contentsOf: $0) }
      } else {
        for place in stride(from: 0, to: part.count, by: 4) {
          words.append(unsafe part.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        }
      }
    }
    return words
  }

  mutating func longWord() -> UInt64? {
    guard let low = word(), let high = word() else { return nil }
    return UInt64(low) | UInt64(high) << 32
  }

  /// Words of 64 bits, left where they lie.
  mutating func packedWords() -> PackedWords? {
    guard let count = count(8) else { return nil }
    offset += count * 8
    return PackedWords(bytes, from: offset - count * 8, count: count)
  }

  mutating func byteArray() -> [UInt8]? {
    guard let range = byteRange() else { return nil }
    var copy: [UInt8] = []
    if range.isEmpty { return copy }
    copy.reserveCapacity(range.count)
    unsafe bytes.withBytes(range) { unsafe copy.append(contentsOf: $0) }
    return copy
  }

  /// Where an array of bytes lies, with what fills it up behind.
  private mutating func byteRange() -> Range<Int>? {
    guard let count = count(1), (count + 3) / 4 * 4 <= end - offset else { return nil }
    let range = offset..<offset + count
    offset += (count + 3) / 4 * 4
    return range
  }

  /// The image that an array of bytes is, read where it lies.
  mutating func part() -> ImageReader? {
    guard let range = byteRange() else { return nil }
    return ImageReader(bytes, range, isTrusted: isTrusted)
  }
}
