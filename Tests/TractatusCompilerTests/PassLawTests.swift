import Testing
import TractatusSemantics
import TractatusValues

@testable import TractatusCompiler

@Suite("Passes keep the meaning of conditions")
struct PassLawTests {
  /// Every pass alone, all, and none.
  static let selections: [(name: String, passes: [Pass])] =
    Passes.all.map { ($0.name, [$0]) } + [("all", Passes.all), ("none", [])]

  @Test("each pass alone, all and none keep the truth value of random conditions")
  func truthIsKept() {
    var generator = ConditionGenerator(seed: 20_261_121)
    for _ in 0..<150 {
      let condition = generator.condition(depth: 3)
      let models = (0..<24).map { _ in generator.model() }
      for (name, passes) in Self.selections {
        for rows in [1, 4, 64] {
          let policy = PolicyFixture.lowered(condition, passes: passes, rows: rows)
          let formula = policy.tables[0].clauses.first?.formula
          for model in models {
            let lowered = formula.map { model.truth($0, in: policy) } ?? .false
            let expected = model.truth(condition)
            #expect(
              lowered == expected, "\(name), \(rows) rows: \(condition) with \(model.parameters)")
            if lowered != expected { return }
          }
        }
      }
    }
  }

  @Test("an unknown formula names the causes that its condition has")
  func causesAreKept() {
    var generator = ConditionGenerator(seed: 77)
    for _ in 0..<600 {
      let condition = generator.condition(depth: 3)
      let policy = PolicyFixture.lowered(condition)
      let plain = PolicyFixture.lowered(condition, passes: [])
      guard let formula = policy.tables[0].clauses.first?.formula else { continue }
      for _ in 0..<20 {
        let model = generator.model()
        guard model.truth(condition) == .unknown else { continue }
        #expect(
          causes(formula, in: policy, model: model)
            == causes(plain.tables[0].clauses[0].formula, in: plain, model: model))
      }
    }
  }

  private func causes(
    _ formula: LoweredFormula, in policy: LoweredPolicy, model: TruthModel
  ) -> Set<String> {
    var names: Set<String> = []
    for test in formula.tests where model.truth(test: test, in: policy) == .unknown {
      let attributes: [Int] =
        switch policy.tests[test] {
        case .exact(let attribute, _), .recent(let attribute, _), .forms(let attribute, _, _),
          .place(let attribute, _), .command(let attribute, _):
          [attribute]
        case .relation(let left, _, let right): [left, right]
        case .quantified(let quantified):
          if case .attribute(let attribute) = quantified.list { [attribute] } else { [] }
        case .history(_, let keys, _): keys
        case .composite: []
        }
      for attribute in attributes
      where model.value(policy.attributes[attribute].source, in: policy) == .unknown {
        names.insert("\(policy.attributes[attribute].source)")
      }
    }
    return names
  }

  @Test("no condition has more rows than the limit, however large it would be")
  func rowLimitHolds() {
    var generator = ConditionGenerator(seed: 5)
    for _ in 0..<300 {
      let condition = generator.condition(depth: 4)
      for limit in [1, 7, 64] {
        let policy = PolicyFixture.lowered(condition, rows: limit)
        for clause in policy.tables[0].clauses { #expect(clause.formula.rows.count <= limit) }
      }
    }
  }

  @Test("tests that a composite combines come before it")
  func compositesComeLast() {
    var generator = ConditionGenerator(seed: 9)
    for _ in 0..<200 {
      let policy = PolicyFixture.lowered(generator.condition(depth: 4), rows: 2)
      for (index, test) in policy.tests.enumerated() {
        guard case .composite(let expression) = test else { continue }
        #expect(largestTest(expression) < index)
      }
    }
  }

  private func largestTest(_ expression: LoweredExpression) -> Int {
    switch expression {
    case .constant: -1
    case .test(let test): test
    case .not(let inner): largestTest(inner)
    case .and(let parts), .or(let parts): parts.map(largestTest).max() ?? -1
    }
  }
}
