import TractatusValues

extension JSONTape {
  /// Reads the string whose content starts at `start`, decoding its escapes in place; gives the
  /// length of the decoded content and the offset after the closing quote.
  @inline(__always)
  mutating func readString(at start: Int) throws(JSONError) -> (length: Int, end: Int) {
    var offset = start
    var seen: UInt64 = 0
    while true {
      // PERF: eight bytes a step. The lowest bit of `hits` marks the first byte that is a quote,
      // a backslash or a control character; bits above it may be wrong (Mycroft's zero-byte test).
      let word = load(offset)
      seen |= word
      let quote = word ^ 0x2222_2222_2222_2222
      let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      let ones: UInt64 = 0x0101_0101_0101_0101
      var hits = (quote &- ones) & ~quote
      hits |= (backslash &- ones) & ~backslash
      hits |= (word &- 0x2020_2020_2020_2020) & ~word
      hits &= 0x8080_8080_8080_8080
      if hits != 0 {
        offset += hits.trailingZeroBitCount >> 3
        break
      }
      offset += 8
    }
    guard bytes[offset] == UInt8(ascii: "\"") else {
      return try readEscapedString(from: start, at: offset)
    }
    // Bytes past the quote are in `seen` too; at worst they make one check needless.
    if seen & 0x8080_8080_8080_8080 != 0 { try checkUTF8(start..<offset) }
    return (offset - start, offset + 1)
  }

  /// Reads on from the first byte, at `offset`, that is no plain text of the string.
  @inline(never)
  private mutating func readEscapedString(
    from start: Int, at offset: Int
  ) throws(JSONError) -> (length: Int, end: Int) {
    try checkUTF8(start..<offset)
    var source = offset
    var target = offset
    while true {
      let byte = bytes[source]
      if byte == UInt8(ascii: "\"") { return (target - start, source + 1) }
      if byte == UInt8(ascii: "\\") {
        source = try decodeEscape(at: source, to: &target)
      } else if byte < 0x20 {
        throw failure(.controlCharacter, at: source)
      } else {
        let count = UTF8Validation.sequenceLength(at: source, in: bytes.span)
        guard count > 0 else { throw JSONError(.invalidUTF8, at: source) }
        for _ in 0..<count {
          bytes[target] = bytes[source]
          target += 1
          source += 1
        }
      }
    }
  }

  /// Decodes the escape at `source` to `target`; gives the offset after it. The decoded form is
  /// shorter than the escape, so nothing unread is overwritten.
  private mutating func decodeEscape(
    at source: Int, to target: inout Int
  ) throws(JSONError) -> Int {
    let decoded: UInt8
    switch bytes[source + 1] {
    case UInt8(ascii: "\""): decoded = UInt8(ascii: "\"")
    case UInt8(ascii: "\\"): decoded = UInt8(ascii: "\\")
    case UInt8(ascii: "/"): decoded = UInt8(ascii: "/")
    case UInt8(ascii: "b"): decoded = 0x08
    case UInt8(ascii: "f"): decoded = 0x0C
    case UInt8(ascii: "n"): decoded = 0x0A
    case UInt8(ascii: "r"): decoded = 0x0D
    case UInt8(ascii: "t"): decoded = 0x09
    case UInt8(ascii: "u"): return try decodeUnicodeEscape(at: source, to: &target)
    default:
      throw source + 1 < byteCount
        ? JSONError(.malformedEscape, at: source) : JSONError(.unexpectedEnd, at: byteCount)
    }
    bytes[target] = decoded
    target += 1
    return source + 2
  }

  private mutating func decodeUnicodeEscape(
    at source: Int, to target: inout Int
  ) throws(JSONError) -> Int {
    var scalar = try hexadecimal(at: source + 2, escape: source)
    var end = source + 6
    if scalar & 0xFC00 == 0xDC00 { throw JSONError(.loneSurrogate, at: source) }
    if scalar & 0xFC00 == 0xD800 {
      guard bytes[end] == UInt8(ascii: "\\") && bytes[end + 1] == UInt8(ascii: "u") else {
        throw JSONError(.loneSurrogate, at: source)
      }
      let low = try hexadecimal(at: end + 2, escape: end)
      guard low & 0xFC00 == 0xDC00 else { throw JSONError(.loneSurrogate, at: source) }
      scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
      end += 6
    }
    func put(_ byte: UInt32) {
      bytes[target] = UInt8(truncatingIfNeeded: byte)
      target += 1
    }
    if scalar < 0x80 {
      put(scalar)
    } else if scalar < 0x800 {
      put(0xC0 | scalar >> 6)
      put(0x80 | scalar & 0x3F)
    } else {
      if scalar < 0x10000 {
        put(0xE0 | scalar >> 12)
      } else {
        put(0xF0 | scalar >> 18)
        put(0x80 | scalar >> 12 & 0x3F)
      }
      put(0x80 | scalar >> 6 & 0x3F)
      put(0x80 | scalar & 0x3F)
    }
    return end
  }

  /// The number that the four hexadecimal digits at `offset` spell.
  private func hexadecimal(at offset: Int, escape: Int) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for index in offset..<(offset + 4) {
      guard index < byteCount else { throw JSONError(.unexpectedEnd, at: byteCount) }
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - 0x30)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - 0x57)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - 0x37)
      default: throw JSONError(.malformedEscape, at: escape)
      }
    }
    return value
  }

  private func checkUTF8(_ range: Range<Int>) throws(JSONError) {
    if let invalid = UTF8Validation.firstInvalidOffset(in: bytes.span.extracting(range)) {
      throw JSONError(.invalidUTF8, at: range.lowerBound + invalid)
    }
  }

  /// Reads the number at `start`; gives the offset after it.
  @inline(__always)
  func readNumber(at start: Int) throws(JSONError) -> Int {
    var offset = start
    if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    let whole = offset
    while bytes[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
    let isPlain = offset > whole && offset - whole <= 18
    if isPlain && (bytes[whole] != UInt8(ascii: "0") || offset == whole + 1) {
      switch bytes[offset] {
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): break
      default: return offset
      }
    }
    return try readLongNumber(at: start)
  }

  /// Reads the number at `start`, which is no short integer.
  @inline(never)
  private func readLongNumber(at start: Int) throws(JSONError) -> Int {
    var end = start
    scan: while true {
      switch bytes[end] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        end += 1
      default: break scan
      }
    }
    do {
      _ = try Decimal(json: bytes.span.extracting(start..<end))
      return end
    } catch {
      switch error {
      case .tooManyDigits: throw JSONError(.tooManyDigits, at: start)
      case .malformed:
        if bytes[end] == UInt8(ascii: "I") { throw JSONError(.notANumber, at: start) }
        throw end == byteCount && isNumberStart(start..<end)
          ? JSONError(.unexpectedEnd, at: end) : JSONError(.malformedNumber, at: start)
      }
    }
  }

  /// Whether the spelling would be a number if a digit followed.
  private func isNumberStart(_ range: Range<Int>) -> Bool {
    let completed = Array(bytes[range]) + [UInt8(ascii: "1")]
    do {
      _ = try Decimal(json: completed.span)
      return true
    } catch {
      return error == .tooManyDigits
    }
  }

  /// The error at `offset`, where something else was expected: the end of the document, or that.
  @inline(never)
  func failure(_ kind: JSONError.Kind, at offset: Int) -> JSONError {
    offset >= byteCount ? JSONError(.unexpectedEnd, at: byteCount) : JSONError(kind, at: offset)
  }

  /// The error for what starts no value at `offset`.
  @inline(never)
  func wordFailure(at offset: Int) -> JSONError {
    let rest = bytes.span.extracting(offset..<byteCount)
    for word: StaticString in ["true", "false", "null"] {
      let common = commonPrefix(rest, word)
      if common == rest.count { return JSONError(.unexpectedEnd, at: byteCount) }
    }
    if commonPrefix(rest, "NaN") == 3 || commonPrefix(rest, "Infinity") == 8 {
      return JSONError(.notANumber, at: offset)
    }
    let letter = bytes[offset] | 0x20
    let isWord = letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
    return JSONError(isWord ? .malformedLiteral : .expectedValue, at: offset)
  }

  private func commonPrefix(_ bytes: Span<UInt8>, _ word: StaticString) -> Int {
    // SAFETY: a static string's bytes live as long as the process.
    word.withUTF8Buffer { buffer in
      var count = 0
      while count < min(bytes.count, buffer.count) {
        guard unsafe bytes[count] == buffer[count] else { break }
        count += 1
      }
      return count
    }
  }
}
