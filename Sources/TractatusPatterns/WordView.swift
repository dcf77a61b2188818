/// A text as its words: what `mentions` looks at.
///
/// Words are folded and stand between single spaces, one before the first and one after the last;
/// a hyphen between two letters stays, as `-`, because it may be read as nothing too. All other
/// separators become one space.
struct WordView: Sendable {
  /// The view's bytes.
  private(set) var bytes: [UInt8] = []

  /// Whether a scalar belongs to words: letters, digits and marks.
  @inline(__always)
  static func isWord(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return (scalar | 0x20) &- 0x61 < 26 || scalar &- 0x30 < 10 }
    return scalar != ScalarCoding.invalid && UnicodeProperties.wordScalars.contains(scalar)
  }

  /// Whether a scalar is one of the three hyphens: U+002D, U+2010 and U+2011.
  @inline(__always)
  static func isHyphen(_ scalar: UInt32) -> Bool {
    scalar == 0x2D || scalar == 0x2010 || scalar == 0x2011
  }

  /// Replaces the view by that of another text; linear, and allocates only to grow.
  mutating func read(_ text: Span<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(0x20)
    // INVARIANT: the view ends with a word's byte, with a space, or with a hyphen that follows a
    // word and of which it is not known yet whether a word follows.
    var offset = 0
    while offset < text.count {
      let byte = text[offset]
      if byte < 0x80 {
        offset += 1
        if (byte | 0x20) &- 0x61 < 26 {
          bytes.append(byte | 0x20)
        } else if byte &- 0x30 < 10 {
          bytes.append(byte)
        } else {
          separate(isHyphen: byte == 0x2D)
        }
      } else {
        let (scalar, length) = ScalarCoding.scalar(in: text, at: offset)
        offset += length
        if Self.isWord(scalar) {
          ScalarCoding.append(CaseFolding.fold(scalar), to: &bytes)
        } else {
          separate(isHyphen: Self.isHyphen(scalar))
        }
      }
    }
    separate(isHyphen: false)
  }

  @inline(__always)
  private mutating func separate(isHyphen: Bool) {
    let last = bytes.count - 1
    switch bytes[last] {
    case 0x20: return
    case 0x2D: bytes[last] = 0x20
    default: bytes.append(isHyphen ? 0x2D : 0x20)
    }
  }
}
