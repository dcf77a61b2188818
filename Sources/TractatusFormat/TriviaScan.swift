import TractatusSyntax

/// What lies between two tokens, as far as the layout asks.
struct TriviaScan {
  /// Line ends, not counted past 255.
  var lineCount: UInt8 = 0
  /// Whether an empty line is among them.
  var hasEmptyLine = false
  /// Whether there is a comment.
  var hasComment = false
  /// Whether there are bytes that are neither white space nor of a comment.
  var hasJunk = false
  /// The offset after the last line end; nil without one.
  var lineStart: Int?

  /// Reads the bytes of a range. O(bytes).
  init(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    var offset = start == 0 ? Self.byteOrderMarkLength(bytes) : start
    var isEmptyLine = start == 0
    while offset < end {
      let byte = bytes[offset]
      if byte == 0x0A {
        if isEmptyLine { hasEmptyLine = true }
        isEmptyLine = true
        if lineCount < 255 { lineCount += 1 }
        lineStart = offset + 1
      } else if byte == 0x2F, offset + 1 < end, bytes[offset + 1] == 0x2F {
        hasComment = true
        isEmptyLine = false
        offset = Self.endOfLine(bytes, from: offset, to: end)
        continue
      } else if !Self.isWhite(byte) {
        hasJunk = true
        isEmptyLine = false
      }
      offset += 1
    }
  }

  /// Whether a byte is white space between tokens.
  static func isWhite(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
  }

  /// The offset of the next line end, or the end of the range.
  static func endOfLine(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
    var offset = start
    while offset < end, bytes[offset] != 0x0A { offset += 1 }
    return offset
  }

  /// The length of the byte order mark at the beginning, 3 or 0.
  static func byteOrderMarkLength(_ bytes: Span<UInt8>) -> Int {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
  }
}
