/// An exact decimal number: at most 18 digits on either side of the point.
///
/// `raw` is the value times 10^18, so that comparing and hashing are those of an integer. Nothing
/// is ever held approximately: what has more digits is refused by the initialisers, and the
/// arithmetic says where it rounds.
package struct Decimal: Sendable, Hashable, Comparable {
  /// The value times 10^18; its magnitude is below 10^36.
  package let raw: Int128

  /// The `raw` of one: 10^18.
  package static let scale: Int128 = 1_000_000_000_000_000_000
  /// The least magnitude of `raw` that is too large: 10^36.
  package static let rawLimit: Int128 = scale * scale
  /// 0.
  package static let zero = Decimal(unchecked: 0)
  /// 1.
  package static let one = Decimal(unchecked: scale)

  /// The number with this `raw`, which the caller knows to be in range.
  @usableFromInline
  init(unchecked raw: Int128) {
    self.raw = raw
  }

  /// The number with this `raw`, or nil when its magnitude is 10^36 or more.
  package init?(raw: Int128) {
    guard raw > -Self.rawLimit && raw < Self.rawLimit else { return nil }
    self.raw = raw
  }

  /// A small integer.
  package init(_ value: Int32) {
    raw = Int128(value) * Self.scale
  }

  /// An integer, or nil when it has more than 18 digits.
  package init?(exactly value: Int) {
    self.init(raw: Int128(value) * Self.scale)
  }

  /// An integer, or the nearest number of 18 digits when it has more.
  package init(clamping value: Int) {
    let largest = Self.rawLimit - Self.scale
    raw = min(max(Int128(value) * Self.scale, -largest), largest)
  }

  /// Whether there is no fraction.
  package var isIntegral: Bool { raw % Self.scale == 0 }

  /// Whether the number is below 0.
  @inlinable package var isNegative: Bool { raw < 0 }

  /// The integer that the number is, or nil when it has a fraction. 18 digits always fit.
  package var integer: Int? {
    let (quotient, remainder) = raw.quotientAndRemainder(dividingBy: Self.scale)
    return remainder == 0 ? Int(truncatingIfNeeded: quotient) : nil
  }

  /// Whether `left` is the smaller number.
  @inlinable
  package static func < (left: Decimal, right: Decimal) -> Bool {
    left.raw < right.raw
  }
}

extension Decimal: CustomStringConvertible {
  /// The shortest spelling, such as `0.11`, `-5` or `27027`: no exponent, no trailing zero.
  package var description: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the shortest spelling to `bytes`.
  package func write(to bytes: inout [UInt8]) {
    if raw < 0 { bytes.append(UInt8(ascii: "-")) }
    let (whole, rest) = raw.magnitude.quotientAndRemainder(dividingBy: Self.scale.magnitude)
    // INVARIANT: both parts are below 10^18, so they fit 64 bits.
    Self.write(UInt64(truncatingIfNeeded: whole), to: &bytes)
    guard rest != 0 else { return }
    var fraction = UInt64(truncatingIfNeeded: rest)
    var places = 18
    while fraction % 10 == 0 {
      fraction /= 10
      places -= 1
    }
    bytes.append(UInt8(ascii: "."))
    let start = bytes.count
    for _ in 0..<places { bytes.append(UInt8(ascii: "0")) }
    var index = start + places - 1
    while fraction != 0 {
      bytes[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction % 10)
      fraction /= 10
      index -= 1
    }
  }

  private static func write(_ value: UInt64, to bytes: inout [UInt8]) {
    var divisor: UInt64 = 1
    while value / divisor >= 10 { divisor *= 10 }
    while divisor != 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }
}
