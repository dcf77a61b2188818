/// Unicode's simple case folding, scalar by scalar (statuses C and S of CaseFolding.txt).
package enum CaseFolding {
  /// A scalar that does not fold to itself.
  struct Pair: Sendable {
    var source: UInt32
    var target: UInt32
  }

  /// Scalars at equal distances that fold by the same difference.
  private struct Run {
    var first: UInt32
    var count: UInt32
    var stride: UInt32
    var delta: Int32
  }

  private static let runs: [Run] = decodedRuns()

  /// Every scalar that does not fold to itself, by source.
  static let pairs: [Pair] = runs.flatMap { run in
    (0..<run.count).map { index in
      let source = run.first + index * run.stride
      return Pair(source: source, target: UInt32(truncatingIfNeeded: Int32(source) + run.delta))
    }
  }

  /// The same pairs by target, then source.
  private static let pairsByTarget: [Pair] = pairs.sorted {
    ($0.target, $0.source) < ($1.target, $1.source)
  }

  /// Replaces the content of `buffer` by the folded text; bytes that are not UTF-8 stay.
  ///
  /// Linear; a folded text can be shorter or longer than the text.
  package static func fold(_ text: Span<UInt8>, into buffer: inout [UInt8]) {
    buffer.removeAll(keepingCapacity: true)
    let (_, count) = fold(text, storage: &buffer)
    buffer.removeLast(buffer.count - count)
  }

  /// How places in a text and in its folded form correspond.
  enum Layout {
    /// Both are ASCII: every scalar is one byte.
    case ascii
    /// Every scalar kept its length.
    case same
    /// Places differ.
    case different
  }

  /// Folds into the beginning of `storage`, which only grows; says how places correspond and how
  /// many bytes the folded text has.
  static func fold(
    _ text: Span<UInt8>, storage: inout [UInt8]
  ) -> (layout: Layout, count: Int) {
    if storage.count < text.count {
      storage.append(contentsOf: repeatElement(0, count: text.count - storage.count))
    }
    let others = foldASCII(text, into: &storage)
    if others < 0x80 { return (.ascii, text.count) }
    storage.removeAll(keepingCapacity: true)
    let same = foldScalars(text, into: &storage)
    return (same ? .same : .different, storage.count)
  }

  /// Folds a text as if it were ASCII into the beginning of `storage`, which is as long; gives all
  /// bytes joined, of which one that is not ASCII shows.
  ///
  /// PERF: eight bytes at a time, the last eight perhaps twice; this sees every text.
  private static func foldASCII(_ text: Span<UInt8>, into storage: inout [UInt8]) -> UInt8 {
    var others: UInt64 = 0
    var target = storage.mutableSpan
    let count = text.count
    guard count >= 8 else {
      for index in 0..<count {
        let byte = text[index]
        others |= UInt64(byte)
        target[index] = byte | (byte &- 0x41 < 26 ? 0x20 : 0)
      }
      return UInt8(truncatingIfNeeded: others)
    }
    precondition(target.count >= count)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let source = unsafe text.bytes
    var bytes = unsafe target.mutableBytes
    let last = count - 8
    var offset = 0
    while true {
      // SAFETY: from 0 to `last` eight bytes begin, there and in the storage, and every bit
      // pattern is a UInt64.
      let word = unsafe source.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
      others |= word
      // The highest bit of each byte of ASCII from `A` on, and from behind `Z` on.
      let plain = word & (ones &* 0x7F)
      let isUpper = (plain &+ (ones &* 0x3F)) & ~(plain &+ (ones &* 0x25))
      unsafe bytes.storeBytes(
        of: word | (isUpper & (ones &* 0x80)) >> 2, toUncheckedByteOffset: offset,
        as: UInt64.self)
      if offset == last { break }
      offset = min(offset &+ 8, last)
    }
    return others & (ones &* 0x80) == 0 ? 0 : 0x80
  }

  private static func foldScalars(_ text: Span<UInt8>, into buffer: inout [UInt8]) -> Bool {
    var keeps = true
    var offset = 0
    while offset < text.count {
      let (scalar, length) = ScalarCoding.scalar(in: text, at: offset)
      if scalar == ScalarCoding.invalid {
        buffer.append(text[offset])
      } else {
        let before = buffer.count
        ScalarCoding.append(fold(scalar), to: &buffer)
        if buffer.count - before != length { keeps = false }
      }
      offset += length
    }
    return keeps
  }

  /// The folded form of one scalar value.
  package static func fold(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
    let runs = self.runs
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].first <= scalar { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return scalar }
    let run = runs[low - 1]
    let distance = scalar - run.first
    guard distance % run.stride == 0, distance / run.stride < run.count else { return scalar }
    return UInt32(truncatingIfNeeded: Int32(truncatingIfNeeded: scalar) + run.delta)
  }

  /// Whether another scalar folds like this one.
  static func hasCase(_ scalar: UInt32) -> Bool {
    scalar < 0x80 ? (scalar | 0x20) &- 0x61 < 26 : alike(scalar).count > 1
  }

  /// Every scalar that folds like `scalar`, itself included, in ascending order.
  static func alike(_ scalar: UInt32) -> [UInt32] {
    // PERF: nothing needs to be decoded for ASCII, whose letters have their other case, and two of
    // them one more scalar that folds to them.
    if scalar < 0x80 {
      let lower = fold(scalar)
      guard lower &- 0x61 < 26 else { return [lower] }
      switch lower {
      case 0x6B: return [lower & 0xDF, lower, 0x212A]
      case 0x73: return [lower & 0xDF, lower, 0x17F]
      default: return [lower & 0xDF, lower]
      }
    }
    let target = fold(scalar)
    let pairs = pairsByTarget
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle].target < target { low = middle + 1 } else { high = middle }
    }
    var result = [target]
    while low < pairs.count, pairs[low].target == target {
      result.append(pairs[low].source)
      low += 1
    }
    return result.sorted()
  }

  private static func decodedRuns() -> [Run] {
    var result: [Run] = []
    var fields: [Int32] = []
    var value: Int32 = 0
    var negative = false
    func end() { fields.append(negative ? -value : value) }
    for byte in UnicodeProperties.bytes(of: UnicodeTables.foldRuns) {
      switch byte {
      case 0x30...0x39: value = value &* 10 &+ Int32(byte - 0x30)
      case 0x2D: negative = true
      case 0x2C, 0x3B:
        end()
        value = 0
        negative = false
        guard byte == 0x3B, fields.count == 4 else { continue }
        result.append(
          Run(
            first: UInt32(truncatingIfNeeded: fields[0]),
            count: UInt32(truncatingIfNeeded: fields[1]),
            stride: max(1, UInt32(truncatingIfNeeded: fields[2])), delta: fields[3]))
        fields = []
      default: continue
      }
    }
    return result
  }
}
