import TractatusCompiler
import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// What the truth of one free test says of another's, of the same attribute.
///
/// Each kind declares its own: a test that asks for more is at most as true as one that asks for
/// less. What is not declared is independent.
struct TestImplications {
  /// How far an implication reaches.
  enum Strength {
    case none
    /// Where the first is true, the second is not false.
    case whenTrue
    /// The first is never truer than the second: false < unknown < true.
    case order
  }

  let policy: LoweredPolicy
  /// Whether only sessions count that have lost nothing of what came before.
  var sessionsAreWhole = false
  private var known: [Int: [Int: Strength]] = [:]
  private var disjoint: [Int: [Int: Bool]] = [:]
  private var texts: TextMemory

  init(_ model: AnalysisModel, _ languages: LanguageMemory) {
    policy = model.policy
    texts = TextMemory(languages)
  }

  /// Whether two free tests cannot be as wanted together: one implies the other, or they exclude
  /// each other.
  mutating func exclude(
    _ one: (test: Int, truths: TruthSet), _ other: (test: Int, truths: TruthSet)
  ) -> Bool {
    if one.test == other.test { return false }
    if one.truths == .isTrue, other.truths == .isTrue {
      return areDisjoint(one.test, other.test)
    }
    return implies(one, other) || implies(other, one)
  }

  private mutating func implies(
    _ one: (test: Int, truths: TruthSet), _ other: (test: Int, truths: TruthSet)
  ) -> Bool {
    let least = one.truths.least
    let greatest = other.truths.greatest
    guard least > greatest else { return false }
    switch strength(one.test, other.test) {
    case .none: return false
    case .whenTrue: return least.isTrue && greatest.isFalse
    case .order: return true
    }
  }

  private mutating func strength(_ one: Int, _ other: Int) -> Strength {
    if let known = known[one]?[other] { return known }
    let found = strength(policy.tests[one], policy.tests[other])
    known[one, default: [:]][other] = found
    return found
  }

  private mutating func areDisjoint(_ one: Int, _ other: Int) -> Bool {
    if let known = disjoint[one]?[other] { return known }
    let found = areDisjoint(policy.tests[one], policy.tests[other])
    disjoint[one, default: [:]][other] = found
    return found
  }

  private mutating func strength(_ one: LoweredTest, _ other: LoweredTest) -> Strength {
    switch (one, other) {
    case (.exact(_, let first), .exact(_, let second)):
      // Of a host, which both read in its one normal form, or cannot.
      return isSubset(first, second) ? .order : .none
    case (
      .history(let first, let keys, let tight), .history(let second, let otherKeys, let wide)
    ):
      return keys == otherKeys ? strength(first, tight, second, wide) : .none
    case (.forms(_, let first, let oneHolds), .forms(_, let second, let otherHolds)):
      guard oneHolds == otherHolds || otherHolds else { return .none }
      return isSubset(first, second) ? .order : .none
    case (.place(_, let first), .place(_, let second)):
      guard first.ambiguityHolds == second.ambiguityHolds || second.ambiguityHolds else {
        return .none
      }
      return PlaceOrder.isTighter(first.test, second.test) ? .order : .none
    case (.command(_, let first), .command(_, let second)):
      guard first.ambiguityHolds == second.ambiguityHolds, first.package == second.package else {
        return .none
      }
      return isTighter(first.test, second.test) ? .order : .none
    case (.recent(_, let first), .recent(_, let second)):
      // Where the tighter one is true, the figures of the wider one are known and lie in it; where
      // the wider one is false, one of its figures is past the tighter one, too.
      let isTighter = second.allSatisfy { wide in
        first.contains { $0.unit == wide.unit && $0.amount <= wide.amount }
      }
      return isTighter ? .order : .none
    case (.quantified(let first), .quantified(let second)):
      // What holds of all elements holds of some, for there is one.
      guard first.isUniversal || !second.isUniversal, first.depth == second.depth else {
        return .none
      }
      guard implies(first.condition, second.condition) else { return .none }
      // Both are unknown past one budget where they ask as much of each element; else the wider one
      // may have spent it alone.
      let isAlike = first.isUniversal == second.isUniversal && first.list == second.list
      return isAlike && first.condition.hasSize(of: second.condition) ? .order : .whenTrue
    default: return .none
    }
  }

  // MARK: Texts

  /// Whether every text that passes the first passes the second.
  private mutating func isSubset(_ one: ExactPredicate, _ other: ExactPredicate) -> Bool {
    if one == other { return true }
    if case .matches(let some) = one, case .matches(let all) = other {
      return isSubset(some, all)
    }
    guard let first = TextSet(one), let second = TextSet(other) else { return false }
    return texts.shortest(.and([first, .not(second)])) == .nothing
  }

  /// The same of patterns: those that both have need no search.
  private mutating func isSubset(_ some: [TextPattern], _ all: [TextPattern]) -> Bool {
    let known = Set(all)
    let rest = some.filter { !known.contains($0) }
    if rest.isEmpty { return true }
    switch texts.shortest(.and([.matching(rest), .not(.matching(all))])) {
    case .nothing: return true
    case .text: return false
    case .notDecided: break
    }
    // Of long lists one pattern often covers what all together are too large to be asked for.
    guard rest.count * all.count <= Self.pairLimit else { return false }
    for pattern in rest {
      var isCovered = false
      for other in all where !isCovered {
        isCovered =
          texts.shortest(.and([.matching([pattern]), .not(.matching([other]))])) == .nothing
      }
      if !isCovered { return false }
    }
    return true
  }

  /// Most pairs of patterns that are compared one by one.
  private static let pairLimit = 512

  /// Whether a set holds no text.
  mutating func isEmpty(_ set: TextSet) -> Bool { texts.shortest(set) == .nothing }

  private mutating func isTighter(_ one: TargetTest?, _ other: TargetTest?) -> Bool {
    guard let other else { return true }
    guard let one else { return false }
    if one == other { return true }
    guard one.isNegated == other.isNegated else { return false }
    let (first, second) = one.isNegated ? (other, one) : (one, other)
    switch (first.kind, second.kind) {
    case (.place(let tight), .place(let wide)): return PlaceOrder.isTighter(tight, wide)
    case (.matches(let some), .matches(let all)): return isSubset(some, all)
    case (.equalsText, .equalsText), (.equalsText, .matches):
      guard let tight = TextSet(first.kind), let wide = TextSet(second.kind) else { return false }
      return texts.shortest(.and([tight, .not(wide)])) == .nothing
    default: return false
    }
  }

  // MARK: Commands

  private mutating func isTighter(_ one: CommandTest, _ other: CommandTest) -> Bool {
    if one == other { return true }
    switch (one, other) {
    case (.runs(let first), .runs(let second)): return isTighter(first, second)
    case (.effect(let first), .effect(let second)):
      // What is sent is read.
      let isWider =
        first.effect == second.effect
        || (first.effect == .sends && second.effect == .reads && !first.isOnly)
      guard isWider, first.isOnly == second.isOnly,
        first.undeclaredIsUnknown == second.undeclaredIsUnknown
      else { return false }
      return isTighter(first.target, second.target) && isTighter(first.value, second.value)
    case (.pipes(let from, let into), .pipes(let wideFrom, let wideInto)):
      return Self.areAmong(from, wideFrom) && Self.areAmong(into, wideInto)
    default: return false
    }
  }

  private mutating func isTighter(_ one: RunsTest, _ other: RunsTest) -> Bool {
    guard !one.isOnly, !other.isOnly else { return false }
    // What is an operand or an option depends on the words of the term.
    let isPlain = other.options.isEmpty && other.operand == nil && !other.lacksOperand
    let areAmong =
      isPlain
      ? Self.areAmong(one.programs, other.programs)
      : one.programs.allSatisfy(other.programs.contains)
    guard areAmong else { return false }
    if other.lacksOperand, !one.lacksOperand { return false }
    if other.operand != nil, !isTighter(one.operand, other.operand) { return false }
    for wide in other.options {
      var isFound = false
      for tight in one.options where !isFound { isFound = isTighter(tight, wide) }
      if !isFound { return false }
    }
    return true
  }

  private mutating func isTighter(_ one: OptionTest, _ other: OptionTest) -> Bool {
    if one == other { return true }
    // What an argument must pass may be less; where options are missing it says nothing.
    let isArgumentTighter =
      one.argument == other.argument
      || !one.isNegated && one.argument != nil && other.argument != nil
        && isTighter(one.argument, other.argument)
    guard one.isNegated == other.isNegated, isArgumentTighter,
      one.isAll == other.isAll || one.options.count == 1 || other.options.count == 1
    else { return false }
    let first = Set(one.options)
    let second = Set(other.options)
    // `with` asks for some, `with all` for each; `without` negates that.
    let asksForEach = (one.isAll || one.options.count == 1, other.isAll || other.options.count == 1)
    let isWider = asksForEach == (false, false) ? first.isSubset(of: second) : false
    let isMore = one.isAll && asksForEach.1 ? second.isSubset(of: first) : false
    let isOneOf = one.options.count == 1 && !other.isAll ? first.isSubset(of: second) : false
    if !one.isNegated { return isWider || isMore || isOneOf }
    let isFewer = !one.isAll && !other.isAll ? second.isSubset(of: first) : false
    return isFewer
  }

  private static func areAmong(_ terms: [ProgramTerm], _ others: [ProgramTerm]) -> Bool {
    terms.allSatisfy { term in
      others.contains { $0.words == Array(term.words.prefix($0.words.count)) }
    }
  }

  // MARK: Elements

  mutating func implies(_ one: ElementExpression, _ other: ElementExpression) -> Bool {
    if one == other { return true }
    if case .or(let parts) = one {
      for part in parts where !implies(part, other) { return false }
      return true
    }
    if case .and(let parts) = other {
      for part in parts where !implies(one, part) { return false }
      return true
    }
    if case .and(let parts) = one {
      for part in parts where implies(part, other) { return true }
    }
    if case .or(let parts) = other {
      for part in parts where implies(one, part) { return true }
    }
    switch (one, other) {
    case (.not(let first), .not(let second)): return implies(second, first)
    case (
      .exact(let first, let tight, let oneHolds), .exact(let second, let wide, let otherHolds)
    ):
      return first == second && oneHolds == otherHolds && isSubset(tight, wide)
    case (.place(let first, let tight), .place(let second, let wide)):
      return first == second && tight.ambiguityHolds == wide.ambiguityHolds
        && PlaceOrder.isTighter(tight.test, wide.test)
    case (.command(let first, let tight), .command(let second, let wide)):
      return first == second && tight.ambiguityHolds == wide.ambiguityHolds
        && tight.package == wide.package && isTighter(tight.test, wide.test)
    default: return false
    }
  }
}

extension ElementExpression {
  /// Whether two make as many tests of one element; not where other quantifiers make some.
  fileprivate func hasSize(of other: ElementExpression) -> Bool {
    guard let size, let otherSize = other.size else { return false }
    return size == otherSize
  }

  private var size: Int? {
    switch self {
    case .constant: return 0
    case .exact, .place, .command, .relation, .recent: return 1
    case .quantified: return nil
    case .not(let inner): return inner.size
    case .and(let parts), .or(let parts):
      var sum = 0
      for part in parts {
        guard let size = part.size else { return nil }
        sum += size
      }
      return sum
    }
  }
}

extension TextSet {
  /// The texts that pass a predicate; nil for one that asks no text.
  init?(_ predicate: ExactPredicate) {
    switch predicate {
    case .equalsText(let texts): self = .equal(to: texts)
    case .matches(let patterns): self = .matching(patterns)
    default: return nil
    }
  }

  /// The texts that pass the test of a target, not negated; nil for a place.
  init?(_ kind: TargetTest.Kind) {
    switch kind {
    case .equalsText(let texts): self = .equal(to: texts)
    case .matches(let patterns): self = .matching(patterns)
    case .place: return nil
    }
  }
}

/// Which places lie within others, by their spelling alone.
enum PlaceOrder {
  /// Whether whatever passes the first test passes the second.
  static func isTighter(_ one: PlaceTest, _ other: PlaceTest) -> Bool {
    guard one.isOutside == other.isOutside else { return false }
    let (tight, wide) = one.isOutside ? (other.places, one.places) : (one.places, other.places)
    return tight.allSatisfy { place in wide.contains { isWithin(place, $0) } }
  }

  /// Whether all of a place lies within another; no where that is not plain.
  static func isWithin(_ place: Place, _ other: Place) -> Bool {
    if place == other { return true }
    switch (place, other) {
    case (.directory(let one), .directory(let two)):
      guard let below = components(one), let above = components(two),
        below.isAbsolute == above.isAbsolute
      else { return false }
      return below.names.starts(with: above.names)
    case (.domain(let one), .domain(let two)):
      // Addresses and what may be one lie within themselves alone.
      let isName = two.utf8.contains { ($0 | 0x20) &- 0x61 < 26 } && !two.utf8.contains(0x3A)
      return isName && one.utf8.count > two.utf8.count + 1 && one.hasSuffix("." + two)
    default: return false
    }
  }

  /// A directory's names; nil where it is not in plain normal form.
  private static func components(_ path: String) -> (isAbsolute: Bool, names: [Substring])? {
    let isAbsolute = path.utf8.first == UInt8(ascii: "/")
    let names = path.split(separator: "/", omittingEmptySubsequences: true)
    let isPlain = names.allSatisfy { $0 != "." && $0 != ".." && $0.first != "~" && $0.first != "$" }
    return isPlain ? (isAbsolute, names) : nil
  }
}
