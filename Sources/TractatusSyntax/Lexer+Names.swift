import TractatusSource

extension Lexer {
  /// Whether a letter or mark beyond ASCII stands at an offset.
  func isLetter(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    let length = TextScan.scalarLength(in: bytes, at: offset)
    guard length > 1 else { return false }
    let value = TextScan.scalarValue(in: bytes, at: offset, length: length)
    guard let scalar = Unicode.Scalar(value) else { return false }
    return scalar.properties.isXIDContinue
  }

  /// Whether a scalar is a letter of Latin script, as those of ASCII are.
  private func isLatin(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x00C0...0x024F, 0x1E00...0x1EFF: true
    default: false
    }
  }

  /// Lexes a name with letters beyond ASCII as one name, and reports it.
  mutating func lexNonASCIIName(
    _ bytes: Span<UInt8>, _ table: Span<UInt8>, from start: Int
  ) -> Int {
    var offset = start
    var hasASCII = false
    var foreign: UInt32 = 0
    while offset < bytes.count {
      let kind = table[Int(bytes[offset])]
      if kind == Self.letter || kind == Self.digit {
        hasASCII = hasASCII || kind == Self.letter
        offset += 1
      } else if bytes[offset] >= 0x80, isLetter(bytes, at: offset) {
        let length = TextScan.scalarLength(in: bytes, at: offset)
        if foreign == 0 {
          foreign = TextScan.scalarValue(in: bytes, at: offset, length: length)
        }
        offset += length
      } else {
        break
      }
    }
    let name = text(start, offset)
    let character = Unicode.Scalar(foreign).map { String($0) } ?? ""
    let why =
      hasASCII && !isLatin(foreign)
      ? "mixes ASCII letters with `\(character)` (\(TextScan.named(foreign))), which can look alike"
      : "has letters beyond ASCII"
    log.add(
      Diagnostic(
        .nonASCIIName, "the name `\(name)` \(why); names are of `A-Z`, `a-z`, `0-9` and `_`",
        at: span(start, offset)))
    append(.word, start, offset)
    return offset
  }

  /// Lexes a name in backticks.
  mutating func lexQuotedName(
    _ bytes: Span<UInt8>, _ table: Span<UInt8>, from start: Int
  ) -> Int {
    let nameEnd = endOfName(bytes, table, from: start + 1)
    let isName = nameEnd > start + 1 && table[Int(bytes[start + 1])] == Self.letter
    if nameEnd < bytes.count, bytes[nameEnd] == 0x60 {
      append(.quotedName, start, nameEnd + 1)
      if !isName {
        log.add(
          Diagnostic(
            .unterminatedQuotedName,
            "`\(text(start + 1, nameEnd))` between backticks is no name; a name begins with a"
              + " letter or `_`", at: span(start, nameEnd + 1)))
      }
      return nameEnd + 1
    }
    var end = nameEnd
    while end < bytes.count, bytes[end] != 0x60, bytes[end] != 0x0A, end - start < 256 { end += 1 }
    let closes = end < bytes.count && bytes[end] == 0x60
    log.add(
      Diagnostic(
        .unterminatedQuotedName,
        closes
          ? "backticks hold one name, of letters, digits and `_`"
          : "the backtick has no counterpart after the name",
        at: span(start, closes ? end + 1 : nameEnd),
        fixIts: closes
          ? [] : [FixIt("close the name", replacing: span(nameEnd, nameEnd), with: "`")]))
    let tokenEnd = closes ? end + 1 : nameEnd
    append(.quotedName, start, tokenEnd)
    return tokenEnd
  }
}
