import TractatusEngine
import TractatusPatterns
import TractatusSemantics
import TractatusValues

extension Assembler {
  /// The tests, at the same places as in the lowered policy.
  mutating func addTests() {
    numberPatterns()
    addForms()
    profile = TestProfile(lowered)
    covers = AccessCovers(lowered, profile)
    for (index, test) in lowered.tests.enumerated() {
      var record = record(test)
      record.isPerType = profile.isPerType[index] ? 1 : 0
      pools.sections.tests.append(record)
    }
  }

  /// Numbers the patterns of each attribute that is matched.
  private mutating func numberPatterns() {
    for test in lowered.tests {
      guard case (let attribute, .matches(let terms))? = test.indexed else { continue }
      for term in terms { patternSets[attribute, default: AssembledPatterns()].add(term) }
    }
  }

  /// One pattern set for each attribute that is matched, of all patterns on it. A pass over a text
  /// looks for those by which rows are reached; the others are asked for when a row needs them.
  mutating func addPatternSets() {
    for attribute in patternSets.keys.sorted() {
      guard let patterns = patternSets[attribute] else { continue }
      let isLate = patterns.keys.indices.map { !patterns.reaching.contains($0) }
      let set = patternSet(patterns.keys, isLate)
      patternSets[attribute]?.set = set ?? noIndex
    }
  }

  private mutating func patternSet(_ keys: [PatternKey], _ isLate: [Bool] = []) -> UInt32? {
    do {
      pools.sections.patternSets.append(
        try PatternSet(keys.map(\.pattern), known: parsed, isLate: isLate))
      return UInt32(clamping: pools.sections.patternSets.count - 1)
    } catch {
      isSound = false
      return nil
    }
  }

  private mutating func record(_ test: LoweredTest) -> TestRecord {
    var record = TestRecord()
    switch test {
    case .exact(let attribute, let predicate), .forms(let attribute, let predicate, _):
      record.attribute = UInt32(clamping: attribute)
      if case .forms(_, _, let holds) = test { record.ambiguityHolds = holds ? 1 : 0 }
      if case .matches(let terms) = predicate {
        record.kind = TestKind.matches.rawValue
        let ids = terms.compactMap { patternSets[attribute]?.ids[PatternKey($0).bytes] }
        let words = pools.words(Set(ids).sorted())
        (record.a, record.b) = (words.start, words.count)
      } else {
        let (kind, a, b) = payload(predicate)
        (record.kind, record.a, record.b) = (kind.rawValue, a, b)
      }
    case .relation(let attribute, let relation, let other):
      record.kind = TestKind.relation.rawValue
      record.attribute = UInt32(clamping: attribute)
      record.a = Self.code(relation).rawValue
      record.b = UInt32(clamping: other)
    case .recent(let attribute, let windows):
      record.kind = TestKind.recent.rawValue
      record.attribute = UInt32(clamping: attribute)
      (record.a, record.b) = add(windows)
    case .history(let history, let keys, let ranges):
      record.kind = TestKind.history.rawValue
      record.a = add(history, keys, ranges)
    case .place(let attribute, let test):
      record.kind = TestKind.place.rawValue
      record.attribute = UInt32(clamping: attribute)
      record.a = add(test, of: attribute)
    case .command(let attribute, let test):
      record.kind = TestKind.command.rawValue
      record.attribute = UInt32(clamping: attribute)
      record.a = add(test, to: holder(ofAttribute: attribute))
    case .quantified(let quantified):
      record.kind = TestKind.quantified.rawValue
      record.a = add(quantified, depth: 0)
    case .composite(let expression):
      record.kind = TestKind.composite.rawValue
      var code: [CodeRecord] = []
      append(expression, to: &code)
      record.a = UInt32(clamping: pools.sections.code.count)
      record.b = UInt32(clamping: code.count)
      pools.sections.code += code
    }
    return record
  }

  /// The kind and payload of an exact test other than of patterns.
  private mutating func payload(
    _ predicate: ExactPredicate
  ) -> (kind: TestKind, a: UInt32, b: UInt32) {
    switch predicate {
    case .present, .matches: return (.present, 0, 0)
    case .inRanges(let ranges):
      let extent = add(ranges)
      return (.inRanges, extent.start, extent.count)
    case .containsOrdinal(let ranges):
      let extent = add(ranges)
      return (.containsOrdinal, extent.start, extent.count)
    case .count(let ranges):
      let extent = add(ranges)
      return (.count, extent.start, extent.count)
    case .equalsText(let texts):
      let extent = pools.texts(texts)
      return (.equalsText, extent.start, extent.count)
    case .containsText(let texts):
      let extent = pools.texts(texts)
      return (.containsText, extent.start, extent.count)
    case .measuredLevel(let level): return (.measuredLevel, UInt32(clamping: level), 0)
    case .unmeasured: return (.unmeasured, 0, 0)
    }
  }

  mutating func add(_ ranges: [OrdinalRange]) -> Extent {
    let start = pools.sections.rangeLower.count
    for range in ranges {
      pools.sections.rangeLower.append(range.lower)
      pools.sections.rangeUpper.append(range.upper)
    }
    return Extent(start: start, count: ranges.count)
  }

  mutating func add(_ windows: [Window]) -> (UInt32, UInt32) {
    let start = pools.sections.windows.count
    for window in windows {
      var record = WindowRecord()
      let amount = Int128(window.amount)
      switch window.unit {
      case .messages: record.amount = pools.number(amount * Decimal.scale)
      case .tokens:
        record.unit = 1
        record.amount = pools.number(amount * Decimal.scale)
      case .time:
        record.unit = 2
        record.amount = pools.number(amount)
      }
      pools.sections.windows.append(record)
    }
    return (UInt32(clamping: start), UInt32(clamping: windows.count))
  }

  private static func code(_ relation: LoweredRelation) -> RelationCode {
    switch relation {
    case .compare(.equal): .equal
    case .compare(.notEqual): .notEqual
    case .compare(.less): .less
    case .compare(.lessOrEqual): .lessOrEqual
    case .compare(.greater): .greater
    case .compare(.greaterOrEqual): .greaterOrEqual
    case .isElement: .isElement
    case .hasElement: .hasElement
    case .text(.contains): .contains
    case .text(.startsWith): .startsWith
    case .text(.endsWith): .endsWith
    }
  }

  // MARK: Expressions

  private func step(_ operation: CodeOperation, _ a: Int = 0) -> CodeRecord {
    var step = CodeRecord()
    step.operation = operation.rawValue
    step.a = UInt32(clamping: a)
    return step
  }

  private func constant(_ value: Bool) -> CodeRecord {
    step(.constant, Int(Truth(value).rawValue))
  }

  /// Appends an expression in postfix order; as deep as the condition, which checking bounds.
  private func append(_ expression: LoweredExpression, to code: inout [CodeRecord]) {
    switch expression {
    case .constant(let value): code.append(constant(value))
    case .test(let test): code.append(step(.test, test))
    case .not(let part):
      append(part, to: &code)
      code.append(step(.not))
    case .and(let parts), .or(let parts):
      for part in parts { append(part, to: &code) }
      let isAnd = if case .and = expression { true } else { false }
      code.append(parts.isEmpty ? constant(isAnd) : step(isAnd ? .and : .or, parts.count))
    }
  }

  /// A quantifier; those inside it are added after it.
  private mutating func add(_ quantified: LoweredQuantified, depth: Int) -> UInt32 {
    let index = pools.sections.quantifiers.count
    var record = QuantifierRecord()
    record.isUniversal = quantified.isUniversal ? 1 : 0
    record.depth = UInt32(clamping: depth)
    record.list = operand(quantified.list)
    pools.sections.quantifiers.append(record)
    elements.append(element(of: quantified.list, record.list))
    var code: [CodeRecord] = []
    append(quantified.condition, to: &code, depth: depth)
    elements.removeLast()
    let start = pools.sections.code.count
    pools.sections.code += code
    pools.sections.quantifiers[index].code = Extent(start: start, count: code.count)
    return UInt32(clamping: index)
  }

  private mutating func append(
    _ expression: ElementExpression, to code: inout [CodeRecord], depth: Int
  ) {
    switch expression {
    case .constant(let value): code.append(constant(value))
    case .exact(let operand, let predicate, let holds):
      var step = exact(operand, predicate)
      step.f = holds ? 1 : 0
      code.append(step)
    case .place(let value, let test):
      var step = step(.place, Int(add(test, of: nil)))
      step.b = operand(value)
      code.append(step)
    case .command(let value, let test): code.append(command(value, test))
    case .relation(let left, let relation, let right):
      var step = step(.relation, Int(Self.code(relation).rawValue))
      step.b = operand(left)
      step.c = operand(right)
      code.append(step)
    case .recent(let value, let windows):
      var step = step(.recent)
      (step.a, step.b) = add(windows)
      step.c = operand(value)
      code.append(step)
    case .quantified(let inner): code.append(step(.quantified, Int(add(inner, depth: depth + 1))))
    case .not(let part):
      append(part, to: &code, depth: depth)
      code.append(step(.not))
    case .and(let parts), .or(let parts):
      for part in parts { append(part, to: &code, depth: depth) }
      let isAnd = if case .and = expression { true } else { false }
      code.append(parts.isEmpty ? constant(isAnd) : step(isAnd ? .and : .or, parts.count))
    }
  }

  private mutating func exact(
    _ value: ElementOperand, _ predicate: ExactPredicate
  ) -> CodeRecord {
    var step = step(.exact)
    if case .matches(let terms) = predicate {
      step.a = TestKind.matches.rawValue
      step.e = patternSet(terms.map { PatternKey($0) }) ?? noIndex
    } else {
      let (kind, a, b) = payload(predicate)
      (step.a, step.b, step.c) = (kind.rawValue, a, b)
    }
    step.d = operand(value)
    return step
  }
}
