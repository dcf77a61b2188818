import Testing
import TractatusSemantics
import TractatusValues

@Suite("what conditions become")
struct ConditionTests {
  /// The condition of the only clause of a rule on `connect`.
  private func condition(_ text: String, on types: String = "connect") throws -> Condition {
    let result = PolicyFixture.check(
      """
      type size = one of [small, middle, large]
      action connect {
        port: int optional  host: text  zone: text optional  size: size  tls: bool  at_: time
        hosts: list of text  ports: list of int  parts: list of { name: text, inner: list of int }
      }
      let names = ["b", "a", "b"]
      let busy = session.tokens > 5
      let deep = any p in reasoning.steps satisfies (p == "x")
      threshold load { factor x 100% = scores.x level low from 0% level high from 50% }
      monitor { component Checker stale after 20 messages }
      rule only { on \(types) deny when \(text) }
      """)
    try #require(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
    return try #require(result.policy.rules.first?.clauses.first?.condition)
  }

  private func test(_ name: String, _ type: ValueType, _ predicate: Predicate) -> Condition {
    .test(
      Test(
        operand: Operand(reference: .parameter(name, fields: []), type: type), predicate: predicate)
    )
  }

  private static let int = ValueType.int(bounds: NumberBounds())
  private func raw(_ number: Int32) -> Ordinal { Decimal(number).raw }
  private var limit: Ordinal { Decimal.rawLimit }

  @Test("comparisons of numbers are closed ranges of the discrete scale")
  func ranges() throws {
    let int = Self.int
    #expect(
      try condition("port? == 5") == test("port", int, .inRanges([OrdinalRange(raw(5), raw(5))])))
    #expect(
      try condition("port? > 5")
        == test("port", int, .inRanges([OrdinalRange(raw(5) + 1, limit - 1)])))
    #expect(
      try condition("port? <= -5")
        == test("port", int, .inRanges([OrdinalRange(1 - limit, raw(-5))])))
    #expect(
      try condition("port? != 5")
        == test(
          "port", int,
          .inRanges([OrdinalRange(1 - limit, raw(5) - 1), OrdinalRange(raw(5) + 1, limit - 1)])))
    #expect(
      try condition("port? in [7, 5, 5]")
        == test(
          "port", int, .inRanges([OrdinalRange(raw(5), raw(5)), OrdinalRange(raw(7), raw(7))])))
    #expect(
      try condition("port? in 1..1_024")
        == test("port", int, .inRanges([OrdinalRange(raw(1), raw(1024))])))
  }

  @Test("a date is its whole day")
  func dates() throws {
    let time = ValueType.time(bounds: TimeBounds())
    let day = try #require(CalendarDate(year: 2026, month: 1, day: 2))
    let (first, last) = (day.firstInstant.ordinal, day.lastInstant.ordinal)
    let ends = Instant.ordinalRange
    let expected: [(String, OrdinalRange)] = [
      ("==", OrdinalRange(first, last)), ("<", OrdinalRange(ends.lowerBound, first - 1)),
      ("<=", OrdinalRange(ends.lowerBound, last)), (">", OrdinalRange(last + 1, ends.upperBound)),
      (">=", OrdinalRange(first, ends.upperBound)),
    ]
    for (sign, range) in expected {
      #expect(
        try condition("at_ \(sign) 2026-01-02") == test("at_", time, .inRanges([range])), "\(sign)")
    }
  }

  @Test("words of an enumeration and levels are their places")
  func words() throws {
    let result = try condition("size >= middle")
    guard case .test(let found) = result else {
      Issue.record("no test")
      return
    }
    #expect(found.predicate == .inRanges([OrdinalRange(1, 2)]))
    guard case .test(let level) = try condition("load < high") else {
      Issue.record("no test")
      return
    }
    #expect(level.operand.reference == .level(ThresholdID(0)))
    #expect(level.predicate == .inRanges([OrdinalRange(0, 0)]))
  }

  @Test("texts are equal byte for byte, and an absent text is not different")
  func texts() throws {
    let equal = test("zone", .text, .equalsText(["a"]))
    let present = test("zone", .text, .present)
    #expect(try condition("zone? == \"a\"") == equal)
    #expect(try condition("zone? != \"a\"") == .and([present, .not(equal)]))
    #expect(try condition("zone? not in [\"a\"]") == .and([present, .not(equal)]))
    #expect(try condition("host != \"a\"") == .not(test("host", .text, .equalsText(["a"]))))
    #expect(
      try condition("host not in names") == .not(test("host", .text, .equalsText(["a", "b"]))))
  }

  @Test("a bare truth value is compared with true")
  func bare() throws {
    #expect(try condition("tls") == test("tls", .bool, .inRanges([OrdinalRange(1, 1)])))
    #expect(try condition("not tls") == .not(test("tls", .bool, .inRanges([OrdinalRange(1, 1)]))))
  }

  @Test("lists are asked for elements and counted")
  func lists() throws {
    let ports = ValueType.list(Self.int)
    #expect(
      try condition("ports contains [5, 6]")
        == test(
          "ports", ports,
          .containsOrdinal([OrdinalRange(raw(5), raw(5)), OrdinalRange(raw(6), raw(6))])))
    #expect(
      try condition("count(ports) > 3")
        == test("ports", ports, .count([OrdinalRange(raw(3) + 1, limit - 1)])))
    let host = Operand(reference: .parameter("host", fields: []), type: .text)
    #expect(
      try condition("host in hosts")
        == .test(
          Test(
            operand: host,
            predicate: .isElement(
              of: Operand(reference: .parameter("hosts", fields: []), type: .list(.text))))))
  }

  @Test("quantifiers are numbered from the outermost, in named conditions too")
  func quantifiers() throws {
    let result = try condition(
      "any p in parts satisfies (all i in p.inner satisfies (i > 5) and deep)")
    guard case .quantified(let outer) = result, case .and(let parts) = outer.condition,
      case .quantified(let inner) = parts[0], case .quantified(let named) = parts[1]
    else {
      Issue.record("no quantifiers: \(result)")
      return
    }
    #expect((outer.depth, inner.depth, named.depth) == (0, 1, 1))
    #expect(inner.isUniversal && !outer.isUniversal)
    #expect(inner.list.reference == .element(depth: 0, fields: ["inner"]))
    guard case .test(let last) = named.condition else { return }
    #expect(last.operand.reference == .element(depth: 1, fields: []))
  }

  @Test("windows keep their units, time in nanoseconds")
  func windows() throws {
    guard case .test(let found) = try condition("Checker within 20 messages and 2 hours") else {
      Issue.record("no test")
      return
    }
    #expect(found.operand.reference == .component("Checker"))
    #expect(
      found.predicate
        == .recent([
          Window(unit: .messages, amount: 20), Window(unit: .time, amount: 7_200_000_000_000),
        ]))
  }

  @Test("named conditions are written out")
  func named() throws {
    #expect(try condition("busy") == condition("session.tokens > 5"))
    #expect(try condition("busy or tls") == condition("(session.tokens > 5) or tls"))
  }

  @Test("like on a path is by its components")
  func globs() throws {
    let result = PolicyFixture.check(
      """
      action read { path: path  name: text }
      rule only { on read deny when path like "*.pem" ignoring case or name like "*.pem" }
      """)
    let condition = try #require(result.policy.rules.first?.clauses.first?.condition)
    #expect(
      condition
        == .or([
          test(
            "path", .path,
            .matches([TextPattern(kind: .pathGlob, text: "*.pem", ignoresCase: true)])),
          test("name", .text, .matches([TextPattern(kind: .glob, text: "*.pem")])),
        ]))
  }
}
