import Testing
import TractatusPatterns

/// A seeded generator (SplitMix64), so that a failure can be run again.
struct ShellRandom {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

/// Checks what every parsed line must satisfy, however hostile.
func checkShape(_ line: ShellLine, _ input: [UInt8]) {
  let text = String(decoding: input.prefix(200), as: UTF8.self)
  for (index, command) in line.commands.enumerated() {
    #expect(command.parent < index, "\(text)")
    #expect(command.words.upperBound <= line.words.count, "\(text)")
    #expect(command.assignments.upperBound <= line.assignments.count, "\(text)")
    #expect(command.redirections.upperBound <= line.redirections.count, "\(text)")
    #expect(Int(command.stage) < line.stages.count, "\(text)")
    #expect(Int(command.range.upperBound) <= line.byteCount, "\(text)")
  }
  for word in line.words {
    #expect(word.parts.upperBound <= line.parts.count, "\(text)")
    #expect(Int(word.range.upperBound) <= line.byteCount, "\(text)")
    if let known = line.knownText(word) { #expect(known.upperBound <= line.text.count) }
  }
  for part in line.parts {
    switch part.kind {
    case .literal, .glob, .userHome, .variable:
      #expect(part.range.upperBound <= line.text.count, "\(text)")
    case .substitution, .processInput, .processOutput:
      #expect(part.range.upperBound <= line.commands.count, "\(text)")
    default: break
    }
  }
  #expect(!line.opacities.contains { $0.reason == .notFollowed }, "\(text)")
}

@Suite struct ShellFuzzTests {
  static let words: [String] = [
    "rm", "ls", " ", " ", "\n", ";", "&", "|", "&&", "||", "|&", "(", ")", "((", "))", "{ ", " }",
    "{", "}", ",", "..", "$", "$(", "${", "$((", "`", "\"", "'", "$'", "$\"", "\\", "\\\n", "#",
    "<", ">", "<<", "<<-", "<<<", "<(", ">(", "&>", ">&", "<>", ">|", "E", "\nE\n", "if ", "then ",
    "else ", "elif ", "fi", "for ", "in ", "do ", "done", "while ", "until ", "case ", "esac",
    ";;", "select ", "function ", "coproc ", "time ", "! ", "[[ ", " ]]", "[", "]", "=", "+=",
    "A=", "$A", "${A", ":-", "@P", "!", "*", "?", "~", "~+", "1", "2", "x", "alias a=", "a ",
    "export ", "declare -n ", "read ", "eval ", "trap ", "let ", "set ", "\t", "\r", "\u{E9}",
    "\\x41", "%", "^", "@(", "+(", "f() ", "a[", "a=(",
  ]

  @Test("no mixture of tokens makes the parser trap or lose a command")
  func tokens() {
    var random = ShellRandom(state: 20_261_121)
    var parser = ShellParser()
    var line = ShellLine()
    for _ in 0..<4000 {
      var input: [UInt8] = []
      for _ in 0..<(1 + random.below(30)) {
        input += Array(Self.words[random.below(Self.words.count)].utf8)
      }
      parser.parse(input.span, into: &line)
      checkShape(line, input)
    }
  }

  @Test("no bytes make the parser trap")
  func bytes() {
    var random = ShellRandom(state: 7)
    var parser = ShellParser()
    var line = ShellLine()
    for round in 0..<2000 {
      let input = (0..<random.below(80)).map { _ in
        UInt8(truncatingIfNeeded: round % 2 == 0 ? random.next() : 0x20 + random.next() % 0x5F)
      }
      parser.parse(input.span, into: &line)
      checkShape(line, input)
    }
  }

  @Test("every prefix of every line of the data, and every line with a token missing, is parsed")
  func prefixes() throws {
    var parser = ShellParser()
    var line = ShellLine()
    for this in try ShellCases.all() {
      let bytes = Array(this.input.utf8)
      for length in 0..<bytes.count {
        let prefix = Array(bytes[..<length])
        parser.parse(prefix.span, into: &line)
        checkShape(line, prefix)
        var without = bytes
        without.remove(at: length)
        parser.parse(without.span, into: &line)
        checkShape(line, without)
      }
    }
  }

  @Test("a parser that has parsed other lines gives what a new one gives")
  func reuse() throws {
    var parser = ShellParser()
    var line = ShellLine()
    for this in try ShellCases.all() {
      parser.parse(Array(this.input.utf8).span, into: &line)
      #expect(ShellRendering(line: line).text == ShellRendering(line: parsed(this.input)).text)
    }
  }
}
