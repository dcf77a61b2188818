import Testing
import TractatusSemantics
import TractatusValues

@Suite("what rules become")
struct RuleTests {
  private func verdict(_ head: String, _ metadata: String) throws -> Verdict {
    let result = PolicyFixture.check(
      "action connect { port: int }\n\(head) only { \(metadata) on connect expect port == 5 }")
    #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
    return try #require(result.policy.rules.first?.clauses.first?.verdict)
  }

  @Test("persistence, verification and explicitness decide the verdict of an instruction's expect")
  func severity() throws {
    #expect(try verdict("rule", "") == .deny)
    #expect(try verdict("boundary", "") == .deny)
    #expect(try verdict("instruction", "") == .deny)
    #expect(try verdict("instruction", "persistence: low") == .deny)
    #expect(try verdict("instruction", "persistence: low verification: mandatory") == .deny)
    #expect(try verdict("instruction", "persistence: medium verification: optional") == .warn)
    #expect(try verdict("instruction", "persistence: low verification: required") == .warn)
    #expect(try verdict("instruction", "persistence: low verification: none") == .allow)
    #expect(try verdict("instruction", "persistence: critical verification: none") == .deny)
    let vague = "persistence: low verification: none explicitness: 0.49"
    #expect(try verdict("instruction", vague) == .ask)
    #expect(try verdict("instruction", vague + "9").rawValue == Verdict.ask.rawValue)
    #expect(
      try verdict("instruction", "persistence: low verification: none explicitness: 50%") == .allow)
  }

  @Test("an expectation reports its value and is false of an absent attribute")
  func expectation() throws {
    let result = PolicyFixture.check(
      """
      action connect { port: int optional }
      instruction only {
        explicitness: 0.95
        on connect
        expect port == 27027 instead of 27017 correct because "Port {port} is the default."
      }
      """)
    let clause = try #require(result.policy.rules.first?.clauses.first)
    guard case .expect(let expectation) = clause.kind else {
      Issue.record("no expectation")
      return
    }
    #expect(expectation.expected == .number(Decimal(27027)))
    #expect(expectation.insteadOf == .number(Decimal(27017)))
    #expect(expectation.isCorrecting && expectation.conflictType == .parameterConflict)
    #expect(expectation.testText == "== 27027" && expectation.attributeName == "port")
    #expect(expectation.confidence == Decimal(raw: Decimal.scale * 95 / 100))
    let operand = expectation.attribute
    let range = OrdinalRange(Decimal(27027).raw, Decimal(27027).raw)
    #expect(
      clause.condition
        == .and([
          .test(Test(operand: operand, predicate: .present)),
          .not(.test(Test(operand: operand, predicate: .inRanges([range])))),
        ]))
    #expect(
      clause.because?.segments == [.text("Port "), .value(operand), .text(" is the default.")])
  }

  @Test("boundaries and instructions say what kind of conflict a clause is")
  func conflicts() {
    let result = PolicyFixture.check(
      """
      boundary a { on any deny warn ask needs human judgment allow }
      instruction b { on any deny ask }
      rule c { on any deny }
      """)
    var found: [String: ConflictType?] = [:]
    for rule in result.policy.rules {
      for clause in rule.clauses {
        if case .effect(_, let conflict) = clause.kind {
          found[rule.name.name + " " + clause.text] = conflict
        }
      }
    }
    #expect(
      found == [
        "a deny": .valuesConflict, "a warn": .valuesConflict, "a ask": nil,
        "a needs human judgment": nil, "a allow": nil, "b deny": .semanticConflict, "b ask": nil,
        "c deny": nil,
      ])
  }

  @Test("clauses stand in the order of their tokens, whatever the layout")
  func order() throws {
    let result = PolicyFixture.check(
      """
      rule only {
        on any
        warn   when session.tokens > 5
        deny when session.tokens
             > 6
        require session.tokens < 7 else ask
      }
      """)
    let rule = try #require(result.policy.rules.first)
    #expect(
      rule.clauses.map(\.text) == [
        "deny when session . tokens > 6", "session . tokens < 7", "warn when session . tokens > 5",
      ])
    #expect(rule.clauses[1].verdict == .ask)
  }

  @Test("unmapped is there without being declared, without parameters, and asks")
  func unmapped() throws {
    let result = PolicyFixture.check("rule only { on unmapped allow }")
    #expect(result.diagnostics.isEmpty)
    let type = try #require(result.policy.actionTypes.first)
    #expect(type.name.text == "unmapped" && type.package == nil && type.parameters.isEmpty)
    #expect(type.otherwise?.verdict == .ask)
  }

  @Test("thresholds come after those whose scores they read")
  func thresholdOrder() {
    let result = PolicyFixture.check(
      """
      threshold a { factor x 100% = c.score }
      threshold b { factor x 100% = scores.x }
      threshold c { factor x 100% = scores.x add 0.2 when d >= high }
      threshold d { factor x 100% = b.score level low from 0% level high from 50% }
      """)
    #expect(result.diagnostics.isEmpty)
    #expect(result.policy.thresholdOrder.map(\.index) == [1, 3, 2, 0])
  }
}
