/// Finds the word of the language that some bytes spell: a hash table with open addressing over
/// the spelling packed into two 64-bit numbers.
struct WordTable: Sendable {
  /// The longest word, in bytes.
  static let longestWord = 12

  /// The one table, which is built when first used.
  static let shared = WordTable()

  private static let slotCount = 512
  private var low: [UInt64]
  private var high: [UInt64]
  private var words: [Word?]

  /// Builds the table of all words.
  init() {
    low = [UInt64](repeating: 0, count: Self.slotCount)
    high = low
    words = [Word?](repeating: nil, count: Self.slotCount)
    for word in Word.allCases {
      var key: (UInt64, UInt64) = (0, 0)
      for (offset, byte) in word.rawValue.utf8.enumerated() {
        if offset < 8 {
          key.0 |= UInt64(byte) << UInt64(8 * offset)
        } else {
          key.1 |= UInt64(byte) << UInt64(8 * (offset - 8))
        }
      }
      var slot = Self.slot(key.0, key.1)
      while words[slot] != nil { slot = (slot + 1) & (Self.slotCount - 1) }
      (low[slot], high[slot], words[slot]) = (key.0, key.1, word)
    }
  }

  /// The word that a range of bytes spells, or nil.
  func word(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Word? {
    guard end - start <= Self.longestWord else { return nil }
    var key: (UInt64, UInt64) = (0, 0)
    var offset = start
    var shift: UInt64 = 0
    while offset < end, shift < 64 {
      key.0 |= UInt64(bytes[offset]) << shift
      shift += 8
      offset += 1
    }
    shift = 0
    while offset < end {
      key.1 |= UInt64(bytes[offset]) << shift
      shift += 8
      offset += 1
    }
    var slot = Self.slot(key.0, key.1)
    while let word = words[slot] {
      if low[slot] == key.0, high[slot] == key.1 { return word }
      slot = (slot + 1) & (Self.slotCount - 1)
    }
    return nil
  }

  private static func slot(_ low: UInt64, _ high: UInt64) -> Int {
    let mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed >> 50) & (slotCount - 1)
  }
}
