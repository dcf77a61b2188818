/// One source line made safe to print: tabs as spaces, control characters and broken bytes made
/// visible, a long line cut around its mark.
package struct SourceLineExcerpt {
  /// The line as printed.
  let text: String

  /// The columns of the printed line before the mark.
  let markColumn: Int

  /// The columns of the mark, at least 1.
  let markWidth: Int

  /// Prepares a line; the mark's offsets count from the line's first byte and are cut to it.
  init(bytes: ArraySlice<UInt8>, markStart: Int, markEnd: Int, widthLimit: Int) {
    let low = max(0, min(markStart, bytes.count))
    let high = max(low, min(markEnd, bytes.count))
    // Two line widths on either side are enough to fill the shown part, whatever the escapes,
    // and keep a line of megabytes from being converted whole.
    let reach = 2 * widthLimit
    let from = Self.scalarStart(in: bytes, at: max(0, low - reach))
    let to = Self.scalarStart(in: bytes, at: min(bytes.count, min(high, low + reach) + reach))
    let base = bytes.startIndex
    let before = Self.cells(bytes[(base + from)..<(base + max(from, low))])
    let marked = Self.cells(bytes[(base + max(from, low))..<(base + max(low, min(high, to)))])
    let after = Self.cells(
      bytes[(base + max(low, min(high, to)))..<(base + max(to, min(high, to), low))])
    let all = before + marked + after
    var start = 0
    if from > 0 || before.count > widthLimit / 2 {
      start = max(0, min(before.count - widthLimit / 4, before.count))
      if from == 0, all.count <= widthLimit { start = 0 }
    }
    let end = min(all.count, start + widthLimit)
    let cutsStart = start > 0 || from > 0
    let cutsEnd = end < all.count || to < bytes.count
    text = (cutsStart ? "…" : "") + all[start..<end].joined() + (cutsEnd ? "…" : "")
    // A cell may print as several columns when it stands for a character that is not printable.
    let columnsBefore = Self.width(all[start..<min(before.count, end)])
    let lastMarked = max(min(before.count + marked.count, end), min(before.count, end))
    markColumn = columnsBefore + (cutsStart ? 1 : 0)
    markWidth = max(1, Self.width(all[min(before.count, end)..<lastMarked]))
  }

  /// A message with its control characters made visible.
  package static func visible(_ text: String) -> String {
    for scalar in text.unicodeScalars where isHidden(scalar) {
      return text.unicodeScalars.map { isHidden($0) ? escaped($0) : String($0) }.joined()
    }
    return text
  }

  private static func width(_ cells: ArraySlice<String>) -> Int {
    cells.reduce(0) { $0 + $1.unicodeScalars.count }
  }

  private static func scalarStart(in bytes: ArraySlice<UInt8>, at offset: Int) -> Int {
    var offset = offset
    while offset > 0, offset < bytes.count, bytes[bytes.startIndex + offset] & 0xC0 == 0x80 {
      offset -= 1
    }
    return offset
  }

  private static func cells(_ bytes: ArraySlice<UInt8>) -> [String] {
    var cells: [String] = []
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar == "\t" {
        cells.append(contentsOf: ["  "])
      } else if isHidden(scalar) {
        cells.append(escaped(scalar))
      } else {
        cells.append(String(scalar))
      }
    }
    return cells
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }
}
