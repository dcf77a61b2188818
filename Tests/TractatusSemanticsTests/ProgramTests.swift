import Testing
import TractatusSemantics
import TractatusSource
import TractatusValues

@Suite("what programs become")
struct ProgramTests {
  @Test("effects, flags, options and subcommands")
  func body() throws {
    let result = PolicyFixture.check(
      """
      let stops = [";", "+"]
      program b, "a-b" "Title" {
        reads  writes last operand  sends after "@"  executes input  deletes cwd
        flag -r --recursive deletes operands
        option -o "of=" takes path for first operand writes
        option -exec takes command until stops executes
        subcommand run, "run-it" { executes other operands joined extended  escalates }
      }
      """)
    try #require(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
    let program = try #require(result.policy.programs.first)
    #expect(program.names == ["b", "a-b"] && program.title == "Title")
    #expect(
      program.body.does == [
        ProgramEffect(effect: .reads, target: .operands),
        ProgramEffect(effect: .writes, target: .lastOperand),
        ProgramEffect(effect: .sends, target: .after("@")),
        ProgramEffect(effect: .executes, target: .input),
        ProgramEffect(effect: .deletes, target: .cwd),
      ])
    #expect(
      program.body.options == [
        ProgramOption(
          spellings: ["-r", "--recursive"], argument: .none, replacesFirstOperand: false,
          does: [ProgramEffect(effect: .deletes, target: .operands)]),
        ProgramOption(
          spellings: ["-o", "of="], argument: .word(.path), replacesFirstOperand: true,
          does: [ProgramEffect(effect: .writes, target: .argument)]),
        ProgramOption(
          spellings: ["-exec"], argument: .until(["+", ";"]), replacesFirstOperand: false,
          does: [ProgramEffect(effect: .executes, target: .argument)]),
      ])
    let run = try #require(program.body.subcommands.first)
    #expect(run.names == ["run", "run-it"])
    #expect(
      run.body.does == [
        ProgramEffect(
          effect: .executes, target: .otherOperands, isJoined: true, isExtended: true),
        ProgramEffect(effect: .escalates, target: .argument),
      ])
  }

  @Test("programs stand in the order of packages and names, however they are written")
  func order() {
    let texts = ["program b { reads }", "program a, z { writes }", "program b { flag -x }"]
    let contents = [texts, texts.reversed()].map { order in
      PolicyFixture.content(PolicyFixture.check(order.joined(separator: "\n")).policy)
    }
    #expect(contents[0] == contents[1])
    let names = PolicyFixture.check(texts.joined(separator: "\n")).policy.programs.map(\.names)
    #expect(names == [["a", "z"], ["b"], ["b"]])
  }

  @Test("later declarations add what does not contradict the first")
  func additions() {
    let base = """
      policy a.base "B" version "1"
      program git { reads operands option -C takes path subcommand push { flag -f --force } }
      program make { executes cwd }
      program tool { subcommand run { } flag -exec }
      """
    for addition in [
      "program git { flag --paginate }", "program git { subcommand push { flag -f -F } }",
      "program git { subcommand push, shove { writes cwd } }",
      "program git { option -C takes path }",
      "program make { subcommand all { deletes cwd } }", "program git { writes operands }",
      "program git { subcommand push { option -C takes text } }",
      "use a.base program tool { reads operands option -e takes text }",
      "program own { flag -a flag -b option -c takes text subcommand d { } }",
    ] {
      let org = "policy a.org \"O\" version \"1\"\n" + addition
      let result = PolicyFixture.check(files: [("base", base), ("org", org)])
      #expect(result.diagnostics.isEmpty, "\(addition): \(result.diagnostics.map(\.message))")
    }
    for contradiction in [
      "program git { flag -C }", "program git { option -C takes text }",
      "program git { option -C takes path for first operand }",
      "program git { subcommand status { } }", "program git { flag -Cx }",
      "program git { subcommand push { option --force takes text } }",
      "program git { option -C takes command until \";\" }",
      "program tool { reads operands }", "program tool { option -e takes text }",
    ] {
      let org = "policy a.org \"O\" version \"1\"\n" + contradiction
      for files in [[("base", base), ("org", org)], [("org", org), ("base", base)]] {
        let result = PolicyFixture.check(files: files)
        #expect(
          result.diagnostics.map(\.code) == [.contradictoryProgram],
          "\(contradiction): \(result.diagnostics.map(\.message))")
      }
    }
  }

  @Test("many declarations of one program cost no more than their length")
  func many() {
    var text = ""
    for number in 0..<2_000 {
      text += "program p { flag --flag-\(number) subcommand s\(number) { flag -x } }\n"
    }
    #expect(PolicyFixture.check(text).diagnostics.isEmpty)
  }
}
