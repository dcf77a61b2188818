/// Shortens the list of tests that name the causes of an unknown formula.
///
/// An exact test is unknown when, and only when, its attribute is; so one test an attribute names
/// the cause, and best one that the rows need anyway. Tests that are never unknown need none. A
/// formula that is always true or always false keeps its tests: the clause can be unknown all the
/// same, by the type's membership or, for what is required, by the guard.
enum CauseReduction {
  /// Rewrites every formula, O(tests · log tests).
  @Sendable static func apply(_ policy: inout LoweredPolicy) {
    let attributes = policy.attributes
    let tests = policy.tests
    policy.rewriteFormulas { formula in
      if formula.tests.isEmpty { return }
      formula.tests = reduced(formula, attributes: attributes, tests: tests)
    }
  }

  private static func reduced(
    _ formula: LoweredFormula, attributes: [LoweredAttribute], tests: [LoweredTest]
  ) -> [Int] {
    var needed: [Int: Int] = [:]
    func note(_ test: Int) {
      switch tests[test] {
      // Whether a level is the measured one is never unknown, so that names no cause.
      case .exact(_, .measuredLevel), .exact(_, .unmeasured): break
      case .exact(let attribute, _): needed[attribute] = min(needed[attribute] ?? test, test)
      case .composite(let expression): note(expression)
      case .relation, .recent, .history, .forms, .place, .command, .quantified: break
      }
    }
    func note(_ expression: LoweredExpression) {
      switch expression {
      case .constant: break
      case .test(let test): note(test)
      case .not(let inner): note(inner)
      case .and(let parts), .or(let parts): parts.forEach(note)
      }
    }
    for literal in formula.rows.flatMap(\.literals) { note(literal.test) }
    var result: [Int] = []
    for test in formula.tests {
      guard case .exact(let attribute, let predicate) = tests[test] else {
        result.append(test)
        continue
      }
      switch predicate {
      case .measuredLevel, .unmeasured: continue
      default: break
      }
      switch attributes[attribute].source {
      case .description, .actionType: continue
      default: break
      }
      let representative = needed[attribute] ?? test
      needed[attribute] = representative
      result.append(representative)
    }
    result.sort()
    var unique: [Int] = []
    for test in result where unique.last != test { unique.append(test) }
    return unique
  }
}
