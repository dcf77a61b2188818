import Testing
import TractatusValues

/// A number as a sign and its decimal digits, lowest first, 18 of them after the point: slow, and
/// with nothing in common with the code under test.
private struct Schoolbook {
  var isNegative = false
  var digits: [Int] = []

  init(_ value: Decimal) {
    isNegative = value.raw < 0
    digits = String(value.raw.magnitude).reversed().map { Int(String($0)) ?? 0 }
    trim()
  }

  mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { isNegative = false }
  }

  /// Below, above or equal to 0 as one magnitude is below, above or equal to the other.
  static func compare(_ left: [Int], _ right: [Int]) -> Int {
    if left.count != right.count { return left.count < right.count ? -1 : 1 }
    for (one, other) in zip(left.reversed(), right.reversed()) where one != other {
      return one < other ? -1 : 1
    }
    return 0
  }

  static func add(_ left: [Int], _ right: [Int]) -> [Int] {
    var sum: [Int] = []
    var carry = 0
    for index in 0..<max(left.count, right.count) {
      carry += index < left.count ? left[index] : 0
      carry += index < right.count ? right[index] : 0
      sum.append(carry % 10)
      carry /= 10
    }
    return carry == 0 ? sum : sum + [carry]
  }

  static func subtract(_ left: [Int], _ right: [Int]) -> [Int] {
    var rest: [Int] = []
    var borrow = 0
    for index in 0..<left.count {
      var digit = left[index] - borrow - (index < right.count ? right[index] : 0)
      borrow = digit < 0 ? 1 : 0
      if digit < 0 { digit += 10 }
      rest.append(digit)
    }
    while rest.last == 0 { rest.removeLast() }
    return rest
  }

  static func multiply(_ left: [Int], _ right: [Int]) -> [Int] {
    var product = Array(repeating: 0, count: left.count + right.count + 1)
    for (place, one) in left.enumerated() {
      for (other, digit) in right.enumerated() { product[place + other] += one * digit }
    }
    for place in 0..<(product.count - 1) {
      product[place + 1] += product[place] / 10
      product[place] %= 10
    }
    while product.last == 0 { product.removeLast() }
    return product
  }

  /// The quotient, rounded half to even.
  static func divide(_ left: [Int], _ right: [Int]) -> [Int] {
    var quotient: [Int] = []
    var rest: [Int] = []
    for digit in left.reversed() {
      rest.insert(digit, at: 0)
      while rest.last == 0 { rest.removeLast() }
      var count = 0
      while compare(rest, right) >= 0 {
        rest = subtract(rest, right)
        count += 1
      }
      quotient.insert(count, at: 0)
    }
    while quotient.last == 0 { quotient.removeLast() }
    let order = compare(add(rest, rest), right)
    let isOdd = (quotient.first ?? 0) % 2 == 1
    return order > 0 || (order == 0 && isOdd) ? add(quotient, [1]) : quotient
  }

  /// The spelling, or nil with more than 18 digits before the point.
  static func spell(isNegative: Bool, _ digits: [Int]) -> String? {
    if digits.count > 36 { return nil }
    let padded = digits + Array(repeating: 0, count: max(0, 19 - digits.count))
    var fraction = padded[0..<18].reversed().map(String.init).joined()
    while fraction.hasSuffix("0") { fraction.removeLast() }
    let whole = padded[18...].reversed().map(String.init).joined()
    let sign = isNegative && digits.contains { $0 != 0 } ? "-" : ""
    return sign + whole + (fraction.isEmpty ? "" : "." + fraction)
  }

  static func sum(_ left: Schoolbook, _ right: Schoolbook) -> String? {
    if left.isNegative == right.isNegative {
      return spell(isNegative: left.isNegative, add(left.digits, right.digits))
    }
    return compare(left.digits, right.digits) >= 0
      ? spell(isNegative: left.isNegative, subtract(left.digits, right.digits))
      : spell(isNegative: right.isNegative, subtract(right.digits, left.digits))
  }
}

@Suite struct DecimalLawTests {
  /// Numbers of every size, many with few digits and some at the limits.
  private func operand(_ random: inout SplitMix64) -> Decimal {
    let limits = [0, 1, Decimal.scale, Decimal.scale / 2, Decimal.rawLimit - 1]
    if random.chance(1, in: 8) {
      let raw = limits[random.below(limits.count)]
      return Decimal(raw: random.chance(1, in: 2) ? raw : -raw) ?? .zero
    }
    let bits = Int128(random.next() >> 1) << 64 | Int128(truncatingIfNeeded: random.next() >> 1)
    var unit: Int128 = 1
    for _ in 0..<random.below(37) { unit *= 10 }
    let raw = bits % (random.chance(1, in: 3) ? unit : Decimal.rawLimit)
    let rounded = random.chance(1, in: 3) ? raw / unit * unit : raw
    return Decimal(raw: random.chance(1, in: 2) ? rounded : -rounded) ?? .zero
  }

  @Test("arithmetic agrees with the schoolbook")
  func schoolbook() {
    var random = SplitMix64(seed: 7)
    let scale = Schoolbook(.one).digits
    for _ in 0..<1_500 {
      let (left, right) = (operand(&random), operand(&random))
      let (one, other) = (Schoolbook(left), Schoolbook(right))
      let isNegative = one.isNegative != other.isNegative
      #expect(left.adding(right)?.description == Schoolbook.sum(one, other))
      #expect(left.subtracting(right.negated)?.description == Schoolbook.sum(one, other))
      let product = Schoolbook.divide(Schoolbook.multiply(one.digits, other.digits), scale)
      #expect(
        left.multiplied(by: right)?.description
          == Schoolbook.spell(isNegative: isNegative, product), "\(left) * \(right)")
      if right == .zero {
        #expect(left.divided(by: right) == nil)
      } else {
        let quotient = Schoolbook.divide(Schoolbook.multiply(one.digits, scale), other.digits)
        #expect(
          left.divided(by: right)?.description
            == Schoolbook.spell(isNegative: isNegative, quotient), "\(left) / \(right)")
      }
      let places = random.below(19)
      let unit = Array(repeating: 0, count: 18 - places) + [1]
      let rounded = Schoolbook.multiply(Schoolbook.divide(one.digits, unit), unit)
      #expect(
        left.rounded(places: places)?.description
          == Schoolbook.spell(isNegative: one.isNegative, rounded), "\(left) to \(places)")
    }
  }

  @Test("every number is read back from its spelling, which is canonical")
  func spelling() {
    var random = SplitMix64(seed: 8)
    for _ in 0..<4_000 {
      let value = operand(&random)
      let text = Array(value.description.utf8)
      #expect((try? Decimal(json: text.span)) == value)
      #expect(Decimal(canonical: text.span) == value)
      let other = operand(&random)
      #expect((value < other) == (value.raw < other.raw))
      #expect(value.isIntegral == (value.integer != nil))
    }
  }

  @Test("all spellings of short numbers are read alike by both readers")
  func exponentSpellings() {
    var random = SplitMix64(seed: 9)
    for _ in 0..<4_000 {
      let whole = random.below(1_000_000)
      let fraction = random.below(1_000)
      let plain = "\(whole).\(1_000 + fraction)"
      // An exponent of 0 keeps a number away from the reader of short ones.
      #expect(decimal(plain) == decimal(plain + "e0"))
      #expect(decimal("-" + plain) == decimal("-" + plain + "E+00"))
      #expect(decimal("\(whole)") == decimal("\(whole)00e-2"))
    }
  }
}
