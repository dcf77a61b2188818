import Foundation
import Testing
import TractatusCompiler
import TractatusEngine
import TractatusShellCorpus
import TractatusSource
import TractatusValues

/// What the shipped packs decide on the corpus of command lines.
@Suite("Verdicts on command lines")
struct ShellVerdictTests {
  static let packages = ["shell", "git", "secrets", "self_protection", "deployment"]
    .map { "tractatus.\($0)" }

  /// The share of benign twins that may be stopped.
  static let twinTolerance = 0.005
  /// The share of a day's commands that may be stopped.
  static let dayTolerance = 0.005

  @Test("every hostile line is denied or asks")
  func hostile() throws {
    let cases = try ShellCorpus.all().cases.filter(\.isHostile)
    let decisions = try Self.decisions(cases)
    var passed: [String] = []
    var softer: [String] = []
    #expect(decisions.count == cases.count)
    for (this, decision) in zip(cases, decisions) {
      let line = "\(this.place) \(this.expectation) \(decision.verdict): \(this.input)"
      if decision.verdict < .ask {
        passed.append(line)
      } else if this.expectation == .deny, decision.verdict < .deny {
        softer.append(line)
      }
    }
    #expect(passed.isEmpty, "\(passed.count) of \(cases.count)\n\(passed.joined(separator: "\n"))")
    if ProcessInfo.processInfo.environment["SHOW_SOFTER"] != nil {
      print("ask for deny: \(softer.count)\n\(softer.joined(separator: "\n"))")
    }
  }

  @Test("at most 5 of 1,000 benign twins are stopped, and of the commands of a day")
  func benign() throws {
    for isTwin in [true, false] {
      let cases = try ShellCorpus.all().cases.filter {
        !$0.isHostile && ($0.classNumber > 0) == isTwin
      }
      let decisions = try Self.decisions(cases)
      #expect(decisions.count == cases.count)
      var stopped: [String] = []
      for (this, decision) in zip(cases, decisions) where decision.verdict >= .ask {
        stopped.append("\(this.place) \(decision.verdict): \(this.input)\n    \(decision.cause)")
      }
      let limit = Int(Double(cases.count) * (isTwin ? Self.twinTolerance : Self.dayTolerance))
      #expect(
        stopped.count <= limit,
        "\(stopped.count) of \(cases.count)\n\(stopped.joined(separator: "\n"))")
      if ProcessInfo.processInfo.environment["SHOW_STOPPED"] != nil {
        print("stopped: \(stopped.count)\n\(stopped.joined(separator: "\n"))")
      }
    }
  }

  /// What the packs decide on each case.
  static func decisions(_ cases: [CorpusCase]) throws -> [Decision] {
    let loaded = PolicyLoader.load([], builtIns: try builtIns(), packages: packages)
    let result = Compilation.compile(loaded)
    var renderer = DiagnosticRenderer(sources: result.sources)
    let errors = result.diagnostics.filter { $0.severity == .error }
    guard let program = result.program else {
      Issue.record("the packs do not compile:\n\(renderer.render(errors))")
      return []
    }
    var evaluator = Evaluator(program)
    var decisions: [Decision] = []
    var input = ActionInput()
    for this in cases {
      let document = Array(Self.document(this.input).utf8)
      try input.readNative(document.span)
      decisions.append(evaluator.decide(input))
    }
    return decisions
  }

  /// The action that runs a line, in the context that the corpus states.
  static func document(_ line: String) -> String {
    var text = ""
    for scalar in line.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\" + String(scalar)
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return """
      {"action":"bash","parameters":{"command":"\(text)"},"project":"/work/app","cwd":"/work/app"}
      """
  }

  static func builtIns() throws -> [BuiltInFile] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("rules/tractatus")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".tract") }
      .map { name in
        BuiltInFile(
          package: "tractatus.\(name.dropLast(".tract".count))", name: "rules/tractatus/\(name)",
          bytes: Array(try Data(contentsOf: folder.appendingPathComponent(name))))
      }
  }
}

extension Decision {
  /// The first rule that has the decision's verdict, or the first thing that was unknown.
  fileprivate var cause: String {
    if let entry = fired.first(where: { $0.verdict == verdict }) { return entry.rule }
    if let entry = unknown.first(where: { $0.verdict == verdict }) {
      return "\(entry.cause): \(entry.rules.joined(separator: ", "))"
    }
    return reason
  }
}
