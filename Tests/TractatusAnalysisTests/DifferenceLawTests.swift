import Testing
import TractatusCompiler
import TractatusConformanceSupport
import TractatusEngine
import TractatusSemantics
import TractatusValues

@testable import TractatusAnalysis

/// Versions of random policies are told apart as both evaluators do, and said to be alike only
/// where no action tells them apart.
@Suite("The law of differences")
struct DifferenceLawTests {
  private static let usual = 8

  /// Changes clauses and waivers at random: mostly one, sometimes what changes nothing.
  private static func change(_ policy: inout CheckedPolicy, _ random: inout SplitMix64) {
    for _ in 0..<(1 + random.below(2)) where !policy.rules.isEmpty {
      let rule = random.below(policy.rules.count)
      guard !policy.rules[rule].clauses.isEmpty else { continue }
      let place = random.below(policy.rules[rule].clauses.count)
      let clause = policy.rules[rule].clauses[place]
      let other = policy.rules[rule].clauses[random.below(policy.rules[rule].clauses.count)]
      if case .expect = clause.kind { continue }
      let isRequired = if case .require = clause.kind { true } else { false }
      switch random.below(6) {
      case 0 where clause.verdict > .allow:
        policy.rules[rule].clauses[place].verdict = [.warn, .ask, .deny][random.below(3)]
      case 1: policy.rules[rule].clauses.remove(at: place)
      case 2 where !isRequired:
        policy.rules[rule].clauses[place].condition = .and([clause.condition, other.condition])
      case 3 where !isRequired:
        policy.rules[rule].clauses[place].condition = .or([clause.condition, other.condition])
      case 4 where !policy.waivers.isEmpty:
        policy.waivers.remove(at: random.below(policy.waivers.count))
      default:
        guard case .and(let parts) = clause.condition, parts.count > 1 else { continue }
        policy.rules[rule].clauses[place].condition = .and(Array(parts.dropFirst()))
      }
    }
  }

  @Test("what is said of two versions, both evaluators say", arguments: AnalysisLaws.cases(usual))
  func versions(place: Int) {
    for seed in AnalysisLaws.seeds(of: place, Self.usual) {
      let shape = AnalysisLaws.shape(of: seed)
      guard let policy = AnalysedPolicy(seed: seed, shape, actions: 0) else { continue }
      var random = SplitMix64(seed: seed)
      var result = policy.compilation
      Self.change(&result.checked, &random)
      guard let before = PolicyVersion(policy.compilation), let after = PolicyVersion(result) else {
        continue
      }
      let difference = DifferenceSearch.compare(before, after)
      var one = WitnessRun(before.program)
      var other = WitnessRun(after.program)
      for change in difference.changes {
        let isKnown = one.begin(after: change.earlier)
        let isKnownToo = other.begin(after: change.earlier)
        #expect(isKnown && isKnownToo)
        let old = one.decide(change.document)?.verdict
        let new = other.decide(change.document)?.verdict
        #expect(old == change.old.verdict && new == change.new.verdict, "policy \(seed)")
      }
      one.history = .unknown
      other.history = .unknown
      guard difference.undecided.isEmpty else { continue }
      // What is not listed does not happen.
      var actions = SteeredActions(policy, seed: seed)
      let loosens = difference.count(.loosened) > 0
      let tightens = difference.count(.tightened) > 0
      for _ in 0..<AnalysisLaws.actions {
        let document = actions.next()
        guard let old = one.decide(document)?.verdict, let new = other.decide(document)?.verdict
        else { continue }
        if new < old ? loosens : new > old ? tightens : true { continue }
        let text = String(decoding: document, as: UTF8.self)
        Issue.record("policy \(seed): \(old.word) became \(new.word): \(text)")
        return
      }
    }
  }
}
