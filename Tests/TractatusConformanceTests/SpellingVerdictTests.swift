import Foundation
import Testing
import TractatusCompiler
import TractatusEngine
import TractatusSource
import TractatusValues

@testable import TractatusConformanceSupport

/// What the shipped packs decide of commands, however these are spelled.
@Suite struct SpellingVerdictTests {
  private static let rules = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("rules/tractatus")

  /// The shipped packs, or a policy that uses them.
  private static func program(_ text: String? = nil) throws -> Program {
    let builtIns = try FileManager.default.contentsOfDirectory(atPath: rules.path).sorted()
      .filter { $0.hasSuffix(".tract") }
      .map { name in
        BuiltInFile(
          package: "tractatus.\(name.dropLast(".tract".count))", name: "rules/tractatus/\(name)",
          bytes: Array(try Data(contentsOf: rules.appendingPathComponent(name))))
      }
    let files = text.map { [RuleFile(name: "own.tract", bytes: Array($0.utf8), isNamed: true)] }
    let packages = ["shell", "git", "secrets", "self_protection", "deployment"]
      .map { "tractatus.\($0)" }
    let loaded = PolicyLoader.load(
      files ?? [], builtIns: builtIns, packages: text == nil ? packages : [])
    let compilation = Compilation.compile(loaded)
    return try #require(
      compilation.program, "\(compilation.diagnostics.filter { $0.severity == .error })")
  }

  /// What a policy decides of a command line in a project.
  private struct Judge: ~Copyable {
    var evaluator: Evaluator
    var input = ActionInput()

    init(_ program: Program) { evaluator = Evaluator(program) }

    mutating func verdict(_ command: String) -> Verdict {
      var document = #"{"action":"bash","cwd":"/work/app","project":"/work/app","#
      document += #""parameters":{"command":""#
      for byte in command.utf8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): document += "\\\(UnicodeScalar(byte))"
        case 0..<32: document += "\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        default: document.unicodeScalars.append(UnicodeScalar(byte))
        }
      }
      document += "\"}}"
      let bytes = Array(document.utf8)
      guard (try? input.readNative(bytes.span)) != nil else { return .deny }
      return evaluator.decide(input).verdict
    }
  }

  @Test("no spelling of a command is decided more loosely than the command as it stands")
  func verdicts() throws {
    var judge = Judge(try Self.program())
    var opacity = Judge(
      try Self.program(
        """
        policy own "Own" version "1"
        use tractatus.actions
        use tractatus.shell
        rule opaque { on bash deny when command is opaque because "It cannot be read." }
        """))
    var known: [String: Verdict] = [:]
    var (count, looser) = (0, 0)
    func check(_ base: SpelledLine, _ spelling: SpelledLine) {
      let wanted = known[base.text] ?? judge.verdict(base.text)
      if known.updateValue(wanted, forKey: base.text) == nil {
        #expect(wanted >= .ask, "\(base.text): \(wanted)")
      }
      count += 1
      let verdict = judge.verdict(spelling.text)
      if verdict >= wanted { return }
      if verdict == .ask, spelling.mayAsk || opacity.verdict(spelling.text) == .deny { return }
      looser += 1
      Issue.record(
        "\(spelling.rewrites.joined(separator: " + ")): \(verdict), not \(wanted): \(spelling.text)"
      )
    }
    // PERF: a decision takes some 20 ms in a debug build, so that by default every rewrite is tried
    // with one command, and one pair of rewrites in 2,000.
    SpellingProduct.forEachSingle(share: SpellingTests.step(2) == 1 ? .max : 1, check)
    SpellingProduct.forEachPair(every: SpellingTests.step(2000), check)
    #expect(count > 500)
    #expect(looser == 0, "of \(count)")
  }
}
