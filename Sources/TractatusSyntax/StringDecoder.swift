import TractatusSource

/// Decodes the content of a string: escapes, the indentation of a block, and interpolations.
struct StringDecoder {
  /// The decoded parts; without interpolation one text, or none for an empty string.
  private(set) var parts: [StringPart] = []

  /// What is wrong with the string's escapes and, when it interpolates, with its braces.
  private(set) var problems: [Diagnostic] = []

  private let source: SourceText
  private var buffer: [UInt8] = []

  /// Decodes a string token.
  init(source: SourceText, token: Token, interpolates: Bool) {
    if source.bytes[Int(token.start)] >= 0x80 {
      self.init(source: source, curlyQuoted: token, interpolates: interpolates)
      return
    }
    let quotes = token.kind == .blockString ? 3 : 1
    let start = min(Int(token.start) + quotes, Int(token.end))
    var end = Int(token.end)
    let closing = source.bytes[start..<end].suffix(quotes)
    let quote = source.bytes[Int(token.start)]
    if closing.count == quotes, closing.allSatisfy({ $0 == quote }) { end -= quotes }
    self.init(
      source: source, start: start, end: end, isBlock: token.kind == .blockString,
      interpolates: interpolates)
  }

  /// Decodes a string between quotation marks of typesetters, of which the lexer has complained.
  private init(source: SourceText, curlyQuoted token: Token, interpolates: Bool) {
    var start = Int(token.start) + 1
    var end = Int(token.end)
    while start < end, source.bytes[start] & 0xC0 == 0x80 { start += 1 }
    while end > start, source.bytes[end - 1] & 0xC0 == 0x80 { end -= 1 }
    self.init(
      source: source, start: start, end: max(start, end - 1), isBlock: false,
      interpolates: interpolates)
  }

  /// Decodes the bytes between the quotes.
  init(source: SourceText, start: Int, end: Int, isBlock: Bool, interpolates: Bool) {
    self.source = source
    if !isBlock, start < end, Self.isPlain(source.bytes[start..<end]) {
      // PERF: nearly every string says what it spells.
      parts = [.text(String(decoding: source.bytes[start..<end], as: UTF8.self))]
      return
    }
    for line in isBlock ? blockLines(start, end) : [start..<end] {
      var offset = line.lowerBound
      while offset < line.upperBound {
        offset = decode(at: offset, end: line.upperBound, interpolates: interpolates)
      }
    }
    flush()
  }

  /// Whether there is nothing to decode: no escape, no brace and no carriage return.
  private static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
    for byte in bytes where byte == 0x5C || byte == 0x7B || byte == 0x0D { return false }
    return true
  }

  private mutating func flush() {
    guard !buffer.isEmpty else { return }
    parts.append(.text(String(decoding: buffer, as: UTF8.self)))
    buffer.removeAll()
  }

  /// Decodes what begins at an offset, and gives the offset after it.
  private mutating func decode(at offset: Int, end: Int, interpolates: Bool) -> Int {
    let byte = source.bytes[offset]
    if byte == 0x5C { return decodeEscape(at: offset, end: end) }
    if byte == 0x7B, interpolates { return decodeBraces(at: offset, end: end) }
    if byte == 0x0D, offset + 1 < end, source.bytes[offset + 1] == 0x0A { return offset + 1 }
    buffer.append(byte)
    return offset + 1
  }

  private mutating func decodeEscape(at offset: Int, end: Int) -> Int {
    let next = offset + 1 < end ? source.bytes[offset + 1] : 0
    switch next {
    case 0x6E: buffer.append(0x0A)
    case 0x74: buffer.append(0x09)
    case 0x22, 0x5C, 0x7B: buffer.append(next)
    case 0x75: return decodeScalar(at: offset, end: end)
    default:
      buffer.append(0x5C)
      // The scalar after the backslash is taken whole, so that the message can show it.
      var length = 1
      while offset + 1 + length < end, source.bytes[offset + 1 + length] & 0xC0 == 0x80 {
        length += 1
      }
      let stop = min(offset + 1 + length, end)
      problem(
        .invalidEscape,
        "`\(text(offset, stop))` is no escape; there are `\\n`, `\\t`, `\\\"`, `\\\\`, `\\{` and"
          + " `\\u{…}`", offset, stop, fix: ("write a backslash as `\\\\`", offset, "\\\\"))
      return offset + 1
    }
    return offset + 2
  }

  /// Decodes `\u{…}`: one to six hexadecimal digits of a scalar.
  private mutating func decodeScalar(at offset: Int, end: Int) -> Int {
    var value: UInt32 = 0
    var digits = 0
    var place = offset + 2
    if place < end, source.bytes[place] == 0x7B {
      place += 1
      while place < end, digits < 7, let digit = hexadecimal(source.bytes[place]) {
        value = value << 4 | digit
        digits += 1
        place += 1
      }
      if digits >= 1, digits <= 6, place < end, source.bytes[place] == 0x7D,
        let scalar = Unicode.Scalar(value)
      {
        buffer.append(contentsOf: String(scalar).utf8)
        return place + 1
      }
    }
    problem(
      .invalidEscape,
      "`\\u` is followed by the hexadecimal digits of a Unicode scalar in braces, such as"
        + " `\\u{E9}`", offset, min(max(place, offset + 2), end))
    buffer.append(contentsOf: [0x5C, 0x75])
    return offset + 2
  }

  private func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  /// Decodes `{a.b}`.
  private mutating func decodeBraces(at offset: Int, end: Int) -> Int {
    var names: [String] = []
    var place = offset + 1
    while true {
      let start = place
      while place < end, isNameByte(source.bytes[place], isFirst: place == start) { place += 1 }
      guard place > start else { break }
      names.append(text(start, place))
      if place < end, source.bytes[place] == 0x7D {
        flush()
        parts.append(.attribute(names, span(offset + 1, place)))
        return place + 1
      }
      guard place < end, source.bytes[place] == 0x2E else { break }
      place += 1
    }
    problem(
      .invalidInterpolation,
      "braces in a reason hold an attribute, such as `{port}`; a brace itself is `\\{`", offset,
      min(max(place, offset + 1), end), fix: ("write the brace as `\\{`", offset, "\\{"))
    buffer.append(0x7B)
    return offset + 1
  }

  private func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x5F, 0x61...0x7A: true
    case 0x30...0x39: !isFirst
    default: false
    }
  }

  /// The lines of a block without their common indentation, and without the line ends beside
  /// the quotes.
  private func blockLines(_ start: Int, _ end: Int) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var from = start
    for offset in start..<max(start, end) where source.bytes[offset] == 0x0A {
      lines.append(from..<(offset + 1))
      from = offset + 1
    }
    lines.append(from..<max(from, end))
    guard lines.count > 1 else { return lines }
    // Text on the line of the opening quotes keeps its place and measures nothing.
    let opensAlone = isBlank(lines[0])
    var indentation = Int.max
    for (number, line) in lines.enumerated().dropFirst() {
      let isLast = number == lines.count - 1
      if !isBlank(line) || isLast { indentation = min(indentation, leadingSpaces(line)) }
    }
    var kept: [Range<Int>] = opensAlone ? [] : [lines[0]]
    for line in lines.dropFirst() {
      kept.append((line.lowerBound + min(indentation, leadingSpaces(line)))..<line.upperBound)
    }
    if let last = kept.last, isBlank(last) {
      kept.removeLast()
      if let before = kept.popLast() {
        let content = before.upperBound - (source.bytes[before.upperBound - 1] == 0x0A ? 1 : 0)
        kept.append(before.lowerBound..<max(before.lowerBound, content))
      }
    }
    return kept
  }

  private func isBlank(_ line: Range<Int>) -> Bool {
    source.bytes[line].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  private func leadingSpaces(_ line: Range<Int>) -> Int {
    source.bytes[line].prefix { $0 == 0x20 || $0 == 0x09 }.count
  }

  private func text(_ start: Int, _ end: Int) -> String {
    source.string(from: UInt32(clamping: start), to: UInt32(clamping: end))
  }

  private func span(_ start: Int, _ end: Int) -> SourceSpan {
    SourceSpan(source: source.id, start: UInt32(clamping: start), end: UInt32(clamping: end))
  }

  private mutating func problem(
    _ code: DiagnosticCode, _ message: String, _ start: Int, _ end: Int,
    fix: (title: String, at: Int, replacement: String)? = nil
  ) {
    let fixIts = fix.map {
      [FixIt($0.title, replacing: span($0.at, $0.at + 1), with: $0.replacement)]
    }
    problems.append(Diagnostic(code, message, at: span(start, end), fixIts: fixIts ?? []))
  }
}
