import TractatusCompiler
import TractatusSemantics

/// Two versions of a policy over one list of tests, so that a question may speak of both: the old
/// one, with the new one's attributes and tests behind its own where it has none alike.
struct JoinedPolicy {
  /// The old policy with all tests.
  private(set) var policy: LoweredPolicy
  /// By test of the new policy: the same test here; nil where the old policy has no such attribute.
  private(set) var tests: [Int?] = []
  private var attributes: [Int?] = []
  /// The same numbers with 0 for those that are not here, for renaming.
  private var testNumbers: [Int] = []
  private var attributeNumbers: [Int] = []

  /// Joins two policies. Linear in their size.
  init(old: LoweredPolicy, new: LoweredPolicy) {
    policy = old
    joinAttributes(of: new)
    attributeNumbers = attributes.map { $0 ?? 0 }
    testNumbers = Array(repeating: 0, count: new.tests.count)
    var known: [LoweredTest: Int] = [:]
    for (index, test) in old.tests.enumerated() { known[test] = index }
    tests = Array(repeating: nil, count: new.tests.count)
    var isDone = Array(repeating: false, count: new.tests.count)
    for index in new.tests.indices { join(index, of: new, &known, &isDone) }
  }

  private mutating func joinAttributes(of new: LoweredPolicy) {
    var known: [LoweredAttribute: Int] = [:]
    for (index, attribute) in policy.attributes.enumerated() { known[attribute] = index }
    let sources = Set(policy.attributes.map(\.source))
    addMissing(of: new.checked)
    let names = Names(policy.checked)
    for attribute in new.attributes {
      guard let source = names.source(attribute.source, of: new.checked) else {
        attributes.append(nil)
        continue
      }
      let joined = LoweredAttribute(source: source, type: attribute.type)
      if let index = known[joined] {
        attributes.append(index)
        continue
      }
      // One whose type is another is another attribute; its values are not the old one's.
      if sources.contains(source) {
        attributes.append(nil)
        continue
      }
      known[joined] = policy.attributes.count
      attributes.append(policy.attributes.count)
      policy.attributes.append(joined)
    }
  }

  /// Adds the facts, thresholds and parameters that the new policy alone has: nothing of the old
  /// one reads them.
  private mutating func addMissing(of new: CheckedPolicy) {
    let facts = Set(policy.checked.facts.map(\.name))
    policy.checked.facts += new.facts.filter { !facts.contains($0.name) }
    let thresholds = Set(policy.checked.thresholds.map(\.name.text))
    policy.checked.thresholds += new.thresholds.filter { !thresholds.contains($0.name.text) }
    for (index, type) in policy.checked.actionTypes.enumerated() {
      guard let other = new.actionTypes.first(where: { $0.name.text == type.name.text }) else {
        continue
      }
      let known = Set(type.parameters.map(\.name))
      policy.checked.actionTypes[index].parameters += other.parameters.filter {
        !known.contains($0.name)
      }
    }
  }

  private mutating func join(
    _ index: Int, of new: LoweredPolicy, _ known: inout [LoweredTest: Int],
    _ isDone: inout [Bool]
  ) {
    if isDone[index] { return }
    isDone[index] = true
    let references = TestReferences(new.tests[index])
    for inner in references.tests { join(inner, of: new, &known, &isDone) }
    for package in references.packages where !isAlike(package, new.checked) { return }
    guard references.attributes.allSatisfy({ attributes[$0] != nil }),
      references.tests.allSatisfy({ tests[$0] != nil })
    else { return }
    var test = Renaming(tests: testNumbers, attributes: attributeNumbers).test(new.tests[index])
    if let history = references.history, case .history(_, let keys, let ranges) = test {
      // What is asked of earlier actions has its normal form for a name.
      let name = new.histories[history].name
      guard let own = policy.histories.firstIndex(where: { $0.name == name }) else { return }
      test = .history(own, keys: keys, ranges)
    }
    let number = known[test] ?? policy.tests.count
    tests[index] = number
    testNumbers[index] = number
    guard number == policy.tests.count else { return }
    known[test] = number
    policy.tests.append(test)
  }

  private func isAlike(_ package: Int, _ new: CheckedPolicy) -> Bool {
    let old = policy.checked.packages
    return old.indices.contains(package) && old[package].name == new.packages[package].name
  }

  /// An attribute of the new policy here.
  func attribute(_ index: Int) -> Int? { attributes[index] }

  /// A condition of the new policy over these tests; nil where one is not here.
  func expression(_ expression: LoweredExpression) -> LoweredExpression? {
    switch expression {
    case .constant: return expression
    case .test(let test): return tests[test].map { .test($0) }
    case .not(let inner): return self.expression(inner).map { .not($0) }
    case .and(let parts), .or(let parts):
      var joined: [LoweredExpression] = []
      for part in parts {
        guard let part = self.expression(part) else { return nil }
        joined.append(part)
      }
      if case .and = expression { return .and(joined) }
      return .or(joined)
    }
  }
}

/// What the old policy's declarations are numbered, by their names.
private struct Names {
  private let policy: CheckedPolicy
  private var types: [String: Int] = [:]
  private var facts: [String: Int] = [:]
  private var thresholds: [String: Int] = [:]

  init(_ policy: CheckedPolicy) {
    self.policy = policy
    for (index, type) in policy.actionTypes.enumerated() { types[type.name.text] = index }
    for (index, fact) in policy.facts.enumerated() { facts[fact.name] = index }
    for (index, threshold) in policy.thresholds.enumerated() {
      thresholds[threshold.name.text] = index
    }
  }

  /// Where an attribute of another policy stands in this one.
  func source(
    _ source: LoweredAttribute.Source, of other: CheckedPolicy
  ) -> LoweredAttribute.Source? {
    switch source {
    case .parameter(let type, let parameter, let fields):
      let name = other.actionTypes[type].parameters[parameter].name
      guard let own = types[other.actionTypes[type].name.text],
        let place = policy.actionTypes[own].parameters.firstIndex(where: { $0.name == name })
      else { return nil }
      return .parameter(type: own, parameter: place, fields: fields)
    case .fact(let fact, let fields):
      return facts[other.facts[fact].name].map { .fact($0, fields: fields) }
    case .level(let threshold):
      return thresholds[other.thresholds[threshold].name.text].map { .level($0) }
    case .thresholdScore(let threshold):
      return thresholds[other.thresholds[threshold].name.text].map { .thresholdScore($0) }
    case .actionType, .actionTool, .description, .project, .cwd, .at, .actorID, .actorRole,
      .session, .score, .reasoning, .component:
      return source
    }
  }
}
