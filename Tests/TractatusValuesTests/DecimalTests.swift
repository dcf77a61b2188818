import Testing
import TractatusValues

/// The number that a text spells in JSON's grammar, or nil.
func decimal(_ text: String) -> Decimal? {
  try? Decimal(json: Array(text.utf8).span)
}

@Suite struct DecimalTests {
  @Test(
    "a number in JSON's grammar is held exactly",
    arguments: [
      ("0", "0"), ("-0", "0"), ("0.11", "0.11"), ("27027", "27027"), ("1.0", "1"),
      ("1e3", "1000"), ("1E+3", "1000"), ("12.5e-1", "1.25"), ("100e-2", "1"),
      ("-1.50", "-1.5"), ("0e999999999999999999999", "0"), ("0.000e-5", "0"),
      ("999999999999999999.999999999999999999", "999999999999999999.999999999999999999"),
      ("1.50000000000000000000000000", "1.5"), ("1000000000000000000e-1", "100000000000000000"),
      ("0.000000000000000001", "0.000000000000000001"),
      ("0.0000000000000000001e1", "0.000000000000000001"),
      ("-123456789012345678", "-123456789012345678"),
    ])
  func held(text: String, shortest: String) {
    #expect(decimal(text)?.description == shortest)
  }

  @Test(
    "what has more than 18 digits on a side is refused",
    arguments: [
      "1000000000000000000", "1e18", "0.0000000000000000001", "1e-19", "1e999999999999",
      "1e-999999999999", "1234567890123456789", "1.1234567890123456789",
      "1000000000000000000000000000000000000000000000000000000000000000001e-30",
    ])
  func refused(text: String) {
    #expect(throws: DecimalError.tooManyDigits) {
      try Decimal(json: Array(text.utf8).span)
    }
  }

  @Test(
    "what is no number is malformed",
    arguments: [
      "", "-", "+1", "01", "-01", "00", ".5", "5.", "1.e3", "1e", "1e+", "1e1.5", " 1", "1 ",
      "1_000", "0x10", "NaN", "Infinity", "1,5", "--1", "1-", "٣",
    ])
  func malformed(text: String) {
    #expect(throws: DecimalError.malformed) {
      try Decimal(json: Array(text.utf8).span)
    }
  }

  @Test(
    "only the shortest spelling is canonical",
    arguments: [
      ("27027", true), ("0", true), ("0.5", true), ("-5", true), ("-0.5", true),
      ("027", false), ("+5", false), ("1e3", false), (" 5", false), ("5 ", false),
      ("1.0", false), ("-0", false), ("-0.0", false), ("0.", false), (".5", false), ("", false),
      ("1_000", false), ("5\n", false), ("1234567890123456789", false), ("0.50", false),
    ])
  func canonical(text: String, isCanonical: Bool) {
    let bytes = Array(text.utf8)
    #expect((Decimal(canonical: bytes.span) != nil) == isCanonical)
  }

  @Test(
    "a literal may have separators and a percent sign",
    arguments: [
      ("30_000", "30000"), ("30%", "0.3"), ("12.5%", "0.125"), ("100%", "1"), ("0%", "0"),
      ("1_0.5", "10.5"), ("7", "7"),
    ])
  func literals(text: String, value: String) {
    let bytes = Array(text.utf8)
    #expect((try? Decimal(literal: bytes.span))?.description == value)
  }

  @Test(
    "a literal's separators stand between digits",
    arguments: ["1_", "_1", "1__0", "1._5", "1.5_0", "%", "5%%", "-5", "012", "0_1", "1e3"])
  func badLiterals(text: String) {
    let bytes = Array(text.utf8)
    #expect((try? Decimal(literal: bytes.span)) == nil)
  }

  @Test("integers convert both ways")
  func integers() {
    #expect(Decimal(5).integer == 5)
    #expect(Decimal(Int32.min).description == "-2147483648")
    #expect(Decimal(exactly: 999_999_999_999_999_999)?.integer == 999_999_999_999_999_999)
    #expect(Decimal(exactly: 1_000_000_000_000_000_000) == nil)
    #expect(Decimal(clamping: .max).description == "999999999999999999")
    #expect(Decimal(clamping: .min).description == "-999999999999999999")
    #expect(decimal("0.5")?.integer == nil)
    #expect(decimal("0.5")?.isIntegral == false)
    #expect(decimal("7.0")?.isIntegral == true)
  }

  @Test(
    "products and quotients round to 18 places, half to even",
    arguments: [
      ("0.000000000000000001", "0.5", "0", nil),
      ("0.000000000000000003", "0.5", "0.000000000000000002", nil),
      ("0.000000000000000001", "0.51", "0.000000000000000001", nil),
      ("-0.000000000000000003", "0.5", "-0.000000000000000002", nil),
      ("1", "3", "3", "0.333333333333333333"),
      ("2", "3", "6", "0.666666666666666667"),
      ("-2", "3", "-6", "-0.666666666666666667"),
      ("999999999999999999", "1", "999999999999999999", "999999999999999999"),
      ("999999999999999999", "10", nil, "99999999999999999.9"),
      (
        "999999999999999999.999999999999999999", "1", "999999999999999999.999999999999999999",
        "999999999999999999.999999999999999999"
      ),
      ("999999999999999999", "0.1", "99999999999999999.9", nil),
      ("1", "0", "0", nil), ("0", "5", "0", "0"),
    ] as [(String, String, String?, String?)])
  func rounding(left: String, right: String, product: String?, quotient: String?) throws {
    let (left, right) = (try #require(decimal(left)), try #require(decimal(right)))
    #expect(left.multiplied(by: right)?.description == product)
    if quotient != nil || right == .zero {
      #expect(left.divided(by: right)?.description == quotient)
    }
  }

  @Test(
    "rounding to places is half to even",
    arguments: [
      ("0.5", 0, "0"), ("1.5", 0, "2"), ("2.5", 0, "2"), ("-2.5", 0, "-2"), ("-2.51", 0, "-3"),
      ("0.7075", 2, "0.71"), ("0.70750000050", 9, "0.7075"), ("0.7075000015", 9, "0.707500002"),
      ("1.25", 1, "1.2"), ("1.25", 18, "1.25"), ("1.25", 99, "1.25"), ("1.25", -1, "1"),
      ("999999999999999999.5", 0, nil),
    ] as [(String, Int, String?)])
  func places(text: String, places: Int, rounded: String?) {
    #expect(decimal(text)?.rounded(places: places)?.description == rounded)
  }
}
