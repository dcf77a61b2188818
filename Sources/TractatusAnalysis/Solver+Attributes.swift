import TractatusCompiler
import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// A state of one attribute that was looked for.
enum StateAnswer {
  case state(AttributeState)
  case none
  case notDecided(String)
}

extension Solver {
  /// A state of an attribute in which its tests are as wanted: a value where there is one, else
  /// absent, else unknown.
  mutating func state(
    of attribute: Int, _ wanted: [(test: Int, truths: TruthSet)]
  ) -> StateAnswer {
    let profile = model.profiles[attribute]
    let value = knownState(profile, wanted)
    if case .state = value { return value }
    if present.contains(attribute) { return value }
    if profile.canBeAbsent,
      wanted.allSatisfy({ truth(of: $0.test, at: .absent).map($0.truths.contains) ?? true })
    {
      return .state(.absent)
    }
    if profile.canBeUnknown,
      wanted.allSatisfy({ truth(of: $0.test, at: .unknown).map($0.truths.contains) ?? true })
    {
      return .state(.unknown)
    }
    return value
  }

  /// What a test says in a state of its attribute; nil where that depends on more.
  mutating func truth(of test: Int, at state: AttributeState) -> Truth? {
    let isFree = !model.isExact(test)
    guard case .exact(_, let predicate) = model.policy.tests[test] else {
      switch state {
      case .absent: return .false
      // The other side of a relation may be absent.
      case .unknown:
        if case .relation = model.policy.tests[test] { return nil }
        return .unknown
      case .known: return nil
      }
    }
    switch state {
    case .absent: return .false
    case .unknown:
      switch predicate {
      case .measuredLevel: return .false
      case .unmeasured: return .true
      default: return .unknown
      }
    case .known(let value):
      if isFree { return nil }
      return holds(predicate, value, test: test).map { Truth($0) }
    }
  }

  /// Whether a value passes an exact test; nil where it is any value.
  private mutating func holds(
    _ predicate: ExactPredicate, _ value: KnownValue, test: Int
  ) -> Bool? {
    switch (predicate, value) {
    case (.present, _): return true
    case (.unmeasured, _): return false
    case (_, .any): return nil
    case (.measuredLevel(let level), .ordinal(let ordinal)): return ordinal == Ordinal(level)
    case (.inRanges(let ranges), .ordinal(let ordinal)):
      return RangeSet.contains(ranges, ordinal)
    case (.equalsText(let wanted), .text(let text)):
      return wanted.contains { $0.utf8.elementsEqual(text) }
    case (.matches(let patterns), .text(let text)):
      return texts.matches(patterns, test: test, text)
    case (.count(let ranges), .list(let elements)):
      return RangeSet.contains(ranges, Ordinal(elements.count) * Decimal.scale)
    case (.containsOrdinal(let ranges), .list(let elements)):
      return elements.contains {
        if case .ordinal(let ordinal) = $0 { RangeSet.contains(ranges, ordinal) } else { false }
      }
    case (.containsText(let wanted), .list(let elements)):
      return elements.contains { element in
        guard case .text(let text) = element else { return false }
        return wanted.contains { $0.utf8.elementsEqual(text) }
      }
    default: return nil
    }
  }

  // MARK: Values

  /// A value for which the tests are as wanted.
  private mutating func knownState(
    _ profile: AttributeProfile, _ wanted: [(test: Int, truths: TruthSet)]
  ) -> StateAnswer {
    var positive: [(test: Int, predicate: ExactPredicate)] = []
    var negative: [(test: Int, predicate: ExactPredicate)] = []
    var free: [(test: Int, truths: TruthSet)] = []
    for (test, truths) in wanted {
      guard model.isExact(test), case .exact(_, let predicate) = model.policy.tests[test] else {
        free.append((test, truths))
        continue
      }
      switch (truths.contains(.isTrue), truths.contains(.isFalse)) {
      case (true, true): continue
      case (false, false): return .none
      case (true, false): positive.append((test, predicate))
      case (false, true): negative.append((test, predicate))
      }
    }
    if areExcluded(free) { return .none }
    if case .list = profile.type, free.contains(where: { holdsOfSome($0) }) {
      // What a quantifier finds, or holds of, is there.
      positive.append((-1, .count([OrdinalRange(Decimal.scale, OrdinalScale.counts.ends.upper)])))
    }
    if negative.contains(where: { $0.predicate == .present }) { return .none }
    if positive.contains(where: { $0.predicate == .unmeasured }) { return .none }
    positive.removeAll { $0.predicate == .present }
    negative.removeAll { $0.predicate == .unmeasured }
    if positive.isEmpty, negative.isEmpty { return .state(.known(.any)) }
    if let scale = profile.scale {
      return scalar(scale, positive.map(\.predicate), negative.map(\.predicate))
    }
    if profile.type.isText { return text(positive, negative) }
    guard case .list(let element) = profile.type else { return .state(.known(.any)) }
    return list(of: element, positive.map(\.predicate), negative.map(\.predicate))
  }

  /// Whether some free tests cannot be as wanted together.
  private mutating func areExcluded(_ free: [(test: Int, truths: TruthSet)]) -> Bool {
    for (place, one) in free.enumerated() where !one.truths.contains(.isFalse) {
      // Two that must hold are looked at once.
      for (other, second) in free.enumerated()
      where other > place || second.truths.contains(.isFalse) {
        if implications.exclude(one, second) { return true }
      }
    }
    return false
  }

  private func scalar(
    _ scale: OrdinalScale, _ positive: [ExactPredicate], _ negative: [ExactPredicate]
  ) -> StateAnswer {
    var set = [scale.ends]
    for predicate in positive {
      set = RangeSet.intersection(set, Self.ranges(of: predicate) ?? set)
    }
    let outside = RangeSet.normalized(negative.flatMap { Self.ranges(of: $0) ?? [] })
    set = RangeSet.intersection(set, RangeSet.complement(outside, in: scale.ends))
    guard let ordinal = scale.member(of: set) else { return .none }
    return .state(.known(.ordinal(ordinal)))
  }

  private static func ranges(of predicate: ExactPredicate) -> [OrdinalRange]? {
    switch predicate {
    case .inRanges(let ranges): RangeSet.normalized(ranges)
    case .measuredLevel(let level): [OrdinalRange(Ordinal(level), Ordinal(level))]
    default: nil
    }
  }

  private mutating func text(
    _ positive: [(test: Int, predicate: ExactPredicate)],
    _ negative: [(test: Int, predicate: ExactPredicate)]
  ) -> StateAnswer {
    for case (_, .equalsText(let candidates)) in positive {
      // Only these can be meant.
      for candidate in candidates {
        let value = KnownValue.text(Array(candidate.utf8))
        var isFitting = true
        for (test, predicate) in positive where isFitting {
          isFitting = holds(predicate, value, test: test) ?? true
        }
        for (test, predicate) in negative where isFitting {
          isFitting = !(holds(predicate, value, test: test) ?? false)
        }
        if isFitting { return .state(.known(value)) }
      }
      return .none
    }
    var parts: [TextSet] = []
    for case (_, .matches(let patterns)) in positive { parts.append(.matching(patterns)) }
    var excluded: [String] = []
    var hasPatterns = !parts.isEmpty
    for (_, predicate) in negative {
      switch predicate {
      case .equalsText(let texts): excluded += texts
      case .matches(let patterns):
        hasPatterns = true
        parts.append(.not(.matching(patterns)))
      default: continue
      }
    }
    if !hasPatterns { return .state(.known(.text(TextMemory.text(otherThan: excluded)))) }
    if !excluded.isEmpty { parts.append(.not(.equal(to: TextBytes.sortedUnique(excluded)))) }
    switch texts.shortest(.and(parts)) {
    case .nothing: return .none
    case .text(let bytes): return .state(.known(.text(bytes)))
    case .notDecided(let reason): return .notDecided(reason)
    }
  }

  // MARK: Lists

  /// Whether a test is a quantifier that must be true.
  func holdsOfSome(_ wanted: (test: Int, truths: TruthSet)) -> Bool {
    guard wanted.truths == .isTrue, case .quantified = model.policy.tests[wanted.test] else {
      return false
    }
    return true
  }

  private func list(
    of element: ValueType, _ positive: [ExactPredicate], _ negative: [ExactPredicate]
  ) -> StateAnswer {
    var counts = [OrdinalScale.counts.ends]
    for case .count(let ranges) in positive { counts = RangeSet.intersection(counts, ranges) }
    let otherCounts = negative.flatMap { predicate -> [OrdinalRange] in
      if case .count(let ranges) = predicate { ranges } else { [] }
    }
    counts = RangeSet.intersection(
      counts,
      RangeSet.complement(RangeSet.normalized(otherCounts), in: OrdinalScale.counts.ends))
    guard var elements = members(of: element, positive, negative) else { return .none }
    let needed = Ordinal(elements.count) * Decimal.scale
    let sizes = RangeSet.intersection(
      counts, [OrdinalRange(needed, OrdinalScale.counts.ends.upper)])
    guard let size = OrdinalScale.counts.member(of: sizes) else {
      // One element may be what several tests look for.
      let isEmptyAlone = OrdinalScale.counts.member(of: counts).map { $0 == 0 } ?? true
      let hasRoom = RangeSet.intersection(
        counts, [OrdinalRange(Decimal.scale, OrdinalScale.counts.ends.upper)])
      if OrdinalScale.counts.member(of: counts) == nil { return .none }
      if isEmptyAlone, OrdinalScale.counts.member(of: hasRoom) == nil { return .none }
      return .notDecided("few elements of a list for many tests")
    }
    let count = Int(clamping: size / Decimal.scale)
    if count > 1_000 { return .notDecided("a list of more than 1,000 elements") }
    if elements.count < count {
      guard let more = elements.first ?? other(element, negative) else {
        return .notDecided("an element of a list that no test tells apart")
      }
      elements += Array(repeating: more, count: count - elements.count)
    }
    return .state(.known(.list(elements)))
  }

  /// An element for each test that wants one; nil where one wants what others rule out.
  private func members(
    of element: ValueType, _ positive: [ExactPredicate], _ negative: [ExactPredicate]
  ) -> [KnownValue]? {
    var elements: [KnownValue] = []
    var ruledOut: [OrdinalRange] = []
    for case .containsOrdinal(let ranges) in negative { ruledOut += ranges }
    var textsOut: Set<TextBytes> = []
    for case .containsText(let texts) in negative { textsOut.formUnion(texts.map(TextBytes.init)) }
    for predicate in positive {
      switch predicate {
      case .containsOrdinal(let ranges):
        guard let scale = OrdinalScale(element) else { continue }
        let rest = RangeSet.intersection(
          RangeSet.normalized(ranges),
          RangeSet.complement(RangeSet.normalized(ruledOut), in: scale.ends))
        let isThere = elements.contains {
          if case .ordinal(let ordinal) = $0 { RangeSet.contains(ranges, ordinal) } else { false }
        }
        if isThere { continue }
        guard let member = scale.member(of: rest) else { return nil }
        elements.append(.ordinal(member))
      case .containsText(let texts):
        let isThere = elements.contains { element in
          guard case .text(let text) = element else { return false }
          return texts.contains { $0.utf8.elementsEqual(text) }
        }
        if isThere { continue }
        guard let text = texts.first(where: { !textsOut.contains(TextBytes($0)) }) else {
          return nil
        }
        elements.append(.text(Array(text.utf8)))
      default: continue
      }
    }
    return elements
  }

  /// An element that no test looks for.
  private func other(_ element: ValueType, _ negative: [ExactPredicate]) -> KnownValue? {
    if let scale = OrdinalScale(element) {
      let ranges = negative.flatMap { predicate -> [OrdinalRange] in
        if case .containsOrdinal(let ranges) = predicate { ranges } else { [] }
      }
      return scale.member(
        of: RangeSet.complement(RangeSet.normalized(ranges), in: scale.ends)
      ).map { .ordinal($0) }
    }
    guard element.isText else { return .any }
    let texts = negative.flatMap { predicate -> [String] in
      if case .containsText(let texts) = predicate { texts } else { [] }
    }
    return .text(TextMemory.text(otherThan: texts))
  }
}
