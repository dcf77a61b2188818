/// One source line made safe to print: tabs as spaces, control characters and broken bytes made
/// visible, a long line cut around its mark.
package struct SourceLineExcerpt {
  /// The line as printed, without white space at its end.
  let text: String

  /// The columns of the printed line before the mark.
  let markColumn: Int

  /// The columns of the mark, at least 1.
  let markWidth: Int

  /// Prepares a line; the mark's offsets count from the line's first byte and are cut to it.
  init(bytes: ArraySlice<UInt8>, markStart: Int, markEnd: Int, widthLimit: Int) {
    let low = max(0, min(markStart, bytes.count))
    let high = max(low, min(markEnd, bytes.count))
    // A line of megabytes is not converted whole: only so much of it as can be shown. A scalar
    // has at most four bytes.
    let isShort = low <= widthLimit / 2 || bytes.count <= widthLimit
    let from = isShort ? 0 : Self.scalarStart(in: bytes, at: low - widthLimit / 4)
    let markLimit = min(high, low + 4 * widthLimit)
    let to = Self.scalarStart(in: bytes, at: min(bytes.count, from + 4 * widthLimit))
    let base = bytes.startIndex
    var before = Self.visible(bytes: bytes[(base + from)..<(base + low)])
    let marked = Self.visible(bytes: bytes[(base + low)..<(base + max(low, markLimit))])
    let after = Self.visible(
      bytes: bytes[(base + max(low, markLimit))..<(base + max(to, markLimit))])
    var isCut = to < bytes.count
    if from > 0 { before = "…" + before }
    var all = Array((before + marked + after).unicodeScalars)
    if all.count > widthLimit {
      all.removeLast(all.count - widthLimit)
      isCut = true
    }
    while !isCut, all.last == " " { all.removeLast() }
    var text = String(String.UnicodeScalarView(all))
    if isCut { text += "…" }
    self.text = text
    markColumn = before.unicodeScalars.count
    markWidth = max(1, min(marked.unicodeScalars.count, widthLimit - markColumn))
  }

  /// A text with its control characters, direction marks and the like made visible.
  package static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return text.unicodeScalars.map { isHidden($0) ? escaped($0) : String($0) }.joined()
  }

  private static func visible(bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return text.unicodeScalars.map {
      $0 == "\t" ? "  " : isHidden($0) ? escaped($0) : String($0)
    }.joined()
  }

  private static func scalarStart(in bytes: ArraySlice<UInt8>, at offset: Int) -> Int {
    var start = offset
    while start > 0, start < bytes.count, bytes[bytes.startIndex + start] & 0xC0 == 0x80,
      offset - start < 4
    {
      start -= 1
    }
    return start
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
