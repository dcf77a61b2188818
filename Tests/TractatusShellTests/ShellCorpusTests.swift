import Foundation
import Testing
import TractatusPatterns
import TractatusShellCorpus

/// The corpus of hostile command lines and their benign twins: that it is whole, and that the
/// parser makes of each line what bash's own parser makes of it.
@Suite struct ShellCorpusTests {
  /// Lines that bash prints back as other commands than it was given, each with its reason.
  static let reprints = [
    "coproc $CMD": "bash adds the name `COPROC`",
    "coproc rm -rf /sbin": "bash adds the name `COPROC`",
    "coproc cat": "bash adds the name `COPROC`",
    "coproc cat > /etc/networks": "bash adds the name `COPROC`",
  ]

  @Test("the corpus can be read, and has enough hostile lines and twins of every class")
  func counts() throws {
    let (cases, faults) = try ShellCorpus.all()
    #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    let hostile = cases.filter(\.isHostile)
    let benign = cases.filter { !$0.isHostile && $0.classNumber > 0 }
    #expect(hostile.count >= 1500)
    #expect(benign.count >= 1500)
    for number in 1...17 {
      #expect(hostile.count { $0.classNumber == number } >= 75, "class \(number)")
      #expect(benign.count { $0.classNumber == number } >= 75, "class \(number)")
    }
    #expect(cases.allSatisfy { $0.classNumber <= 17 })
  }

  @Test("no line stands in the corpus twice, and each stands in the file of its class")
  func lines() throws {
    var seen: [String: String] = [:]
    for this in try ShellCorpus.all().cases {
      if let other = seen.updateValue(this.place, forKey: this.input) {
        Issue.record("\(this.place) is \(other): \(this.input)")
      }
      guard this.classNumber > 0 else { continue }
      let number = this.place.prefix(2)
      #expect(Int(number) == this.classNumber, "\(this.place)")
    }
  }

  @Test("a line of the corpus is refused when bash refuses it, and taken when bash takes it")
  func wellFormed() throws {
    let cases = try Self.comparable()
    let lines = cases.map { parsed($0.input) }
    guard let taken = BashBatch.taken(cases.map(\.input), suspects: Self.suspects(lines)) else {
      return
    }
    for (index, this) in cases.enumerated() {
      let isRefused = lines[index].opacities.contains { $0.endsParsing && $0.command < 0 }
      if isRefused == !taken[index] || Self.isStricter(lines[index]) { continue }
      Issue.record("\(this.place): bash takes it: \(taken[index])\n\(this.input)")
    }
  }

  @Test("a line of the corpus runs the same commands as bash prints it back")
  func printed() throws {
    let cases = try Self.comparable().filter { !$0.input.contains("alias ") }
    let lines = cases.map { parsed($0.input) }
    let suspects = Self.suspects(lines)
    guard let taken = BashBatch.taken(cases.map(\.input), suspects: suspects) else { return }
    let whole = cases.indices.filter { taken[$0] && !suspects.contains($0) }
    guard let bodies = BashBatch.bodies(whole.map { cases[$0].input }) else { return }
    var comparedCount = 0
    for (index, body) in zip(whole, bodies) {
      guard let body, !lines[index].commands.isEmpty else { continue }
      let this = cases[index]
      comparedCount += 1
      let words = ShellRendering(line: lines[index]).words.sorted()
      let again = ShellRendering(line: parsed(body)).words.sorted()
      if words == again { continue }
      #expect(Self.reprints[this.input] != nil, "\(this.place): \(this.input)\n---\n\(body)")
    }
    #expect(comparedCount >= cases.count * 9 / 10)
  }

  @Test("every exception is of a line that is there")
  func exceptionsAreCurrent() throws {
    let inputs = Set(try ShellCorpus.all().cases.map(\.input))
    for input in Self.reprints.keys.sorted() { #expect(inputs.contains(input), "\(input)") }
  }

  /// The cases that can be given to bash: no argument or standard input of a shell holds a NUL.
  static func comparable() throws -> [CorpusCase] {
    try ShellCorpus.all().cases.filter { !$0.input.utf8.contains(0) }
  }

  /// The lines that the parser does not take as a whole.
  static func suspects(_ lines: [ShellLine]) -> Set<Int> {
    Set(lines.indices.filter { lines[$0].opacities.contains(where: \.endsParsing) })
  }

  /// What the parser refuses although bash takes it, on purpose: texts that shells read
  /// differently, and substitutions that grow past their bound.
  static func isStricter(_ line: ShellLine) -> Bool {
    line.opacities.contains {
      $0.reason == .ambiguous || $0.reason == .continuedToken || $0.reason == .tooMuchText
        || $0.reason == .tooDeep
    }
  }
}
