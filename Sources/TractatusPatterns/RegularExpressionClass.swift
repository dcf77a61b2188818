/// Classes and escapes of regular expressions: `[…]`, `\d`, `\pN`, `[:alpha:]`, `\x{…}`.
extension RegularExpressionParser {
  private typealias Range = ScalarSet.Range

  /// `[…]`, from the bracket on.
  mutating func parseClass() throws(PatternError) -> ScalarSet {
    let start = offset
    offset += 1
    let negated = offset < text.count && text[offset] == UInt8(ascii: "^")
    if negated { offset += 1 }
    var set = ScalarSet([])
    var ranges: [ScalarSet.Range] = []
    var first = true
    while offset < text.count, first || text[offset] != UInt8(ascii: "]") {
      first = false
      if let named = try parseNamedClass() {
        set = set.union(named)
      } else if text[offset] == UInt8(ascii: "\\"), let escaped = try parseClassEscape() {
        set = set.union(escaped)
      } else {
        let range = try parseClassRange()
        ranges.append(range)
      }
    }
    guard offset < text.count else {
      throw error(
        start, .unclosedClass, "`[` is never closed; write `\\[` for the character itself")
    }
    offset += 1
    var literals = ScalarSet(ranges)
    if flags.ignoresCase { literals = literals.closedUnderFolding }
    set = set.union(literals)
    return negated ? set.complement : set
  }

  private mutating func parseClassRange() throws(PatternError) -> ScalarSet.Range {
    let start = offset
    let low = try parseClassScalar()
    guard offset + 1 < text.count, text[offset] == UInt8(ascii: "-"),
      text[offset + 1] != UInt8(ascii: "]")
    else { return Range(low: low, high: low) }
    offset += 1
    if text[offset] == UInt8(ascii: "\\") {
      let before = offset
      if try parseClassEscape() != nil {
        throw error(
          start, .badClassRange, "\(quoted(start, offset)) is no range: its end is a class")
      }
      offset = before
    }
    let high = try parseClassScalar()
    guard low <= high else {
      throw error(start, .badClassRange, "the range \(quoted(start, offset)) runs backwards")
    }
    return Range(low: low, high: high)
  }

  private mutating func parseClassScalar() throws(PatternError) -> UInt32 {
    guard offset < text.count else {
      throw error(offset, .unclosedClass, "the class ends too early")
    }
    return text[offset] == UInt8(ascii: "\\") ? try parseScalarEscape() : takeScalar()
  }

  /// `[:alpha:]` or `[:^alpha:]` inside a class; nil when something else follows.
  private mutating func parseNamedClass() throws(PatternError) -> ScalarSet? {
    guard comes("[:") else { return nil }
    var end = offset + 2
    while end + 1 < text.count,
      !(text[end] == UInt8(ascii: ":") && text[end + 1] == UInt8(ascii: "]"))
    {
      end += 1
    }
    guard end + 1 < text.count else { return nil }
    var name = text[(offset + 2)..<end]
    let negated = name.first == UInt8(ascii: "^")
    if negated { name = name.dropFirst() }
    guard let set = Self.asciiClass(String(decoding: name, as: UTF8.self)) else {
      throw error(offset, .unknownClassName, "no class is named \(quoted(offset, end + 2))")
    }
    offset = end + 2
    return finished(set, negated: negated)
  }

  private func finished(_ set: ScalarSet, negated: Bool) -> ScalarSet {
    let all = flags.ignoresCase ? set.closedUnderFolding : set
    return negated ? all.complement : all
  }

  private static func asciiClass(_ name: String) -> ScalarSet? {
    func set(_ bounds: UInt32...) -> ScalarSet {
      ScalarSet(
        stride(from: 0, to: bounds.count - 1, by: 2).map {
          Range(low: bounds[$0], high: bounds[$0 + 1])
        })
    }
    switch name {
    case "alnum": return set(0x30, 0x39, 0x41, 0x5A, 0x61, 0x7A)
    case "alpha": return set(0x41, 0x5A, 0x61, 0x7A)
    case "ascii": return set(0x00, 0x7F)
    case "blank": return set(0x09, 0x09, 0x20, 0x20)
    case "cntrl": return set(0x00, 0x1F, 0x7F, 0x7F)
    case "digit": return set(0x30, 0x39)
    case "graph": return set(0x21, 0x7E)
    case "lower": return set(0x61, 0x7A)
    case "print": return set(0x20, 0x7E)
    case "punct": return set(0x21, 0x2F, 0x3A, 0x40, 0x5B, 0x60, 0x7B, 0x7E)
    case "space": return set(0x09, 0x0D, 0x20, 0x20)
    case "upper": return set(0x41, 0x5A)
    case "word": return set(0x30, 0x39, 0x41, 0x5A, 0x5F, 0x5F, 0x61, 0x7A)
    case "xdigit": return set(0x30, 0x39, 0x41, 0x46, 0x61, 0x66)
    // `\s` lacks the vertical tab that `[:space:]` has.
    case "perl space": return set(0x09, 0x0A, 0x0C, 0x0D, 0x20, 0x20)
    default: return nil
    }
  }

  /// `\d`, `\pN`, `\p{Greek}` and their like, from the backslash on; nil for other escapes.
  mutating func parseClassEscape() throws(PatternError) -> ScalarSet? {
    guard offset + 1 < text.count else { return nil }
    let letter = text[offset + 1]
    let name: String
    switch letter | 0x20 {
    case UInt8(ascii: "d"): name = "digit"
    case UInt8(ascii: "s"): name = "perl space"
    case UInt8(ascii: "w"): name = "word"
    case UInt8(ascii: "p"): return try parseProperty(negated: letter == UInt8(ascii: "P"))
    default: return nil
    }
    guard (letter | 0x20) &- 0x61 < 26, let set = Self.asciiClass(name) else { return nil }
    offset += 2
    return finished(set, negated: letter & 0x20 == 0)
  }

  private mutating func parseProperty(negated: Bool) throws(PatternError) -> ScalarSet {
    let start = offset
    offset += 2
    guard offset < text.count else {
      throw error(start, .badEscape, "`\\p` lacks the name of its class")
    }
    var negated = negated
    var name: [UInt8] = []
    if text[offset] == UInt8(ascii: "{") {
      offset += 1
      while offset < text.count, text[offset] != UInt8(ascii: "}") {
        name.append(text[offset])
        offset += 1
      }
      guard offset < text.count else {
        throw error(start, .badEscape, "`\\p{` is never closed")
      }
      offset += 1
      if name.first == UInt8(ascii: "^") {
        negated.toggle()
        name.removeFirst()
      }
    } else {
      let scalar = takeScalar()
      ScalarCoding.append(scalar, to: &name)
    }
    guard let set = UnicodeProperties.scalars(named: String(decoding: name, as: UTF8.self)) else {
      throw error(
        start, .unknownClassName,
        "no general category or script is named \(quoted(start, offset))")
    }
    return finished(set, negated: negated)
  }

  /// An escape that stands for one scalar, from the backslash on.
  mutating func parseScalarEscape() throws(PatternError) -> UInt32 {
    let start = offset
    offset += 1
    guard offset < text.count else {
      throw error(start, .badEscape, "`\\` at the end escapes nothing")
    }
    let scalar = takeScalar()
    switch UInt8(exactly: scalar) ?? 0xFF {
    case UInt8(ascii: "a"): return 7
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "v"): return 11
    case UInt8(ascii: "x"): return try parseHexadecimal(start)
    case UInt8(ascii: "1")...UInt8(ascii: "9"):
      guard scalar < 0x38, offset < text.count, (0x30...0x37).contains(text[offset]) else {
        throw error(
          start, .unsupported,
          "the backreference \(quoted(start, offset)) is not supported, because matching takes "
            + "linear time")
      }
      return parseOctal(scalar - 0x30)
    case UInt8(ascii: "0"): return parseOctal(0)
    default:
      guard scalar < 0x80, !isWord(UInt8(truncatingIfNeeded: scalar)) else {
        throw error(start, .badEscape, "the escape \(quoted(start, offset)) is not known")
      }
      return scalar
    }
  }

  /// The rest of an octal escape: up to three digits with the first.
  private mutating func parseOctal(_ first: UInt32) -> UInt32 {
    var value = first
    for _ in 0..<2 {
      guard offset < text.count, (0x30...0x37).contains(text[offset]) else { break }
      value = value * 8 + UInt32(text[offset] - 0x30)
      offset += 1
    }
    return value
  }

  /// `\x7F` with two digits, or `\x{10FFFF}`.
  private mutating func parseHexadecimal(_ start: Int) throws(PatternError) -> UInt32 {
    func digit(_ byte: UInt8) -> UInt32? {
      switch byte {
      case 0x30...0x39: return UInt32(byte - 0x30)
      case 0x41...0x46: return UInt32(byte - 0x41 + 10)
      case 0x61...0x66: return UInt32(byte - 0x61 + 10)
      default: return nil
      }
    }
    let braced = offset < text.count && text[offset] == UInt8(ascii: "{")
    if braced { offset += 1 }
    var value: UInt32 = 0
    var digits = 0
    while offset < text.count, braced || digits < 2, let next = digit(text[offset]) {
      value = min(value * 16 + next, ScalarSet.last + 1)
      digits += 1
      offset += 1
    }
    let closed = !braced || (offset < text.count && text[offset] == UInt8(ascii: "}"))
    guard closed, braced ? digits > 0 : digits == 2 else {
      throw error(
        start, .badEscape, "\(quoted(start, offset)) is cut short: write `\\x7F` or `\\x{10FFFF}`")
    }
    if braced { offset += 1 }
    guard value <= ScalarSet.last else {
      throw error(start, .badEscape, "\(quoted(start, offset)) is no Unicode scalar")
    }
    return value
  }
}
