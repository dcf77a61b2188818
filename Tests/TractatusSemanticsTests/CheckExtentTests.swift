import Testing
import TractatusSemantics
import TractatusSource
import TractatusSyntax

@Suite("what is checked for deciding")
struct CheckExtentTests {
  @Test(
    "for deciding the same is refused, but for what stands in what decides nothing",
    arguments: try GoldenCase.all())
  func golden(_ golden: GoldenCase) {
    let (files, _) = golden.parsed()
    let everything = PolicyChecker.check(files).diagnostics.filter { !isInTest($0, files) }
    let decisions = PolicyChecker.check(files, extent: .decisions).diagnostics
    #expect(decisions.map(\.code) == everything.map(\.code))
    #expect(decisions.map(\.span) == everything.map(\.span))
  }

  @Test("for deciding the shipped policies are the same, without their tests and examples")
  func shipped() throws {
    var sources = SourceSet()
    let files = try PolicyFixture.shipped().map {
      ParsedFile(parsing: sources.add(name: $0.0, bytes: Array($0.1.utf8)))
    }
    var everything = PolicyChecker.check(files).policy
    #expect(!everything.tests.isEmpty)
    everything.tests = []
    everything.proofs = []
    for index in everything.rules.indices {
      everything.rules[index].examples = []
      everything.rules[index].inferred = nil
    }
    everything.classifications = []
    everything.readings = []
    let decisions = PolicyChecker.check(files, extent: .decisions)
    #expect(decisions.diagnostics.isEmpty)
    #expect("\(decisions.policy)" == "\(everything)")
  }

  private func isInTest(_ diagnostic: Diagnostic, _ files: [ParsedFile]) -> Bool {
    files.contains { file in
      (0..<file.tree.nodeCount).contains { number in
        let node = NodeID(rawValue: UInt32(number))
        switch file.tree.kind(of: node) {
        case .testDeclaration, .proveDeclaration, .example, .classifyDeclaration,
          .readingDeclaration:
          break
        default: return false
        }
        let span = file.tree.span(of: node)
        return span.source == diagnostic.span.source && span.start <= diagnostic.span.start
          && diagnostic.span.end <= span.end
      }
    }
  }
}
