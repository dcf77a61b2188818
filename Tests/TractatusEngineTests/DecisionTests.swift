import Testing
import TractatusEngine
import TractatusValues

@Suite("decisions of the engine")
struct DecisionTests {
  private let fixture: EngineFixture

  init() throws { fixture = try EngineFixture(EngineFixture.broad) }

  private static let calm = """
    "session":{"tokens":10,"token_budget":1000,"recent_errors":0},"facts":{"environment":"dev"}
    """

  private func connect(_ parameters: String, _ rest: String = calm) throws -> Decision {
    try fixture.decide(#"{"action":"connect","parameters":{\#(parameters)},\#(rest)}"#)
  }

  @Test("an allow clause lifts the type's default and grants")
  func granted() throws {
    let decision = try connect(#""host":"localhost""#)
    #expect(decision.verdict == .allow)
    #expect(decision.isGranted)
    #expect(decision.fired.map(\.rule) == ["a.b.allowed"])
  }

  @Test("a default that nothing lifts is reported with its interpolated reason")
  func notLifted() throws {
    let decision = try connect(#""host":"db.example""#)
    #expect(decision.verdict == .ask)
    #expect(decision.reason == "nothing allows db.example")
  }

  @Test(
    "each kind of test finds its rule",
    arguments: [
      (#""host":"x.evil.example""#, Verdict.deny), (#""host":"h12""#, .deny),
      (#""host":"localhost","tags":["a","secret"]"#, .deny),
      (#""host":"localhost","tags":"secret""#, .deny),
      (#""host":"localhost","sizes":[1,15]"#, .warn),
      (#""host":"localhost","sizes":[1,25]"#, .allow),
      (#""host":"localhost","mode":"fast""#, .warn), (#""host":"localhost","mode":"safe""#, .allow),
    ])
  func finds(parameters: String, verdict: Verdict) throws {
    let decision = try connect(parameters)
    #expect(decision.verdict == verdict)
    #expect(decision.error == nil)
  }

  @Test("a correction is applied and the corrected action is judged again")
  func corrected() throws {
    let decision = try connect(#""host":"localhost","port":"27017""#)
    #expect(decision.verdict == .warn)
    #expect(decision.isCorrected)
    #expect(decision.correctedAction == [NamedValue(name: "port", value: .number(Decimal(27027)))])
    let conflict = try #require(decision.fired.first?.conflict)
    #expect(conflict.type == "training_pattern_override")
    #expect(conflict.actual == .number(Decimal(27017)))
  }

  @Test("a correction that does not help is not applied, and is still shown")
  func notCorrected() throws {
    let decision = try connect(#""host":"h12","port":27017"#)
    #expect(decision.verdict == .deny)
    #expect(!decision.isCorrected)
    #expect(decision.correctedAction.count == 1)
  }

  @Test("an extraction fills a parameter that the call lacks, and is not corrected")
  func extracted() throws {
    let decision = try connect(
      #""host":"localhost""#, #""description":"use port 27017","# + Self.calm)
    #expect(decision.verdict == .deny)
    let several = try connect(
      #""host":"localhost""#, #""description":"port 1 or port 2","# + Self.calm)
    #expect(several.verdict == .ask)
    #expect(
      several.unknown.contains {
        $0.cause == "several values, or an unfit one, were extracted for `port`"
      })
  }

  @Test("what is not supplied makes a restricting clause ask, and names the cause")
  func unknown() throws {
    let decision = try connect(
      #""host":"localhost""#, #""session":{"tokens":1,"token_budget":10}"#)
    #expect(decision.verdict == .ask)
    #expect(decision.unknown.map(\.cause) == ["fact `environment` was not supplied"])
    #expect(decision.reason == "cannot be known: fact `environment` was not supplied")
    #expect(decision.offers == ["Use staging"])
  }

  @Test("thresholds give their level's verdict and report their factors")
  func thresholds() throws {
    let decision = try connect(
      #""host":"localhost""#,
      #""session":{"tokens":900,"token_budget":1000,"recent_errors":3},"#
        + #""facts":{"environment":"dev"}"#)
    #expect(decision.verdict == .deny)
    let load = try #require(decision.thresholds.first)
    #expect(load.score.description == "0.94")
    #expect(load.level == "full")
    #expect(load.factors.map(\.name) == ["errors", "tokens"])
    let missing = try connect(#""host":"localhost""#, #""facts":{"environment":"dev"}"#)
    #expect(missing.thresholds.first?.unmeasured == "`session.tokens` was not supplied")
    #expect(missing.verdict == .warn)
  }

  @Test("a tool's call is judged as its type, with parameters from other fields")
  func tool() throws {
    let decision = try fixture.decide(
      #"{"tool":"mcp__db__open","parameters":{"server":"localhost"},\#(Self.calm)}"#)
    #expect(decision.types == ["a.b.connect"])
    #expect(decision.verdict == .allow)
  }

  @Test("a tool that nothing maps is unmapped and asks")
  func unmapped() throws {
    let decision = try fixture.decide(#"{"tool":"Other","parameters":{"x":1}}"#)
    #expect(decision.types == ["unmapped"])
    #expect(decision.verdict == .ask)
  }

  @Test("a call has the types that mappings from actions bring")
  func mapped() throws {
    let decision = try fixture.decide(
      #"{"tool":"Bash","parameters":{"command":"psql -c table=users"}}"#)
    #expect(decision.types == ["a.b.database", "a.b.shell"])
    #expect(decision.unmet.map(\.rule) == ["a.b.recent"])
    #expect(decision.verdict == .ask)
  }

  @Test("a waiver acts within its dates and on its condition, and is listed")
  func waived() throws {
    let call = #""tool":"Bash","parameters":{"command":"rm -rf /tmp/scratch"}"#
    #expect(try fixture.decide("{\(call)}").verdict == .deny)
    let during = try fixture.decide(#"{\#(call),"at":"2026-03-01T00:00:00Z"}"#)
    #expect(during.verdict == .allow)
    #expect(during.waived.map(\.rule) == ["a.b.danger"])
    let after = try fixture.decide(#"{\#(call),"at":"2026-07-01T00:00:00Z"}"#)
    #expect(after.verdict == .deny)
  }

  @Test("a shadow rule is reported apart and does not count")
  func shadow() throws {
    let decision = try fixture.decide(
      #"{"tool":"Bash","parameters":{"command":"curl x"}}"#)
    #expect(decision.verdict == .allow)
    #expect(decision.fired.isEmpty)
    #expect(decision.shadow.count == 1)
  }

  @Test("surroundings supply what the action leaves out, and the action wins")
  func surroundings() throws {
    let call = #"{"action":"connect","parameters":{"host":"localhost"}}"#
    let given = #"{"facts":{"environment":"dev"},"session":{"tokens":1,"token_budget":10}}"#
    #expect(try fixture.decide(call, surroundings: given).verdict == .allow)
    let own =
      #"{"action":"connect","parameters":{"host":"localhost"},"#
      + #""facts":{"environment":"production"}}"#
    #expect(try fixture.decide(own, surroundings: given).verdict == .ask)
  }

  @Test("parameters may lie in a document of their own")
  func arguments() throws {
    var input = ActionInput()
    try input.readNative(Array(#"{"tool":"mcp__db__open"}"#.utf8).span)
    try input.readArguments(Array(#"{"server":"h\u0031","tags":"secret"}"#.utf8).span)
    var evaluator = Evaluator(fixture.program)
    let decision = evaluator.decide(input)
    #expect(decision.verdict == .deny)
    #expect(decision.fired.filter { $0.verdict == .deny }.count == 2)
  }

  @Test("one rule alone is judged without waivers, defaults and the shadow")
  func focus() throws {
    let sections = fixture.program.sections
    func decide(_ rule: String, _ action: String) throws -> Decision {
      let index = try #require(
        sections.rules.firstIndex { record in
          String(decoding: sections.bytes[record.name.range], as: UTF8.self) == rule
        })
      var input = ActionInput()
      try input.readNative(Array(action.utf8).span)
      var evaluator = Evaluator(fixture.program)
      return evaluator.decide(input, options: EvaluationOptions(focus: index))
    }
    let waived =
      #"{"action":"shell","parameters":{"command":"rm -rf /tmp/scratch"},"#
      + #""at":"2026-03-01T00:00:00Z"}"#
    #expect(try decide("a.b.danger", waived).verdict == .deny)
    let curl = #"{"action":"shell","parameters":{"command":"curl x"}}"#
    #expect(try decide("a.b.later", curl).verdict == .deny)
    #expect(try decide("a.b.danger", curl).verdict == .allow)
  }

  @Test("an explanation says of every clause why it did or did not fire")
  func explained() throws {
    var input = ActionInput()
    let action = #"{"action":"shell","parameters":{"command":"echo rm -rf"}}"#
    try input.readNative(Array(action.utf8).span)
    var evaluator = Evaluator(fixture.program)
    let explanations = evaluator.explain(input)
    #expect(explanations.map(\.rule) == ["a.b.danger", "a.b.later", "a.b.people"])
    #expect(explanations.allSatisfy { $0.truth == .false && !$0.because.isEmpty })
  }
}

@Suite("input errors of the engine")
struct InputErrorTests {
  @Test(
    "an input that cannot be judged is an error with its code",
    arguments: [
      (#"[]"#, "T0702"), (#"{"x":1}"#, "T0702"), (#"{"action":1}"#, "T0702"),
      (#"{"action":"connect"#, "T0701"), (#"{"action":"nothing"}"#, "T0703"),
      (#"{"action":"connect","parameters":[]}"#, "T0702"),
      (#"{"action":"connect","parameters":{}}"#, "T0706"),
      (#"{"action":"connect","parameters":{"host":1}}"#, "T0705"),
      (#"{"action":"connect","parameters":{"host":"h","port":70000}}"#, "T0705"),
      (#"{"action":"connect","parameters":{"host":"h","port":"027"}}"#, "T0705"),
      (#"{"action":"connect","parameters":{"host":"h","sizes":[null]}}"#, "T0705"),
      (#"{"action":"shell","parameters":{"command":"ls","x":1}}"#, "T0707"),
      (#"{"action":"connect","parameters":{"host":"h"},"scores":{"q":2}}"#, "T0708"),
      (#"{"action":"connect","parameters":{"host":"h"},"session":{"tokens":-1}}"#, "T0708"),
      (#"{"action":"connect","parameters":{"host":"h"},"facts":{"environment":"x"}}"#, "T0709"),
      (#"{"action":"connect","parameters":{"host":"h"},"at":"2026-01-01"}"#, "T0709"),
    ])
  func errors(action: String, code: String) throws {
    let decision = try EngineFixture(EngineFixture.broad).decide(action)
    #expect(decision.verdict == .deny)
    #expect(decision.error?.code == code)
  }
}
