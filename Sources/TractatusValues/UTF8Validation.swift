/// Whether bytes are UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing
/// above U+10FFFF.
package enum UTF8Validation {
  /// Whether all of `bytes` is valid UTF-8. Linear, and eight bytes a step where they are ASCII.
  package static func isValid(_ bytes: Span<UInt8>) -> Bool {
    firstInvalidOffset(in: bytes) == nil
  }

  /// The offset of the first byte of the first ill-formed sequence, or nil when there is none.
  package static func firstInvalidOffset(in bytes: Span<UInt8>) -> Int? {
    let raw = unsafe bytes.bytes
    let count = bytes.count
    var offset = 0
    while offset < count {
      if count - offset >= 8 {
        // SAFETY: the load is bounds-checked, and every bit pattern is a UInt64.
        let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        if word & 0x8080_8080_8080_8080 == 0 {
          offset += 8
          continue
        }
      }
      let length = sequenceLength(at: offset, in: bytes)
      if length == 0 { return offset }
      offset += length
    }
    return nil
  }

  /// The length, 1 to 4, of the well-formed sequence at `offset`; 0 when there is none.
  ///
  /// The ranges of the second byte are those of the Unicode Standard, table 3-7.
  package static func sequenceLength(at offset: Int, in bytes: Span<UInt8>) -> Int {
    guard offset >= 0 && offset < bytes.count else { return 0 }
    let lead = bytes[offset]
    if lead < 0x80 { return 1 }
    let length: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0:
      length = 3
      low = 0xA0
    case 0xED:
      length = 3
      high = 0x9F
    case 0xE1...0xEF: length = 3
    case 0xF0:
      length = 4
      low = 0x90
    case 0xF1...0xF3: length = 4
    case 0xF4:
      length = 4
      high = 0x8F
    default: return 0
    }
    guard bytes.count - offset >= length else { return 0 }
    let second = bytes[offset + 1]
    guard second >= low && second <= high else { return 0 }
    if length >= 3 && bytes[offset + 2] & 0xC0 != 0x80 { return 0 }
    if length == 4 && bytes[offset + 3] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
