import Testing
import TractatusCompiler
import TractatusConformanceSupport
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

@testable import TractatusAnalysis

/// What `analyse` claims of random policies, no action contradicts; what it shows is so.
@Suite struct AnalyserLawTests {
  @Test("no claim is contradicted by the evaluator", arguments: [false, true])
  func claims(isAboutCommands: Bool) {
    for seed in AnalysedPolicy.seeds(isAboutCommands ? 3 : 9) {
      let shape: GeneratedShape = isAboutCommands ? .commands : .free
      guard let policy = AnalysedPolicy(seed: seed, shape, actions: 60),
        let result = Analyser.analyse(policy.compilation)
      else { continue }
      var run = WitnessRun(policy.program)
      let clauses = run.allClauses
      let places = DecisionPlaces(policy.compilation)
      for finding in result.findings {
        if let witness = finding.witness {
          let decision = run.decide(witness.document)
          #expect(decision?.verdict == witness.decision.verdict, "seed \(seed): \(finding.message)")
        }
        guard [.neverFires, .shadowed, .alwaysTrue].contains(finding.kind) else { continue }
        let place = places.text(of: finding.span)
        let numbers = Set(clauses.filter { $0.at == place }.map(\.clause))
        // What a message says of some types alone is checked by the solver's own law.
        if finding.message.contains(" for `") { continue }
        for document in policy.actions {
          let traces = run.clauses(of: document)
          let own = traces.filter { numbers.contains($0.clause) }
          guard let decision = run.decide(document) else { continue }
          if let wrong = Self.contradiction(of: finding, own, decision) {
            let action = String(decoding: document, as: UTF8.self)
            Issue.record("seed \(seed): \(finding.message) (\(place)): \(wrong): \(action)")
            return
          }
        }
      }
    }
  }

  /// What of a decision contradicts a claim about one clause.
  private static func contradiction(
    of finding: AnalysisFinding, _ own: [ClauseTrace], _ decision: Decision
  ) -> String? {
    switch finding.kind {
    case .neverFires: return own.contains { $0.truth == .true } ? "it fires" : nil
    case .alwaysTrue: return own.contains { $0.truth == .false } ? "it is false" : nil
    case .shadowed:
      // Where it fires and counts, other clauses give as much.
      guard let one = own.first(where: { $0.truth == .true }) else { return nil }
      let fired = decision.fired.filter { $0.rule == one.rule && $0.at == one.at }
      guard let verdict = fired.first?.verdict, verdict > .allow else { return nil }
      let others =
        decision.fired.filter { $0.at != one.at }.map(\.verdict) + decision.unmet.map(\.verdict)
      return others.contains { $0 >= verdict } ? nil : "nothing else says as much"
    default: return nil
    }
  }
}

/// Places as decisions write them.
struct DecisionPlaces {
  private let sources: SourceSet

  init(_ compilation: CompilationResult) { sources = compilation.sources }

  /// `file:line:column` of a span.
  func text(of span: SourceSpan) -> String {
    guard let source = sources[span.source] else { return "?" }
    let place = LineIndex(source).location(at: span.start)
    return "\(source.name):\(place.line):\(place.column)"
  }
}
