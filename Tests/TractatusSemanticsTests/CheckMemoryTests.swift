import Testing
import TractatusSemantics
import TractatusSource

@Suite("checks that remember the one before")
struct CheckMemoryTests {
  @Test("whatever was checked before, the same is found")
  func golden() throws {
    let memory = CheckMemory()
    for golden in try GoldenCase.all() {
      let (files, _) = golden.parsed()
      let plain = PolicyChecker.check(files)
      for _ in 0..<2 {
        let remembering = PolicyChecker.check(files, memory: memory)
        #expect(remembering.diagnostics == plain.diagnostics)
        #expect("\(remembering.policy)" == "\(plain.policy)")
      }
    }
  }

  private static let tools = "program rm { deletes operands flag -r -f }\n"

  /// What someone types, text by text: rules, a constant that a program names, who uses whom, and
  /// declarations that contradict each other.
  private static let steps: [(user: String, tools: String, ends: String)] = [
    ("", tools, "[\";\"]"),
    ("rule r \"R\" { on any deny because \"No.\" }", tools, "[\";\"]"),
    ("rule r \"R\" { on any deny because \"No\" }", tools, "[\";\"]"),
    ("rule r \"R\" { on any deny because \"No.\" }", tools, "[\";\", \"+\"]"),
    ("rule r \"R\" { on any deny because \"No.\" }", tools, "nothing"),
    ("program rm { flag -f }", tools, "[\";\"]"),
    ("program rm { option -r takes text }", tools, "[\";\"]"),
    ("program rm { option -r takes text }", tools + "program mv { reads operands }", "[\";\"]"),
    ("use a.tools\nprogram rm { option --rf takes text }", tools, "[\";\"]"),
    ("program rm { subcommand x {} }", tools, "[\";\"]"),
    ("", tools, "[\";\"]"),
  ]

  @Test("of edited files the same is found, step by step and back")
  func edited() {
    let memory = CheckMemory()
    for step in Self.steps + Self.steps.reversed() {
      var sources = SourceSet()
      let texts = [
        "policy a.user \"U\" version \"1\"\n\(step.user)\n",
        "policy a.tools \"T\" version \"1\"\nuse a.ends\n\(step.tools)\n",
        "policy a.find \"F\" version \"1\"\nuse a.ends\n"
          + "program find { option -exec takes command until ends executes }\n",
        "policy a.ends \"E\" version \"1\"\nlet ends = \(step.ends)\n",
      ]
      let files = texts.enumerated().map { number, text in
        ParsedFile(parsing: sources.add(name: "\(number).tract", bytes: Array(text.utf8)))
      }
      let plain = PolicyChecker.check(files)
      let remembering = PolicyChecker.check(files, memory: memory)
      #expect(remembering.diagnostics == plain.diagnostics, "\(step)")
      #expect("\(remembering.policy)" == "\(plain.policy)", "\(step)")
    }
  }

  /// What someone types beside a built-in package: rules, names that its own rules could see, and
  /// what is wrong.
  private static let edits = [
    "", "rule r \"R\" { on connect deny because \"No.\" }",
    "rule r \"R\" { on connect deny because \"No\" }",
    "rule r \"R\" { on connect deny when port == }",
    "rule q \"Q\" { on connect expect port == 5 }\nrule r \"R\" { on connect deny }",
    "rule q \"Q\" { on connect expect port == 6 }\nrule r \"R\" { on connect deny }",
    "type level = one of [low, high]\naction rise \"Rise\" { level: level }",
    "let limit = 9\nfact speed: int\nrule r \"R\" { on connect deny when facts.speed == limit }",
    "action connect { from tool \"dial\" {} }", "let low = [3]\nlet lower = [2]",
    "test \"T\" { }", "test \"U\" { }",
  ]

  @Test("rules of built-in packages are the same, whatever is typed beside them")
  func builtIn() {
    let memory = CheckMemory()
    for edit in Self.edits + Self.edits.reversed() {
      for ports in ["1..99", "1..98"] {
        var sources = SourceSet()
        let texts = [
          "policy tractatus.p \"P\" version \"1.0.0\"\nuse tractatus.q\n"
            + "rule a \"A\" { on connect expect port == 7 }\n"
            + "rule b \"B\" { on connect deny when port in low because \"No.\" }\n"
            + "rule c \"C\" { on any deny when nothing_known == 1 }\n",
          "policy tractatus.q \"Q\" version \"1.0.0\"\nlet low = [1, 2]\n"
            + "action connect \"Connect\" { port: int in \(ports) }\n",
          "policy a.user \"U\" version \"1.0.0\"\nuse tractatus.q\n\(edit)\n",
        ]
        let files = texts.enumerated().map { number, text in
          ParsedFile(
            parsing: sources.add(name: "\(number).tract", bytes: Array(text.utf8)),
            isBuiltIn: number < 2)
        }
        let plain = PolicyChecker.check(files)
        for _ in 0..<2 {
          let remembering = PolicyChecker.check(files, memory: memory)
          #expect(remembering.diagnostics == plain.diagnostics, "\(edit)")
          #expect("\(remembering.policy)" == "\(plain.policy)", "\(edit)")
        }
      }
    }
  }
}
