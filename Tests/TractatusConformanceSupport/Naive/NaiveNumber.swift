import TractatusValues

/// Decimal arithmetic done digit by digit, the way it is done on paper.
///
/// Values are `Decimal`s because decisions carry those; how they are read and computed is here.
enum NaiveNumber {
  /// The number that a JSON number's text spells; `nil` when it is none or has too many digits.
  static func reading(json text: String) -> Decimal? {
    var rest = Substring(text)
    let isNegative = rest.first == "-"
    if isNegative { rest.removeFirst() }
    var exponent = 0
    if let mark = rest.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      var power = rest[rest.index(after: mark)...]
      rest = rest[..<mark]
      let isDown = power.first == "-"
      if isDown || power.first == "+" { power.removeFirst() }
      guard !power.isEmpty, power.allSatisfy(isDigit) else { return nil }
      exponent = min(Int(power) ?? 1_000_000, 1_000_000) * (isDown ? -1 : 1)
    }
    let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
      parts[0] == "0" || parts[0].first != "0"
    else { return nil }
    let fraction = parts.count == 2 ? parts[1] : ""
    return make(digits: String(parts[0]) + fraction, point: parts[0].count + exponent, isNegative)
  }

  /// The number that a text spells canonically.
  static func reading(canonical text: String) -> Decimal? {
    guard let number = reading(json: text), number.description == text else { return nil }
    return number
  }

  /// `a × b`, rounded to 18 places, half to even.
  static func product(_ a: Decimal, _ b: Decimal) -> Decimal? {
    let left = digits(a.raw.magnitude)
    let right = digits(b.raw.magnitude)
    var cells = [Int](repeating: 0, count: left.count + right.count + 1)
    for (i, x) in left.reversed().enumerated() {
      for (j, y) in right.reversed().enumerated() { cells[i + j] += x * y }
    }
    for index in 0..<(cells.count - 1) {
      cells[index + 1] += cells[index] / 10
      cells[index] %= 10
    }
    let dropped = Array(cells.prefix(18))
    guard let kept = value(cells.dropFirst(18).reversed()) else { return nil }
    let half: Int
    if dropped.count == 18, let top = dropped.last {
      let rest = dropped.dropLast().contains { $0 != 0 }
      half = top > 5 || (top == 5 && rest) ? 1 : top == 5 ? 0 : -1
    } else {
      half = -1
    }
    let rounded = half > 0 || (half == 0 && kept % 2 == 1) ? kept + 1 : kept
    return signed(rounded, isNegative: (a.raw < 0) != (b.raw < 0))
  }

  /// `a ÷ b`, rounded to 18 places, half to even; `nil` when `b` is 0 or the result too large.
  static func quotient(_ a: Decimal, _ b: Decimal) -> Decimal? {
    guard b.raw != 0 else { return nil }
    let divisor = b.raw.magnitude
    var remainder: UInt128 = 0
    var result: [Int] = []
    for digit in digits(a.raw.magnitude) + [Int](repeating: 0, count: 18) {
      remainder = remainder * 10 + UInt128(digit)
      result.append(Int(remainder / divisor))
      remainder %= divisor
    }
    guard let kept = value(result) else { return nil }
    let twice = remainder * 2
    let up = twice > divisor || (twice == divisor && kept % 2 == 1)
    return signed(up ? kept + 1 : kept, isNegative: (a.raw < 0) != (b.raw < 0))
  }

  /// `a + b`, exact.
  static func sum(_ a: Decimal, _ b: Decimal) -> Decimal? { Decimal(raw: a.raw + b.raw) }

  /// `a` between 0 and 1.
  static func clamped(_ a: Decimal) -> Decimal { min(max(a, .zero), .one) }

  /// `a` rounded to 9 places, half to even.
  static func roundedTo9(_ a: Decimal) -> Decimal? {
    let unit: Int128 = 1_000_000_000
    let magnitude = Int128(a.raw.magnitude)
    var whole = magnitude / unit
    let rest = magnitude % unit
    if rest * 2 > unit || (rest * 2 == unit && whole % 2 == 1) { whole += 1 }
    return Decimal(raw: whole * unit * (a.raw < 0 ? -1 : 1))
  }

  private static func isDigit(_ character: Character) -> Bool {
    character >= "0" && character <= "9"
  }

  private static func digits(_ magnitude: UInt128) -> [Int] {
    String(magnitude).compactMap(\.wholeNumberValue)
  }

  /// The number that digits spell, `nil` past 36 of them.
  private static func value(_ digits: some Sequence<Int>) -> UInt128? {
    var value: UInt128 = 0
    for digit in digits {
      value = value * 10 + UInt128(digit)
      guard value < Decimal.rawLimit.magnitude else { return nil }
    }
    return value
  }

  private static func signed(_ magnitude: UInt128, isNegative: Bool) -> Decimal? {
    guard magnitude < Decimal.rawLimit.magnitude else { return nil }
    return Decimal(raw: isNegative ? -Int128(magnitude) : Int128(magnitude))
  }

  /// The digits with the point after `point` of them.
  private static func make(digits: String, point: Int, _ isNegative: Bool) -> Decimal? {
    var digits = digits.compactMap(\.wholeNumberValue)
    var point = point
    while digits.last == 0 { digits.removeLast() }
    while digits.first == 0 {
      digits.removeFirst()
      point -= 1
    }
    guard !digits.isEmpty else { return .zero }
    guard point <= 18, digits.count - point <= 18 else { return nil }
    digits += [Int](repeating: 0, count: 18 - (digits.count - point))
    guard let magnitude = value(digits) else { return nil }
    return signed(magnitude, isNegative: isNegative)
  }
}
