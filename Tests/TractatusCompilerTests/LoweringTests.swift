import Testing
import TractatusSemantics
import TractatusSource
import TractatusValues

@testable import TractatusCompiler

private typealias Fixture = PolicyFixture

@Suite("Lowering")
struct LoweringTests {
  private func rows(_ policy: LoweredPolicy) -> [String] {
    let text = ConditionText(policy)
    return policy.tables[0].clauses.first.map { $0.formula.rows.map(text.row) } ?? []
  }

  @Test("a test of a parameter that the type lacks is false, `has` too, and its negation true")
  func missingParameter() {
    let missing = Fixture.test("missing", .equalsText(["a"]))
    #expect(rows(Fixture.lowered(missing)).isEmpty)
    #expect(rows(Fixture.lowered(Fixture.test("missing", .present))).isEmpty)
    #expect(rows(Fixture.lowered(.not(missing))) == ["true"])
    let right = Operand(reference: .parameter("missing", fields: []), type: .text)
    #expect(rows(Fixture.lowered(Fixture.test("port", .compare(.notEqual, right)))).isEmpty)
    #expect(
      rows(
        Fixture.lowered(
          .quantified(
            Quantified(isUniversal: true, list: right, depth: 0, condition: .constant(true))))
      ).isEmpty)
  }

  @Test("equalities joined by `or` become one membership test")
  func membership() {
    let condition = Condition.or([
      Fixture.port(1), Fixture.port(3), Fixture.port(1), Fixture.port(7),
    ])
    #expect(rows(Fixture.lowered(condition)) == ["port in [1, 3, 7]"])
    let names = Condition.or(["b", "a", "c"].map { Fixture.test("name", .equalsText([$0])) })
    #expect(rows(Fixture.lowered(names)) == [#"name in ["a", "b", "c"]"#])
  }

  @Test("a guard and its test of a scalar become one test, and rows that differ in it are joined")
  func scalarMerging() {
    let has = Fixture.test("port", .present)
    #expect(rows(Fixture.lowered(.and([has, Fixture.port(1, 2)]))) == ["port in [1, 2]"])
    #expect(
      rows(Fixture.lowered(.and([has, .not(Fixture.port(1))]))) == [
        "has port and not (port == 1)"
      ])
    let flag = Fixture.test("flag", .inRanges([OrdinalRange(1, 1)]))
    let name = Fixture.test("name", .equalsText(["a"]))
    let split = Condition.or([.and([flag, Fixture.port(1)]), .and([Fixture.port(2), flag])])
    #expect(rows(Fixture.lowered(split)) == ["flag == true and port in [1, 2]"])
    #expect(
      rows(Fixture.lowered(.or([.and([flag, name]), flag]))) == ["flag == true"])
  }

  @Test("a test and its negation stay, for both can be unknown")
  func noExcludedMiddle() {
    let tags = Fixture.test("tags", .containsText(["a"]))
    #expect(
      rows(Fixture.lowered(.and([tags, .not(tags)]))) == [
        #"tags contains "a" and not (tags contains "a")"#
      ])
    #expect(
      rows(Fixture.lowered(.or([tags, .not(tags)]))) == [
        #"tags contains "a""#, #"not (tags contains "a")"#,
      ])
    #expect(rows(Fixture.lowered(.and([Fixture.port(1), Fixture.port(2)]))) == ["port in []"])
  }

  @Test("a required attribute of few values is tested positively")
  func positiveForm() {
    let production = Fixture.test("environment", .inRanges([OrdinalRange(2, 2)]))
    #expect(rows(Fixture.lowered(.not(production))) == ["environment in [dev, staging]"])
    let flag = Fixture.test("flag", .inRanges([OrdinalRange(1, 1)]))
    #expect(rows(Fixture.lowered(.not(flag))) == ["not (flag == true)"])
  }

  @Test("a condition of many rows keeps its literals and combines the rest in one test")
  func composite() {
    let texts = (0..<9).map { index in
      Condition.or([
        Fixture.test("tags", .containsText(["a\(index)"])),
        Fixture.test("name", .equalsText(["b\(index)"])),
      ])
    }
    let policy = Fixture.lowered(.and(texts + [Fixture.port(1)]))
    let formula = policy.tables[0].clauses[0].formula
    #expect(1...64 ~= formula.rows.count)
    #expect(
      formula.rows.allSatisfy { row in
        row.literals.contains { literal in
          if case .composite = policy.tests[literal.test] { true } else { false }
        }
      })
    let port = policy.tests.firstIndex(
      of: .exact(
        attribute: policy.attributes.firstIndex { $0.type == .int(bounds: NumberBounds()) } ?? -1,
        .inRanges([OrdinalRange(Fixture.number(1), Fixture.number(1))])))
    #expect(formula.rows.allSatisfy { row in row.literals.contains { $0.test == port } })
  }

  @Test("many alternatives nested in many cost no time before they are cut")
  func noBlowUp() {
    var condition = Fixture.port(0)
    for depth in 1...60 {
      let leaf = Fixture.test("tags", .containsText(["\(depth)"]))
      let other = Fixture.test("name", .matches([TextPattern(kind: .contains, text: "\(depth)")]))
      condition = .and([.or([leaf, other]), .or([condition, leaf])])
    }
    let policy = Fixture.lowered(condition)
    #expect(policy.tables[0].clauses[0].formula.rows.count <= 64)
  }

  @Test("a requirement keeps its guard apart from what is required")
  func requirement() {
    let rule = Fixture.rule(
      "r", when: Fixture.port(1), [Fixture.require(Fixture.test("name", .present))])
    let policy = Lowering.lower(Fixture.policy(rules: [rule])).0
    let text = ConditionText(policy)
    let clause = policy.tables[0].clauses[0]
    #expect(clause.formula.rows.map(text.row) == ["port == 1"])
    #expect(clause.required?.rows.map(text.row) == ["has name"])
  }

  @Test("a clause that can say nothing and a rule that is not active are gone")
  func deadClauses() {
    let rules = [
      Fixture.rule("a", when: .constant(true), [Fixture.deny(.constant(false))]),
      Fixture.rule("b", when: .constant(true), [Fixture.require(.constant(true))]),
      Fixture.rule("c", when: .constant(true), [Fixture.deny(Fixture.port(1))], isActive: false),
      Fixture.rule("d", when: .constant(true), [Fixture.require(.constant(false))]),
    ]
    let policy = Lowering.lower(Fixture.policy(rules: rules)).0
    #expect(policy.tables[0].clauses.map(\.origin) == [.rule(3, clause: 0)])
    #expect(policy.tests.isEmpty && policy.attributes.isEmpty)
  }

  @Test("a clause without reason has the rule's title, and a missing parameter no attribute")
  func templates() {
    let because = Template(segments: [
      .text("port "), .value(Fixture.operand("port")),
      .value(Operand(reference: .parameter("missing", fields: []), type: .text)),
    ])
    let rules = [
      Fixture.rule("a", when: .constant(true), [Fixture.deny(.constant(true))]),
      Fixture.rule("b", when: .constant(true), [Fixture.deny(.constant(true))], title: ""),
      Fixture.rule("c", when: .constant(true), [Fixture.deny(.constant(true), because: because)]),
    ]
    let policy = Lowering.lower(Fixture.policy(rules: rules)).0
    let templates = policy.tables[0].clauses.map(\.because.segments)
    #expect(
      templates == [
        [.text("A title")], [.text("b")],
        [.text("port "), .value(attribute: 0), .value(attribute: nil)],
      ])
    #expect(policy.attributes[0].source == .parameter(type: 0, parameter: 3, fields: []))
  }

  @Test("the type that is judged is known where a rule names types, and open under `on any`")
  func actionType() {
    let operand = Operand(reference: .actionType, type: .text)
    let condition = Condition.test(Test(operand: operand, predicate: .equalsText(["t.call"])))
    let types = AppliesTo.types([ActionTypeID(0), ActionTypeID(1)])
    let rules = [
      Fixture.rule("a", on: types, when: .constant(true), [Fixture.deny(condition)]),
      Fixture.rule("b", on: .any, when: condition, [Fixture.deny(.constant(true))]),
    ]
    let policy = Lowering.lower(Fixture.policy(rules: rules)).0
    #expect(policy.tables[0].clauses.map(\.formula.isAlwaysTrue) == [true])
    #expect(policy.tables[1].clauses.isEmpty)
    #expect(policy.anyTable.clauses.map(\.formula.rows.count) == [1])
    #expect(policy.anyTable.clauses[0].formula.tests.isEmpty)
  }

  @Test("a threshold's levels with a verdict and its being unmeasured become clauses")
  func thresholds() {
    let threshold = Threshold(
      name: QualifiedName(package: "t", name: "load"), package: PackageID(0), title: "Load",
      isSealed: false, isShadow: false, on: .types([ActionTypeID(0)]),
      guardCondition: Fixture.port(1), given: nil, base: .zero,
      factors: [
        Threshold.Factor(
          name: "f", weight: .one,
          value: .divide(
            .operand(
              Operand(reference: .session("tokens"), type: .int(bounds: NumberBounds()))),
            .number(.one)), fallback: nil)
      ],
      points: [],
      levels: [
        Threshold.Level(
          name: "low", from: .zero, verdict: nil, because: nil, span: Fixture.span),
        Threshold.Level(
          name: "high", from: .one, verdict: .deny, because: nil, span: Fixture.span),
      ],
      unmeasured: Threshold.Unmeasured(verdict: .ask, because: nil, span: Fixture.span),
      span: Fixture.span)
    let policy = Lowering.lower(Fixture.policy(thresholds: [threshold])).0
    let text = ConditionText(policy)
    #expect(
      policy.tables[0].clauses.map { $0.formula.rows.map(text.row) } == [
        ["port == 1 and t.load is high"], ["port == 1 and t.load is unmeasured"],
      ])
    #expect(policy.tables[0].clauses.map(\.verdict) == [.deny, .ask])
    #expect(policy.thresholds.count == 1 && policy.thresholds[0].factors.count == 1)
  }

  @Test("a level's own clause keeps the cause that its guard has in the same level")
  func causeOfALevel() {
    let level = Operand(
      reference: .level(ThresholdID(0)),
      type: .enumeration(Enumeration(name: "t.load", values: ["low", "high"])))
    let guardCondition = Condition.test(
      Test(operand: level, predicate: .inRanges([OrdinalRange(1, 1)])))
    let threshold = Threshold(
      name: QualifiedName(package: "t", name: "load"), package: PackageID(0), title: "Load",
      isSealed: false, isShadow: false, on: .any, guardCondition: guardCondition, given: nil,
      base: .zero, factors: [], points: [],
      levels: [
        Threshold.Level(
          name: "low", from: .zero, verdict: .warn, because: nil, span: Fixture.span),
        Threshold.Level(name: "high", from: .one, verdict: .ask, because: nil, span: Fixture.span),
      ],
      unmeasured: nil, span: Fixture.span)
    let policy = Lowering.lower(Fixture.policy(thresholds: [threshold])).0
    for clause in policy.anyTable.clauses {
      #expect(
        clause.formula.tests.map { policy.tests[$0] } == [
          .exact(attribute: 0, .inRanges([OrdinalRange(1, 1)]))
        ])
    }
  }

  @Test("tables that pass the limit of rows are refused at the rule that passes it")
  func rowLimit() {
    let rules = (0..<5).map {
      Fixture.rule("r\($0)", when: .constant(true), [Fixture.deny(Fixture.port($0))])
    }
    var limits = Lowering.Limits()
    limits.totalRows = 5
    let (_, diagnostics) = Lowering.lower(Fixture.policy(rules: rules), limits: limits)
    #expect(diagnostics.map(\.code) == [.tableTooLarge])
  }

  @Test("a condition that doubles again and again is refused, not written out")
  func conditionLimit() {
    var condition = Fixture.test("tags", .containsText(["a"]))
    for _ in 0..<40 { condition = .and([condition, condition]) }
    let rule = Fixture.rule("r", when: .constant(true), [Fixture.deny(condition)])
    let (_, diagnostics) = Lowering.lower(Fixture.policy(rules: [rule]))
    #expect(diagnostics.map(\.code) == [.conditionTooLarge])
  }
}
