import TractatusSemantics
import TractatusValues

/// The attributes and tests of a policy, each kept once and known by its position.
///
/// Positions are given in the order of first use, which the order of a checked policy's names
/// decides. INVARIANT: a composite test comes after the tests that it combines.
package struct TestTable: Sendable {
  /// Every attribute, by position.
  package private(set) var attributes: [LoweredAttribute] = []
  /// Every test, by position.
  package private(set) var tests: [LoweredTest] = []
  /// For each attribute, the places on its scale and whether it may be absent.
  package private(set) var domains: [AttributeDomain] = []
  private var attributeIndex = PlaceTable()
  private var testIndex = PlaceTable()

  /// Makes an empty table.
  package init() {}

  /// The position of an attribute; `type` and `domain` count only at its first use.
  package mutating func attribute(
    _ source: LoweredAttribute.Source, type: ValueType,
    domain: @autoclosure () -> AttributeDomain
  ) -> Int {
    let hash = source.hashValue
    if let known = attributeIndex.place(hash: hash, where: { attributes[$0].source == source }) {
      return known
    }
    let index = attributes.count
    attributeIndex.add(index, hash: hash)
    attributes.append(LoweredAttribute(source: source, type: type))
    domains.append(domain())
    return index
  }

  /// The position of a test.
  package mutating func test(_ test: LoweredTest) -> Int {
    let hash = test.hashValue
    if let known = testIndex.place(hash: hash, where: { tests[$0] == test }) { return known }
    let index = tests.count
    testIndex.add(index, hash: hash)
    tests.append(test)
    return index
  }

  /// The literal of an exact test in its normal form: patterns sorted, ranges within the scale,
  /// every place of the scale as `has`, and for an attribute of few values that is never absent
  /// the positive form, which an index can hold.
  mutating func literal(
    attribute: Int, _ predicate: ExactPredicate, isNegated: Bool
  ) -> LoweredLiteral {
    var predicate = predicate
    var isNegated = isNegated
    switch predicate {
    case .matches(let patterns):
      predicate = .matches(LiteralConjunction.sortedUnique(patterns: patterns))
    case .inRanges(let ranges):
      let domain = domains[attribute]
      guard let scale = domain.scale else { break }
      var outside = RangeSet.complement(ranges, in: scale)
      if outside.isEmpty {
        predicate = .present
      } else if isNegated, !domain.canBeAbsent, !domain.isUnbounded {
        predicate = .inRanges(outside)
        isNegated = false
      } else {
        outside = RangeSet.complement(outside, in: scale)
        predicate = .inRanges(outside)
      }
    default: break
    }
    return LoweredLiteral(
      test: test(.exact(attribute: attribute, predicate)), isNegated: isNegated)
  }
}

/// What is known of an attribute's values without any action.
package struct AttributeDomain: Hashable, Sendable {
  /// The places on the scale that a value can have; `nil` when the attribute is no scalar.
  package var scale: OrdinalRange?
  /// Whether `scale` is that of all numbers or times, whose complements are no small sets.
  package var isUnbounded: Bool
  /// Whether the attribute can be absent.
  package var canBeAbsent: Bool
  /// Makes a domain.
  package init(scale: OrdinalRange?, isUnbounded: Bool, canBeAbsent: Bool) {
    self.scale = scale
    self.isUnbounded = isUnbounded
    self.canBeAbsent = canBeAbsent
  }

  /// The scale of numbers.
  static let numbers = OrdinalRange(1 - Decimal.rawLimit, Decimal.rawLimit - 1)

  /// The domain of a type's values.
  package init(type: ValueType, canBeAbsent: Bool) {
    self.canBeAbsent = canBeAbsent
    switch type {
    case .bool:
      scale = OrdinalRange(0, 1)
      isUnbounded = false
    case .enumeration(let enumeration):
      scale = OrdinalRange(0, Int128(max(0, enumeration.values.count - 1)))
      isUnbounded = false
    case .int, .number:
      scale = Self.numbers
      isUnbounded = true
    case .time:
      scale = OrdinalRange(Instant.ordinalRange.lowerBound, Instant.ordinalRange.upperBound)
      isUnbounded = true
    case .text, .command, .path, .url, .host, .list, .record:
      scale = nil
      isUnbounded = false
    }
  }
}
