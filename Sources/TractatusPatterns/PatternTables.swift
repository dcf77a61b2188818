/// What a pattern set consists of.
struct PatternTables: ~Copyable, Sendable {
  /// How many patterns there are.
  let count: Int

  /// How each pattern is decided; after the patterns' plans come those of groups.
  let plans: [PatternPlan]
  /// The bytes of fixed texts: folded where the plan says so.
  let bytes: Packed<UInt8>
  /// Patterns that every text matches.
  let always: Packed<UInt32>
  /// Units of several patterns that run over every text.
  let groups: Packed<UInt32>
  /// Units of several late patterns.
  let lateGroups: Packed<UInt32>
  let units: AutomatonUnits
  let literals: LiteralIndex
  let words: WordIndex
  /// A number that differs between sets, so that a scratch knows its own.
  let fingerprint: UInt64

  init(_ builder: PatternSetBuilder, count: Int) {
    self.count = count
    plans = builder.plans
    bytes = Packed(builder.bytes)
    always = Packed(builder.always)
    groups = Packed(builder.groups)
    lateGroups = Packed(builder.lateGroups)
    units = builder.units
    literals = builder.literalIndex()
    words = builder.wordIndex()
    fingerprint = Self.fingerprint(of: plans, bytes, units)
  }

  /// Hashes what decides texts.
  private static func fingerprint(
    of plans: [PatternPlan], _ bytes: Packed<UInt8>, _ units: AutomatonUnits
  ) -> UInt64 {
    var hash = units.fingerprint
    func mix(_ word: UInt64) {
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    for word in plans.lazy.flatMap(\.words) { mix(UInt64(word)) }
    for byte in bytes { mix(UInt64(byte)) }
    return hash
  }

  /// Whether everything is alike.
  borrowing func equals(_ other: borrowing PatternTables) -> Bool {
    plans == other.plans && bytes == other.bytes && always == other.always
      && groups == other.groups && lateGroups == other.lateGroups && units == other.units
      && literals == other.literals
      && words == other.words
  }

  // MARK: Images

  /// What an image of this layout begins with.
  private static let magic: UInt32 = 0x3453_5054

  /// Appends the set to `bytes`, in a form that `init(reading:)` takes back.
  func write(into bytes: inout [UInt8]) {
    var image = ImageWriter()
    image.write(Self.magic)
    image.write(UInt32(truncatingIfNeeded: count))
    image.write(fingerprint)
    image.write(Packed(plans.flatMap(\.words)))
    image.write(self.bytes)
    image.write(always)
    image.write(groups)
    image.write(lateGroups)
    units.write(into: &image)
    literals.write(into: &image)
    words.write(into: &image)
    bytes += image.bytes
  }

  /// Reads a set that `write(into:)` wrote; nil for bytes that cannot be one.
  ///
  /// Never traps: every number is checked, so that a set that is returned can be matched safely
  /// whatever the bytes, though bytes that were changed on purpose can make other matches of it.
  ///
  /// Of a trusted image no number is checked.
  init?(reading image: consuming ImageReader) {
    guard image.word() == Self.magic, let count = image.word().map(Int.init),
      let fingerprint = image.longWord(), let planWords = image.words(),
      let bytes = image.numbers(UInt8.self),
      let always = image.words(), let groups = image.words(),
      let lateGroups = image.words(), planWords.count % PatternPlan.recordSize == 0
    else { return nil }
    let planCount = planWords.count / PatternPlan.recordSize
    guard count <= planCount,
      let units = AutomatonUnits(reading: &image, patterns: count, slots: 0),
      let literals = LiteralIndex(reading: &image, plans: planCount),
      let words = WordIndex(reading: &image, patterns: count), image.isAtEnd
    else { return nil }
    var plans: [PatternPlan] = []
    plans.reserveCapacity(planCount)
    for first in stride(from: 0, to: planWords.count, by: PatternPlan.recordSize) {
      guard let plan = PatternPlan(words: planWords, at: first) else { return nil }
      // Only patterns are reported.
      guard (plan.kind == .group) == (plans.count >= count) else { return nil }
      plans.append(plan)
    }
    if !image.isTrusted {
      for plan in plans {
        switch plan.kind {
        case .always: break
        case .literal: guard plan.first + plan.second <= bytes.count else { return nil }
        case .automaton, .words, .group: guard plan.first < units.units.count else { return nil }
        }
      }
      for pattern in always where Int(pattern) >= count { return nil }
      for group in groups + lateGroups where Int(group) >= units.units.count { return nil }
      guard fingerprint == Self.fingerprint(of: plans, bytes, units) else { return nil }
    }
    self.count = count
    self.plans = plans
    self.bytes = bytes
    self.always = always
    self.groups = groups
    self.lateGroups = lateGroups
    self.units = units
    self.literals = literals
    self.words = words
    self.fingerprint = fingerprint
  }
}
