extension Decimal {
  /// The sum, exact, or nil when it has more than 18 digits before the point.
  package func adding(_ other: Decimal) -> Decimal? {
    // INVARIANT: both are below 10^36 in magnitude, so the sum fits 128 bits.
    Decimal(raw: raw + other.raw)
  }

  /// The difference, exact, or nil when it has more than 18 digits before the point.
  package func subtracting(_ other: Decimal) -> Decimal? {
    Decimal(raw: raw - other.raw)
  }

  /// The number with the other sign.
  package var negated: Decimal { Decimal(unchecked: -raw) }

  /// The product, rounded to 18 places half to even, or nil when it has more than 18 digits
  /// before the point.
  package func multiplied(by other: Decimal) -> Decimal? {
    // PERF: most factors of scores are these.
    if raw == 0 || other.raw == 0 { return .zero }
    if raw == Self.scale { return other }
    let product = raw.magnitude.multipliedFullWidth(by: other.raw.magnitude)
    return Decimal(
      quotientOf: product, dividedBy: Self.scale.magnitude,
      isNegative: isNegative != other.isNegative)
  }

  /// The quotient, rounded to 18 places half to even, or nil when the divisor is 0 or the quotient
  /// has more than 18 digits before the point.
  package func divided(by divisor: Decimal) -> Decimal? {
    guard divisor.raw != 0 else { return nil }
    let scaled = raw.magnitude.multipliedFullWidth(by: Self.scale.magnitude)
    return Decimal(
      quotientOf: scaled, dividedBy: divisor.raw.magnitude,
      isNegative: isNegative != divisor.isNegative)
  }

  /// The number rounded to `places` digits after the point, half to even.
  ///
  /// `places` below 0 counts as 0 and above 18 as 18. Nil when rounding up needs a 19th digit
  /// before the point.
  package func rounded(places: Int) -> Decimal? {
    if raw == 0 { return self }
    var unit: UInt128 = 1
    for _ in 0..<(18 - min(max(places, 0), 18)) { unit *= 10 }
    var (quotient, remainder) = raw.magnitude.quotientAndRemainder(dividingBy: unit)
    if Self.roundsUp(quotient, remainder, unit) { quotient += 1 }
    // INVARIANT: the quotient times the unit is at most 10^36, far from 2^127.
    let magnitude = Int128(quotient * unit)
    return Decimal(raw: isNegative ? -magnitude : magnitude)
  }

  /// The number, or the nearer bound when it is outside `range`.
  package func clamped(to range: ClosedRange<Decimal>) -> Decimal {
    self < range.lowerBound ? range.lowerBound : self > range.upperBound ? range.upperBound : self
  }

  /// A 256-bit number divided by a 128-bit one below 2^127, rounded half to even.
  private init?(
    quotientOf dividend: (high: UInt128, low: UInt128), dividedBy divisor: UInt128,
    isNegative: Bool
  ) {
    // The quotient has more than 128 bits, far past the limit, unless the high half is smaller.
    guard dividend.high < divisor else { return nil }
    var (quotient, remainder) = divisor.dividingFullWidth(dividend)
    if Self.roundsUp(quotient, remainder, divisor) { quotient += 1 }
    guard quotient < Self.rawLimit.magnitude else { return nil }
    let magnitude = Int128(quotient)
    self.init(unchecked: isNegative ? -magnitude : magnitude)
  }

  /// Whether a quotient with this remainder rounds away from 0, half to even.
  private static func roundsUp(
    _ quotient: UInt128, _ remainder: UInt128, _ divisor: UInt128
  ) -> Bool {
    // Written as a subtraction, so that it cannot overflow.
    let complement = divisor - remainder
    return remainder > complement || (remainder == complement && quotient & 1 == 1)
  }
}
