import TractatusJSON
import TractatusPatterns
import TractatusValues

extension Evaluator {
  /// The truth of a test, worked out once in a decision.
  @inline(__always)
  mutating func truth(of test: UInt32, _ input: borrowing ActionInput) -> Truth {
    let known = memo[at: test]
    if known >> 2 == epoch { return Self.truth(known) }
    return workOut(test, input)
  }

  /// The truth value in a memo.
  @inline(__always)
  static func truth(_ memo: UInt32) -> Truth {
    memo & 2 != 0 ? .true : memo & 1 != 0 ? .unknown : .false
  }

  private mutating func workOut(_ test: UInt32, _ input: borrowing ActionInput) -> Truth {
    let record = image.tests[at: test]
    var result = Truth.false
    if record.isIndexed == 1 && isProbed(record.attribute) {
      // A probe has marked every indexed test that is true.
      result = .false
    } else {
      result = judge(test, record, input)
    }
    // A true one that no probe has reached yet stays open, so that the probe still collects its
    // rows: conditions of mappings and thresholds are judged before.
    let isOpen = record.isIndexed == 1 && result == .true
    if record.isPerType == 0 && !isOpen {
      memo[at: test] = epoch << 2 | UInt32(result.rawValue)
    }
    return result
  }

  /// Whether the attribute's index has been probed with a known value.
  @inline(__always)
  private func isProbed(_ attribute: UInt32) -> Bool {
    let attributeRecord = image.attributes[at: attribute]
    // Where two forms of a path may disagree, a probe decides nothing.
    if attributeRecord.forms != noIndex, placeMemories[at: attributeRecord.forms].isResolved {
      return false
    }
    return attributeRecord.index != noIndex && probed[at: attributeRecord.index] == epoch
      && values[at: attributeRecord.value].state != .unknown
  }

  private mutating func judge(
    _ test: UInt32, _ record: TestRecord, _ input: borrowing ActionInput
  ) -> Truth {
    guard let kind = TestKind(rawValue: record.kind) else { return .unknown }
    switch kind {
    case .quantified: return quantifier(record.a, input)
    case .history: return historyTest(record.a, input)
    case .composite:
      let extent = Extent(start: Int(record.a), count: Int(record.b))
      return run(extent, base: truths.count, input)
    case .relation:
      let left = value(of: record.attribute, input)
      let right = value(of: record.b, input)
      guard let code = RelationCode(rawValue: record.a) else { return .unknown }
      return relate(
        left, image.attributes[at: record.attribute].valueType, code, right,
        image.attributes[at: record.b].valueType, input)
    case .recent:
      let value = value(of: record.attribute, input)
      return isRecent(
        value, image.attributes[at: record.attribute].valueType, record.a, record.b, input)
    case .place: return placeTest(record.a, record.attribute, input)
    case .command: return commandTest(record.a, record.attribute, input)
    default:
      let value = value(of: record.attribute, input)
      let attribute = image.attributes[at: record.attribute]
      let patterns =
        attribute.index == noIndex
        ? noIndex : image.attributeIndexes[at: attribute.index].patternSet
      // A URL's text is the one given; what is kept of its place is the host.
      if attribute.forms != noIndex, kind == .equalsText || kind == .matches,
        hasForms(attribute.valueType)
      {
        guard value.state == .known else { return value.state == .unknown ? .unknown : .false }
        readPlace(attribute, value, input)
        return formsTruth(
          attribute.forms, form(of: attribute.valueType),
          TextTest(
            isPattern: kind == .matches, start: record.a, count: record.b, set: patterns,
            isWhole: false), ambiguityHolds: record.ambiguityHolds == 1)
      }
      // One look at a text finds all patterns of its attribute.
      if kind == .matches, attribute.forms == noIndex, value.state == .known {
        matchPatterns(patterns, value)
        for index in record.a..<(record.a + record.b)
        where Self.isMatched(
          image.patternSets[at: patterns], image.words[at: index], texts, value.range,
          &patternScratches[at: patterns])
        {
          return .true
        }
        return .false
      }
      return exact(
        kind, record.a, record.b, patterns, value, attribute.valueType, isWhole: false, input)
    }
  }

  /// An exact test of a value.
  ///
  /// With `isWhole` every pattern of the set belongs to the test; otherwise those in `words`.
  mutating func exact(
    _ kind: TestKind, _ a: UInt32, _ b: UInt32, _ patterns: UInt32, _ value: Value,
    _ type: UInt32, isWhole: Bool, _ input: borrowing ActionInput
  ) -> Truth {
    if kind == .unmeasured { return Truth(value.state == .unknown) }
    if kind == .measuredLevel {
      return Truth(value.state == .known && value.ordinal == Int128(a))
    }
    if value.state != .known { return value.state == .unknown ? .unknown : .false }
    switch kind {
    case .present: return .true
    case .inRanges: return Truth(isInRanges(value.ordinal, a, b))
    case .equalsText: return Truth(isOneOf(texts.span.extracting(value.range), a, b))
    case .matches:
      if isWhole {
        Self.match(
          image.patternSets[at: patterns], texts, value.range, &patternScratches[at: patterns])
        return Truth(!patternScratches[at: patterns].matches.isEmpty)
      }
      for index in a..<(a + b)
      where Self.matches(
        image.patternSets[at: patterns], image.words[at: index], texts, value.range,
        &patternScratches[at: patterns])
      {
        return .true
      }
      return .false
    case .containsOrdinal, .containsText:
      return Truth(contains(kind, a, b, value, type, input))
    case .count: return Truth(isInRanges(count(value, input), a, b))
    default: return .unknown
    }
  }

  /// Finds all patterns of a set that the value of its attribute matches, once in a decision.
  mutating func matchPatterns(_ set: UInt32, _ value: Value) {
    let text = MatchedText(epoch: epoch, start: value.start, count: value.count)
    if matchedTexts[at: set] == text { return }
    matchedTexts[at: set] = text
    Self.match(image.patternSets[at: set], texts, value.range, &patternScratches[at: set])
  }

  /// Finds all patterns of a set that a part of `texts` matches.
  @inline(__always)
  static func match(
    _ set: borrowing PatternSet, _ texts: [UInt8], _ range: Range<Int>,
    _ scratch: inout PatternScratch
  ) {
    set.match(texts.span.extracting(range), scratch: &scratch)
  }

  /// Whether a part of `texts` matches one pattern of a set.
  static func matches(
    _ set: borrowing PatternSet, _ pattern: UInt32, _ texts: [UInt8], _ range: Range<Int>,
    _ scratch: inout PatternScratch
  ) -> Bool {
    set.matches(Int(pattern), texts.span.extracting(range), scratch: &scratch)
  }

  /// Whether the text that a probe has matched matches one pattern of the set, too.
  static func isMatched(
    _ set: borrowing PatternSet, _ pattern: UInt32, _ texts: [UInt8], _ range: Range<Int>,
    _ scratch: inout PatternScratch
  ) -> Bool {
    set.isMatched(Int(pattern), texts.span.extracting(range), scratch: &scratch)
  }

  @inline(__always)
  func isInRanges(_ ordinal: Int128, _ start: UInt32, _ count: UInt32) -> Bool {
    var low = start
    var high = start + count
    // The ranges ascend: the first one that does not end below the value decides.
    while low < high {
      let middle = low + (high - low) / 2
      if image.rangeUpper[at: middle] < ordinal { low = middle + 1 } else { high = middle }
    }
    return low < start + count && image.rangeLower[at: low] <= ordinal
  }

  @inline(__always)
  func isOneOf(_ text: Span<UInt8>, _ start: UInt32, _ count: UInt32) -> Bool {
    for index in start..<(start + count) {
      let candidate = image.texts[at: index]
      if Int(candidate.count) == text.count
        && pool.withSpan(candidate.range, { Self.equal(text, $0) })
      {
        return true
      }
    }
    return false
  }

  /// The number of elements of a list, on the scale of numbers.
  @inline(__always)
  func count(_ value: Value, _ input: borrowing ActionInput) -> Int128 {
    if value.isSingle { return Decimal.scale }
    let tape = tape(of: value.document, input)
    return Int128(tape.childCount(value.place)) * Decimal.scale
  }

  private mutating func contains(
    _ kind: TestKind, _ a: UInt32, _ b: UInt32, _ value: Value, _ type: UInt32,
    _ input: borrowing ActionInput
  ) -> Bool {
    let element = image.valueTypes[at: type].a
    let tape = tape(of: value.document, input)
    var next = value.isSingle ? value.place : tape.firstChild(value.place)
    while let node = next {
      next = value.isSingle ? nil : tape.next(node)
      let start = texts.count
      guard let one = convert(tape, value.document, node, to: element, keepsText: true) else {
        continue
      }
      let isThere =
        kind == .containsText
        ? isOneOf(texts.span.extracting(one.range), a, b) : isInRanges(one.ordinal, a, b)
      texts.removeLast(texts.count - start)
      if isThere { return true }
    }
    return false
  }

  // MARK: Two attributes

  /// A relation of two values: false when either is absent, else unknown when either is.
  mutating func relate(
    _ left: Value, _ leftType: UInt32, _ code: RelationCode, _ right: Value, _ rightType: UInt32,
    _ input: borrowing ActionInput
  ) -> Truth {
    if left.state == .absent || right.state == .absent { return .false }
    if left.state == .unknown || right.state == .unknown { return .unknown }
    switch code {
    case .isElement: return Truth(isElement(left, leftType, of: right, rightType, input))
    case .hasElement: return Truth(isElement(right, rightType, of: left, leftType, input))
    case .contains, .startsWith, .endsWith:
      return Truth(
        Self.relate(
          texts.span.extracting(left.range), code, texts.span.extracting(right.range)))
    default:
      if image.valueTypes[at: leftType].kind == ValueKind.text.rawValue {
        let isEqual = Self.equal(
          texts.span.extracting(left.range), texts.span.extracting(right.range))
        return Truth(code == .notEqual ? !isEqual : code == .equal && isEqual)
      }
      return Truth(Self.compare(left.ordinal, code, right.ordinal))
    }
  }

  private static func compare(_ left: Int128, _ code: RelationCode, _ right: Int128) -> Bool {
    switch code {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    default: false
    }
  }

  private static func relate(
    _ text: Span<UInt8>, _ code: RelationCode, _ part: Span<UInt8>
  ) -> Bool {
    let room = text.count - part.count
    if room < 0 { return false }
    switch code {
    case .startsWith: return equal(text.extracting(0..<part.count), part)
    case .endsWith: return equal(text.extracting(room..<text.count), part)
    default:
      return TextSearch.contains(text, part)
    }
  }

  private mutating func isElement(
    _ value: Value, _ valueType: UInt32, of list: Value, _ listType: UInt32,
    _ input: borrowing ActionInput
  ) -> Bool {
    let element = image.valueTypes[at: listType].a
    let isText = image.valueTypes[at: element].kind == ValueKind.text.rawValue
    let tape = tape(of: list.document, input)
    var next = list.isSingle ? list.place : tape.firstChild(list.place)
    while let node = next {
      next = list.isSingle ? nil : tape.next(node)
      let start = texts.count
      guard let one = convert(tape, list.document, node, to: element, keepsText: true) else {
        continue
      }
      let isSame =
        isText
        ? Self.equal(texts.span.extracting(value.range), texts.span.extracting(one.range))
        : value.ordinal == one.ordinal
      texts.removeLast(texts.count - start)
      if isSame { return true }
    }
    return false
  }
}
