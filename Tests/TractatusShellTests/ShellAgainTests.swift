import Testing
import TractatusPatterns

/// Known words that are parsed again as command lines.
@Suite struct ShellAgainTests {
  @Test("the text of a known word is parsed as a line of its own, as part of its command")
  func word() {
    var parser = ShellParser()
    var line = ShellLine()
    parser.parse(Array("cd x && sh -c 'A=rm; $A -rf / | cat'; ls".utf8).span, into: &line)
    #expect(ShellRendering(line: line).words.count == 3)
    let word = line.commands[1].words.upperBound - 1
    let added = parser.parse(word: word, of: 1, in: &line)
    #expect(added == 3..<6)
    #expect(ShellRendering(line: line).words.suffix(2) == ["rm -rf /", "cat"])
    #expect(line.commands[4].parent == 1)
    #expect(line.commands[4].relation == .text)
    #expect(line.commands[4].level == 1)
    #expect(line.commands[4].flags.contains(.conditional))
    #expect(line.commands[4].range == line.words[word].range)
    #expect(line.flows(from: line.commands[4], into: line.commands[5]))
    #expect(!line.isOpaque)
  }

  @Test("a text inside a text is parsed until the limit of levels")
  func levels() {
    var parser = ShellParser()
    var line = ShellLine()
    parser.parse(Array(#"sh -c "sh -c 'sh -c \"sh -c ls\"'""#.utf8).span, into: &line)
    var command = 0
    for _ in 0..<3 {
      let word = line.commands[command].words.upperBound - 1
      guard let added = parser.parse(word: word, of: command, in: &line, levelLimit: 3) else {
        break
      }
      command = added.lowerBound
    }
    #expect(line.commands.count == 4)
    #expect(!line.isOpaque)
    let word = line.commands[command].words.upperBound - 1
    #expect(parser.parse(word: word, of: command, in: &line, levelLimit: 3) == nil)
    #expect(line.isOpaque)
  }

  @Test("a word that is not known makes its command opaque")
  func unknown() {
    var parser = ShellParser()
    var line = ShellLine()
    parser.parse(Array(#"sh -c "$X""#.utf8).span, into: &line)
    #expect(parser.parse(word: 2, of: 0, in: &line) == nil)
    #expect(line.commands[0].flags.contains(.opaque))
    #expect(line.opacities.map(\.reason) == [.evaluatedText])
  }

  @Test("a word with an error of syntax makes the line opaque where it stands")
  func fault() {
    var parser = ShellParser()
    var line = ShellLine()
    parser.parse(Array(#"sh -c 'ls; if'"#.utf8).span, into: &line)
    #expect(parser.parse(word: 2, of: 0, in: &line) == 1..<3)
    #expect(line.opacities.map(\.reason) == [.unterminated])
    #expect(line.opacities[0].range == 6..<14)
  }

  @Test("what one command writes flows into those after it in the pipeline, through groups")
  func flows() throws {
    let line = parsed("a | { b | c; } | while d; do e; done; f")
    func command(_ name: String) throws -> ShellCommand {
      let found = line.commands.first { command in
        command.kind == .simple
          && line.knownText(line.words[Int(command.firstWord)])
            .map { String(decoding: line.text[$0], as: UTF8.self) } == name
      }
      return try #require(found)
    }
    #expect(try line.flows(from: command("a"), into: command("b")))
    #expect(try line.flows(from: command("a"), into: command("e")))
    #expect(try line.flows(from: command("b"), into: command("c")))
    #expect(try line.flows(from: command("b"), into: command("d")))
    #expect(try !line.flows(from: command("c"), into: command("b")))
    #expect(try !line.flows(from: command("d"), into: command("e")))
    #expect(try !line.flows(from: command("a"), into: command("f")))
  }
}
