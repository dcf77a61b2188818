import Testing

@testable import TractatusCLI

@Suite("command lines")
struct ArgumentsTests {
  private let options = [
    Option("rules", value: "PATH", repeats: true, ""), Option(flag: "quiet", ""),
    Option("output", value: "FILE", short: "o", ""),
    Option("format", value: "FORMAT", choices: ["text", "json"], ""),
  ]

  @Test("options and operands are told apart in any order")
  func sorting() throws {
    let words = ["a", "--rules", "x", "--quiet", "-o", "f", "--rules=y=z", "-", "--", "--quiet"]
    let arguments = try Arguments(words, options: options)
    #expect(arguments.operands == ["a", "-", "--quiet"])
    #expect(arguments.values("rules") == ["x", "y=z"])
    #expect(arguments.has("quiet"))
    #expect(arguments.value("output") == "f")
    #expect(arguments.value("format") == nil)
  }

  @Test(
    "bad options are refused with a reason",
    arguments: [
      (["--rulez", "x"], "there is no option `--rulez`; did you mean `--rules`?"),
      (["-x"], "there is no option `-x`"),
      (["--rules"], "`--rules` needs a value: PATH"),
      (["--rules", "--quiet"], "`--rules` needs a value: PATH"),
      (["--quiet=yes"], "`--quiet` takes no value"),
      (["--quiet", "--quiet"], "`--quiet` is given twice"),
      (
        ["--format", "jsn"],
        "`--format` takes one of text, json, not `jsn`; did you mean `json`?"
      ),
    ])
  func refusals(words: [String], message: String) {
    #expect(throws: UsageError(message: message)) { try Arguments(words, options: options) }
  }
}

@Suite("the command line as a whole")
struct CLITests {
  @Test("help lists every command in its group")
  func help() {
    let result = run("help")
    #expect(result.status == 0)
    for command in CLI.commands { #expect(result.output.contains("  \(command.name) ")) }
    #expect(run("--help").output == result.output)
  }

  @Test("every command has help of its own that fits a terminal")
  func commandHelp() {
    for command in CLI.commands {
      let result = run(command.name, "--help")
      #expect(result.status == 0)
      #expect(result.output.hasPrefix("tractatus \(command.name): \(command.summary)\n"))
      #expect(run("help", command.name).output == result.output)
      for line in result.output.split(separator: "\n") {
        #expect(line.count <= 110, "\(line)")
      }
    }
  }

  @Test("no command, an unknown command and an unknown option end with status 2")
  func usageErrors() {
    #expect(run().status == 2)
    let unknown = run("evl")
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("there is no command `evl`; did you mean `eval`?"))
    let option = run("eval", "--streem")
    #expect(option.status == 2)
    #expect(option.errors.contains("did you mean `--stream`?"))
    #expect(option.output.isEmpty)
    #expect(run("help", "nothing").status == 2)
  }

  @Test("version prints the version")
  func version() {
    #expect(run("version").output == "tractatus \(CLI.version)\n")
    #expect(run("--version").output == run("version").output)
  }
}
