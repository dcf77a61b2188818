import Testing
import TractatusEngine
import TractatusValues

@testable import TractatusConformanceSupport

/// Knowing less, and adding packages, never loosens.
@Suite("The law of monotony")
struct MonotonyLawTests {
  /// How much a verdict holds back: an unknown denial asks, so those two are one.
  private static func severity(_ decision: Decision) -> Int {
    if decision.error != nil { return 2 }
    return min(Int(decision.verdict.rawValue), 2)
  }

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
      for _ in 0..<20 {
        let action = actions.action()
        let whole = decide(subject, action)
        guard whole.error == nil else { continue }
        let less = action.withoutSomeSurroundings(&random)
        let known = Self.severity(whole)
        let unknown = Self.severity(decide(subject, less))
        #expect(known <= unknown, "seed \(seed): \(action.written)\nbecame \(less.written)")
        if known > unknown { return }
      }
    }
  }

  @Test(
    "adding a package that neither allows, waives, replaces nor corrects never loosens",
    arguments: LawSettings.cases(LawSettings.runs / 6))
  func addingRestrictions(place: Int) {
    for seed in LawSettings.seeds(of: place) {
      layered(seed: seed &+ 5_000_000, .layeredHarmlessly) { few, many in
        few.error != nil || few.types.contains("unmapped")
          || few.verdict <= (many.error == nil ? many.verdict : .deny)
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
      let policy = PolicyGenerator.policy(seed: seed &+ 6_000_000, shape)
      let sealed = Self.sealedRules(of: policy)
      layered(seed: seed &+ 6_000_000, shape) { few, many in
        guard few.error == nil, !few.types.contains("unmapped") else { return true }
        guard many.error == nil else { return true }
        return Self.held(few, by: sealed) <= Self.held(many, by: sealed)
      }
    }
  }

  /// The sealed rules and thresholds of all packages but the last.
  private static func sealedRules(of policy: GeneratedPolicy) -> Set<String> {
    let files = policy.files.filter { $0.package < 2 }
    let checked = Subject(files.map { ($0.name, $0.tree.text) }).result.checked
    return Set(
      checked.rules.filter { $0.isSealed && !$0.isShadow }.map(\.name.text)
        + checked.thresholds.filter { $0.isSealed && !$0.isShadow }.map(\.name.text))
  }

  /// Whether sealed rules hold the action back; what they warn of may be corrected away.
  private static func held(_ decision: Decision, by sealed: Set<String>) -> Int {
    var held = 0
    for entry in decision.fired where sealed.contains(entry.rule) && entry.verdict >= .ask {
      held = 1
    }
    for entry in decision.unmet where sealed.contains(entry.rule) && entry.verdict >= .ask {
      held = 1
    }
    for entry in decision.unknown
    where entry.verdict >= .ask && entry.rules.contains(where: sealed.contains) {
      held = 1
    }
    return held
  }

  /// Compares decisions without and with the last of three packages.
  private func layered(
    seed: UInt64, _ shape: GeneratedShape, holds: (Decision, Decision) -> Bool
  ) {
    let policy = PolicyGenerator.policy(seed: seed, shape)
    let few = Subject(policy.files.filter { $0.package < 2 }.map { ($0.name, $0.tree.text) })
    let many = Subject(policy.sources)
    guard few.errors.isEmpty, many.errors.isEmpty else { return }
    var known = policy
    known.actions.removeAll { $0.package == 2 }
    var actions = ActionGenerator(known, seed: seed)
    for _ in 0..<20 {
      let action = actions.action()
      let (left, right) = (decide(few, action), decide(many, action))
      let isFine = holds(left, right)
      #expect(
        isFine, "seed \(seed): \(action.written)\n\(left.json.written)\n\(right.json.written)")
      if !isFine { return }
    }
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
