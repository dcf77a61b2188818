import TractatusValues

extension JSONReader {
  /// Reads the string whose content starts at `start`, decoding its escapes in place; gives the
  /// length of the decoded content and the offset after the closing quote.
  @inline(__always)
  func readString(
    _ text: inout MutableSpan<UInt8>, at start: Int
  ) throws(JSONError) -> (length: Int, end: Int) {
    var offset = start
    var seen: UInt64 = 0
    while true {
      // PERF: eight bytes a step. The lowest bit of `hits` marks the first byte that is a quote,
      // a backslash or a control character; bits above it may be wrong (Mycroft's zero-byte test).
      let word = Self.load(text, offset)
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
    guard text[offset] == UInt8(ascii: "\"") else {
      return try readEscapedString(&text, from: start, at: offset)
    }
    // Bytes past the quote are in `seen` too; at worst they make one check needless.
    if seen & 0x8080_8080_8080_8080 != 0 { try checkUTF8(text, start..<offset) }
    return (offset - start, offset + 1)
  }

  /// Reads on from the first byte, at `offset`, that is no plain text of the string.
  @inline(never)
  private func readEscapedString(
    _ text: inout MutableSpan<UInt8>, from start: Int, at offset: Int
  ) throws(JSONError) -> (length: Int, end: Int) {
    try checkUTF8(text, start..<offset)
    var source = offset
    var target = offset
    while true {
      let byte = text[source]
      if byte == UInt8(ascii: "\"") { return (target - start, source + 1) }
      if byte == UInt8(ascii: "\\") {
        source = try decodeEscape(&text, at: source, to: &target)
      } else if byte < 0x20 {
        throw failure(.controlCharacter, at: source)
      } else {
        let count = UTF8Validation.sequenceLength(at: source, in: text.span)
        guard count > 0 else { throw JSONError(.invalidUTF8, at: source) }
        for _ in 0..<count {
          text[target] = text[source]
          target += 1
          source += 1
        }
      }
    }
  }

  /// Decodes the escape at `source` to `target`; gives the offset after it. The decoded form is
  /// shorter than the escape, so nothing unread is overwritten.
  private func decodeEscape(
    _ text: inout MutableSpan<UInt8>, at source: Int, to target: inout Int
  ) throws(JSONError) -> Int {
    let decoded: UInt8
    switch text[source + 1] {
    case UInt8(ascii: "\""): decoded = UInt8(ascii: "\"")
    case UInt8(ascii: "\\"): decoded = UInt8(ascii: "\\")
    case UInt8(ascii: "/"): decoded = UInt8(ascii: "/")
    case UInt8(ascii: "b"): decoded = 0x08
    case UInt8(ascii: "f"): decoded = 0x0C
    case UInt8(ascii: "n"): decoded = 0x0A
    case UInt8(ascii: "r"): decoded = 0x0D
    case UInt8(ascii: "t"): decoded = 0x09
    case UInt8(ascii: "u"): return try decodeUnicodeEscape(&text, at: source, to: &target)
    default:
      throw source + 1 < byteCount
        ? JSONError(.malformedEscape, at: source) : JSONError(.unexpectedEnd, at: byteCount)
    }
    text[target] = decoded
    target += 1
    return source + 2
  }

  private func decodeUnicodeEscape(
    _ text: inout MutableSpan<UInt8>, at source: Int, to target: inout Int
  ) throws(JSONError) -> Int {
    var scalar = try hexadecimal(text, at: source + 2, escape: source)
    var end = source + 6
    if scalar & 0xFC00 == 0xDC00 { throw JSONError(.loneSurrogate, at: source) }
    if scalar & 0xFC00 == 0xD800 {
      guard text[end] == UInt8(ascii: "\\") && text[end + 1] == UInt8(ascii: "u") else {
        throw JSONError(.loneSurrogate, at: source)
      }
      let low = try hexadecimal(text, at: end + 2, escape: end)
      guard low & 0xFC00 == 0xDC00 else { throw JSONError(.loneSurrogate, at: source) }
      scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
      end += 6
    }
    var encoded = UInt64(scalar)
    var count = 1
    // The bytes of UTF-8 as a little-endian word (RFC 3629, section 3).
    if scalar >= 0x10000 {
      encoded = 0x8080_80F0 | encoded >> 18 | (encoded >> 12 & 0x3F) << 8
      encoded |= UInt64(scalar >> 6 & 0x3F) << 16 | UInt64(scalar & 0x3F) << 24
      count = 4
    } else if scalar >= 0x800 {
      encoded = 0x80_80E0 | encoded >> 12 | (encoded >> 6 & 0x3F) << 8 | (encoded & 0x3F) << 16
      count = 3
    } else if scalar >= 0x80 {
      encoded = 0x80C0 | encoded >> 6 | (encoded & 0x3F) << 8
      count = 2
    }
    for _ in 0..<count {
      text[target] = UInt8(truncatingIfNeeded: encoded)
      encoded >>= 8
      target += 1
    }
    return end
  }

  /// The number that the four hexadecimal digits at `offset` spell.
  private func hexadecimal(
    _ text: borrowing MutableSpan<UInt8>, at offset: Int, escape: Int
  ) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for index in offset..<(offset + 4) {
      guard index < byteCount else { throw JSONError(.unexpectedEnd, at: byteCount) }
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - 0x30)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - 0x57)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - 0x37)
      default: throw JSONError(.malformedEscape, at: escape)
      }
    }
    return value
  }

  private func checkUTF8(
    _ text: borrowing MutableSpan<UInt8>, _ range: Range<Int>
  ) throws(JSONError) {
    if let invalid = UTF8Validation.firstInvalidOffset(in: text.span.extracting(range)) {
      throw JSONError(.invalidUTF8, at: range.lowerBound + invalid)
    }
  }

  /// Reads the number at `start`; gives the offset after it.
  @inline(__always)
  func readNumber(_ text: borrowing MutableSpan<UInt8>, at start: Int) throws(JSONError) -> Int {
    var offset = start
    if text[offset] == UInt8(ascii: "-") { offset += 1 }
    let whole = offset
    while text[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
    var isPlain = offset > whole && offset - whole <= 18
    if text[whole] == UInt8(ascii: "0") { isPlain = offset == whole + 1 }
    if text[offset] == UInt8(ascii: ".") {
      let fraction = offset + 1
      offset = fraction
      while text[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
      isPlain = isPlain && offset > fraction && offset - fraction <= 18
    }
    if isPlain && text[offset] | 0x20 != UInt8(ascii: "e") { return offset }
    return try readLongNumber(text, at: start)
  }

  /// Reads the number at `start`, which is long, has an exponent, or is none.
  @inline(never)
  private func readLongNumber(
    _ text: borrowing MutableSpan<UInt8>, at start: Int
  ) throws(JSONError) -> Int {
    var end = start
    scan: while true {
      switch text[end] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        end += 1
      default: break scan
      }
    }
    do {
      _ = try Decimal(json: text.span.extracting(start..<end))
      return end
    } catch {
      switch error {
      case .tooManyDigits: throw JSONError(.tooManyDigits, at: start)
      case .malformed:
        if text[end] == UInt8(ascii: "I") { throw JSONError(.notANumber, at: start) }
        throw end == byteCount && isNumberStart(text.span.extracting(start..<end))
          ? JSONError(.unexpectedEnd, at: end) : JSONError(.malformedNumber, at: start)
      }
    }
  }

  /// Whether the spelling would be a number if a digit followed.
  private func isNumberStart(_ spelling: Span<UInt8>) -> Bool {
    var completed: [UInt8] = []
    for index in spelling.indices { completed.append(spelling[index]) }
    completed.append(UInt8(ascii: "1"))
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
  func wordFailure(_ text: borrowing MutableSpan<UInt8>, at offset: Int) -> JSONError {
    let rest = text.span.extracting(offset..<byteCount)
    for word: StaticString in ["true", "false", "null"] {
      let common = commonPrefix(rest, word)
      if common == rest.count { return JSONError(.unexpectedEnd, at: byteCount) }
    }
    if commonPrefix(rest, "NaN") == 3 || commonPrefix(rest, "Infinity") == 8 {
      return JSONError(.notANumber, at: offset)
    }
    let letter = text[offset] | 0x20
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
