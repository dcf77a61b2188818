import Testing
import TractatusCompiler
import TractatusSource
import TractatusValues

@testable import TractatusTestRunner

@Suite("Mutations of rules")
struct MutationTests {
  @Test("every case gives the mutations, and what becomes of them, that it shows")
  func cases() throws {
    for golden in try GoldenCase.all(in: "Mutations") {
      let text = try Self.judged(golden.text("rules.tract")).map { mutation, place, judgement in
        let change = mutation.mutated.isEmpty ? "(nothing)" : mutation.mutated
        return "\(place) \(mutation.kind) of \(mutation.owner): \(Self.word(judgement))\n"
          + "  - \(mutation.original)\n  + \(change)\n"
      }
      let isSame = try golden.matches("mutations", text.joined())
      #expect(isSame, "\(golden.path.lastPathComponent):\n\(text.joined())")
    }
  }

  private static func word(_ judgement: MutationRun.Judgement) -> String {
    switch judgement.outcome {
    case .killed(let name): "noticed by \(name)"
    case .survived: "unnoticed"
    case .equivalent: "decides nothing otherwise"
    case .invalid: "does not compile"
    }
  }

  /// Every mutation of a policy with its place and judgement.
  private static func judged(
    _ text: String, tests: String = ""
  ) throws -> [(Mutation, String, MutationRun.Judgement)] {
    let compilation = compile(text, tests: tests)
    var renderer = DiagnosticRenderer(sources: compilation.sources)
    let errors = renderer.render(compilation.diagnostics.filter { $0.severity == .error })
    try #require(errors.isEmpty)
    let cases = TestCase.all(of: compilation)
    let run = try #require(
      MutationRun(compilation, cases: cases, sources: compilation.testedSources))
    return zip(run.mutations, run.places).map { ($0, $1, run.judge($0)) }
  }

  private static func compile(_ text: String, tests: String) -> CompilationResult {
    var files = [RuleFile(name: "rules.tract", bytes: Array(text.utf8))]
    if !tests.isEmpty {
      let header = text.prefix { $0 != "\n" } + "\n\n"
      files.append(RuleFile(name: "tests.tract", bytes: Array((header + tests).utf8)))
    }
    return Compilation.compile(PolicyLoader.load(files))
  }

  @Test("tests that pin every clause notice every mutation", arguments: UInt64(1)...3)
  func pinned(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let policy = Self.policy(&random)
    let judged = try Self.judged(policy, tests: Self.pinning(policy))
    #expect(judged.count > 20)
    for (mutation, place, judgement) in judged where judgement.outcome == .survived {
      Issue.record("\(place): \(mutation.original) -> \(mutation.mutated)\n\(policy)")
    }
  }

  /// A policy of clauses of which no two hold for one action, nor a part of one for another's sake.
  private static func policy(_ random: inout SplitMix64) -> String {
    var text = """
      policy acme "Acme" version "1.0.0"

      action call { kind: one of [k0, k1, k2, k3, k4, k5, k6] a: int b: int c: bool }


      """
    for rule in 0..<3 {
      text += "rule r\(rule) \"R\" {\n    on call unless c == \(random.chance(1, in: 2))\n"
      for clause in 0..<2 {
        let first = 2 * rule + clause
        let kind =
          first == 5 ? "kind in [k5, k6]" : "kind == k\(first)"
        let parts = [
          "\(kind)",
          "a \(["<", "<=", ">", ">=", "==", "!="][random.below(6)]) \(2 + random.below(3))",
          random.chance(1, in: 2)
            ? "b in 2..3" : "b \(["==", "!=", "<"][random.below(3)]) \(2 + random.below(2))",
        ]
        let verdict = ["deny", "ask", "warn"][random.below(3)]
        let condition =
          random.chance(1, in: 3)
          ? "\(parts[0]) and (\(parts[1]) or \(parts[2]))" : parts.joined(separator: " and ")
        text += "    \(verdict) when \(condition)\n"
      }
      text += "}\n\n"
    }
    return text
  }

  /// A test of every action that a mutation of such a policy could decide otherwise, with what the
  /// policy says of it.
  private static func pinning(_ policy: String) -> String {
    var actions: [String] = []
    for kind in 0..<7 {
      for a in 1...5 {
        for b in 1...4 {
          for c in [true, false] {
            actions.append("action call { kind: k\(kind), a: \(a), b: \(b), c: \(c) }")
          }
        }
      }
    }
    let open = actions.map { "test \"t\" { \($0) expect deny }\n" }.joined()
    let verdicts = TestRunner.run(compile(policy, tests: open)).map(\.actual)
    return zip(actions, verdicts).map { "test \"t\" { \($0) expect \($1.word) }\n" }.joined()
  }

  @Test("a sample depends on its seed alone, and is ascending and of the size that is asked for")
  func samples() {
    let all = Array(0..<1_000)
    #expect(MutationRun.sample(all, limit: 1_000, seed: 1) == all)
    let one = MutationRun.sample(all, limit: 50, seed: 1)
    #expect(one.count == 50 && one == one.sorted() && Set(one).count == 50)
    #expect(one == MutationRun.sample(all, limit: 50, seed: 1))
    #expect(one != MutationRun.sample(all, limit: 50, seed: 2))
  }

  @Test("numbers are shifted by a unit of their last place")
  func shifts() {
    #expect(ShiftedNumber.neighbours(of: "27_017") == ["27018", "27016"])
    #expect(ShiftedNumber.neighbours(of: "0") == ["1"])
    #expect(ShiftedNumber.neighbours(of: "0.30") == ["0.31", "0.29"])
    #expect(ShiftedNumber.neighbours(of: "1.0") == ["1.1", "0.9"])
    #expect(ShiftedNumber.neighbours(of: "30%") == ["31%", "29%"])
    #expect(ShiftedNumber.neighbours(of: "99999999999999999999").isEmpty)
  }
}
