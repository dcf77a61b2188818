import Testing
import TractatusEngine
import TractatusValues

@testable import TractatusConformanceSupport

/// The decision table and the naive evaluator agree on every policy and action.
@Suite("The law")
struct LawTests {
  @Test(
    "the table decides as the naive evaluator does", arguments: LawSettings.cases(LawSettings.runs))
  func tableIsNaive(place: Int) {
    compare(place, .free)
  }

  @Test(
    "the table decides on commands as the naive evaluator does",
    arguments: LawSettings.cases(LawSettings.runs / 6))
  func tableIsNaiveOnCommands(place: Int) {
    compare(place, .commands)
  }

  private func compare(_ place: Int, _ shape: GeneratedShape) {
    for seed in LawSettings.seeds(of: place) {
      let policy = PolicyGenerator.policy(seed: seed, shape)
      let subject = Subject(policy.sources)
      guard subject.errors.isEmpty else { continue }
      var actions = ActionGenerator(policy, seed: seed)
      for number in 0..<LawSettings.actions {
        let action = actions.action()
        if Self.difference(subject, action) != nil {
          record(policy, action, seed: seed)
          return
        }
        // Most of them are no JSON, which is soon told.
        guard number % 4 == 0 else { continue }
        let broken = Self.broken(action, seed: seed)
        guard let difference = Self.difference(subject, broken) else { continue }
        if let action = try? JSONText(reading: broken) {
          record(policy, action, seed: seed)
        } else {
          Issue.record("seed \(seed): \(broken)\n\(difference)")
        }
        return
      }
    }
  }

  /// Records a policy and an action on which the two differ, as small as they will go.
  private func record(_ policy: GeneratedPolicy, _ action: JSONText, seed: UInt64) {
    let mismatch = Mismatch(policy, action, seed: seed) { sources, action in
      let smaller = Subject(sources)
      return smaller.program == nil || Self.difference(smaller, action) == nil
    }
    let difference = mismatch.judged { Self.difference(Subject($0), $1) ?? "" }
    Issue.record("\(difference)\n\(mismatch.description)")
  }

  /// What differs between the two decisions on an action.
  private static func difference(_ subject: Subject, _ action: JSONText) -> String? {
    difference(subject, action.written)
  }

  private static func difference(_ subject: Subject, _ text: String) -> String? {
    let naive = subject.naive.decide(text).compared
    guard let table = subject.tableDecision(text)?.compared else { return "no program" }
    // Swift's strings are equal when they look the same; the law is about bytes.
    if naive == table, DecisionWriter.json(naive) == DecisionWriter.json(table) { return nil }
    return difference(naive, table)
  }

  static func difference(_ naive: Decision, _ table: Decision) -> String {
    let left = naive.json.flat(path: "")
    let right = table.json.flat(path: "")
    let only = left.filter { !right.contains($0) }.map { "naive " + $0 }
    let other = right.filter { !left.contains($0) }.map { "table " + $0 }
    return (only + other).joined(separator: "\n")
  }

  /// A document in which one character was changed: most are malformed.
  private static func broken(_ action: JSONText, seed: UInt64) -> String {
    var text = Array(action.written.unicodeScalars)
    var random = SplitMix64(seed: seed &+ UInt64(text.count))
    let marks = Array("{}[]\",:.0123456789eE+-\\/u \u{1}ntf".unicodeScalars)
    let place = random.below(text.count)
    switch random.below(3) {
    case 0: text.remove(at: place)
    case 1: text.insert(random.pick(marks), at: place)
    default: text[place] = random.pick(marks)
    }
    return NaiveText.string(text)
  }

  @Test(
    "what the caller adds to an action counts as if the action had it",
    arguments: LawSettings.cases(LawSettings.runs / 6))
  func surroundingsAreMerged(place: Int) {
    for seed in LawSettings.seeds(of: place) {
      let policy = PolicyGenerator.policy(seed: seed &+ 7_000_000)
      let subject = Subject(policy.sources)
      var actions = ActionGenerator(policy, seed: seed)
      var random = SplitMix64(seed: seed)
      for _ in 0..<LawSettings.actions / 4 {
        let whole = actions.action()
        let (own, added) = whole.parted(&random)
        let one = subject.tableDecision(whole.written)?.compared
        let other = subject.tableDecision(own.written, surroundings: added.written)?.compared
        #expect(one == other, "seed \(seed): \(own.written) \(added.written)")
      }
    }
  }

  @Test("generated decisions are of every kind")
  func generatedDecisionsAreOfEveryKind() {
    var kinds: [String: Int] = [:]
    var count = 0
    for index in 0..<100 {
      let policy = PolicyGenerator.policy(seed: UInt64(index) &+ 8_000_000)
      let subject = Subject(policy.sources)
      var actions = ActionGenerator(policy, seed: UInt64(index))
      for _ in 0..<10 {
        count += 1
        let decision = subject.naive.decide(actions.action().written)
        for kind in decision.kinds { kinds[kind, default: 0] += 1 }
      }
    }
    let names = [
      "allow", "warn", "ask", "deny", "error", "several types", "unmapped", "fired", "unmet",
      "unknown", "waived", "shadow", "corrected", "corrected action", "granted", "unmeasured",
      "measured", "obligations", "deliberation", "conflict", "otherwise", "human",
    ]
    for name in names {
      #expect((kinds[name] ?? 0) * 1_000 >= count * 2, "\(name): \(kinds[name] ?? 0) of \(count)")
    }
  }

  @Test(
    "a program that was written and read back decides alike",
    arguments: LawSettings.cases(LawSettings.runs / 6))
  func imageDecidesAlike(place: Int) throws {
    for seed in LawSettings.seeds(of: place) {
      let policy = PolicyGenerator.policy(seed: seed &+ 1_000_000, LawSettings.shape(of: seed))
      let subject = Subject(policy.sources)
      guard subject.errors.isEmpty else { continue }
      let imaged = try #require(subject.imaged, "seed \(seed)")
      var actions = ActionGenerator(policy, seed: seed)
      for _ in 0..<LawSettings.actions / 4 {
        let text = actions.action().written
        #expect(subject.tableDecision(text) == imaged.tableDecision(text), "seed \(seed): \(text)")
      }
    }
  }

  @Test("at most one in twenty generated policies does not compile")
  func generatedPoliciesCompile() {
    var failed: [String] = []
    for index in 0..<120 {
      let shape = index % 2 == 0 ? GeneratedShape.free : .commands
      let policy = PolicyGenerator.policy(seed: UInt64(index) &+ LawSettings.seed, shape)
      let subject = Subject(policy.sources)
      if subject.program == nil { failed.append("\(index): \(subject.errors)") }
    }
    #expect(failed.count <= 6, "\(failed)")
  }
}

extension JSONText {
  /// Every leaf with the way to it.
  fileprivate func flat(path: String) -> [String] {
    switch self {
    case .object(let members):
      members.flatMap { $0.value.flat(path: path + "." + NaiveText.string($0.key)) }
    case .array(let elements):
      elements.enumerated().flatMap { $1.flat(path: path + "[\($0)]") }
    default: [path + " = " + written]
    }
  }
}

extension JSONText {
  /// The action without some of its surroundings, and those.
  fileprivate func parted(_ random: inout SplitMix64) -> (own: JSONText, added: JSONText) {
    var own = self
    var added = JSONText.object([])
    for name in ["facts", "scores", "session", "components", "reasoning", "actor", "at", "cwd"] {
      guard let value = self[name] else { continue }
      switch random.below(3) {
      case 0:
        own[name] = nil
        added[name] = value
      case 1:
        guard case .object(let members) = value else { continue }
        var (kept, moved) = ([Member](), [Member]())
        for member in members {
          if random.chance(1, in: 2) { kept.append(member) } else { moved.append(member) }
        }
        own[name] = .object(kept)
        added[name] = .object(moved)
      default: continue
      }
    }
    return (own, added)
  }
}

extension Decision {
  /// What is to be seen in the decision.
  fileprivate var kinds: [String] {
    var kinds: [String] = [error == nil ? verdict.word : "error"]
    func note(_ name: String, _ isThere: Bool) { if isThere { kinds.append(name) } }
    note("several types", types.count > 1)
    note("unmapped", types == ["unmapped"])
    note("fired", !fired.isEmpty)
    note("unmet", !unmet.isEmpty)
    note("unknown", !unknown.isEmpty)
    note("waived", !waived.isEmpty)
    note("shadow", !shadow.isEmpty)
    note("corrected", isCorrected)
    note("corrected action", !correctedAction.isEmpty)
    note("granted", isGranted)
    note("unmeasured", thresholds.contains { $0.unmeasured != nil })
    note("measured", thresholds.contains { $0.unmeasured == nil })
    note("obligations", !offers.isEmpty && !checks.isEmpty)
    note("deliberation", !deliberation.isEmpty)
    note("conflict", fired.contains { $0.conflict != nil })
    note("otherwise", fired.contains { $0.kind == "otherwise" })
    note("human", finalDecisionRequires != nil)
    return kinds
  }
}
