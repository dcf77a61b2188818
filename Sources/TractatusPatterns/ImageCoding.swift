/// Appends numbers and arrays to an image, little-endian, each array after its count.
struct ImageWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ word: UInt32) {
    for shift: UInt32 in [0, 8, 16, 24] {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  mutating func write(_ word: UInt64) {
    write(UInt32(truncatingIfNeeded: word))
    write(UInt32(truncatingIfNeeded: word >> 32))
  }

  /// Appends numbers, and zeros up to a multiple of four, by which all that comes after is aligned.
  ///
  /// INVARIANT: every machine that this builds for is little-endian.
  mutating func write<Number: FixedWidthInteger & BitwiseCopyable>(_ numbers: Packed<Number>) {
    write(UInt32(truncatingIfNeeded: numbers.count))
    unsafe numbers.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
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

  mutating func longWord() -> UInt64? {
    guard let low = word(), let high = word() else { return nil }
    return UInt64(low) | UInt64(high) << 32
  }

  /// Numbers, left where they lie.
  mutating func numbers<Number>(_ type: Number.Type = Number.self) -> Packed<Number>? {
    guard let range = range(MemoryLayout<Number>.size) else { return nil }
    return Packed(bytes, from: range.lowerBound, count: range.count / MemoryLayout<Number>.size)
  }

  /// Numbers of 32 bits, left where they lie.
  mutating func words() -> Packed<UInt32>? { numbers() }

  /// Where an array lies whose elements take `size` bytes; what fills it up behind is passed.
  private mutating func range(_ size: Int) -> Range<Int>? {
    guard let count = count(size), (count * size + 3) / 4 * 4 <= end - offset else { return nil }
    let range = offset..<offset + count * size
    offset += (count * size + 3) / 4 * 4
    return range
  }

  /// The image that an array of bytes is, read where it lies.
  mutating func part() -> ImageReader? {
    guard let range = range(1) else { return nil }
    return ImageReader(bytes, range, isTrusted: isTrusted)
  }
}
