import TractatusValues

extension ProgramVerifier {
  var testsAreSound: Bool { image.tests.allSatisfy(isSound(test:)) }

  private func isSound(test: TestRecord) -> Bool {
    guard let kind = TestKind(rawValue: test.kind), areWords(test.rows, below: image.rows.count)
    else { return false }
    if kind == .quantified { return holds(test.a, image.quantifiers.count) }
    if kind == .composite { return holds(extent(test.a, test.b), image.code.count) }
    if kind == .history { return holds(test.a, image.historyTests.count) }
    guard holds(test.attribute, image.attributes.count) else { return false }
    let attribute = image.attributes[at: test.attribute]
    switch kind {
    case .relation:
      guard holds(test.b, image.attributes.count) else { return false }
      return isRelation(test.a, attribute.valueType, image.attributes[at: test.b].valueType)
    case .recent: return areWindows(test.a, test.b)
    case .place: return isPlaceTest(test.a, attribute.valueType)
    case .command: return isCommandTest(test.a, of: attribute.commands, attribute.valueType)
    case .matches:
      guard attribute.index != noIndex else { return false }
      let set = image.attributeIndexes[at: attribute.index].patternSet
      guard holds(set, image.patternSets.count) else { return false }
      return areWords(extent(test.a, test.b), below: image.patternSets[at: set].count)
    default: return isPayload(kind, test.a, test.b, attribute.valueType)
    }
  }

  func extent(_ start: UInt32, _ count: UInt32) -> Extent {
    Extent(start: Int(start), count: Int(count))
  }

  private func areWindows(_ start: UInt32, _ count: UInt32) -> Bool {
    holds(extent(start, count), image.windows.count)
      && image.windows[Int(start)..<(Int(start) + Int(count))].allSatisfy {
        $0.unit < 3 && isNumber($0.amount)
      }
  }

  /// Whether an exact test's payload is there and fits the type that it asks.
  private func isPayload(_ kind: TestKind, _ a: UInt32, _ b: UInt32, _ type: UInt32) -> Bool {
    switch kind {
    case .present, .measuredLevel, .unmeasured: return true
    case .inRanges: return holds(extent(a, b), image.rangeLower.count)
    case .equalsText: return areTexts(extent(a, b))
    case .count: return isList(type) && holds(extent(a, b), image.rangeLower.count)
    case .containsOrdinal: return isList(type) && holds(extent(a, b), image.rangeLower.count)
    case .containsText: return isList(type) && areTexts(extent(a, b))
    default: return false
    }
  }

  private func isRelation(_ code: UInt32, _ left: UInt32, _ right: UInt32) -> Bool {
    switch RelationCode(rawValue: code) {
    case .isElement: isList(right)
    case .hasElement: isList(left)
    case nil: false
    default: true
    }
  }

  /// Whether queries for earlier actions and their tests are there, and fit each other.
  var historiesAreSound: Bool {
    image.histories.allSatisfy { history in
      isText(history.name) && holds(history.type, image.actionTypes.count)
        && holds(history.formula, image.formulas.count)
        && areWords(history.keys, below: image.attributes.count)
        && history.capacity <= UInt32(ActionHistory.countLimit) + 1
        && mayHold(history.since, image.histories.count)
        && (history.window == noIndex || areWindows(history.window, 1))
    }
      && image.historyTests.allSatisfy { test in
        holds(test.history, image.histories.count) && isText(test.answer)
          && areWords(test.keys, below: image.attributes.count)
          && test.keys.count == image.histories[at: test.history].keys.count
          && holds(test.ranges, image.rangeLower.count)
      }
  }

  // MARK: Expressions

  var codeIsSound: Bool {
    image.elementOperands.allSatisfy { operand in
      holds(operand.valueType, image.valueTypes.count) && areTexts(operand.fields)
        && isText(operand.name)
        && (operand.isElement == 1 ? true : holds(operand.index, image.attributes.count))
        && isPart(operand.part, of: operand.valueType)
        && areCommands(operand.commands, operand.valueType)
    }
      && image.code.allSatisfy(isSound(step:))
      && image.tests.allSatisfy { test in
        test.kind != TestKind.composite.rawValue
          || isExpression(extent(test.a, test.b), isComposite: true)
      }
  }

  private func isSound(step: CodeRecord) -> Bool {
    switch CodeOperation(rawValue: step.operation) {
    case .constant: return step.a < 3
    case .test: return holds(step.a, image.tests.count)
    case .quantified: return holds(step.a, image.quantifiers.count)
    case .not: return true
    case .and, .or: return step.a > 0 && step.a < 1 << 24
    case .relation:
      guard let left = operandType(step.b), let right = operandType(step.c) else { return false }
      return isRelation(step.a, left, right)
    case .recent: return operandType(step.c) != nil && areWindows(step.a, step.b)
    case .place: return operandType(step.b).map { isPlaceTest(step.a, $0) } ?? false
    case .command:
      // Whose test it is depends on what a quantifier goes over, which evaluation checks.
      guard let type = operandType(step.b) else { return false }
      return holds(step.a, image.commandTests.count) && form(of: type) == .command
    case .exact:
      guard let kind = TestKind(rawValue: step.a), let type = operandType(step.d) else {
        return false
      }
      if kind == .matches { return holds(step.e, image.patternSets.count) }
      return isPayload(kind, step.b, step.c, type)
    case nil: return false
    }
  }

  private func operandType(_ operand: UInt32) -> UInt32? {
    guard holds(operand, image.elementOperands.count) else { return nil }
    let record = image.elementOperands[at: operand]
    if record.isElement == 1 { return record.valueType }
    return holds(record.index, image.attributes.count)
      ? image.attributes[at: record.index].valueType : nil
  }

  /// Whether an expression leaves one value and takes none that is not its own.
  private func isExpression(_ extent: Extent, isComposite: Bool) -> Bool {
    guard holds(extent, image.code.count) else { return false }
    var depth = 0
    for step in image.code[extent.range] {
      switch CodeOperation(rawValue: step.operation) {
      case .constant: depth += 1
      case .test:
        guard isComposite else { return false }
        depth += 1
      case .quantified, .exact, .relation, .recent, .place, .command:
        guard !isComposite else { return false }
        depth += 1
      case .not: guard depth > 0 else { return false }
      case .and, .or:
        guard Int(step.a) <= depth else { return false }
        depth -= Int(step.a) - 1
      case nil: return false
      }
    }
    return depth == 1
  }

  var quantifiersAreSound: Bool {
    for (index, quantifier) in image.quantifiers.enumerated() {
      guard let type = operandType(quantifier.list), isList(type) || form(of: type) == .command,
        isExpression(quantifier.code, isComposite: false),
        Int(quantifier.depth) < Self.depthLimit
      else { return false }
      for step in image.code[quantifier.code.range]
      where step.operation == CodeOperation.quantified.rawValue {
        // A quantifier inside another comes later and is deeper, so that none holds itself.
        guard Int(step.a) > index,
          image.quantifiers[at: step.a].depth == quantifier.depth + 1
        else { return false }
      }
    }
    return true
  }

  /// Whether composite tests are built of tests that nest less deep, without cycles.
  var depthsAreSound: Bool {
    var depths = Array(repeating: 0, count: image.tests.count)
    for (index, test) in image.tests.enumerated()
    where test.kind == TestKind.composite.rawValue {
      var depth = 1
      for step in image.code[Int(test.a)..<(Int(test.a) + Int(test.b))]
      where step.operation == CodeOperation.test.rawValue {
        let isComposite = image.tests[at: step.a].kind == TestKind.composite.rawValue
        if isComposite && Int(step.a) >= index { return false }
        depth = max(depth, depths[at: step.a] + 1)
      }
      guard depth <= Self.depthLimit else { return false }
      depths[index] = depth
    }
    return true
  }

  // MARK: Indexes

  var indexesAreSound: Bool {
    image.intervalTests.allSatisfy { holds($0, image.tests.count) }
      && image.attributeIndexes.enumerated().allSatisfy { isSound(index: $1, at: $0) }
  }

  private func isSound(index: AttributeIndexRecord, at place: Int) -> Bool {
    let tests = image.tests.count
    guard holds(index.attribute, image.attributes.count),
      Int(image.attributes[at: index.attribute].index) == place, mayHold(index.present, tests),
      [index.valueIntervals, index.elementIntervals, index.countIntervals]
        .allSatisfy({ holds($0, image.intervalTests.count) })
    else { return false }
    for table in [index.valueTexts, index.elementTexts] where table != noIndex {
      guard isKeyTable(table, valuesBelow: tests) else { return false }
    }
    for table in [index.valueNumbers, index.elementNumbers] where table != noIndex {
      guard isNumberTable(table) else { return false }
    }
    let readsElements =
      index.elementTexts != noIndex || index.elementNumbers != noIndex
      || !index.elementIntervals.isEmpty || !index.countIntervals.isEmpty
    if readsElements && !isList(image.attributes[at: index.attribute].valueType) { return false }
    guard index.commandTests == noIndex || areCommandTests(index),
      index.placeTests == noIndex || arePlaceTests(index)
    else { return false }
    return index.patternSet == noIndex || arePatternTests(index)
  }

  private func arePlaceTests(_ index: AttributeIndexRecord) -> Bool {
    let attribute = image.attributes[at: index.attribute]
    guard attribute.forms != noIndex, holds(attribute.places, image.placeSets.count) else {
      return false
    }
    return areLists(index.placeTests, count: image.placeSets[at: attribute.places].count)
  }

  private func areCommandTests(_ index: AttributeIndexRecord) -> Bool {
    let commands = image.attributes[at: index.attribute].commands
    guard holds(commands, image.commandSets.count) else { return false }
    return areLists(index.commandTests, count: image.commandSets[at: commands].count)
  }

  private func arePatternTests(_ index: AttributeIndexRecord) -> Bool {
    guard holds(index.patternSet, image.patternSets.count) else { return false }
    return areLists(index.patternTests, count: image.patternSets[at: index.patternSet].count)
  }

  /// Whether `words` holds at a place where each of so many lists of tests begins and the last
  /// ends, and these lists.
  private func areLists(_ start: UInt32, count: Int) -> Bool {
    guard Int(start) + count + 1 <= image.words.count else { return false }
    let offsets = image.words[Int(start)...(Int(start) + count)]
    var last: UInt32 = 0
    for offset in offsets {
      guard offset >= last, Int(offset) <= image.words.count else { return false }
      last = offset
    }
    guard let first = offsets.first else { return false }
    return areWords(extent(first, last - first), below: image.tests.count)
  }
}
