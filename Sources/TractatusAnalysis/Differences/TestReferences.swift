import TractatusCompiler

/// What tests of a lowered policy refer to by number.
struct TestReferences {
  /// Attributes, and other tests.
  var attributes: [Int] = []
  var tests: [Int] = []
  /// Packages whose view of programs counts.
  var packages: [Int] = []
  /// Which earlier actions are asked for.
  var history: Int?

  /// What one test refers to.
  init(_ test: LoweredTest) {
    switch test {
    case .exact(let attribute, _), .recent(let attribute, _), .forms(let attribute, _, _),
      .place(let attribute, _):
      attributes = [attribute]
    case .command(let attribute, let command):
      attributes = [attribute]
      if let package = command.package { packages = [package] }
    case .relation(let attribute, _, let other): attributes = [attribute, other]
    case .history(let number, let keys, _):
      attributes = keys
      history = number
    case .quantified(let quantified): add(quantified)
    case .composite(let expression): add(expression)
    }
  }

  private mutating func add(_ expression: LoweredExpression) {
    switch expression {
    case .constant: break
    case .test(let test): tests.append(test)
    case .not(let inner): add(inner)
    case .and(let parts), .or(let parts): for part in parts { add(part) }
    }
  }

  private mutating func add(_ quantified: LoweredQuantified) {
    add(quantified.list)
    add(quantified.condition)
  }

  private mutating func add(_ operand: ElementOperand) {
    if case .attribute(let attribute) = operand { attributes.append(attribute) }
  }

  private mutating func add(_ expression: ElementExpression) {
    switch expression {
    case .constant: break
    case .exact(let operand, _, _), .recent(let operand, _), .place(let operand, _): add(operand)
    case .command(let operand, let command):
      add(operand)
      if let package = command.package { packages.append(package) }
    case .relation(let left, _, let right):
      add(left)
      add(right)
    case .quantified(let inner): add(inner)
    case .not(let inner): add(inner)
    case .and(let parts), .or(let parts): for part in parts { add(part) }
    }
  }
}
