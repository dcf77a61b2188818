import Testing
import TractatusCompiler
import TractatusConformanceSupport
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

@testable import TractatusAnalysis

/// What is proved, no action contradicts; what is refuted, the evaluator confirms.
@Suite struct ProofLawTests {
  /// A random claim about the conditions and types of a policy's own rules.
  private static func claim(
    of policy: CheckedPolicy, _ random: inout SplitMix64
  ) -> ProofClaim? {
    guard !policy.rules.isEmpty else { return nil }
    let rule = policy.rules[Int(random.next() % UInt64(policy.rules.count))]
    var parts: [Condition] = []
    if random.chance(1, in: 2) { parts.append(rule.guardCondition) }
    if let clause = rule.clauses.randomElement(using: &random), random.chance(3, in: 4) {
      parts.append(
        random.chance(1, in: 5) ? .not(clause.condition) : clause.condition)
    }
    let verdict = Verdict.allCases[Int(random.next() % 4)]
    let condition: Condition = parts.count == 1 ? parts[0] : .and(parts)
    return ProofClaim(
      isNever: random.chance(1, in: 2), verdict: verdict, on: rule.on,
      condition: parts.isEmpty ? .constant(true) : condition, text: "", span: rule.span)
  }

  private static let usual = 8

  @Test(
    "no claim that is proved is contradicted by an action", arguments: AnalysisLaws.cases(usual))
  func claims(place: Int) {
    for seed in AnalysisLaws.seeds(of: place, Self.usual) {
      let shape = AnalysisLaws.shape(of: seed)
      guard let policy = AnalysedPolicy(seed: seed, shape, actions: 0) else { continue }
      var random = SplitMix64(seed: seed)
      var checked = policy.compilation.checked
      for _ in 0..<16 {
        guard let claim = Self.claim(of: checked, &random) else { continue }
        checked.proofs.append(
          PolicyProof(
            package: PackageID(0), name: "", claims: [claim],
            span: SourceSpan(source: SourceID(rawValue: 0), start: 0, end: 0)))
      }
      var prover = Prover(checked, policy.compilation.sources)
      var actions = SteeredActions(policy, seed: seed)
      var documents = (0..<AnalysisLaws.actions).map { _ in actions.next() }
      var proved: [Int] = []
      for index in checked.proofs.indices {
        switch prover.prove(index).claims[0].outcome {
        case .proved:
          proved.append(index)
        case .refuted(let witness):
          documents.append(witness.document)
          #expect(!checked.proofs[index].claims[0].permits(witness.decision.verdict))
        case .possible(_, let action):
          if let action { documents.append(Array(action.utf8)) }
        case .notDecided: continue
        }
      }
      for document in documents {
        for index in proved where prover.isContradicted(index, claim: 0, by: document) {
          Issue.record(
            """
            seed \(seed): \(checked.proofs[index].claims[0])
            \(String(decoding: document, as: UTF8.self))
            """)
          return
        }
      }
    }
  }
}
