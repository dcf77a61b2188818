import Testing
import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

@Suite("policies that are broken or large")
struct HostilePolicyTests {
  @Test("every prefix of the example, cut at a token, is checked without a trap")
  func prefixes() throws {
    let files = try PolicyFixture.shipped()
    let text = try #require(files.first { $0.0.hasSuffix("platform.tract") }).1
    let tree = Parser.parse(SourceText(name: "whole", text: text))
    let bytes = Array(text.utf8)
    for token in tree.tokens {
      let source = SourceText(name: "prefix", bytes: Array(bytes[..<Int(token.start)]))
      _ = PolicyChecker.check([ParsedFile(parsing: source)])
    }
  }

  @Test("the example without any one of its tokens is checked without a trap")
  func droppedTokens() throws {
    let files = try PolicyFixture.shipped()
    let text = try #require(files.first { $0.0.hasSuffix("platform.tract") }).1
    let tree = Parser.parse(SourceText(name: "whole", text: text))
    let bytes = Array(text.utf8)
    for token in tree.tokens {
      let rest = Array(bytes[..<Int(token.start)]) + [0x20] + Array(bytes[Int(token.end)...])
      _ = PolicyChecker.check([ParsedFile(parsing: SourceText(name: "rest", bytes: rest))])
    }
  }

  /// Programs, tests of commands and places, in every form.
  private static let commands = """
    policy a.b "Test" version "1"
    program rsync, "rsync-ssl" "Copies" {
      reads other operands  writes last operand
      flag -r -R --recursive  flag --delete deletes last operand
      option -e --rsh takes command executes
      option --exec takes command until [";", "+"] executes
      option -f "--from=" takes path for first operand reads sends after "@"
      subcommand push, "push-all" { executes operands joined extended flag -x escalates }
    }
    let places = [cwd, project, "/tmp"]
    let harmless on act = command only runs ["git status", "ls"] and command only writes within places
    action act {
      command: command  path: path optional  url: url optional  port: int optional
      extract port from command option ["--port", "-p"]
    }
    action other { from action act when command runs "psql" with "-h" }
    rule commands {
      on act when path? within places unless harmless
      deny when any c in command satisfies (c runs "rsync" without ["-R"] and c writes within "/var")
      deny when command sends like "**/.env*" or command connects not within "acme.example"
      ask when command pipes "curl" into ["sh"] or command is opaque or url? outside "a.example"
      deny when command runs ["rm"] with all ["-r", "-f"] operand not in ["a"] or url.port? == 22
      allow when command only writes within places and not command escalates
      require not command is undeclared
      expect path outside "/etc"
    }
    waive commands when not command runs "rm" from 2026-01-01 until 2026-02-01
      because "a" approved by "b"
    """

  @Test(
    "programs and tests of commands, cut anywhere or without a token, are checked without a trap")
  func commandPrefixes() {
    let bytes = Array(Self.commands.utf8)
    let tree = Parser.parse(SourceText(name: "whole", bytes: bytes))
    #expect(PolicyChecker.check([ParsedFile(parsing: tree.source)]).diagnostics.isEmpty)
    for token in tree.tokens {
      let prefix = Array(bytes[..<Int(token.start)])
      _ = PolicyChecker.check([ParsedFile(parsing: SourceText(name: "prefix", bytes: prefix))])
      let rest = prefix + [0x20] + Array(bytes[Int(token.end)...])
      _ = PolicyChecker.check([ParsedFile(parsing: SourceText(name: "rest", bytes: rest))])
    }
  }

  @Test("programs and tests of commands with words exchanged are checked without a trap")
  func commandMixtures() {
    let bytes = Array(Self.commands.utf8)
    let tokens = Parser.parse(SourceText(name: "whole", bytes: bytes)).tokens.dropLast()
    let texts = tokens.map { Array(bytes[Int($0.start)..<Int($0.end)]) }
    var random = SplitMix64(seed: 11)
    func place() -> Int { Int(random.next() % UInt64(texts.count)) }
    for _ in 0..<400 {
      var mixed = texts
      for _ in 0..<6 { mixed[place()] = texts[place()] }
      let source = SourceText(name: "mixed", bytes: Array(mixed.joined(separator: [0x20])))
      _ = PolicyChecker.check([ParsedFile(parsing: source)])
    }
  }

  @Test("programs that would be too large for each of their names are refused")
  func programs() {
    var text = "program "
    text += (0..<2_000).map { "p\($0)" }.joined(separator: ", ") + " {\n"
    for number in 0..<2_000 { text += "flag --flag-\(number)\n" }
    text += "}\n"
    for number in 0..<2_000 { text += "program p\(number) { flag -x }\n" }
    #expect(PolicyFixture.check(text).diagnostics.map(\.code) == [.writtenOutTooLarge])
  }

  @Test("a flag of many spellings that are bundles of it is looked at in short time")
  func bundles() {
    var text = "program p { flag -a"
    for length in 2..<600 { text += " -" + String(repeating: "a", count: length) }
    let result = PolicyFixture.check(text + " }")
    #expect(result.diagnostics.isEmpty)
  }

  @Test("a long chain of named conditions is refused, not followed to the end")
  func chain() {
    var text = "let c0 = session.tokens > 1\n"
    for number in 1..<5_000 { text += "let c\(number) = not c\(number - 1)\n" }
    text += "rule deep { on any deny when c4999 }\n"
    let result = PolicyFixture.check(text)
    #expect(result.diagnostics.map(\.code) == [.writtenOutTooLarge])
  }

  @Test("a circle of thousands of thresholds is reported once")
  func circle() {
    var text = ""
    for number in 0..<3_000 {
      text += "threshold t\(number) { factor x 100% = t\((number + 1) % 3_000).score }\n"
    }
    #expect(PolicyFixture.check(text).diagnostics.map(\.code) == [.cyclicDefinition])
  }

  @Test("thousands of unknown names among thousands of known ones are reported in short time")
  func unknownNames() {
    var text = "rule names { on any\n"
    for number in 0..<3_000 { text += "deny when unknown_\(number)x > 5\n" }
    text += "}\n"
    for number in 0..<3_000 { text += "let known_\(number) = 5\n" }
    #expect(PolicyFixture.check(text).diagnostics.count == 3_000)
  }

  @Test("a name of a million parts is refused")
  func parts() {
    let name = Array(repeating: "a", count: 200_000).joined(separator: ".")
    let result = PolicyFixture.check("rule long { on any deny when \(name) }\nlet x = \(name)?\n")
    #expect(result.diagnostics.allSatisfy { $0.code == .tooManyParts })
    #expect(result.diagnostics.count == 2)
  }
}
