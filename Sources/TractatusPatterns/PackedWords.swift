/// Words of 64 bits that lie packed in bytes: bytes of their own, or a part of an image.
///
/// PERF: automata are most of an image, and a decision looks at few of them. Where they are read
/// where they lie, the others cost nothing.
struct PackedWords: Sendable, RandomAccessCollection {
  // INVARIANT: from `start` on there are eight bytes for each word.
  private var bytes: [UInt8] = []
  private var start = 0
  private(set) var count = 0

  /// No words.
  init() {}

  /// So many words of an image, from a place on, as far as they are there.
  init(_ bytes: [UInt8], from start: Int, count: Int) {
    let start = Swift.min(Swift.max(start, 0), bytes.count)
    self.bytes = bytes
    self.start = start
    self.count = Swift.min(Swift.max(count, 0), (bytes.count - start) / 8)
  }

  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(index: Int) -> UInt64 {
    @inline(__always)
    get {
      precondition(index >= 0 && index < count)
      // SAFETY: the index is below the count, so that eight bytes are there; every bit pattern is a
      // number.
      return unsafe UInt64(
        littleEndian: bytes.span.bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: start &+ index &* 8, as: UInt64.self))
    }
    set {
      precondition(index >= 0 && index < count)
      for place in 0..<8 {
        bytes[start + index * 8 + place] = UInt8(truncatingIfNeeded: newValue >> UInt64(place * 8))
      }
    }
  }

  /// Adds a word to those that lie in bytes of their own.
  mutating func append(_ word: UInt64) {
    if bytes.count != start + count * 8 {
      bytes = Array(bytes[start..<start + count * 8])
      start = 0
    }
    unsafe withUnsafeBytes(of: word.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    count += 1
  }

  /// Appends the words to an image, after their count.
  func write(into image: inout ImageWriter) {
    image.write(bytes[start..<start + count * 8], count: count)
  }
}

extension PackedWords: Equatable {
  static func == (left: PackedWords, right: PackedWords) -> Bool { left.elementsEqual(right) }
}
