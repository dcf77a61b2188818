import TractatusSource

extension Lexer {
  /// Lexes a string, or a block string if three quotes stand there.
  mutating func lexString(_ bytes: Span<UInt8>, from start: Int) -> Int {
    if start + 2 < bytes.count, bytes[start + 1] == 0x22, bytes[start + 2] == 0x22 {
      return lexBlockString(bytes, from: start)
    }
    var offset = start + 1
    var hasEscape = false
    while offset < bytes.count, bytes[offset] != 0x22, bytes[offset] != 0x0A {
      if bytes[offset] == 0x5C {
        hasEscape = true
        // An escaped quote does not end the string; a line end always does.
        if offset + 1 < bytes.count, bytes[offset + 1] != 0x0A { offset += 1 }
      }
      offset += 1
    }
    guard offset < bytes.count, bytes[offset] == 0x22 else {
      if offset > start + 1, bytes[offset - 1] == 0x0D { offset -= 1 }
      let end = span(offset, offset)
      log.add(
        Diagnostic(
          .unterminatedString, "the string is not closed on its line", at: span(start, offset),
          notes: [
            "text of several lines stands between three quotes, and `\\\"` is a quote in a string"
          ],
          fixIts: [FixIt("close the string", replacing: end, with: "\"")]))
      append(.string, start, offset)
      return offset
    }
    append(.string, start, offset + 1)
    if hasEscape { reportEscapes(start + 1, offset, isBlock: false) }
    return offset + 1
  }

  /// Lexes a string in three quotes.
  private mutating func lexBlockString(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var offset = start + 3
    var hasEscape = false
    while offset < bytes.count {
      if bytes[offset] == 0x5C {
        hasEscape = true
        offset += 2
        continue
      }
      if bytes[offset] == 0x22, offset + 2 < bytes.count, bytes[offset + 1] == 0x22,
        bytes[offset + 2] == 0x22
      {
        append(.blockString, start, offset + 3)
        if hasEscape { reportEscapes(start + 3, offset, isBlock: true) }
        return offset + 3
      }
      offset += 1
    }
    let end = bytes.count
    log.add(
      Diagnostic(
        .unterminatedString, "the block string is not closed before the end of the file",
        at: span(start, min(start + 3, end)),
        fixIts: [FixIt("close the string", replacing: span(end, end), with: "\"\"\"")]))
    append(.blockString, start, end)
    return end
  }

  /// Lexes a string in single quotes as a string, and says how it is written.
  mutating func lexSingleQuoted(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var end = start + 1
    while end < bytes.count, bytes[end] != 0x27, bytes[end] != 0x0A { end += 1 }
    guard end < bytes.count, bytes[end] == 0x27 else {
      log.add(
        Diagnostic(
          .unexpectedCharacter, "`'` has no meaning outside strings",
          at: span(start, start + 1)))
      return start + 1
    }
    log.add(
      Diagnostic(
        .unexpectedCharacter, "strings stand between double quotes", at: span(start, end + 1),
        fixIts: [
          FixIt(
            "write double quotes",
            edits: [
              SourceEdit(span(start, start + 1), replacement: "\""),
              SourceEdit(span(end, end + 1), replacement: "\""),
            ])
        ]))
    append(.string, start, end + 1)
    return end + 1
  }

  /// Whether a scalar is a quotation mark of typesetters, as editors of prose put in.
  static func isCurlyQuote(_ scalar: UInt32) -> Bool {
    scalar == 0xAB || scalar == 0xBB || (0x2018...0x201F).contains(scalar)
  }

  /// Lexes a string in quotation marks of typesetters as a string, and says how it is written; nil
  /// when none of them ends it on its line.
  mutating func lexCurlyQuoted(_ bytes: Span<UInt8>, from start: Int, _ length: Int) -> Int? {
    let content = start + length
    var end = content
    while end < bytes.count, bytes[end] != 0x0A {
      var closing = bytes[end] == 0x22 ? 1 : 0
      if bytes[end] >= 0x80 {
        let length = TextScan.scalarLength(in: bytes, at: end)
        if length > 0,
          Self.isCurlyQuote(TextScan.scalarValue(in: bytes, at: end, length: length))
        {
          closing = length
        }
      }
      if closing > 0 {
        log.add(
          Diagnostic(
            .unexpectedCharacter, "strings stand between straight double quotes, `\"`",
            at: span(start, end + closing),
            fixIts: [
              FixIt(
                "write straight quotes",
                edits: [
                  SourceEdit(span(start, content), replacement: "\""),
                  SourceEdit(span(end, end + closing), replacement: "\""),
                ])
            ]))
        append(.string, start, end + closing)
        return end + closing
      }
      end += 1
    }
    return nil
  }

  private mutating func reportEscapes(_ start: Int, _ end: Int, isBlock: Bool) {
    let decoder = StringDecoder(
      source: source, start: start, end: end, isBlock: isBlock, interpolates: false)
    for problem in decoder.problems { log.add(problem) }
  }

  /// Lexes `/…/` and its flags; a `/` inside is written `\/`.
  mutating func lexRegularExpression(
    _ bytes: Span<UInt8>, _ table: Span<UInt8>, from start: Int
  ) -> Int {
    var offset = start + 1
    while offset < bytes.count, bytes[offset] != 0x2F, bytes[offset] != 0x0A {
      if bytes[offset] == 0x5C, offset + 1 < bytes.count, bytes[offset + 1] != 0x0A { offset += 1 }
      offset += 1
    }
    guard offset < bytes.count, bytes[offset] == 0x2F else {
      if offset > start + 1, bytes[offset - 1] == 0x0D { offset -= 1 }
      log.add(
        Diagnostic(
          .unterminatedRegularExpression,
          "the regular expression is not closed on its line; a `/` inside is written `\\/`",
          at: span(start, offset),
          fixIts: [FixIt("close it", replacing: span(offset, offset), with: "/")]))
      append(.regularExpression, start, offset)
      return offset
    }
    let flags = offset + 1
    let end = endOfName(bytes, table, from: flags)
    if let last = laterSlash(bytes, after: offset, flags: flags..<end) {
      return lexSlashedExpression(bytes, table, from: start, offset, last)
    }
    for flag in flags..<end where bytes[flag] != 0x69 && bytes[flag] != 0x73 {
      let place = span(flag, flag + 1)
      log.add(
        Diagnostic(
          .unknownRegularExpressionFlag,
          "`\(text(flag, flag + 1))` is no flag; there are `i` (ignoring case) and `s` (`.` also"
            + " takes line ends)", at: place,
          fixIts: [FixIt("remove the flag", replacing: place, with: "")]))
    }
    append(.regularExpression, start, end)
    return end
  }

  /// The last `/` of what follows the second one without a blank, where that can be no flags: who
  /// wrote `/^/etc/x$/` meant it for one expression.
  private func laterSlash(_ bytes: Span<UInt8>, after slash: Int, flags: Range<Int>) -> Int? {
    var isUnknown = false
    for flag in flags where bytes[flag] != 0x69 && bytes[flag] != 0x73 { isUnknown = true }
    guard isUnknown else { return nil }
    var last: Int?
    var offset = slash + 1
    while offset < bytes.count, bytes[offset] > 0x20, bytes[offset] != 0x22, bytes[offset] != 0x2C {
      if bytes[offset] == 0x2F {
        if bytes[offset - 1] == 0x2F { break }
        last = offset
      }
      offset += 1
    }
    return last
  }

  /// Takes an expression with bare slashes within it, and says how these are written.
  private mutating func lexSlashedExpression(
    _ bytes: Span<UInt8>, _ table: Span<UInt8>, from start: Int, _ second: Int, _ last: Int
  ) -> Int {
    var edits: [SourceEdit] = []
    for offset in second..<last where bytes[offset] == 0x2F && bytes[offset - 1] != 0x5C {
      edits.append(SourceEdit(span(offset, offset), replacement: "\\"))
    }
    log.add(
      Diagnostic(
        .unterminatedRegularExpression,
        "the regular expression ends at its second `/`; a `/` inside is written `\\/`",
        at: span(second, second + 1),
        fixIts: [FixIt("write `\\/` inside", edits: edits)]))
    let end = endOfName(bytes, table, from: last + 1)
    append(.regularExpression, start, end)
    return end
  }
}
