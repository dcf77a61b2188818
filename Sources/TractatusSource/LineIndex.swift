/// A place in a source as people count it.
package struct SourceLocation: Hashable, Sendable {
  /// The line, from 1.
  package let line: Int

  /// The column, from 1, in Unicode scalars; each byte of broken UTF-8 that cannot
  /// continue a scalar counts as one, and a tab counts as one.
  package let column: Int
}

/// Finds the line and column of a byte offset, in O(log lines + bytes of the line).
///
/// A line ends after `\n`; the `\r` of `\r\n` belongs to the line that it ends.
package struct LineIndex: Sendable {
  private let text: SourceText
  private let starts: [UInt32]

  /// Indexes the lines of a text, in O(bytes).
  package init(_ text: SourceText) {
    var starts: [UInt32] = [0]
    for (offset, byte) in text.bytes.enumerated() where byte == 0x0A {
      starts.append(UInt32(clamping: offset + 1))
    }
    self.text = text
    self.starts = starts
  }

  /// The number of lines; an empty text has one.
  package var lineCount: Int { starts.count }

  /// The line, from 1, that an offset lies in; offsets past the end lie in the last one.
  package func line(at byteOffset: UInt32) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= byteOffset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The line and column of an offset.
  package func location(at byteOffset: UInt32) -> SourceLocation {
    let line = line(at: byteOffset)
    let start = Int(starts[line - 1])
    let end = max(start, min(Int(byteOffset), text.bytes.count))
    var column = 1
    for byte in text.bytes[start..<end] where byte & 0xC0 != 0x80 { column += 1 }
    return SourceLocation(line: line, column: column)
  }

  /// The byte range of a line, from 1, without its line end; nil for a line that is not there.
  package func byteRange(ofLine line: Int) -> Range<Int>? {
    guard line >= 1, line <= starts.count else { return nil }
    let start = Int(starts[line - 1])
    var end = line < starts.count ? Int(starts[line]) - 1 : text.bytes.count
    if end > start, text.bytes[end - 1] == 0x0D { end -= 1 }
    return start..<max(start, end)
  }
}
