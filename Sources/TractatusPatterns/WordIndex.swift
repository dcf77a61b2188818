/// Finds whole words in a word view: for each the patterns of `mentions` that need it.
struct WordIndex: Sendable, Equatable {
  /// What finding a word means for a pattern.
  enum Meaning: UInt32 {
    /// The pattern matches.
    case matches
    /// A match may begin one byte before the word.
    case begins
    /// The pattern may match.
    case mayMatch
  }

  /// A pattern that needs a word.
  struct Target {
    var pattern: UInt32
    var meaning: Meaning
  }

  /// Numbers that one word takes in `words`.
  static let recordSize = 3

  private(set) var bytes = Packed<UInt8>()
  /// For each word: where its bytes start, how many they are, and its first target; then one more
  /// first target, past the last.
  private(set) var words = Packed<UInt32>()
  /// Pairs of a pattern and a meaning.
  private(set) var targets = Packed<UInt32>()
  /// Words by the hash of their bytes.
  private(set) var table: GramTable
  /// The bytes of the longest word.
  private(set) var longest = 0

  /// How many words there are.
  var count: Int { words.count / Self.recordSize }

  /// One more byte of a word's hash (Fowler, Noll and Vo's).
  @inline(__always)
  static func hash(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
    (hash ^ UInt32(byte)) &* 0x0100_0193
  }

  /// The hash of no bytes.
  static let seed: UInt32 = 0x811C_9DC5

  init(_ entries: [(word: [UInt8], targets: [Target])]) {
    var keys: [GramTable.Entry] = []
    for (number, entry) in entries.enumerated() {
      keys.append(
        GramTable.Entry(
          key: entry.word.reduce(Self.seed, Self.hash), value: UInt32(truncatingIfNeeded: number)))
      words += [
        UInt32(truncatingIfNeeded: bytes.count), UInt32(truncatingIfNeeded: entry.word.count),
        UInt32(truncatingIfNeeded: targets.count / 2),
      ]
      bytes += entry.word
      longest = max(longest, entry.word.count)
      for target in entry.targets { targets += [target.pattern, target.meaning.rawValue] }
    }
    words.append(UInt32(truncatingIfNeeded: targets.count / 2))
    table = GramTable(keys)
  }

  /// Whether a word of `length` bytes stands in the view from `start` on, hyphens read as nothing.
  func stands(_ word: Int, at start: Int, length: Int, in view: Span<UInt8>) -> Bool {
    guard Int(words[word * Self.recordSize + 1]) == length else { return false }
    let first = Int(words[word * Self.recordSize])
    var offset = start
    for index in 0..<length {
      if offset < view.count, view[offset] == 0x2D { offset += 1 }
      guard offset < view.count, view[offset] == bytes[first + index] else { return false }
      offset += 1
    }
    return true
  }

  /// The places of a word's targets, in pairs.
  func targetRange(of word: Int) -> Range<Int> {
    let record = word * Self.recordSize + 2
    let next = record + (word + 1 == count ? 1 : Self.recordSize)
    return Int(words[record])..<Int(words[next])
  }

  /// Appends the index to an image.
  func write(into image: inout ImageWriter) {
    image.write(bytes)
    image.write(words)
    image.write(targets)
    table.write(into: &image)
  }

  /// Reads an index whose targets are patterns below `patterns`.
  init?(reading image: inout ImageReader, patterns: Int) {
    guard let bytes = image.numbers(UInt8.self), let words = image.words(),
      let targets = image.words(),
      words.count % Self.recordSize == 1, targets.count % 2 == 0,
      let table = GramTable(reading: &image, valuesBelow: words.count / Self.recordSize)
    else { return nil }
    self.bytes = bytes
    self.words = words
    self.targets = targets
    self.table = table
    guard Int(words[words.count - 1]) == targets.count / 2 else { return nil }
    if image.isTrusted {
      for word in 0..<count { longest = max(longest, Int(words[word * Self.recordSize + 1])) }
      return
    }
    for word in 0..<count {
      let record = word * Self.recordSize
      let next = words[record + 2 + (word + 1 == count ? 1 : Self.recordSize)]
      guard Int(words[record]) + Int(words[record + 1]) <= bytes.count, words[record + 2] <= next,
        Int(next) <= targets.count / 2
      else { return nil }
      longest = max(longest, Int(words[record + 1]))
    }
    for target in stride(from: 0, to: targets.count, by: 2) {
      guard Int(targets[target]) < patterns, Meaning(rawValue: targets[target + 1]) != nil else {
        return nil
      }
    }
  }
}
