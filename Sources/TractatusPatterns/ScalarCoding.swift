/// Reading and writing single scalar values as UTF-8.
enum ScalarCoding {
  /// The scalar value that stands for bytes that are not UTF-8.
  static let invalid: UInt32 = .max

  /// The scalar at a byte offset and its length; `invalid` with length 1 where the bytes are not
  /// UTF-8 (RFC 3629: no surrogates, nothing overlong, nothing above U+10FFFF).
  @inline(__always)
  static func scalar(in text: Span<UInt8>, at offset: Int) -> (value: UInt32, length: Int) {
    let lead = text[offset]
    if lead < 0x80 { return (UInt32(lead), 1) }
    return multiByteScalar(in: text, at: offset, lead: lead)
  }

  private static func multiByteScalar(
    in text: Span<UInt8>, at offset: Int, lead: UInt8
  ) -> (value: UInt32, length: Int) {
    let left = text.count - offset
    func tail(_ index: Int) -> UInt32? {
      guard index < left else { return nil }
      let byte = text[offset + index]
      return byte & 0xC0 == 0x80 ? UInt32(byte & 0x3F) : nil
    }
    switch lead {
    case 0xC2...0xDF:
      guard let second = tail(1) else { break }
      return (UInt32(lead & 0x1F) << 6 | second, 2)
    case 0xE0...0xEF:
      guard let second = tail(1), let third = tail(2) else { break }
      let value = UInt32(lead & 0x0F) << 12 | second << 6 | third
      guard value >= 0x800, !(0xD800...0xDFFF).contains(value) else { break }
      return (value, 3)
    case 0xF0...0xF4:
      guard let second = tail(1), let third = tail(2), let fourth = tail(3) else { break }
      let value = UInt32(lead & 0x07) << 18 | second << 12 | third << 6 | fourth
      guard (0x10000...0x10FFFF).contains(value) else { break }
      return (value, 4)
    default: break
    }
    return (invalid, 1)
  }

  /// How many bytes a scalar value takes.
  static func length(_ scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
  }

  /// Appends a scalar value's bytes.
  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 {
      UInt8(truncatingIfNeeded: 0x80 | (scalar >> shift & 0x3F))
    }
    switch length(scalar) {
    case 1:
      bytes.append(UInt8(truncatingIfNeeded: scalar))
    case 2:
      bytes.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      bytes.append(tail(0))
    case 3:
      bytes.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      bytes.append(tail(6))
      bytes.append(tail(0))
    default:
      bytes.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      bytes.append(tail(12))
      bytes.append(tail(6))
      bytes.append(tail(0))
    }
  }

  /// The scalar's bytes.
  static func bytes(_ scalar: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    append(scalar, to: &bytes)
    return bytes
  }
}
