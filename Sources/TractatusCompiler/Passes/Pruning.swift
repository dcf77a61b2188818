/// Removes tests and attributes that nothing reads any more and numbers the rest anew, in the order
/// in which they stood.
enum Pruning {
  /// Rewrites every position, O(size of the policy).
  @Sendable static func apply(_ policy: inout LoweredPolicy) {
    var used = Used(policy)
    used.markFormulas()
    used.markOthers()
    let newTests = positions(used.tests)
    let newAttributes = positions(used.attributes)
    guard
      newTests.last ?? 0 < policy.tests.count || newAttributes.last ?? 0 < policy.attributes.count
    else { return }
    policy.rewriteFormulas { formula in
      for row in formula.rows.indices {
        for literal in formula.rows[row].literals.indices {
          let test = formula.rows[row].literals[literal].test
          formula.rows[row].literals[literal].test = newTests[test]
        }
      }
      for index in formula.tests.indices { formula.tests[index] = newTests[formula.tests[index]] }
    }
    let renaming = Renaming(tests: newTests, attributes: newAttributes)
    policy.tests = zip(policy.tests, used.tests).compactMap { test, isUsed in
      isUsed ? renaming.test(test) : nil
    }
    policy.attributes = zip(policy.attributes, used.attributes).compactMap { $1 ? $0 : nil }
    renaming.renameOthers(in: &policy)
  }

  /// For each old position the new one, and at the end how many there are.
  private static func positions(_ isUsed: [Bool]) -> [Int] {
    var next = 0
    var result: [Int] = []
    result.reserveCapacity(isUsed.count + 1)
    for used in isUsed {
      result.append(next)
      if used { next += 1 }
    }
    result.append(next)
    return result
  }
}

/// What of a policy is read.
private struct Used {
  let policy: LoweredPolicy
  var tests: [Bool]
  var attributes: [Bool]

  init(_ policy: LoweredPolicy) {
    self.policy = policy
    tests = [Bool](repeating: false, count: policy.tests.count)
    attributes = [Bool](repeating: false, count: policy.attributes.count)
  }

  mutating func markFormulas() {
    for table in policy.tables + [policy.anyTable] {
      for clause in table.clauses {
        mark(clause.formula)
        if let required = clause.required { mark(required) }
        mark(clause.because)
        if let attribute = clause.expectAttribute { attributes[attribute] = true }
      }
    }
    for point in policy.thresholds.flatMap(\.points) { mark(point) }
    for formula in policy.actionMappings { mark(formula) }
    for history in policy.histories {
      mark(history.formula)
      for attribute in history.keys { attributes[attribute] = true }
    }
    for formula in policy.waivers.flatMap(\.formulas) { mark(formula.formula) }
  }

  mutating func markOthers() {
    for test in policy.opacityTests.joined() where !tests[test] { mark(test: test) }
    for template in policy.typeDefaults + policy.packageDefaults {
      if let template { mark(template) }
    }
    for threshold in policy.thresholds {
      if let given = threshold.given { attributes[given] = true }
      for factor in threshold.factors { mark(factor) }
    }
  }

  mutating func mark(_ formula: LoweredFormula) {
    for row in formula.rows {
      for literal in row.literals where !tests[literal.test] { mark(test: literal.test) }
    }
    for test in formula.tests where !tests[test] { mark(test: test) }
  }

  mutating func mark(test index: Int) {
    tests[index] = true
    switch policy.tests[index] {
    case .exact(let attribute, _), .recent(let attribute, _), .forms(let attribute, _, _),
      .place(let attribute, _), .command(let attribute, _):
      attributes[attribute] = true
    case .relation(let attribute, _, let other):
      attributes[attribute] = true
      attributes[other] = true
    case .history(_, let keys, _): for key in keys { attributes[key] = true }
    case .quantified(let quantified): mark(quantified)
    case .composite(let expression): mark(expression)
    }
  }

  mutating func mark(_ expression: LoweredExpression) {
    switch expression {
    case .constant: break
    case .test(let test): mark(test: test)
    case .not(let inner): mark(inner)
    case .and(let parts), .or(let parts): for part in parts { mark(part) }
    }
  }

  mutating func mark(_ quantified: LoweredQuantified) {
    mark(quantified.list)
    mark(quantified.condition)
  }

  mutating func mark(_ operand: ElementOperand) {
    if case .attribute(let attribute) = operand { attributes[attribute] = true }
  }

  mutating func mark(_ expression: ElementExpression) {
    switch expression {
    case .constant: break
    case .exact(let operand, _, _), .recent(let operand, _), .place(let operand, _),
      .command(let operand, _):
      mark(operand)
    case .relation(let left, _, let right):
      mark(left)
      mark(right)
    case .quantified(let inner): mark(inner)
    case .not(let inner): mark(inner)
    case .and(let parts), .or(let parts): for part in parts { mark(part) }
    }
  }

  mutating func mark(_ template: LoweredTemplate) {
    for case .value(let attribute?) in template.segments { attributes[attribute] = true }
  }

  mutating func mark(_ arithmetic: LoweredArithmetic) {
    switch arithmetic {
    case .number: break
    case .attribute(let attribute), .count(let attribute): attributes[attribute] = true
    case .add(let left, let right), .subtract(let left, let right),
      .multiply(let left, let right), .divide(let left, let right):
      mark(left)
      mark(right)
    }
  }
}

/// New positions by old ones.
package struct Renaming {
  let tests: [Int]
  let attributes: [Int]

  /// A renaming by the new positions of all old tests and attributes.
  package init(tests: [Int], attributes: [Int]) {
    self.tests = tests
    self.attributes = attributes
  }

  /// A test with what it refers to renamed. Linear in the test.
  package func test(_ test: LoweredTest) -> LoweredTest {
    switch test {
    case .exact(let attribute, let predicate):
      .exact(attribute: attributes[attribute], predicate)
    case .relation(let attribute, let relation, let other):
      .relation(attribute: attributes[attribute], relation, other: attributes[other])
    case .recent(let attribute, let windows):
      .recent(attribute: attributes[attribute], windows)
    case .forms(let attribute, let predicate, let holds):
      .forms(attribute: attributes[attribute], predicate, ambiguityHolds: holds)
    case .place(let attribute, let test): .place(attribute: attributes[attribute], test)
    case .command(let attribute, let test): .command(attribute: attributes[attribute], test)
    case .history(let history, let keys, let ranges):
      .history(history, keys: keys.map { attributes[$0] }, ranges)
    case .quantified(let quantified): .quantified(self.quantified(quantified))
    case .composite(let expression): .composite(self.expression(expression))
    }
  }

  func expression(_ expression: LoweredExpression) -> LoweredExpression {
    switch expression {
    case .constant: expression
    case .test(let test): .test(tests[test])
    case .not(let inner): .not(self.expression(inner))
    case .and(let parts): .and(parts.map(self.expression))
    case .or(let parts): .or(parts.map(self.expression))
    }
  }

  func quantified(_ quantified: LoweredQuantified) -> LoweredQuantified {
    LoweredQuantified(
      isUniversal: quantified.isUniversal, list: operand(quantified.list), depth: quantified.depth,
      condition: element(quantified.condition))
  }

  func operand(_ operand: ElementOperand) -> ElementOperand {
    guard case .attribute(let attribute) = operand else { return operand }
    return .attribute(attributes[attribute])
  }

  func element(_ expression: ElementExpression) -> ElementExpression {
    switch expression {
    case .constant: expression
    case .exact(let operand, let predicate, let holds):
      .exact(self.operand(operand), predicate, ambiguityHolds: holds)
    case .place(let operand, let test): .place(self.operand(operand), test)
    case .command(let operand, let test): .command(self.operand(operand), test)
    case .relation(let left, let relation, let right):
      .relation(operand(left), relation, operand(right))
    case .recent(let operand, let windows): .recent(self.operand(operand), windows)
    case .quantified(let inner): .quantified(quantified(inner))
    case .not(let inner): .not(element(inner))
    case .and(let parts): .and(parts.map(element))
    case .or(let parts): .or(parts.map(element))
    }
  }

  func template(_ template: LoweredTemplate) -> LoweredTemplate {
    LoweredTemplate(
      segments: template.segments.map { segment in
        if case .value(let attribute?) = segment { return .value(attribute: attributes[attribute]) }
        return segment
      })
  }

  func arithmetic(_ arithmetic: LoweredArithmetic) -> LoweredArithmetic {
    switch arithmetic {
    case .number: arithmetic
    case .attribute(let attribute): .attribute(attributes[attribute])
    case .count(let attribute): .count(attributes[attribute])
    case .add(let left, let right): .add(self.arithmetic(left), self.arithmetic(right))
    case .subtract(let left, let right): .subtract(self.arithmetic(left), self.arithmetic(right))
    case .multiply(let left, let right): .multiply(self.arithmetic(left), self.arithmetic(right))
    case .divide(let left, let right): .divide(self.arithmetic(left), self.arithmetic(right))
    }
  }

  /// Renames everything but formulas, tests and attributes.
  func renameOthers(in policy: inout LoweredPolicy) {
    policy.opacityTests = policy.opacityTests.map { $0.map { tests[$0] } }
    for index in policy.histories.indices {
      policy.histories[index].keys = policy.histories[index].keys.map { attributes[$0] }
    }
    func visit(_ clauses: inout [LoweredClause]) {
      for index in clauses.indices {
        clauses[index].because = template(clauses[index].because)
        clauses[index].expectAttribute = clauses[index].expectAttribute.map { attributes[$0] }
      }
    }
    for index in policy.tables.indices { visit(&policy.tables[index].clauses) }
    visit(&policy.anyTable.clauses)
    for index in policy.thresholds.indices {
      policy.thresholds[index].given = policy.thresholds[index].given.map { attributes[$0] }
      policy.thresholds[index].factors = policy.thresholds[index].factors.map(arithmetic)
    }
    policy.typeDefaults = policy.typeDefaults.map { $0.map(template) }
    policy.packageDefaults = policy.packageDefaults.map { $0.map(template) }
  }
}
