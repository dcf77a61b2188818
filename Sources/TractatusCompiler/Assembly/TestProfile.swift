import TractatusSemantics
import TractatusValues

extension LoweredTest {
  /// The attribute and predicate of a test of constants that an index finds by the value.
  var indexed: (attribute: Int, ExactPredicate)? {
    switch self {
    case .exact(let attribute, let predicate), .forms(let attribute, let predicate, _):
      (attribute, predicate)
    default: nil
    }
  }
}

extension LoweredPolicy {
  /// By test: whether it asks which type is judged (`action.type`). Linear in the tests.
  package var readTypeName: [Bool] { TestProfile(self).isPerType }
}

/// What is known of tests before any action: how likely each is to be true, what it costs, and
/// whether it depends on the type that is judged. For the choice of the literal by which a row is
/// reached.
struct TestProfile {
  /// By test.
  private(set) var isPerType: [Bool] = []
  /// By test: whether an index can find it.
  private(set) var isExact: [Bool] = []
  /// By test: an estimate of how often its rows are looked at when they are reached through it.
  private(set) var share: [Double] = []
  /// By test: what it costs to check it for one row.
  private(set) var cost: [UInt8] = []

  init() {}

  init(_ lowered: LoweredPolicy) {
    let points = Self.distinctPoints(lowered)
    for test in lowered.tests {
      switch test {
      case .exact(let attribute, let predicate), .forms(let attribute, let predicate, _):
        let perType = Self.isTypeName(attribute, lowered)
        isPerType.append(perType)
        isExact.append(!perType && Self.canBeIndexed(predicate))
        let penalty = Self.penalty(predicate, lowered.attributes[attribute])
        share.append(Self.share(predicate, points: points[attribute]) + penalty)
        cost.append(Self.cost(predicate))
      case .relation(let attribute, _, let other):
        add(isPerType: Self.isTypeName(attribute, lowered) || Self.isTypeName(other, lowered), 4)
      case .recent: add(isPerType: false, 4)
      case .history(_, let keys, _):
        add(isPerType: keys.contains { Self.isTypeName($0, lowered) }, 6)
      case .place(_, let test):
        isPerType.append(false)
        isExact.append(true)
        share.append(test.test.isOutside ? 0.7 : 0.1)
        cost.append(2)
      case .command(_, let test):
        isPerType.append(false)
        isExact.append(true)
        share.append(Self.share(test.test))
        cost.append(6)
      case .quantified(let quantified):
        add(isPerType: Self.readsTypeName(quantified, lowered), 6)
      case .composite(let expression): add(isPerType: readsTypeName(expression), 7)
      }
    }
  }

  private mutating func add(isPerType perType: Bool, _ cost: UInt8) {
    isPerType.append(perType)
    isExact.append(false)
    share.append(1)
    self.cost.append(cost)
  }

  // MARK: Estimates

  /// How many different constants equality tests of each attribute name.
  private static func distinctPoints(_ lowered: LoweredPolicy) -> [Int] {
    var texts: [[String]] = Array(repeating: [], count: lowered.attributes.count)
    var numbers: [[Int128]] = Array(repeating: [], count: lowered.attributes.count)
    for test in lowered.tests {
      guard let (attribute, predicate) = test.indexed else { continue }
      switch predicate {
      case .equalsText(let values), .containsText(let values):
        texts[attribute] += values
      case .inRanges(let ranges), .containsOrdinal(let ranges):
        for range in ranges where range.lower == range.upper {
          numbers[attribute].append(range.lower)
        }
      case .measuredLevel(let level): numbers[attribute].append(Int128(level))
      default: continue
      }
    }
    return texts.indices.map { attribute in
      let distinctTexts =
        texts[attribute].count < 2
        ? texts[attribute].count
        : Set(texts[attribute]).count
      let sorted = numbers[attribute].sorted()
      let repeated = sorted.indices.dropFirst().count { sorted[$0] == sorted[$0 - 1] }
      return distinctTexts + sorted.count - repeated
    }
  }

  private static func canBeIndexed(_ predicate: ExactPredicate) -> Bool {
    if case .unmeasured = predicate { return false }
    return true
  }

  private static func share(_ predicate: ExactPredicate, points: Int) -> Double {
    func equality(_ count: Int) -> Double { min(0.9, Double(count) / Double(points + 2)) }
    switch predicate {
    case .present: return 0.95
    case .equalsText(let values): return equality(values.count)
    case .containsText(let values): return equality(2 * values.count)
    case .inRanges(let ranges), .containsOrdinal(let ranges):
      let isWide = ranges.contains { $0.lower != $0.upper }
      return isWide ? 0.5 : equality(ranges.count)
    case .count: return 0.5
    case .measuredLevel: return equality(1)
    case .unmeasured: return 1
    case .matches(let patterns):
      return patterns.reduce(0) { sum, pattern in
        let length = pattern.text.utf8.count
        return min(0.9, sum + (length < 3 ? 0.4 : length < 6 ? 0.04 : 0.015))
      }
    }
  }

  /// A guess of how many commands are candidates of a test.
  static func share(_ test: CommandTest) -> Double {
    switch test {
    case .isOpaque: 0.05
    case .isUndeclared: 0.1
    case .runs(let test): test.isOnly ? 0.6 : 0.02 * Double(test.programs.count)
    case .effect(let test): test.isOnly ? 0.6 : test.target == nil ? 0.3 : 0.1
    case .pipes: 0.05
    }
  }

  /// What may be unknown reaches all its rows then; and what a command does is known anyway, so
  /// that searching its text costs more.
  private static func penalty(
    _ predicate: ExactPredicate, _ attribute: LoweredAttribute
  ) -> Double {
    if attribute.type == .command, case .matches = predicate { return 0.2 }
    return switch attribute.source {
    case .parameter, .actionType, .actionTool, .description: 0
    case .level, .thresholdScore: 0.2
    default: 0.4
    }
  }

  private static func cost(_ predicate: ExactPredicate) -> UInt8 {
    switch predicate {
    case .present, .measuredLevel, .unmeasured: 0
    case .inRanges, .equalsText: 1
    case .count: 2
    case .matches: 3
    case .containsOrdinal, .containsText: 5
    }
  }

  // MARK: Tests of the type's name

  private static func isTypeName(_ attribute: Int, _ lowered: LoweredPolicy) -> Bool {
    lowered.attributes[attribute].source == .actionType
  }

  private func readsTypeName(_ expression: LoweredExpression) -> Bool {
    switch expression {
    case .constant: false
    case .test(let test): test < isPerType.count && isPerType[test]
    case .not(let part): readsTypeName(part)
    case .and(let parts), .or(let parts): parts.contains { readsTypeName($0) }
    }
  }

  private static func readsTypeName(
    _ quantified: LoweredQuantified, _ lowered: LoweredPolicy
  ) -> Bool {
    isTypeName(quantified.list, lowered) || readsTypeName(quantified.condition, lowered)
  }

  private static func isTypeName(_ operand: ElementOperand, _ lowered: LoweredPolicy) -> Bool {
    if case .attribute(let attribute) = operand { return isTypeName(attribute, lowered) }
    return false
  }

  private static func readsTypeName(
    _ expression: ElementExpression, _ lowered: LoweredPolicy
  ) -> Bool {
    switch expression {
    case .constant: false
    case .exact(let operand, _, _), .recent(let operand, _), .place(let operand, _),
      .command(let operand, _):
      isTypeName(operand, lowered)
    case .relation(let left, _, let right):
      isTypeName(left, lowered) || isTypeName(right, lowered)
    case .quantified(let inner): readsTypeName(inner, lowered)
    case .not(let part): readsTypeName(part, lowered)
    case .and(let parts), .or(let parts): parts.contains { readsTypeName($0, lowered) }
    }
  }
}
