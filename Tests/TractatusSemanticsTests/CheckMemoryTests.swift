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
}
