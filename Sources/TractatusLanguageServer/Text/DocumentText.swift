/// A place in a document as the protocol counts it, both from 0; how wide a character is the
/// encoding says that was agreed on.
package struct Position: Hashable, Comparable, Sendable {
  /// The line.
  package var line: Int
  /// The units before it on its line.
  package var character: Int

  /// A place.
  package init(line: Int, character: Int) {
    (self.line, self.character) = (line, character)
  }

  /// Orders as in the text.
  package static func < (left: Position, right: Position) -> Bool {
    (left.line, left.character) < (right.line, right.character)
  }
}

/// What a character of a position is.
package enum PositionEncoding: String, Sendable {
  /// A byte of UTF-8.
  case utf8 = "utf-8"
  /// A unit of UTF-16: the default.
  case utf16 = "utf-16"
}

/// The bytes of a document and where its lines begin.
///
/// A line ends after `\n`, `\r\n` or `\r` (LSP 3.17, *Position*). Positions past the end of a line
/// mean its end, those past the last line the end of the text, those inside a scalar its beginning.
package struct DocumentText: Sendable {
  /// The text.
  package private(set) var bytes: [UInt8]
  private var lineStarts: [Int]
  /// What the characters of positions are.
  package let encoding: PositionEncoding

  /// Makes a text, in O(bytes).
  package init(_ bytes: [UInt8], encoding: PositionEncoding) {
    (self.bytes, self.encoding) = (bytes, encoding)
    lineStarts = Self.lineStarts(of: bytes)
  }

  private static func lineStarts(of bytes: [UInt8]) -> [Int] {
    var starts = [0]
    let text = bytes.span
    for offset in text.indices {
      let byte = text[offset]
      if byte > 0x0D { continue }
      if byte == 0x0A {
        starts.append(offset + 1)
      } else if byte == 0x0D, offset + 1 == text.count || text[offset + 1] != 0x0A {
        starts.append(offset + 1)
      }
    }
    return starts
  }

  /// The number of lines; an empty text has one.
  package var lineCount: Int { lineStarts.count }

  /// Replaces what lies between two positions, or the whole text without them. Positions that come
  /// in the wrong order are exchanged.
  package mutating func replace(_ range: (Position, Position)?, with text: [UInt8]) {
    if let range {
      let (one, other) = (offset(of: range.0), offset(of: range.1))
      bytes.replaceSubrange(min(one, other)..<max(one, other), with: text)
    } else {
      bytes = text
    }
    lineStarts = Self.lineStarts(of: bytes)
  }

  /// The byte offset of a position, at the beginning of a scalar.
  package func offset(of position: Position) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < lineStarts.count else { return bytes.count }
    let end = lineEnd(position.line)
    var place = lineStarts[position.line]
    var units = 0
    while place < end {
      let length = scalarLength(at: place, end: end)
      let width = encoding == .utf8 ? length : length == 4 ? 2 : 1
      if units + width > position.character { break }
      units += width
      place += length
    }
    return place
  }

  /// The position of a byte offset; past the end that of the end.
  package func position(at offset: Int) -> Position {
    let offset = max(0, min(offset, bytes.count))
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    var place = lineStarts[low]
    var units = 0
    while place < offset {
      let length = scalarLength(at: place, end: bytes.count)
      if place + length > offset { break }
      units += encoding == .utf8 ? length : length == 4 ? 2 : 1
      place += length
    }
    return Position(line: low, character: units)
  }

  /// Where a line's text ends: before what ends the line.
  package func lineEnd(_ line: Int) -> Int {
    guard line + 1 < lineStarts.count else { return bytes.count }
    var end = lineStarts[line + 1] - 1
    if bytes[end] == 0x0A, end > lineStarts[line], bytes[end - 1] == 0x0D { end -= 1 }
    return end
  }

  /// Where a line begins; the end of the text for a line after the last.
  package func lineStart(_ line: Int) -> Int {
    line < lineStarts.count ? lineStarts[line] : bytes.count
  }

  /// How many bytes the scalar at a place has; a byte that begins none counts as one.
  private func scalarLength(at place: Int, end: Int) -> Int {
    let length =
      switch bytes[place] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    guard place + length <= end else { return 1 }
    for offset in 1..<max(1, length) where bytes[place + offset] & 0xC0 != 0x80 { return 1 }
    return length
  }
}
