import Testing

@testable import TractatusCLI

@Suite("what the command line adds around an action")
struct SurroundingsTests {
  private func document(
    _ words: String..., environment: [String: String] = [:], isClaudeCode: Bool = false
  ) throws -> String {
    let arguments = try Arguments(words, options: Command.eval.options)
    let console = Console(environment: { environment[$0] }, folder: { "/w/here" })
    let surroundings = try Surroundings(arguments, console)
    return String(decoding: surroundings.document(isClaudeCode: isClaudeCode), as: UTF8.self)
  }

  @Test("the project is the option's, else Claude Code's, else the current folder")
  func project() throws {
    let environment = ["CLAUDE_PROJECT_DIR": "/w/shop"]
    #expect(try document() == #"{"project":"/w/here"}"#)
    #expect(try document(environment: environment) == #"{"project":"/w/here"}"#)
    #expect(
      try document(environment: environment, isClaudeCode: true) == #"{"project":"/w/shop"}"#)
    #expect(
      try document("--project", "/w/x", environment: environment, isClaudeCode: true)
        == #"{"project":"/w/x"}"#)
  }

  @Test("facts nest by their names, and only JSON's own forms are read as JSON")
  func facts() throws {
    let found = try document(
      "--fact", "git.branch=main", "--fact", "git.dirty=true", "--fact", "n=12", "--fact", "a=",
      "--fact", #"list=["x",1]"#, "--fact", #"quoted="true""#, "--fact", "none=null",
      "--fact", "sum=1=2")
    #expect(
      found
        == #"{"project":"/w/here","facts":{"a":"","git":{"branch":"main","dirty":true},"#
        + #""list":["x",1],"n":"12","none":null,"quoted":"true","sum":"1=2"}}"#)
  }

  @Test("the time is taken as given")
  func time() throws {
    #expect(
      try document("--now", "2026-01-02T03:04:05Z")
        == #"{"project":"/w/here","at":"2026-01-02T03:04:05Z"}"#)
  }

  @Test(
    "bad facts and times are refused",
    arguments: [
      ["--fact", "x"], ["--fact", "=x"], ["--fact", "a..b=x"], ["--fact", "1a=x"],
      ["--fact", "a-b=x"], ["--fact", "a=1", "--fact", "a=2"],
      ["--fact", "a=1", "--fact", "a.b=2"], ["--fact", "a.b=1", "--fact", "a=2"],
      ["--fact", "a=[1"], ["--fact", #"a="x" y"#], ["--now", "2026-01-02"], ["--now", ""],
    ])
  func refusals(words: [String]) throws {
    let arguments = try Arguments(words, options: Command.eval.options)
    #expect(throws: UsageError.self) { try Surroundings(arguments, Console()) }
  }

  @Test("the option's project wins over the action's, and the action's time over the option's")
  func precedence() throws {
    let folder = try TemporaryFolder()
    let rules = try folder.write(
      "a.tract",
      """
      policy a "A" version "1"
      action go "Go" { to: text }
      rule home "Home" {
          on go
          deny when project like "/agent/**" because "project {project}"
          ask when at >= 2030-01-01T00:00:00Z because "at {at}"
      }

      """)
    let action =
      #"{"action":"go","parameters":{"to":"x"},"project":"/agent/own","at":"2026-01-01T00:00:00Z"}"#
    let plain = run(["eval", "--rules", rules], input: Array(action.utf8))
    #expect(plain.status == 1)
    #expect(plain.output.contains("project /agent/own"))
    let given = run(
      ["eval", "--rules", rules, "--project", "/w/x", "--now", "2031-01-01T00:00:00Z"],
      input: Array(action.utf8))
    #expect(given.status == 0)
  }
}
