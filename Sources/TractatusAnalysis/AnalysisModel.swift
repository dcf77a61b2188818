import TractatusCompiler
import TractatusPatterns
import TractatusSemantics

/// A lowered policy as questions are asked of it: what its attributes can be, and which of its
/// tests speak of one attribute.
///
/// Tests of one attribute against constants are *exact*; all others are *free*: booleans of their
/// own, with the implications that `TestImplications` knows. A free test of a known attribute may
/// be true, false or unknown, of an absent one it is false, of an unknown one unknown.
package struct AnalysisModel: Sendable {
  /// The policy.
  package let policy: LoweredPolicy
  /// By attribute.
  package let profiles: [AttributeProfile]

  /// Prepares a policy. O(attributes × mappings).
  package init(_ policy: LoweredPolicy) {
    self.policy = policy
    profiles = policy.attributes.map { AttributeProfile($0, in: policy.checked) }
  }

  /// The attributes that a test reads: one, two for a relation; of a quantifier its list. None for
  /// a composite test, which is taken apart.
  package func attributes(of test: Int) -> [Int] {
    switch policy.tests[test] {
    case .exact(let attribute, _), .recent(let attribute, _), .forms(let attribute, _, _),
      .place(let attribute, _), .command(let attribute, _):
      [attribute]
    case .relation(let attribute, _, let other): [attribute, other]
    case .quantified(let quantified):
      if case .attribute(let list) = quantified.list { [list] } else { [] }
    // What came before may be anything, whatever the current action is compared with.
    case .history, .composite: []
    }
  }

  /// Whether a test is exact.
  package func isExact(_ test: Int) -> Bool {
    guard case .exact(let attribute, _) = policy.tests[test] else { return false }
    // A text that is no host makes each test of it unknown.
    return profiles[attribute].type != .host || isPresence(test)
  }

  private func isPresence(_ test: Int) -> Bool {
    if case .exact(_, .present) = policy.tests[test] { true } else { false }
  }
}

extension LoweredFormula {
  /// The formula as a disjunction of conjunctions of tests.
  package var expression: LoweredExpression {
    .or(
      rows.map { row in
        .and(
          row.literals.map { literal in
            literal.isNegated ? .not(.test(literal.test)) : .test(literal.test)
          })
      })
  }
}
