import Testing
import TractatusCompiler
import TractatusConformanceSupport
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

@testable import TractatusAnalysis

/// More pressure never loosens a decision.
@Suite struct OrderTests {
  private static let policy = """
    policy acme.a "Acme" version "1"
    action work { size: int in 0..100 }
    threshold load "Load" {
      on work
      base 0.1
      factor tokens 60% = session.tokens / session.token_budget
      factor errors 40% = session.recent_errors / 3 else 0
      add 0.2 when session.messages > 50
      level normal from 0%
      level high from 30% warn
      level critical from 60% ask
      level dangerous from 80% deny
      unmeasured ask
    }
    rule sizes "Sizes" { on work deny when size > 10 and load >= high warn when size > 5 }
    """

  private func compile() throws -> Program {
    var sources = SourceSet()
    sources.add(name: "a.tract", bytes: Array(Self.policy.utf8))
    let files = sources.sources.map { ParsedFile(parsing: $0) }
    return try #require(Compilation.compile(files: files, sources: sources).program)
  }

  @Test("raising a factor's input never loosens where the verdicts rise")
  func raising() throws {
    var run = WitnessRun(try compile())
    var random = SplitMix64(seed: 7)
    var pairs: [(before: [UInt8], after: [UInt8])] = []
    for _ in 0..<400 {
      var figures = ["tokens": 1_000, "recent_errors": 4, "messages": 100].mapValues {
        Int(random.next() % UInt64($0))
      }
      let size = Int(random.next() % 20)
      let before = Self.document(figures, size: size)
      let raised = ["tokens", "recent_errors", "messages"][Int(random.next() % 3)]
      figures[raised, default: 0] += Int(random.next() % 500)
      pairs.append((before, Self.document(figures, size: size)))
    }
    let found = Monotony.contradiction(pairs, &run) { Monotony.holds(low: $0, high: $1) }
    #expect(found == nil, "\(found.map { $0.before.text + "\n" + $0.after.text } ?? "")")
    // The law is no empty one: lowering loosens somewhere.
    let lowered = pairs.map { (before: $0.after, after: $0.before) }
    #expect(Monotony.contradiction(lowered, &run) { Monotony.holds(low: $0, high: $1) } != nil)
  }

  private static func document(_ figures: [String: Int], size: Int) -> [UInt8] {
    let session = figures.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
      .joined(separator: ",")
    return Array(
      """
      {"action":"work","parameters":{"size":\(size)},"session":{"token_budget":1000,\(session)}}
      """.utf8)
  }
}
