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

  /// By threshold here: its levels, where the versions divide a score otherwise that they make
  /// alike.
  private var splits: [Int: LevelSplit] = [:]
  /// Tests of these levels that stand for one of a level of either version.
  private var levelTests: [LoweredTest: Int] = [:]
  /// By attribute here: the values that both versions take, where they declare it otherwise.
  private var meetings: [Int: TypeMeeting] = [:]

  /// Joins two policies. Linear in their size.
  ///
  /// - Parameter split: the thresholds whose scores both make alike and divide otherwise.
  init(old: LoweredPolicy, new: LoweredPolicy, splitting split: [String] = []) {
    policy = old
    for name in split { splitLevels(of: name, new.checked) }
    joinAttributes(of: new)
    for index in old.tests.indices { policy.tests[index] = common(old.tests[index], isOld: true) }
    attributeNumbers = attributes.map { $0 ?? 0 }
    testNumbers = Array(repeating: 0, count: new.tests.count)
    var known: [LoweredTest: Int] = [:]
    for (index, test) in policy.tests.enumerated() { known[test] = index }
    tests = Array(repeating: nil, count: new.tests.count)
    var isDone = Array(repeating: false, count: new.tests.count)
    for index in new.tests.indices { join(index, of: new, &known, &isDone) }
  }

  // MARK: Levels

  private mutating func splitLevels(of name: String, _ new: CheckedPolicy) {
    guard
      let own = policy.checked.thresholds.firstIndex(where: { $0.name.text == name }),
      let other = new.thresholds.first(where: { $0.name.text == name })
    else { return }
    let split = LevelSplit(old: policy.checked.thresholds[own].levels, new: other.levels)
    splits[own] = split
    policy.checked.thresholds[own].levels = split.levels
  }

  /// A test of either version over the levels and values of both.
  private mutating func common(_ test: LoweredTest, isOld: Bool) -> LoweredTest {
    if case .exact(let attribute, .inRanges(let ranges)) = test, let meeting = meetings[attribute] {
      return .exact(attribute: attribute, .inRanges(meeting.ranges(ranges, isOld: isOld)))
    }
    guard !splits.isEmpty, case .exact(let attribute, let predicate) = test,
      case .level(let threshold) = policy.attributes[attribute].source,
      let split = splits[threshold]
    else { return test }
    switch predicate {
    case .inRanges(let ranges):
      return .exact(attribute: attribute, .inRanges(split.ranges(ranges, isOld: isOld)))
    case .measuredLevel(let level):
      let tests = split.levels(of: level, isOld: isOld).map { level in
        LoweredTest.exact(attribute: attribute, .measuredLevel(level))
      }
      if tests.count == 1 { return tests[0] }
      let numbers = tests.map { test in
        if let known = levelTests[test] { return known }
        levelTests[test] = policy.tests.count
        policy.tests.append(test)
        return policy.tests.count - 1
      }
      return .composite(.or(numbers.map { .test($0) }))
    default: return test
    }
  }

  // MARK: Attributes

  /// Joins two policies, with the levels of both where they divide a score otherwise.
  static func joining(_ old: LoweredPolicy, _ new: LoweredPolicy) -> JoinedPolicy {
    let joined = JoinedPolicy(old: old, new: new)
    let split = VersionContext.changedLevels(
      VersionContext(old), VersionContext(new, joined: joined))
    return split.isEmpty ? joined : JoinedPolicy(old: old, new: new, splitting: split)
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
      if case .level(let threshold) = source, splits[threshold] != nil,
        let index = policy.attributes.firstIndex(where: { $0.source == source })
      {
        attributes.append(index)
        continue
      }
      let joined = LoweredAttribute(source: source, type: attribute.type)
      if let index = known[joined] {
        attributes.append(index)
        continue
      }
      // One whose type is another is compared where both take a value, if they are of one kind.
      if sources.contains(source) {
        attributes.append(met(source, attribute.type))
        continue
      }
      known[joined] = policy.attributes.count
      attributes.append(policy.attributes.count)
      policy.attributes.append(joined)
    }
  }

  private mutating func met(_ source: LoweredAttribute.Source, _ type: ValueType) -> Int? {
    guard let own = policy.attributes.firstIndex(where: { $0.source == source }),
      meetings[own] == nil, let meeting = TypeMeeting(policy.attributes[own].type, type)
    else { return nil }
    policy.attributes[own].type = meeting.type
    meetings[own] = meeting
    return own
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
      // Where one version wants a parameter, what lacks it is an input error there.
      for place in type.parameters.indices {
        let name = type.parameters[place].name
        guard let same = other.parameters.first(where: { $0.name == name }) else { continue }
        policy.checked.actionTypes[index].parameters[place].isOptional =
          type.parameters[place].isOptional && same.isOptional
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
      guard let own = self.history(history, of: new, &known, &isDone) else { return }
      test = .history(own, keys: keys, ranges)
    }
    test = common(test, isOld: false)
    let number = known[test] ?? policy.tests.count
    tests[index] = number
    testNumbers[index] = number
    guard number == policy.tests.count else { return }
    known[test] = number
    policy.tests.append(test)
  }

  /// Which earlier actions the new policy asks for, here; nil where these are not.
  private mutating func history(
    _ index: Int, of new: LoweredPolicy, _ known: inout [LoweredTest: Int], _ isDone: inout [Bool]
  ) -> Int? {
    var history = new.histories[index]
    if let own = policy.histories.firstIndex(where: { $0.name == history.name }) { return own }
    let name = new.checked.actionTypes[history.type].name.text
    guard let type = policy.checked.actionTypes.firstIndex(where: { $0.name.text == name }),
      history.keys.allSatisfy({ attributes[$0] != nil })
    else { return nil }
    history.type = type
    history.keys = history.keys.compactMap { attributes[$0] }
    for place in history.formula.rows.indices {
      for literal in history.formula.rows[place].literals.indices {
        let test = history.formula.rows[place].literals[literal].test
        join(test, of: new, &known, &isDone)
        guard let own = tests[test] else { return nil }
        history.formula.rows[place].literals[literal].test = own
      }
      history.formula.rows[place].literals.sort { $0.test < $1.test }
    }
    history.formula.tests = []
    if let since = history.since {
      guard let own = self.history(since, of: new, &known, &isDone) else { return nil }
      history.since = own
    }
    policy.histories.append(history)
    return policy.histories.count - 1
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
