import Testing
import TractatusEngine
import TractatusValues

@testable import TractatusConformanceSupport

/// The order of files, declarations, clauses, lists and operands is not seen.
@Suite("The law of order")
struct OrderLawTests {
  @Test(
    "shuffled files and declarations decide alike to the byte",
    arguments: LawSettings.cases(LawSettings.runs / 4))
  func shuffledDeclarations(place: Int) {
    for seed in LawSettings.seeds(of: place) {
      compare(seed: seed &+ 2_000_000, clausesToo: false) { $0.json.withoutPlaces }
    }
  }

  @Test(
    "shuffled operands inside clauses change at most the order of clauses",
    arguments: LawSettings.cases(LawSettings.runs / 8))
  func shuffledOperands(place: Int) {
    for seed in LawSettings.seeds(of: place) {
      compare(seed: seed &+ 3_000_000, clausesToo: true) { $0.withoutClauseTexts }
    }
  }

  private func compare(
    seed: UInt64, clausesToo: Bool, _ reduced: (Decision) -> JSONText
  ) {
    let policy = PolicyGenerator.policy(seed: seed, LawSettings.shape(of: seed))
    var random = SplitMix64(seed: seed)
    var shuffled = policy.files
    for index in shuffled.indices {
      shuffled[index].tree = shuffled[index].tree.shuffled(&random, clausesToo: clausesToo)
    }
    shuffled.shuffle(using: &random)
    let one = Subject(policy.sources)
    let other = Subject(shuffled.map { ($0.name, $0.tree.text) })
    #expect(
      one.errors.isEmpty == other.errors.isEmpty, "seed \(seed): \(one.errors) \(other.errors)")
    guard one.errors.isEmpty, other.errors.isEmpty else { return }
    var actions = ActionGenerator(policy, seed: seed)
    for _ in 0..<LawSettings.actions / 4 {
      let text = actions.action().written
      let first = one.tableDecision(text) ?? one.naive.decide(text)
      let second = other.tableDecision(text) ?? other.naive.decide(text)
      guard first.error != nil || second.error != nil else {
        // PERF: most are the same but for places; to write all of them takes longer than to decide.
        if DecisionWriter.json(first.withoutPlaces) == DecisionWriter.json(second.withoutPlaces) {
          continue
        }
        let (left, right) = (reduced(first).written, reduced(second).written)
        #expect(left == right, "seed \(seed): \(text)")
        if left != right { return }
        continue
      }
      #expect(first.error?.code == second.error?.code, "seed \(seed): \(text)")
      #expect(first.error?.reason == second.error?.reason, "seed \(seed): \(text)")
    }
  }
}

extension Decision {
  /// The decision without the places of its clauses, and without which policy decided.
  fileprivate var withoutPlaces: Decision {
    var decision = self
    decision.policy = PolicyIdentity()
    for index in decision.fired.indices { decision.fired[index].at = "" }
    for index in decision.unmet.indices { decision.unmet[index].at = "" }
    for index in decision.shadow.indices {
      switch decision.shadow[index] {
      case .fired(var fired):
        fired.at = ""
        decision.shadow[index] = .fired(fired)
      case .unmet(var unmet):
        unmet.at = ""
        decision.shadow[index] = .unmet(unmet)
      case .unknown: continue
      }
    }
    return decision
  }

  /// The decision without what rests on a clause's text: places, the text of a test, and the order
  /// of clauses that are equal in all else.
  fileprivate var withoutClauseTexts: JSONText {
    var decision = self
    let rank: (FiredEntry) -> [String] = { [$0.rule, $0.type, $0.verdict.word, $0.reason] }
    for index in decision.fired.indices {
      decision.fired[index].at = ""
      if case .text? = decision.fired[index].conflict?.expected {
        decision.fired[index].conflict?.expected = nil
      }
    }
    for index in decision.unmet.indices { decision.unmet[index].require = "" }
    let shadow = decision.shadow.map { entry -> ShadowEntry in
      switch entry {
      case .fired(var fired):
        if case .text? = fired.conflict?.expected { fired.conflict?.expected = nil }
        return .fired(fired)
      case .unmet(var unmet):
        unmet.require = ""
        return .unmet(unmet)
      case .unknown: return entry
      }
    }
    decision.shadow = []
    decision.fired.sort { rank($0).lexicographicallyPrecedes(rank($1)) }
    decision.unmet.sort {
      [$0.rule, $0.type, $0.reason].lexicographicallyPrecedes([$1.rule, $1.type, $1.reason])
    }
    // Which of several reasons stands first rests on the order, too.
    decision.reason = ""
    decision.finalDecisionRequires = nil
    var other = Decision()
    other.shadow = shadow
    let lines = other.json.withoutPlaces["shadow"].map { json -> [String] in
      guard case .array(let entries) = json else { return [] }
      return entries.map(\.written).sorted()
    }
    var json = decision.json.withoutPlaces
    json["shadow"] = .array((lines ?? []).map { .text($0) })
    return json
  }
}
