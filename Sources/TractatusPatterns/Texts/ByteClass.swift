/// A class of scalars, exact for ASCII: a bit for each, and one for all others together.
struct ByteClass: Sendable, Equatable {
  private var low: UInt64
  private var high: UInt64
  /// Whether every scalar beyond ASCII belongs to it.
  var hasOthers: Bool
  /// Whether it is that of a bracket, which may tell any bytes apart.
  private(set) var isBracket = false

  init(low: UInt64 = 0, high: UInt64 = 0, hasOthers: Bool = false) {
    self.low = low
    self.high = high
    self.hasOthers = hasOthers
  }

  /// Every scalar.
  static let all = ByteClass(low: .max, high: .max, hasOthers: true)
  /// Every scalar but `/`.
  static let names = all.without(UInt8(ascii: "/"))
  /// What a name that a pattern finds begins with: neither `/` nor, unless it is spelled, `.`.
  static let initials = names.without(UInt8(ascii: "."))
  /// `0` to `9`.
  static let digits = ByteClass(low: 0x03FF_0000_0000_0000)

  /// Whether a byte may begin, or be in, a scalar of the class.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    if byte >= 0x80 { return hasOthers }
    return (byte < 64 ? low >> UInt64(byte) : high >> UInt64(byte & 63)) & 1 != 0
  }

  /// Adds a byte of ASCII; any other byte adds all scalars beyond ASCII.
  mutating func insert(_ byte: UInt8) {
    if byte < 64 {
      low |= 1 << UInt64(byte)
    } else if byte < 128 {
      high |= 1 << UInt64(byte & 63)
    } else {
      hasOthers = true
    }
  }

  /// The class without a byte of ASCII.
  func without(_ byte: UInt8) -> ByteClass {
    var result = self
    if byte < 64 {
      result.low &= ~(1 << UInt64(byte))
    } else {
      result.high &= ~(1 << UInt64(byte & 63))
    }
    return result
  }

  /// All other scalars; those beyond ASCII always, as not each of them need be a member.
  var complement: ByteClass { ByteClass(low: ~low, high: ~high, hasOthers: true) }

  /// What a bracket of a shell's pattern can match, `[` and `]` included; at least that.
  ///
  /// A range has both cases of its letters, as some locales sort them so; `[:alpha:]` and the like
  /// are taken for anything. `/` is never matched.
  static func bracket(_ text: Span<UInt8>) -> ByteClass {
    var result = ByteClass()
    var offset = 1
    let end = text.count - 1
    guard end > 1 else { return names }
    let isNegated = text[1] == UInt8(ascii: "!") || text[1] == UInt8(ascii: "^")
    if isNegated { offset += 1 }
    while offset < end {
      let byte = text[offset]
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "\\") { return names }
      if offset + 2 < end, text[offset + 1] == UInt8(ascii: "-") {
        let last = text[offset + 2]
        if last >= 0x80 || byte >= 0x80 { return names }
        result.insert(range: byte, last)
        offset += 3
      } else {
        result.insert(byte)
        offset += 1
      }
    }
    if isNegated { result = result.complement }
    result.isBracket = true
    return result.without(UInt8(ascii: "/"))
  }

  private mutating func insert(range first: UInt8, _ last: UInt8) {
    guard first <= last else { return }
    for byte in first...last {
      insert(byte)
      if (byte | 0x20) &- 0x61 < 26 { insert(byte ^ 0x20) }
    }
    // Between letters other alphabets' letters are sorted.
    if (last | 0x20) &- 0x61 < 26 { hasOthers = true }
  }
}
