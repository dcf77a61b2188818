import Testing
import TractatusAnalysis
import TractatusEngine
import TractatusValues

@testable import TractatusConformanceSupport

/// Knowing less, and adding packages, never loosens.
@Suite("The law of monotony")
struct MonotonyLawTests {
  private func decide(_ subject: Subject, _ action: JSONText) -> Decision {
    subject.tableDecision(action.written) ?? subject.naive.decide(action.written)
  }

  @Test(
    "leaving out what the surroundings supply never loosens",
    arguments: LawSettings.cases(LawSettings.runs / 6))
  func knowingLess(place: Int) {
    for seed in LawSettings.seeds(of: place) {
      let policy = PolicyGenerator.policy(seed: seed &+ 4_000_000, .guarded)
      let subject = Subject(policy.sources)
      guard subject.errors.isEmpty else { continue }
      var actions = ActionGenerator(policy, seed: seed)
      var random = SplitMix64(seed: seed)
      for _ in 0..<LawSettings.actions / 2 {
        let action = actions.action()
        let whole = decide(subject, action)
        guard whole.error == nil else { continue }
        let less = action.withoutSomeSurroundings(&random)
        let isKept = Monotony.holds(whole: whole, less: decide(subject, less))
        #expect(isKept, "seed \(seed): \(action.written)\nbecame \(less.written)")
        if !isKept { return }
      }
    }
  }

  @Test(
    "adding a package that neither allows, waives, replaces nor corrects never loosens",
    arguments: LawSettings.cases(LawSettings.runs / 6))
  func addingRestrictions(place: Int) {
    for seed in LawSettings.seeds(of: place) {
      layered(seed: seed &+ 5_000_000, .layeredHarmlessly) { few, many, _ in
        Monotony.holds(few: few, many: many)
      }
    }
  }

  @Test(
    "adding any package never loosens what sealed rules say",
    arguments: LawSettings.cases(LawSettings.runs / 6))
  func addingAnything(place: Int) {
    for seed in LawSettings.seeds(of: place) {
      let isOfCommands = LawSettings.areOfCommands && seed % 2 == 1
      let shape = isOfCommands ? GeneratedShape.layeredCommands : .layered
      layered(seed: seed &+ 6_000_000, shape) { few, many, sealed in
        Monotony.holds(few: few, many: many, sealed: sealed)
      }
    }
  }

  /// The sealed rules and thresholds of a policy.
  private static func sealedRules(of subject: Subject) -> Set<String> {
    let checked = subject.result.checked
    return Set(
      checked.rules.filter { $0.isSealed && !$0.isShadow }.map(\.name.text)
        + checked.thresholds.filter { $0.isSealed && !$0.isShadow }.map(\.name.text))
  }

  /// Compares decisions without and with the last of three packages.
  private func layered(
    seed: UInt64, _ shape: GeneratedShape,
    holds: @escaping (Decision, Decision, Set<String>) -> Bool
  ) {
    let policy = PolicyGenerator.policy(seed: seed, shape)
    let few = Subject(Self.few(policy.sources))
    let many = Subject(policy.sources)
    guard few.errors.isEmpty, many.errors.isEmpty else { return }
    let sealed = Self.sealedRules(of: few)
    var known = policy
    known.actions.removeAll { $0.package == 2 }
    var actions = ActionGenerator(known, seed: seed)
    for _ in 0..<LawSettings.actions / 2 {
      let action = actions.action()
      if holds(decide(few, action), decide(many, action), sealed) { continue }
      let mismatch = Mismatch(policy, action, seed: seed) { sources, action in
        let (few, many) = (Subject(Self.few(sources)), Subject(sources))
        guard few.errors.isEmpty, many.errors.isEmpty else { return true }
        return holds(decide(few, action), decide(many, action), Self.sealedRules(of: few))
      }
      let decisions = mismatch.judged { sources, action in
        [Self.few(sources), sources].map { decide(Subject($0), action).json.written }
          .joined(separator: "\n")
      }
      Issue.record("\(decisions)\n\(mismatch.description)")
      return
    }
  }

  /// The files of all packages but the last.
  private static func few(
    _ sources: [(name: String, text: String)]
  ) -> [(name: String, text: String)] {
    sources.filter { !$0.name.hasPrefix("acme.low.") }
  }
}

extension JSONText {
  /// The action without some of what stands around it.
  fileprivate func withoutSomeSurroundings(_ random: inout SplitMix64) -> JSONText {
    var document = self
    for name in ["facts", "scores", "session", "at", "cwd", "components", "reasoning", "actor"] {
      switch random.below(3) {
      case 0: document[name] = nil
      case 1 where name != "components":
        guard case .object(let members)? = document[name] else { continue }
        document[name] = .object(members.filter { _ in random.chance(1, in: 2) })
      default: continue
      }
    }
    return document
  }
}
