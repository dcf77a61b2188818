import TractatusSemantics
import TractatusValues

/// The literals of one attribute that stand under one `and`, gathered and written in the fewest.
///
/// Every exact test but a level's is false for an absent attribute, unknown for an unknown one and
/// else a matter of the value alone. So each literal is a set of values with what it says of an
/// absent attribute, a conjunction intersects both, and an empty set still means "unknown while the
/// attribute is unknown": nothing here uses that a test and its negation exclude each other.
struct LiteralConjunction {
  private let attribute: Int
  private let domain: AttributeDomain
  private var hasPresent = false
  private var hasAbsent = false
  /// Ranges that the value must be in, and ranges that it must not be in.
  private var ranges: [[OrdinalRange]] = []
  private var excludedRanges: [[OrdinalRange]] = []
  private var texts: [[String]] = []
  private var excludedTexts: [[String]] = []
  private var counts: [[OrdinalRange]] = []
  private var excludedCounts: [[OrdinalRange]] = []
  private var excludedPatterns: [[TextPattern]] = []
  private var excludedOrdinalElements: [[OrdinalRange]] = []
  private var excludedTextElements: [[String]] = []
  /// Positive tests that do not combine with others.
  private var kept: [ExactPredicate] = []

  init(attribute: Int, domain: AttributeDomain) {
    self.attribute = attribute
    self.domain = domain
  }

  /// Whether literals of a predicate can be gathered at all: those of levels are never unknown.
  static func takes(_ predicate: ExactPredicate) -> Bool {
    switch predicate {
    case .measuredLevel, .unmeasured: false
    case .present, .inRanges, .equalsText, .matches, .containsOrdinal, .containsText, .count: true
    }
  }

  mutating func add(_ predicate: ExactPredicate, isNegated: Bool) {
    switch predicate {
    case .present:
      if isNegated { hasAbsent = true } else { hasPresent = true }
    case .inRanges(let set):
      if isNegated { excludedRanges.append(set) } else { ranges.append(set) }
    case .equalsText(let set):
      if isNegated { excludedTexts.append(set) } else { texts.append(set) }
    case .count(let set):
      if isNegated { excludedCounts.append(set) } else { counts.append(set) }
    case .matches(let patterns):
      if isNegated { excludedPatterns.append(patterns) } else { kept.append(predicate) }
    case .containsOrdinal(let set):
      if isNegated { excludedOrdinalElements.append(set) } else { kept.append(predicate) }
    case .containsText(let set):
      if isNegated { excludedTextElements.append(set) } else { kept.append(predicate) }
    case .measuredLevel, .unmeasured:
      kept.append(predicate)
    }
  }

  /// The gathered literals as few literals, in a normal form; interns the tests that it needs.
  func literals(in table: inout TestTable) -> [LoweredLiteral] {
    var predicates: [(ExactPredicate, isNegated: Bool)] = []
    var hasPositive = false
    if !ranges.isEmpty {
      let scale = domain.scale ?? OrdinalRange(.min, .max)
      let outside = RangeSet.union(
        ranges.map { RangeSet.complement($0, in: scale) } + excludedRanges)
      predicates.append((.inRanges(RangeSet.complement(outside, in: scale)), false))
      hasPositive = true
    }
    if !texts.isEmpty {
      predicates.append((.equalsText(commonTexts()), false))
      hasPositive = true
    }
    if !counts.isEmpty {
      let scale = AttributeDomain.numbers
      let outside = RangeSet.union(
        counts.map { RangeSet.complement($0, in: scale) } + excludedCounts)
      predicates.append((.count(RangeSet.complement(outside, in: scale)), false))
      hasPositive = true
    }
    for predicate in Self.unique(kept) {
      predicates.append((predicate, false))
      hasPositive = true
    }
    if hasAbsent {
      // What excludes values says nothing more: an absent attribute passes it, a present one fails
      // here already.
      let absent = literal(.present, isNegated: true, in: &table)
      guard hasPresent || hasPositive else { return [absent] }
      if let empty = emptyPredicate(like: predicates.first?.0, in: table) {
        return [literal(empty, isNegated: false, in: &table)]
      }
      return [absent.negated, absent]
    }
    if hasPresent, !hasPositive { predicates.append((.present, false)) }
    predicates += exclusions()
    let literals = predicates.map { literal($0.0, isNegated: $0.isNegated, in: &table) }
    return literals.count == 2 ? inOne(literals, in: &table) : literals
  }

  /// A test that no value passes; `nil` where the attribute's type has none at hand.
  private func emptyPredicate(
    like predicate: ExactPredicate?, in table: TestTable
  ) -> ExactPredicate? {
    if domain.scale != nil { return .inRanges([]) }
    // A host may be there and every test of its text unknown all the same.
    if table.attributes[attribute].type == .host { return nil }
    if table.attributes[attribute].type.isText { return .equalsText([]) }
    switch predicate {
    case .count: return .count([])
    case .containsOrdinal: return .containsOrdinal([])
    case .containsText: return .containsText([])
    default: return nil
    }
  }

  /// The exclusions that no positive test has taken up.
  private func exclusions() -> [(ExactPredicate, isNegated: Bool)] {
    var result: [(ExactPredicate, isNegated: Bool)] = []
    if ranges.isEmpty, !excludedRanges.isEmpty {
      result.append((.inRanges(RangeSet.union(excludedRanges)), true))
    }
    if texts.isEmpty, !excludedTexts.isEmpty {
      result.append((.equalsText(Self.sortedUnique(excludedTexts)), true))
    }
    if counts.isEmpty, !excludedCounts.isEmpty {
      result.append((.count(RangeSet.union(excludedCounts)), true))
    }
    if !excludedPatterns.isEmpty {
      result.append((.matches(Self.sortedUnique(patterns: excludedPatterns.flatMap { $0 })), true))
    }
    if !excludedOrdinalElements.isEmpty {
      result.append((.containsOrdinal(RangeSet.union(excludedOrdinalElements)), true))
    }
    if !excludedTextElements.isEmpty {
      result.append((.containsText(Self.sortedUnique(excludedTextElements)), true))
    }
    return result
  }

  /// `has x and not x in R` as one positive test, where few values remain.
  private func inOne(
    _ literals: [LoweredLiteral], in table: inout TestTable
  ) -> [LoweredLiteral] {
    guard hasPresent, !excludedRanges.isEmpty, ranges.isEmpty, let scale = domain.scale,
      case .exact(_, .present) = table.tests[literals[0].test], !literals[0].isNegated
    else { return literals }
    let rest = RangeSet.complement(RangeSet.union(excludedRanges), in: scale)
    if domain.isUnbounded, RangeSet.reachesBothEnds(rest, of: scale) { return literals }
    return [literal(.inRanges(rest), isNegated: false, in: &table)]
  }

  private func commonTexts() -> [String] {
    var common = texts[0]
    for other in texts.dropFirst() {
      let set = Set(other.map(TextBytes.init))
      common = common.filter { set.contains(TextBytes($0)) }
    }
    guard !excludedTexts.isEmpty else { return common }
    let excluded = Set(excludedTexts.flatMap { $0 }.map(TextBytes.init))
    return common.filter { !excluded.contains(TextBytes($0)) }
  }

  private func literal(
    _ predicate: ExactPredicate, isNegated: Bool, in table: inout TestTable
  ) -> LoweredLiteral {
    table.literal(attribute: attribute, predicate, isNegated: isNegated)
  }

  private static func unique(_ predicates: [ExactPredicate]) -> [ExactPredicate] {
    if predicates.count < 2 { return predicates }
    var seen = PlaceTable()
    var unique: [ExactPredicate] = []
    for predicate in predicates {
      let hash = predicate.hashValue
      guard seen.place(hash: hash, where: { unique[$0] == predicate }) == nil else { continue }
      seen.add(unique.count, hash: hash)
      unique.append(predicate)
    }
    return unique
  }

  /// Texts of all sets, ascending by bytes, each once.
  static func sortedUnique(_ sets: [[String]]) -> [String] {
    sets.count == 1 ? sets[0] : TextBytes.sortedUnique(sets.flatMap { $0 })
  }

  /// Patterns by kind, text and flags, each once.
  static func sortedUnique(patterns: [TextPattern]) -> [TextPattern] {
    if patterns.count == 1 { return patterns }
    let sorted = patterns.sorted { left, right in
      if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
      if !left.text.utf8.elementsEqual(right.text.utf8) {
        return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
      }
      if left.ignoresCase != right.ignoresCase { return right.ignoresCase }
      return !left.dotMatchesNewline && right.dotMatchesNewline
    }
    var unique: [TextPattern] = []
    for pattern in sorted where unique.last != pattern { unique.append(pattern) }
    return unique
  }
}
