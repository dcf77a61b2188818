/// Words of 64 bits: in an array of their own, or a part of an image.
///
/// PERF: automata are most of an image, and a decision looks at few of them. Where they are read
/// where they lie, the others cost nothing.
@safe
struct PackedWords: Sendable, RandomAccessCollection {
  private var words: [UInt64] = []
  /// What keeps the words in place that are not in the array.
  private var image: ImageBytes?
  /// Where those lie.
  // INVARIANT: from there on the image has eight bytes for each.
  // PERF: a pointer, for to go through the object would count a reference at each word.
  private nonisolated(unsafe) var base: UnsafeRawPointer?
  private(set) var count = 0

  /// No words.
  init() {}

  /// So many words of an image, from a place on, as far as they are there.
  init(_ image: ImageBytes, from start: Int, count: Int) {
    let start = Swift.min(Swift.max(start, 0), image.count)
    self.image = image
    unsafe base = unsafe image.address(of: start)
    self.count = Swift.min(Swift.max(count, 0), (image.count - start) / 8)
  }

  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(index: Int) -> UInt64 {
    @inline(__always)
    get {
      guard let base = unsafe base else { return words[index] }
      precondition(index >= 0 && index < count)
      // SAFETY: the index is below the count, so that eight bytes are there; every bit pattern is a
      // number.
      return unsafe UInt64(
        littleEndian: base.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self))
    }
    set {
      takeOver()
      words[index] = newValue
    }
  }

  /// Adds a word.
  mutating func append(_ word: UInt64) {
    takeOver()
    words.append(word)
    count += 1
  }

  /// Copies the words of an image into an array.
  private mutating func takeOver() {
    if image == nil { return }
    words = Array(self)
    image = nil
    unsafe base = nil
  }

  /// Appends the words to an image, after their count.
  func write(into image: inout ImageWriter) {
    image.write(UInt32(truncatingIfNeeded: count))
    for word in self { image.write(word) }
  }
}

extension PackedWords: Equatable {
  static func == (left: PackedWords, right: PackedWords) -> Bool { left.elementsEqual(right) }
}
