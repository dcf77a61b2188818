import TractatusEngine
import TractatusSemantics

/// Tests that an index finds, of which at least one is not false whenever some condition is not:
/// what does not hold a row that none of them reaches cannot fire, nor be unknown.
///
/// A disjunction needs those of all its parts, a conjunction those of one part alone. Negations
/// have none: that a test is not true leaves open too much.
struct AccessCover {
  /// Something that an index finds.
  enum Point: Hashable {
    /// A test of the policy.
    case test(Int)
    /// A test of the command that an attribute is: its index finds it unless it is false of the
    /// whole command and of every simple command of it.
    case query(attribute: Int, LoweredCommandTest)
  }

  /// Each once, in the order of the condition.
  private(set) var points: [Point] = []
  /// An estimate of how often some of them is not false.
  private(set) var share = 0.0

  /// Adds those of another part of a disjunction.
  fileprivate mutating func formUnion(_ other: AccessCover) {
    for point in other.points where !points.contains(point) { points.append(point) }
    share += other.share
  }

  fileprivate init() {}

  fileprivate init(_ point: Point, share: Double) {
    points = [point]
    self.share = share
  }

  /// More of them would make the lists that are looked through longer than what they save.
  fileprivate static let limit = 64
}

/// Finds the cover of each test of a policy.
///
/// Linear in the tests, but for the points of disjunctions, which are bounded.
struct AccessCovers {
  /// By test; nil where no index reaches what needs it to be true.
  private var covers: [AccessCover?] = []
  private var presence: Set<Int> = []

  init() {}

  init(_ lowered: LoweredPolicy, _ profile: TestProfile) {
    covers.reserveCapacity(lowered.tests.count)
    for (index, test) in lowered.tests.enumerated() {
      covers.append(cover(index, test, lowered, profile))
      // An index has room for one test of presence, and what it reaches is nearly everything.
      if case .exact(_, .present) = test { presence.insert(index) }
    }
  }

  /// The tests of which one is not false when `test` is not.
  subscript(test: Int) -> AccessCover? { covers[test] }

  private func cover(
    _ index: Int, _ test: LoweredTest, _ lowered: LoweredPolicy, _ profile: TestProfile
  ) -> AccessCover? {
    if profile.isPerType[index] { return nil }
    switch test {
    case .composite(let expression): return cover(of: expression)
    case .quantified(let quantified):
      guard case .attribute(let list) = quantified.list, lowered.attributes[list].type == .command,
        !quantified.condition.holdsQuantifier
      else { return nil }
      let cover = cover(of: quantified.condition, commandAt: list)
      return cover?.points.isEmpty == false ? cover : nil
    default:
      return profile.isExact[index]
        ? AccessCover(.test(index), share: profile.share[index]) : nil
    }
  }

  /// INVARIANT: a composite test comes after the tests that it combines, whose covers are known.
  private func cover(of expression: LoweredExpression) -> AccessCover? {
    switch expression {
    case .constant(let value): value ? nil : AccessCover()
    case .test(let test):
      test < covers.count && !presence.contains(test) ? covers[test] : nil
    case .not: nil
    case .and(let parts): Self.best(parts.map { cover(of: $0) })
    case .or(let parts): Self.union(parts.map { cover(of: $0) })
    }
  }

  /// The cover of a condition over the simple commands of a command.
  private func cover(of expression: ElementExpression, commandAt list: Int) -> AccessCover? {
    switch expression {
    case .constant(let value): return value ? nil : AccessCover()
    case .command(let operand, let test):
      switch operand {
      // INVARIANT: where the list is unknown so is the quantifier, whatever another attribute is.
      case .attribute(let attribute): if attribute != list { return nil }
      case .element(_, let fields, _): if !fields.isEmpty { return nil }
      }
      return AccessCover(.query(attribute: list, test), share: TestProfile.share(test.test))
    case .not, .exact, .place, .relation, .recent, .quantified: return nil
    case .and(let parts): return Self.best(parts.map { cover(of: $0, commandAt: list) })
    case .or(let parts): return Self.union(parts.map { cover(of: $0, commandAt: list) })
    }
  }

  /// That of the part which is not false least often; an empty one is never reached.
  private static func best(_ covers: [AccessCover?]) -> AccessCover? {
    var best: AccessCover?
    for case let cover? in covers where best.map({ cover.share < $0.share }) ?? true {
      best = cover
    }
    return best
  }

  private static func union(_ covers: [AccessCover?]) -> AccessCover? {
    var whole = AccessCover()
    for cover in covers {
      guard let cover else { return nil }
      whole.formUnion(cover)
      if whole.points.count > AccessCover.limit { return nil }
    }
    return whole
  }
}

extension ElementExpression {
  /// Whether a quantifier stands in it.
  fileprivate var holdsQuantifier: Bool {
    switch self {
    case .quantified: true
    case .not(let part): part.holdsQuantifier
    case .and(let parts), .or(let parts): parts.contains { $0.holdsQuantifier }
    case .constant, .exact, .place, .command, .relation, .recent: false
    }
  }
}
