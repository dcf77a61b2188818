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
    for seed in LawSettings.seeds(of: place) {
      let policy = PolicyGenerator.policy(seed: seed)
      let subject = Subject(policy.sources)
      guard subject.errors.isEmpty else { continue }
      var actions = ActionGenerator(policy, seed: seed)
      for _ in 0..<LawSettings.actions {
        let action = actions.action()
        guard Self.difference(subject, action) != nil else { continue }
        let mismatch = Mismatch(policy, action, seed: seed) { sources, action in
          let smaller = Subject(sources)
          return smaller.program == nil || Self.difference(smaller, action) == nil
        }
        let difference = mismatch.judged { Self.difference(Subject($0), $1) ?? "" }
        Issue.record("\(difference)\n\(mismatch.description)")
        return
      }
    }
  }

  /// What differs between the two decisions on an action.
  private static func difference(_ subject: Subject, _ action: JSONText) -> String? {
    let text = action.written
    let naive = subject.naive.decide(text).compared
    guard let table = subject.tableDecision(text)?.compared else { return "no program" }
    if naive == table { return nil }
    let left = naive.json.flat(path: "")
    let right = table.json.flat(path: "")
    let only = left.filter { !right.contains($0) }.map { "naive " + $0 }
    let other = right.filter { !left.contains($0) }.map { "table " + $0 }
    return (only + other).joined(separator: "\n")
  }

  @Test(
    "a program that was written and read back decides alike",
    arguments: LawSettings.cases(LawSettings.runs / 6))
  func imageDecidesAlike(place: Int) throws {
    for seed in LawSettings.seeds(of: place) {
      let policy = PolicyGenerator.policy(seed: seed &+ 1_000_000)
      let subject = Subject(policy.sources)
      guard subject.errors.isEmpty else { continue }
      let imaged = try #require(subject.imaged, "seed \(seed)")
      var actions = ActionGenerator(policy, seed: seed)
      for _ in 0..<10 {
        let text = actions.action().written
        #expect(subject.tableDecision(text) == imaged.tableDecision(text), "seed \(seed): \(text)")
      }
    }
  }

  @Test("at most one in twenty generated policies does not compile")
  func generatedPoliciesCompile() {
    var failed: [String] = []
    for index in 0..<120 {
      let subject = Subject(PolicyGenerator.policy(seed: UInt64(index) &+ LawSettings.seed).sources)
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
