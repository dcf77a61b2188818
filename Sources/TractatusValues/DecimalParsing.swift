/// Why a text is no `Decimal`.
package enum DecimalError: Error, Sendable, Hashable {
  /// The text is not a number as the grammar at hand spells it.
  case malformed
  /// The number has more than 18 digits before or after the point.
  case tooManyDigits
}

extension Decimal {
  /// The number that `bytes` spell in the grammar of RFC 8259, section 6, exponents included.
  ///
  /// Linear, without allocation. Zeros that do not matter do not count as digits, so
  /// `1.50000000000000000000` and `100e-2` are held.
  /// - Throws: `malformed` or `tooManyDigits`.
  package init(json bytes: Span<UInt8>) throws(DecimalError) {
    if let short = Self.short(bytes) {
      self = short
      return
    }
    var digits = DigitReader()
    let isNegative = digits.skip(UInt8(ascii: "-"), in: bytes)
    try digits.readInteger(in: bytes)
    if digits.skip(UInt8(ascii: "."), in: bytes) { try digits.readFraction(in: bytes) }
    let exponent = try digits.readExponent(in: bytes)
    guard digits.offset == bytes.count else { throw .malformed }
    self = try digits.value(isNegative: isNegative, exponent: exponent)
  }

  /// The number, when its digits fit 64 bits and it has no exponent; nil leaves it to the reader
  /// of all other spellings.
  ///
  /// PERF: a port or a count takes about 10 instructions a digit here, and 40 there.
  private static func short(_ bytes: Span<UInt8>) -> Decimal? {
    guard bytes.count > 0 && bytes.count <= 18 else { return nil }
    let isNegative = bytes[0] == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    var point = -1
    var value: UInt64 = 0
    for index in start..<bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit < 10 {
        value = value &* 10 &+ UInt64(digit)
      } else if bytes[index] == UInt8(ascii: ".") && point < 0 && index > start {
        point = index
      } else {
        return nil
      }
    }
    let whole = (point < 0 ? bytes.count : point) - start
    guard whole > 0, whole == 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
    var unit = UInt64(scale)
    if point >= 0 {
      guard point < bytes.count - 1 else { return nil }
      for _ in (point + 1)..<bytes.count { unit /= 10 }
    }
    // INVARIANT: at most 18 digits times 10^18, so the product is below 10^36.
    let magnitude = Int128(value) * Int128(unit)
    return Decimal(unchecked: isNegative ? -magnitude : magnitude)
  }

  /// The number that a literal of the rule language spells: an integer with single `_` between
  /// digits, a decimal, or either with `%`, which divides by 100.
  ///
  /// A sign is not part of a literal.
  /// - Throws: `malformed` or `tooManyDigits`.
  package init(literal bytes: Span<UInt8>) throws(DecimalError) {
    var digits = DigitReader()
    try digits.readInteger(in: bytes, separators: true)
    if digits.skip(UInt8(ascii: "."), in: bytes) { try digits.readFraction(in: bytes) }
    let isPercentage = digits.skip(UInt8(ascii: "%"), in: bytes)
    guard digits.offset == bytes.count else { throw .malformed }
    self = try digits.value(isNegative: false, exponent: isPercentage ? -2 : 0)
  }

  /// The number that `bytes` spell canonically, the way `description` would; nil for anything
  /// else, such as `027`, `+5`, `1e3`, ` 5`, `1.0` or `-0`.
  package init?(canonical bytes: Span<UInt8>) {
    var digits = DigitReader()
    let isNegative = digits.skip(UInt8(ascii: "-"), in: bytes)
    do {
      try digits.readInteger(in: bytes)
      if digits.skip(UInt8(ascii: "."), in: bytes) { try digits.readFraction(in: bytes) }
      guard digits.offset == bytes.count, !digits.endsInFractionalZero else { return nil }
      self = try digits.value(isNegative: isNegative, exponent: 0)
    } catch {
      return nil
    }
    if isNegative && raw == 0 { return nil }
  }
}

/// Reads the digits of a number once, left to right, and keeps those that matter.
private struct DigitReader {
  /// Where the next byte is read.
  private(set) var offset = 0
  /// Whether the digits after the point end in 0.
  private(set) var endsInFractionalZero = false
  /// The digits before the point.
  private var wholeCount = 0
  /// All digits so far.
  private var count = 0
  /// The index of the first digit that is not 0, or -1.
  private var firstIndex = -1
  /// The index of the last digit that is not 0, or -1.
  private var lastIndex = -1
  /// The number that the digits from the first to the last that is not 0 spell.
  private var significand: UInt128 = 0
  /// Whether more digits matter than any `Decimal` has.
  private var isTooLong = false

  /// Steps over `byte` if it comes next.
  mutating func skip(_ byte: UInt8, in bytes: Span<UInt8>) -> Bool {
    guard offset < bytes.count && bytes[offset] == byte else { return false }
    offset += 1
    return true
  }

  /// Reads the digits before the point: one or more, with no needless 0 in front.
  mutating func readInteger(
    in bytes: Span<UInt8>, separators: Bool = false
  ) throws(DecimalError) {
    let start = offset
    try readDigits(in: bytes, separators: separators)
    wholeCount = count
    if count > 1 && bytes[start] == UInt8(ascii: "0") { throw .malformed }
  }

  /// Reads the digits after the point: one or more.
  mutating func readFraction(in bytes: Span<UInt8>) throws(DecimalError) {
    try readDigits(in: bytes, separators: false)
    endsInFractionalZero = bytes[offset - 1] == UInt8(ascii: "0")
  }

  /// Reads an exponent if there is one. Past 10^9 it stays there: no document is as long.
  mutating func readExponent(in bytes: Span<UInt8>) throws(DecimalError) -> Int {
    guard skip(UInt8(ascii: "e"), in: bytes) || skip(UInt8(ascii: "E"), in: bytes) else {
      return 0
    }
    let isNegative = skip(UInt8(ascii: "-"), in: bytes)
    if !isNegative { _ = skip(UInt8(ascii: "+"), in: bytes) }
    let start = offset
    var exponent = 0
    while offset < bytes.count, let digit = Self.digit(bytes[offset]) {
      exponent = min(exponent * 10 + digit, 1_000_000_000)
      offset += 1
    }
    guard offset > start else { throw .malformed }
    return isNegative ? -exponent : exponent
  }

  /// The number read, times 10 to the power `exponent`.
  func value(isNegative: Bool, exponent: Int) throws(DecimalError) -> Decimal {
    guard firstIndex >= 0 else { return .zero }
    let lowest = wholeCount - 1 - lastIndex + exponent
    let highest = wholeCount - 1 - firstIndex + exponent
    guard !isTooLong && highest <= 17 && lowest >= -18 else { throw .tooManyDigits }
    // INVARIANT: at most 36 digits from 10^17 down to 10^-18, so the product is below 10^36.
    var magnitude = Int128(significand)
    for _ in 0..<(lowest + 18) { magnitude *= 10 }
    return Decimal(unchecked: isNegative ? -magnitude : magnitude)
  }

  private mutating func readDigits(
    in bytes: Span<UInt8>, separators: Bool
  ) throws(DecimalError) {
    let start = offset
    while offset < bytes.count {
      if separators && bytes[offset] == UInt8(ascii: "_") {
        guard offset > start && bytes[offset - 1] != UInt8(ascii: "_") else { throw .malformed }
        offset += 1
        continue
      }
      guard let digit = Self.digit(bytes[offset]) else { break }
      if digit != 0 { take(digit) }
      count += 1
      offset += 1
    }
    guard offset > start && bytes[offset - 1] != UInt8(ascii: "_") else { throw .malformed }
  }

  /// Adds a digit that is not 0, and the zeros since the last such digit.
  private mutating func take(_ digit: Int) {
    if firstIndex < 0 { firstIndex = count }
    if count - firstIndex >= 36 {
      isTooLong = true
      return
    }
    let zeros = lastIndex < 0 ? 0 : count - lastIndex - 1
    for _ in 0...zeros { significand *= 10 }
    significand += UInt128(digit)
    lastIndex = count
  }

  private static func digit(_ byte: UInt8) -> Int? {
    let value = byte &- UInt8(ascii: "0")
    return value < 10 ? Int(value) : nil
  }
}
