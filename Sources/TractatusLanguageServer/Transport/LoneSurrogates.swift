/// Puts the replacement character for halves of surrogate pairs that a message escapes.
///
/// An editor whose texts are UTF-16 may hold half a pair while someone types, and sends it as
/// `\ud83d`. No text of ours can hold that; the replacement character takes as many units, so that
/// positions stay what the editor thinks they are.
enum LoneSurrogates {
  /// The message with each lone half replaced, in O(bytes); the same length.
  static func replaced(in message: [UInt8]) -> [UInt8] {
    var bytes = message
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      guard let unit = unit(bytes, at: index) else {
        index += 2
        continue
      }
      switch unit {
      case 0xD800...0xDBFF:
        if let low = self.unit(bytes, at: index + 6), low >= 0xDC00, low <= 0xDFFF {
          index += 12
          continue
        }
        replace(&bytes, at: index)
      case 0xDC00...0xDFFF: replace(&bytes, at: index)
      default: break
      }
      index += 6
    }
    return bytes
  }

  private static func replace(_ bytes: inout [UInt8], at index: Int) {
    for (offset, byte) in "\\ufffd".utf8.enumerated() { bytes[index + offset] = byte }
  }

  /// The unit that `\uXXXX` at a place stands for.
  private static func unit(_ bytes: [UInt8], at index: Int) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    else { return nil }
    return UInt32(String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16)
  }
}
