import Testing
import TractatusSemantics
import TractatusSource
import TractatusValues

@Suite("what tests of commands, paths and hosts become")
struct CommandTests {
  private static let head = """
    program git { reads operands subcommand push { flag -f --force } }
    let tools = ["git push", "ls", "git  push"]
    let places = [project, "/tmp", cwd, "/srv", "/tmp"]
    let contained on act = command only writes within places
    action act {
      command: command  path: path optional  url: url optional  host: host optional
      port: int optional  commands: list of command  paths: list of path
      extract port from command option ["--port", "-p", "-p"]
    }

    """

  private func check(_ text: String) -> CheckResult { PolicyFixture.check(Self.head + text) }

  /// The condition of a clause of a rule on `act`.
  private func condition(_ clause: String) throws -> Condition {
    let result = check("rule only_one { on act \(clause) }")
    try #require(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
    return try #require(result.policy.rules.first?.clauses.first?.condition)
  }

  private func test(
    _ name: String, _ type: ValueType, _ predicate: Predicate, ambiguityHolds: Bool = true
  ) -> Condition {
    .test(
      Test(
        operand: Operand(reference: .parameter(name, fields: []), type: type),
        predicate: predicate, ambiguityHolds: ambiguityHolds))
  }

  private func command(_ test: CommandTest, ambiguityHolds: Bool = true) -> Condition {
    self.test("command", .command, .command(test), ambiguityHolds: ambiguityHolds)
  }

  private func effect(
    _ effect: CommandEffect, _ target: TargetTest? = nil, isOnly: Bool = false,
    undeclaredIsUnknown: Bool = false
  ) -> CommandTest {
    .effect(
      EffectTest(
        effect: effect, isOnly: isOnly, target: target, undeclaredIsUnknown: undeclaredIsUnknown))
  }

  private func place(
    _ places: [Place], isOutside: Bool = false, isNegated: Bool = false
  )
    -> TargetTest
  {
    TargetTest(
      isNegated: isNegated, kind: .place(PlaceTest(isOutside: isOutside, places: places)))
  }

  @Test("programs are terms of words, options ascend, and the operand has its test")
  func runs() throws {
    let terms = [ProgramTerm(words: ["git", "push"]), ProgramTerm(words: ["ls"])]
    #expect(
      try condition("deny when command runs tools")
        == command(.runs(RunsTest(isOnly: false, programs: terms, options: [], operand: nil))))
    #expect(
      try condition(
        "deny when command runs \"git push\" with [\"-f\", \"--force\"] without all [\"-n\"] operand != \"+a\""
      )
        == command(
          .runs(
            RunsTest(
              isOnly: false, programs: [terms[0]],
              options: [
                OptionTest(isNegated: false, isAll: false, options: ["--force", "-f"]),
                OptionTest(isNegated: true, isAll: true, options: ["-n"]),
              ], operand: TargetTest(isNegated: true, kind: .equalsText(["+a"]))))))
    #expect(
      try condition("allow when command only runs tools")
        == command(
          .runs(RunsTest(isOnly: true, programs: terms, options: [], operand: nil)),
          ambiguityHolds: false))
  }

  @Test("targets are paths, hosts or names, and `like` is that of their type")
  func targets() throws {
    func pattern(
      _ kind: TextPattern.Kind, _ text: String, not isNegated: Bool = false
    )
      -> TargetTest
    {
      TargetTest(isNegated: isNegated, kind: .matches([TextPattern(kind: kind, text: text)]))
    }
    #expect(
      try condition("deny when command reads like \"**/.env\"")
        == command(effect(.reads, pattern(.pathGlob, "**/.env"))))
    #expect(
      try condition("deny when command connects like \"*.a\"")
        == command(effect(.connects, pattern(.glob, "*.a"))))
    #expect(
      try condition("deny when command sets not like \"LD_*\"")
        == command(effect(.sets, pattern(.glob, "LD_*", not: true))))
    #expect(
      try condition("deny when command executes not matches /x/")
        == command(effect(.executes, pattern(.regularExpression, "x", not: true))))
    #expect(try condition("deny when command escalates") == command(effect(.escalates)))
    #expect(
      try condition("deny when command writes within places")
        == command(
          effect(
            .writes, place([.cwd, .project, .directory("/srv"), .directory("/tmp")]))))
    #expect(
      try condition("deny when command connects outside [\"b.example\", \"a.example\"]")
        == command(
          effect(.connects, place([.domain("a.example"), .domain("b.example")], isOutside: true))))
    #expect(
      try condition("deny when command pipes tools into \"sh\"")
        == command(
          .pipes(
            from: [ProgramTerm(words: ["git", "push"]), ProgramTerm(words: ["ls"])],
            into: [ProgramTerm(words: ["sh"])])))
    #expect(try condition("deny when command is opaque") == command(.isOpaque))
    #expect(try condition("deny when not command is undeclared") == .not(command(.isUndeclared)))
  }

  @Test("places of paths, hosts and URLs, and the parts of a URL")
  func places() throws {
    let inside = Predicate.place(PlaceTest(isOutside: false, places: [.directory("~/x")]))
    #expect(try condition("deny when path? within \"~/x\"") == test("path", .path, inside))
    let domain = Predicate.place(PlaceTest(isOutside: true, places: [.domain("a.example")]))
    #expect(try condition("deny when url? outside \"a.example\"") == test("url", .url, domain))
    #expect(try condition("deny when host? outside \"a.example\"") == test("host", .host, domain))
    let port = ValueType.int(
      bounds: NumberBounds(lower: .zero, upper: Decimal(Int32(65_535))))
    let raw = Decimal(Int32(22)).raw
    #expect(
      try condition("deny when url.port? == 22")
        == .test(
          Test(
            operand: Operand(reference: .parameter("url", fields: ["port"]), type: port),
            predicate: .inRanges([OrdinalRange(raw, raw)]))))
    #expect(
      try condition("deny when has url and url.host within \"a.example\"")
        == .and([
          test("url", .url, .present),
          .test(
            Test(
              operand: Operand(reference: .parameter("url", fields: ["host"]), type: .host),
              predicate: .place(PlaceTest(isOutside: false, places: [.domain("a.example")])))),
        ]))
    #expect(check("rule r { on act deny when has url and url.port == 22 }").hasErrors)
    #expect(!check("rule r { on act deny when has url.port and url.port == 22 }").hasErrors)
  }

  @Test("the elements of a command are simple commands")
  func elements() throws {
    let list = Operand(reference: .parameter("command", fields: []), type: .command)
    let element = Operand(reference: .element(depth: 0, fields: []), type: .command)
    let runs = CommandTest.runs(
      RunsTest(isOnly: false, programs: [ProgramTerm(words: ["rm"])], options: [], operand: nil))
    #expect(
      try condition("deny when any c in command satisfies (c runs \"rm\" and not c runs \"rm\")")
        == .quantified(
          Quantified(
            isUniversal: false, list: list, depth: 0,
            condition: .and([
              .test(Test(operand: element, predicate: .command(runs))),
              .not(
                .test(
                  Test(
                    operand: element, predicate: .command(runs), ambiguityHolds: false))),
            ]))))
    for wrong in [
      "any c in command satisfies (c like \"a\")", "any c in command satisfies (has c)",
      "any c in command satisfies (any d in c satisfies (d is opaque))",
      "any c in commands satisfies (c runs \"a\")", "any c in commands satisfies (c is opaque)",
      "any c in commands satisfies (any d in c satisfies (d is opaque))",
      "any c in command satisfies (command == c)", "count(command) > 3",
      "command within \"/a\"", "path? runs \"a\"", "command writes within path",
      "command sets within \"/a\"", "command writes > \"a\"", "command writes in \"a\"..\"b\"",
      "command writes within 5 days", "command runs path", "command runs \"a\" with path",
      "command runs []", "command writes within []", "command runs \"a\" with []",
      "paths within \"/a\"", "command connects within cwd", "host? within project",
      "command runs 5", "command writes within [[\"/a\"]]",
      "has url and url.path == \"a\"", "has url and url.host.x == \"a\"",
    ] {
      #expect(check("rule r { on act deny when \(wrong) }").hasErrors, "\(wrong)")
    }
  }

  @Test("where truth loosens, ambiguity and undeclared programs fail closed")
  func polarity() throws {
    let inside = Predicate.place(PlaceTest(isOutside: false, places: [.directory("/a")]))
    #expect(
      try condition("deny when not path? within \"/a\"")
        == .not(test("path", .path, inside, ambiguityHolds: false)))
    #expect(
      try condition("deny unless path? within \"/a\"")
        == .not(test("path", .path, inside, ambiguityHolds: false)))
    #expect(
      try condition("allow when path? within \"/a\"")
        == test("path", .path, inside, ambiguityHolds: false))
    #expect(
      try condition("allow unless path? within \"/a\"") == .not(test("path", .path, inside)))
    #expect(
      try condition("require path? within \"/a\"")
        == test("path", .path, inside, ambiguityHolds: false))
    #expect(
      try condition("expect path within \"/a\"")
        == .and([
          test("path", .path, .present),
          .not(test("path", .path, inside, ambiguityHolds: false)),
        ]))
    let all = [Place.cwd, .project, .directory("/srv"), .directory("/tmp")]
    let only = effect(.writes, place(all), isOnly: true, undeclaredIsUnknown: true)
    #expect(try condition("allow when contained") == command(only, ambiguityHolds: false))
    #expect(try condition("deny unless contained") == .not(command(only, ambiguityHolds: false)))
    #expect(
      try condition("allow when not command connects")
        == .not(command(effect(.connects, undeclaredIsUnknown: true))))
    #expect(
      try condition("deny when command connects") == command(effect(.connects)))
    #expect(
      try condition("require not command escalates")
        == .not(command(effect(.escalates, undeclaredIsUnknown: true))))
  }

  @Test("a guard of clauses that restrict and loosen acts in each as it must")
  func mixedGuards() throws {
    let result = check(
      """
      rule mixed {
        on act when path? within "/a" and command is opaque
        allow when port? == 5
        deny
      }
      rule loosening { on act when path? within "/a" allow }
      """)
    #expect(result.diagnostics.isEmpty)
    let inside = Predicate.place(PlaceTest(isOutside: false, places: [.directory("/a")]))
    let holds = test("path", .path, inside)
    let holdsNot = test("path", .path, inside, ambiguityHolds: false)
    let mixed = try #require(result.policy.rules.first { $0.name.name == "mixed" })
    #expect(mixed.guardCondition == .and([holds, command(.isOpaque)]))
    let allow = try #require(mixed.clauses.first { $0.verdict == .allow })
    guard case .and(let parts) = allow.condition else {
      Issue.record("the guard is not repeated")
      return
    }
    #expect(parts.first == holdsNot && parts.count == 2)
    #expect(mixed.clauses.first { $0.verdict == .deny }?.condition == .constant(true))
    let loosening = try #require(result.policy.rules.first { $0.name.name == "loosening" })
    #expect(loosening.guardCondition == holdsNot)
    #expect(loosening.clauses.first?.condition == .constant(true))
  }

  @Test("thresholds of which more is milder loosen by adding")
  func points() throws {
    func point(_ word: String, _ levels: String) throws -> Condition? {
      let result = check(
        "threshold t { \(word) 0.5 when cwd within \"/a\" \(levels) unmeasured ask }")
      try #require(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
      return result.policy.thresholds.first?.points.first?.condition
    }
    let rising = "level a from 0% level b from 50% deny"
    let falling = "level a from 0% deny level b from 50%"
    func cwd(_ ambiguityHolds: Bool) -> Condition {
      .test(
        Test(
          operand: Operand(reference: .cwd, type: .path),
          predicate: .place(PlaceTest(isOutside: false, places: [.directory("/a")])),
          ambiguityHolds: ambiguityHolds))
    }
    #expect(try point("add", rising) == cwd(true))
    #expect(try point("subtract", rising) == cwd(false))
    #expect(try point("add", falling) == cwd(false))
    #expect(try point("subtract", falling) == cwd(true))
  }

  @Test("an extraction takes the arguments of options, each spelling once")
  func extraction() throws {
    let result = check("")
    let act = try #require(result.policy.actionTypes.first { $0.name.name == "act" })
    #expect(act.extractions.map(\.search) == [.options(["--port", "-p"])])
    #expect(act.extractions.map(\.source) == [.parameter("command", fields: [])])
    #expect(act.extractions.first?.pattern == nil)
    for wrong in ["path option \"-p\"", "description option \"-p\"", "nothing option \"-p\""] {
      #expect(
        PolicyFixture.check("action a { path: path x: int optional extract x from \(wrong) }")
          .diagnostics.map(\.code) == [.wrongExtraction], "\(wrong)")
    }
  }
}
