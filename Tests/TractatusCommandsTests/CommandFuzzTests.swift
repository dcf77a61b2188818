import Foundation
import Testing
import TractatusPatterns

@Suite struct CommandFuzzTests {
  /// A small generator of its own, so that the mixtures are the same everywhere.
  struct Generator {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  /// Whether all that facts point at is there.
  static func isSound(_ facts: CommandFacts) -> Bool {
    let parts = facts.line.parts.count
    func holds(_ text: CommandText) -> Bool {
      text.parts.upperBound <= parts && Int(text.base) < facts.bases.count && text.base >= 0
        && Int(text.word) < facts.line.words.count
    }
    for (index, this) in facts.invocations.enumerated() {
      guard Int(this.command) < facts.line.commands.count, Int(this.parent) < index,
        this.options.upperBound <= facts.options.count,
        this.operands.upperBound <= facts.operands.count,
        this.effects.upperBound <= facts.effects.count,
        this.bodies.upperBound <= facts.bodies.count,
        Int(this.name.upperBound) <= facts.line.text.count,
        this.effects.allSatisfy({ Int(facts.effects[$0].invocation) == index })
      else { return false }
    }
    for base in facts.bases.indices.dropFirst(2) {
      guard Int(facts.bases[base].parent) < base, holds(facts.bases[base].text) else {
        return false
      }
    }
    return facts.options.allSatisfy { holds($0.spelling) && holds($0.value) }
      && facts.operands.allSatisfy { holds($0.text) }
      && facts.effects.allSatisfy { holds($0.target) }
      && facts.flows.allSatisfy { Int($0.sink) < facts.invocations.count }
      && facts.opacities.allSatisfy { Int($0.invocation) < facts.invocations.count }
  }

  @Test("every prefix of the data is read, and what its facts point at is there")
  func prefixes() throws {
    var reader = CommandReader()
    var facts = CommandFacts()
    for file in try CommandCases.files() {
      let programs = try CommandCases.programs(file)
      for this in try CommandCases.read(file) {
        let bytes = Array(this.input.utf8)
        for end in 0...bytes.count {
          reader.read(bytes.span.extracting(0..<end), programs: programs, into: &facts)
          if !Self.isSound(facts) { Issue.record("\(this.place): \(end)") }
        }
      }
    }
  }

  @Test("mixtures of fragments and bytes are read, and what their facts point at is there")
  func mixtures() {
    var reader = CommandReader()
    var facts = CommandFacts()
    var again = CommandFacts()
    let fragments = [
      "sudo", "-u", "rm", "-rf", "--", "=", "{}", "\\;", "find", "-exec", "xargs", "-I", "bash",
      "-c", "'", "\"", "$X", "$(", ")", "`", "|", "&&", "||", ";", "&", "\n", "<<<", "<<E", "E",
      ">", "<(", "cd", "eval", "ssh", "h:", "@", "curl", "-d", "git", "-C", "push", "/", "..", "{",
      "}", "if", "then", "fi", "for", "in", "do", "done", "f()", "alias", "a=b", "parallel", "env",
      "-S", "/dev/stdin", "python3", "*", "~", "--fo", "-s", "source", "trap", "exit", "\u{0}",
    ]
    var generator = Generator(state: 7)
    for round in 0..<3000 {
      var bytes: [UInt8] = []
      for _ in 0..<generator.next(14) {
        if generator.next(30) == 0 {
          bytes.append(UInt8(generator.next(256)))
        } else {
          bytes += Array(fragments[generator.next(fragments.count)].utf8)
        }
        if generator.next(4) != 0 { bytes.append(UInt8(ascii: " ")) }
      }
      reader.read(bytes.span, programs: CommandLimitTests.programs, into: &facts)
      if !Self.isSound(facts) {
        Issue.record("\(round): \(String(decoding: bytes, as: UTF8.self))")
      }
      // What was read before leaves no trace.
      var fresh = CommandReader()
      fresh.read(bytes.span, programs: CommandLimitTests.programs, into: &again)
      let isSame =
        again.effects == facts.effects && again.operands == facts.operands
        && again.invocations == facts.invocations
      if !isSame { Issue.record("\(round): \(String(decoding: bytes, as: UTF8.self))") }
    }
  }
}
