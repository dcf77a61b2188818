import TractatusCompiler
import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// Free tests of one attribute that cannot both be true.
extension TestImplications {
  mutating func areDisjoint(_ one: LoweredTest, _ other: LoweredTest) -> Bool {
    switch (one, other) {
    case (.exact(_, let first), .exact(_, let second)): return areDisjoint(first, second)
    case (.place(let attribute, let first), .place(_, let second)):
      // Of a path that has two forms each may hold of one.
      let hasForms = policy.attributes[attribute].type == .path
      guard !hasForms || !first.ambiguityHolds || !second.ambiguityHolds else { return false }
      return PlaceOrder.areDisjoint(first.test, second.test)
    case (.forms(let attribute, let first, _), .forms(_, let second, _)):
      // A host has one form; a path has several, of which each may pass another test.
      return policy.attributes[attribute].type == .host && areDisjoint(first, second)
    case (
      .history(let first, let keys, let some), .history(let second, let otherKeys, let others)
    ):
      return keys == otherKeys && areDisjoint(first, some, second, others)
    case (.quantified(let first), .quantified(let second)):
      guard first.isUniversal || second.isUniversal, first.depth == second.depth else {
        return false
      }
      return areDisjoint(first.condition, second.condition)
    case (.command(_, let first), .command(_, let second)):
      guard first.package == second.package else { return false }
      return Self.areDisjoint(first.test, second.test) || Self.areDisjoint(second.test, first.test)
    default: return false
    }
  }

  /// Whether no value passes both.
  private mutating func areDisjoint(_ one: ExactPredicate, _ other: ExactPredicate) -> Bool {
    if case (.inRanges(let first), .inRanges(let second)) = (one, other) {
      return RangeSet.intersection(RangeSet.normalized(first), RangeSet.normalized(second)).isEmpty
    }
    guard let first = TextSet(one), let second = TextSet(other) else { return false }
    return isEmpty(.and([first, second]))
  }

  /// Whether no element passes both conditions.
  private mutating func areDisjoint(_ one: ElementExpression, _ other: ElementExpression) -> Bool {
    if case .not(let inner) = other, implies(one, inner) { return true }
    if case .not(let inner) = one, implies(other, inner) { return true }
    switch (one, other) {
    case (.or(let parts), _):
      for part in parts where !areDisjoint(part, other) { return false }
      return true
    case (_, .or(let parts)):
      for part in parts where !areDisjoint(one, part) { return false }
      return true
    case (.and(let parts), _):
      for part in parts where areDisjoint(part, other) { return true }
      return false
    case (_, .and(let parts)):
      for part in parts where areDisjoint(one, part) { return true }
      return false
    case (.exact(let first, let tight, _), .exact(let second, let wide, _)):
      // A path has several forms: one may pass this test, another that one.
      guard first == second, case .element(_, _, let type) = first, type != .path else {
        return false
      }
      return areDisjoint(tight, wide)
    default: return false
    }
  }

  /// Whether `only` says that nothing reaches what the other test looks for.
  private static func areDisjoint(_ one: CommandTest, _ other: CommandTest) -> Bool {
    guard case .effect(let all) = one, case .effect(let some) = other, all.isOnly, !some.isOnly,
      all.effect == some.effect, let inside = all.target, !inside.isNegated,
      let reached = some.target, !reached.isNegated,
      case .place(let place) = inside.kind, case .place(let outside) = reached.kind,
      !place.isOutside, outside.isOutside
    else { return false }
    return PlaceOrder.isTighter(place, PlaceTest(isOutside: false, places: outside.places))
  }
}

extension PlaceOrder {
  /// Whether nothing passes both tests.
  static func areDisjoint(_ one: PlaceTest, _ other: PlaceTest) -> Bool {
    switch (one.isOutside, other.isOutside) {
    case (false, true): isTighter(one, PlaceTest(isOutside: false, places: other.places))
    case (true, false): isTighter(other, PlaceTest(isOutside: false, places: one.places))
    default: false
    }
  }
}

extension TestImplications {
  /// What the number of earlier actions in some ranges says of another's.
  ///
  /// What is true of either is true of what came before. A session keeps what queries ask that are
  /// not written alike apart, so that the one may be unknown where the other is not.
  func strength(
    _ one: Int, _ tight: [OrdinalRange], _ other: Int, _ wide: [OrdinalRange]
  ) -> Strength {
    let isSubset = RangeSet.intersection(tight, wide) == tight
    if one == other { return isSubset ? .order : .none }
    guard let isSame = isWithin(one, other) else { return .none }
    if isSame, isSubset { return sessionsAreWhole ? .order : .whenTrue }
    guard let least = tight.first?.lower, let bound = wide.first, wide.count == 1 else {
      return .none
    }
    // At least so many in the tighter window are at least so many in the wider one.
    return bound.lower <= least && bound.upper >= Decimal.rawLimit - 1 ? .whenTrue : .none
  }

  /// Whether two numbers of earlier actions cannot both be: of one query in different ranges, or
  /// more in a tighter window than in a wider one.
  private func areDisjoint(
    _ one: Int, _ some: [OrdinalRange], _ other: Int, _ others: [OrdinalRange]
  ) -> Bool {
    func isMore(_ tight: [OrdinalRange], _ wide: [OrdinalRange]) -> Bool {
      guard let least = tight.first?.lower, let most = wide.last?.upper else { return false }
      return least > most
    }
    if one == other || isWithin(one, other) == true {
      return RangeSet.intersection(some, others).isEmpty
    }
    if isWithin(one, other) != nil { return isMore(some, others) }
    return isWithin(other, one) != nil && isMore(others, some)
  }

  /// Whether two queries ask for the same actions, in the same window (true) or in a tighter one
  /// (false); nil where neither is plain.
  private func isWithin(_ one: Int, _ other: Int) -> Bool? {
    // Parts of a condition that are looked at alone have numbers of their own, and no queries.
    let known = policy.histories.indices
    guard known.contains(one), known.contains(other) else { return nil }
    let first = policy.histories[one]
    let second = policy.histories[other]
    guard first.type == second.type, first.formula.rows == second.formula.rows,
      first.keys == second.keys, first.since == second.since
    else { return nil }
    if first.window == second.window { return true }
    guard let window = second.window else { return false }
    guard let own = first.window, own.unit == window.unit, own.amount <= window.amount else {
      return nil
    }
    return false
  }
}
