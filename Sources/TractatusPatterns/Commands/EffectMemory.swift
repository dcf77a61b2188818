import TractatusValues

/// Which tests the effects of commands have met: the same targets come over and over, within a
/// line and from one to the next.
///
/// What an effect meets, its certainty and the value of a variable aside, depends on its verb and
/// target, on the changes of the directory that the target starts from, and on the set; of one such
/// set and pair of directories the memory keeps a fixed number of effects, each in the place that
/// its hash says.
///
/// PERF: nothing is allocated once it has been made.
struct EffectMemory: Sendable {
  /// How many effects are kept, a power of two; the longest key, and the most tests of one.
  private static let count = 512
  private static let keyLimit = 96
  private static let metLimit = 24
  /// How many of those effects may meet more tests, as those on unknown targets do, and how many.
  private static let largeCount = 16
  private static let largeLimit = 1_024
  /// What stands for the truth of a test that is left to whoever asks for it.
  private static let open: UInt64 = 0xFF
  /// What stands before a change of the directory that was made, and one that may not have been.
  private static let made: UInt8 = 0xFE
  private static let doubtful: UInt8 = 0xFF
  /// What stands for the verb of an operand.
  private static let operand: UInt8 = 0xFF

  private struct Place: Sendable {
    var hash: UInt64 = 0
    /// The directories and the set that it is of.
    var round: UInt32 = 0
    var keyCount: UInt32 = 0
    var metCount: UInt32 = 0
  }

  private var places: [Place] = []
  private var keys: [UInt8] = []
  private var kept: [UInt64] = []
  /// The tests of effects that meet many; made when the first is met.
  private var large: [UInt64] = []
  /// Of each part of `large`: one more than the place that it is of.
  private var owners: [Int] = []
  /// What the effect at hand meets: each test with its truth, or left open.
  private(set) var met: [UInt64] = []
  private var key: [UInt8] = []
  private var keyCount = 0
  private var hash: UInt64 = 0
  /// Whether the effect at hand may be kept: it has a key, and no test was passed over.
  private var isWhole = false

  private var round: UInt32 = 0
  private var owner: CommandQueryTables.Identity?
  private var context = PathContext()

  /// Forgets what is of another set or of other directories.
  ///
  /// PERF: nothing is kept of the first command, for who decides only one, as a hook does, would
  /// touch all this memory for nothing.
  mutating func adopt(
    _ identity: CommandQueryTables.Identity, _ context: borrowing PathContext
  ) {
    let isKnown = owner === identity
    if isKnown, !places.isEmpty, self.context.isSame(as: context) { return }
    owner = identity
    self.context.take(context)
    if places.isEmpty, !isKnown { return }
    if places.isEmpty || round == UInt32.max {
      places = [Place](repeating: Place(), count: Self.count)
      keys = [UInt8](repeating: 0, count: Self.count * Self.keyLimit)
      kept = [UInt64](repeating: 0, count: Self.count * Self.metLimit)
      key = [UInt8](repeating: 0, count: Self.keyLimit)
      round = 0
    }
    round += 1
  }

  /// Looks for an effect; true when `met` holds what it meets, else that is to be worked out.
  mutating func find(_ effect: CommandEffectFact, _ facts: borrowing CommandFacts) -> Bool {
    var flags: UInt8 = effect.isRecursive ? 1 : 0
    if effect.invocation >= 0,
      facts.invocations[Int(effect.invocation)].flags.contains(.isElsewhere)
    {
      flags |= 2
    }
    let hasTarget = effect.kind != .none && effect.kind != .unknown
    return find(
      effect.verb.rawValue, effect.kind.rawValue, flags, effect.target,
      mayKeep: effect.verb != .sets, hasTarget: hasTarget, facts)
  }

  /// Looks for an operand, as `find(_:_:)` for an effect.
  mutating func find(
    operand: CommandText, isElsewhere: Bool, _ facts: borrowing CommandFacts
  ) -> Bool {
    find(Self.operand, 0, isElsewhere ? 2 : 0, operand, mayKeep: true, hasTarget: true, facts)
  }

  private mutating func find(
    _ verb: UInt8, _ kind: UInt8, _ flags: UInt8, _ target: CommandText, mayKeep: Bool,
    hasTarget: Bool, _ facts: borrowing CommandFacts
  ) -> Bool {
    met.clear()
    isWhole =
      mayKeep && !places.isEmpty && makeKey(verb, kind, flags, target, hasTarget: hasTarget, facts)
    guard isWhole else { return false }
    hash = StableHash.hash(key.span.extracting(0..<keyCount))
    let number = Int(truncatingIfNeeded: hash) & (Self.count - 1)
    let place = places[number]
    guard place.round == round, place.hash == hash, place.keyCount == keyCount else {
      return false
    }
    let first = number * Self.keyLimit
    for offset in 0..<keyCount where keys[first + offset] != key[offset] { return false }
    let count = Int(place.metCount)
    if count <= Self.metLimit {
      let start = number * Self.metLimit
      for index in start..<start + count { met.append(kept[index]) }
      return true
    }
    let part = Self.part(hash)
    guard owners[part] == number + 1 else { return false }
    let start = part * Self.largeLimit
    for index in start..<start + count { met.append(large[index]) }
    return true
  }

  /// Notes that the effect at hand meets a test.
  mutating func add(_ query: UInt32, _ truth: FormTruth) {
    if truth.any.isFalse { return }
    met.append(UInt64(query) << 8 | UInt64(truth.bits))
  }

  /// Notes that a test of the effect at hand is left open.
  mutating func add(open query: UInt32) { met.append(UInt64(query) << 8 | Self.open) }

  /// Notes that some test was passed over.
  mutating func skip() { isWhole = false }

  /// Keeps what the effect at hand meets, if it is few.
  mutating func keep() {
    guard isWhole, met.count <= Self.largeLimit else { return }
    let number = Int(truncatingIfNeeded: hash) & (Self.count - 1)
    places[number] = Place(
      hash: hash, round: round, keyCount: UInt32(truncatingIfNeeded: keyCount),
      metCount: UInt32(truncatingIfNeeded: met.count))
    let first = number * Self.keyLimit
    for offset in 0..<keyCount { keys[first + offset] = key[offset] }
    if met.count <= Self.metLimit {
      let start = number * Self.metLimit
      for index in met.indices { kept[start + index] = met[index] }
      return
    }
    if large.isEmpty {
      large = [UInt64](repeating: 0, count: Self.largeCount * Self.largeLimit)
      owners = [Int](repeating: 0, count: Self.largeCount)
    }
    let part = Self.part(hash)
    owners[part] = number + 1
    let start = part * Self.largeLimit
    for index in met.indices { large[start + index] = met[index] }
  }

  /// Which part of `large` is that of a hash.
  private static func part(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash >> 32) & (largeCount - 1)
  }

  /// The query of what was met.
  static func query(_ entry: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: entry >> 8) }

  /// The truth of what was met; nil where it was left open.
  static func truth(_ entry: UInt64) -> FormTruth? {
    entry & 0xFF == open ? nil : FormTruth(bits: UInt8(truncatingIfNeeded: entry & 0xFF))
  }

  /// Spells out in `key` all that decides what an effect meets; false where that is too much.
  private mutating func makeKey(
    _ verb: UInt8, _ kind: UInt8, _ flags: UInt8, _ target: CommandText, hasTarget: Bool,
    _ facts: borrowing CommandFacts
  ) -> Bool {
    let bits = target.flags.rawValue
    var count = 5
    var key = self.key.mutableSpan
    if hasTarget, !Self.append(target.parts, facts, to: &key, &count) { return false }
    // The directories that it starts from, each with a mark that no piece begins with.
    var base = target.base
    while base > CommandBase.unknown {
      let link = facts.bases[Int(base)]
      guard count < Self.keyLimit else { return false }
      key[count] = link.isDoubtful ? Self.doubtful : Self.made
      count += 1
      guard Self.append(link.text.parts, facts, to: &key, &count) else { return false }
      base = link.isFixed ? CommandBase.unknown : link.parent
    }
    key[0] = verb
    key[1] = kind
    key[2] = flags | (base == CommandBase.start ? 4 : 0)
    key[3] = UInt8(truncatingIfNeeded: bits)
    key[4] = UInt8(truncatingIfNeeded: bits >> 8)
    keyCount = count
    return true
  }

  /// Adds pieces of the line to a key; false where there is no room.
  private static func append(
    _ parts: Range<Int>, _ facts: borrowing CommandFacts, to key: inout MutableSpan<UInt8>,
    _ count: inout Int
  ) -> Bool {
    for index in parts {
      let part = facts.line.parts[index]
      let hasText = part.kind.hasText
      guard part.count < 256, count + 3 + (hasText ? Int(part.count) : 0) <= keyLimit else {
        return false
      }
      key[count] = part.kind.rawValue
      key[count + 1] = part.isQuoted ? 1 : 0
      key[count + 2] = UInt8(truncatingIfNeeded: part.count)
      count += 3
      guard hasText else { continue }
      let text = facts.line.text.span.extracting(part.range)
      for offset in text.indices { key[count + offset] = text[offset] }
      count += text.count
    }
    return true
  }
}

extension ShellPart.Kind {
  /// Whether its range is one of the line's text.
  fileprivate var hasText: Bool {
    switch self {
    case .literal, .glob, .userHome, .variable, .shape: true
    case .home, .workingDirectory, .number, .substitution, .processInput, .processOutput,
      .unknown, .names, .below, .folders:
      false
    }
  }
}

extension FormTruth {
  /// Both truths in four bits.
  fileprivate var bits: UInt8 { all.rawValue | any.rawValue << 2 }

  /// The truths that `bits` holds.
  fileprivate init(bits: UInt8) {
    self.init(
      all: Truth(rawValue: bits & 3) ?? .unknown, any: Truth(rawValue: bits >> 2 & 3) ?? .unknown)
  }
}
