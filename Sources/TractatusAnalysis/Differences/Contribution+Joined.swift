import TractatusCompiler

extension Contribution {
  /// The same of the new policy over the tests of both; nil where a test is not there.
  func joined(by policy: JoinedPolicy) -> Contribution? {
    guard var result = mapped(policy.expression) else { return nil }
    result.tests = tests.compactMap { policy.tests[$0] }
    if let corrects {
      guard let attribute = policy.attribute(corrects) else { return nil }
      result.corrects = attribute
    }
    return result
  }

  /// A text that two contributions share when they give the same verdicts on all actions, over one
  /// list of tests: order does not show in it.
  var normalForm: String {
    var text = "\(verdict.word) "
    switch subject {
    case .condition(let condition): text += Self.text(condition)
    case .requirement(let guardCondition, let required):
      text += "\(Self.text(guardCondition)) requires \(Self.text(required))"
    case .standing(let lifts, let doubts):
      text += lifts.map(\.normalForm).sorted().joined(separator: ";")
      text += " ? " + Self.texts([doubts]).joined()
    }
    text += " / " + Self.texts(removals).joined(separator: " ")
    if let corrects { text += " corrects \(corrects) to \(corrected)" }
    return text
  }

  fileprivate static func texts(_ removals: [[Goal]]) -> [String] {
    removals.map { $0.map(text).sorted().joined(separator: "&") }.sorted()
  }

  fileprivate static func text(_ goal: Goal) -> String {
    "\(text(goal.expression)):\(goal.truths.rawValue)"
  }

  static func text(_ expression: LoweredExpression) -> String {
    switch expression {
    case .constant(let value): value ? "T" : "F"
    case .test(let test): String(test)
    case .not(let inner): "!" + text(inner)
    case .and(let parts): "(" + parts.map(text).sorted().joined(separator: "&") + ")"
    case .or(let parts): "(" + parts.map(text).sorted().joined(separator: "|") + ")"
    }
  }
}

extension Contribution.Lift {
  /// A text that two of them share when they lift the same.
  var normalForm: String {
    goals.map(Contribution.text).joined(separator: " ")
  }
}

extension Contribution {
  /// Whose words make the difference to some contributions of the other version: of a default the
  /// rules of the `allow` clauses that these do not have.
  func owners(beside others: [Contribution]) -> [String] {
    guard case .standing(let lifts, _) = subject else { return [owner] }
    var known: Set<String> = []
    var unknown: [Lift] = []
    for other in others {
      guard case .standing(let theirs, _) = other.subject, other.owner == owner else { continue }
      known.formUnion(theirs.map(\.normalForm))
      let own = Set(lifts.map(\.normalForm))
      unknown += theirs.filter { !own.contains($0.normalForm) }
    }
    let names = lifts.filter { !known.contains($0.normalForm) }.map(\.owner) + unknown.map(\.owner)
    return names.isEmpty ? [owner] : Array(Set(names)).sorted()
  }
}
