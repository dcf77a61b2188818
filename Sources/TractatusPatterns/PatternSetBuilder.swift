/// Lays out a pattern set: plans, automata, and the indexes over fixed texts and words.
struct PatternSetBuilder {
  /// Patterns without a fixed text share automata of about this many states.
  private static let groupStates = 2_000
  /// And of this many patterns.
  private static let groupPatterns = 64
  /// More patterns than this that require the same text share automata too.
  private static let shareLimit = 8

  private(set) var plans: [PatternPlan] = []
  private(set) var bytes: [UInt8] = []
  private(set) var always: [UInt32] = []
  private(set) var groups: [UInt32] = []
  private(set) var lateGroups: [UInt32] = []
  private(set) var units = AutomatonUnits()

  private var builder = AutomatonBuilder()
  private var rarity = GramRarity()
  /// What finding each literal means, by the literal's key.
  private var targets: [[UInt8]: [LiteralIndex.Target]] = [:]
  /// The literals in the order of their patterns, which a dictionary does not keep.
  private var literals: [LiteralIndex.Literal] = []
  private var wordTargets: [[UInt8]: [WordIndex.Target]] = [:]
  private var wordList: [[UInt8]] = []
  /// How many of the groups over every text are not late.
  private var groupCount = 0
  /// Units that are still to be made.
  private var pendingUnits: [PendingUnit] = []

  private struct PendingUnit {
    /// The plan that the unit is for; nil for a group that runs over every text.
    var plan: Int?
    var states: Range<Int>
    var start: Int
    var isAnchored: Bool
  }

  /// - Parameter isLate: the patterns that need not be looked for in every text.
  init(_ patterns: [CompiledPattern], _ isLate: [Bool] = []) {
    plans = [PatternPlan](repeating: PatternPlan(.always), count: patterns.count)
    let requirements = patterns.enumerated().map { number, pattern in
      if case .tree(let tree) = pattern, number >= isLate.count || !isLate[number] {
        LiteralAnalysis.requirements(tree)
      } else {
        [LiteralAnalysis.Requirement]()
      }
    }
    for (number, pattern) in patterns.enumerated() {
      if case .literal(let literal) = pattern { rarity.count(Self.folded(literal)) }
      for requirement in requirements[number] {
        for literal in requirement.literals { rarity.count(literal) }
      }
    }
    countWords(patterns)
    var residual: [(Int, PatternTree)] = []
    var late: [(Int, PatternTree)] = []
    // Patterns by what they require, in the order of the first one.
    var sharing: [[UInt8]: [(Int, PatternTree)]] = [:]
    var order: [LiteralAnalysis.Requirement] = []
    for (number, pattern) in patterns.enumerated() {
      switch pattern {
      case .always: always.append(UInt32(truncatingIfNeeded: number))
      case .literal(let literal): add(literal, number)
      case .words(let words): add(words, number)
      case .tree(let tree) where number < isLate.count && isLate[number]:
        late.append((number, tree))
      case .tree(let tree):
        if let requirement = choose(requirements[number]) {
          let key = requirement.key
          if sharing[key] == nil { order.append(requirement) }
          sharing[key, default: []].append((number, tree))
        } else {
          residual.append((number, tree))
        }
      }
    }
    for requirement in order {
      let sharers = sharing[requirement.key] ?? []
      if sharers.count > Self.shareLimit {
        addGroups(sharers, requirement)
      } else {
        for (number, tree) in sharers { add(tree, requirement, number) }
      }
    }
    addGroups(residual, nil)
    groupCount = countOpenGroups()
    addGroups(late, nil)
    finishUnits()
    for (number, _) in late { plans[number].flags |= PatternPlan.late }
  }

  /// The index of all literals.
  func literalIndex() -> LiteralIndex {
    LiteralIndex(literals.map { ($0, targets[$0.key] ?? []) }, rarity: rarity)
  }

  /// The index of all words.
  func wordIndex() -> WordIndex {
    WordIndex(wordList.map { ($0, wordTargets[$0] ?? []) })
  }

  // MARK: Fixed texts

  private static func folded(_ literal: LiteralAnalysis.Literal) -> [UInt8] {
    var folded: [UInt8] = []
    CaseFolding.fold(literal.bytes.span, into: &folded)
    return folded
  }

  private mutating func add(_ literal: LiteralAnalysis.Literal, _ number: Int) {
    var flags: UInt32 = literal.folding ? PatternPlan.folding : 0
    if literal.atStart { flags |= PatternPlan.atStart }
    if literal.atEnd { flags |= PatternPlan.atEnd }
    plans[number] = PatternPlan(
      .literal, flags: flags, first: bytes.count, second: literal.bytes.count)
    bytes += literal.bytes
    add(
      LiteralIndex.Literal(
        bytes: Self.folded(literal), atStart: literal.atStart, atEnd: literal.atEnd),
      LiteralIndex.Target(literal: number))
  }

  private mutating func add(_ literal: LiteralIndex.Literal, _ target: LiteralIndex.Target) {
    let key = literal.key
    if targets[key] == nil { literals.append(literal) }
    targets[key, default: []].append(target)
  }

  // MARK: Automata

  /// The requirement that the fewest texts are likely to meet by chance; nil when none is worth
  /// looking for.
  private func choose(
    _ requirements: [LiteralAnalysis.Requirement]
  ) -> LiteralAnalysis.Requirement? {
    func cost(_ requirement: LiteralAnalysis.Requirement) -> Int {
      requirement.literals.reduce(requirement.offset == nil ? 10 : 0) {
        $0 + rarity.occurrences(of: $1) + 2 * max(0, 12 - $1.count)
      }
    }
    return requirements.filter(isTelling).min { cost($0) < cost($1) }
  }

  /// Whether texts are unlikely to meet a requirement by chance at every other place.
  private func isTelling(_ requirement: LiteralAnalysis.Requirement) -> Bool {
    requirement.literals.allSatisfy { literal in
      if literal.count >= 2 { return true }
      guard requirement.offset != nil, let byte = literal.first else { return false }
      return Self.rareBytes.contains(byte)
    }
  }

  /// Bytes worth looking for alone.
  private static let rareBytes = Array("!#$%&*+;<>?@[]^`{|}~\\".utf8)

  private mutating func add(
    _ tree: PatternTree, _ requirement: LiteralAnalysis.Requirement, _ number: Int
  ) {
    addUnit(tree, number)
    // What a match begins with stands at the text's start where matches do.
    let atStart = requirement.offset == 0 && Self.isAnchored(tree)
    for literal in requirement.literals {
      add(
        LiteralIndex.Literal(bytes: literal, atStart: atStart, atEnd: false),
        LiteralIndex.Target(required: number, offset: requirement.offset))
    }
  }

  private mutating func addUnit(_ tree: PatternTree, _ number: Int) {
    let first = builder.automaton.states.count
    let start = builder.add(tree, accepting: number)
    pendingUnits.append(
      PendingUnit(
        plan: number, states: first..<builder.automaton.states.count, start: start,
        isAnchored: Self.isAnchored(tree)))
  }

  private mutating func addUnit(_ words: WordPattern, _ number: Int) {
    let first = builder.automaton.states.count
    let start = builder.add(words, accepting: number)
    pendingUnits.append(
      PendingUnit(
        plan: number, states: first..<builder.automaton.states.count, start: start,
        isAnchored: false))
  }

  /// Whether a tree can only match from the text's start.
  static func isAnchored(_ tree: PatternTree) -> Bool {
    guard let first = tree.parts(of: tree.root).first, case .look(.textStart) = tree.nodes[first]
    else { return false }
    return true
  }

  /// Adds patterns that share automata: over every text, or over those that meet a requirement.
  private mutating func addGroups(
    _ patterns: [(Int, PatternTree)], _ requirement: LiteralAnalysis.Requirement?
  ) {
    var starts: [Int] = []
    var first = builder.automaton.states.count
    for (index, (number, tree)) in patterns.enumerated() {
      addUnit(tree, number)
      starts.append(pendingUnits[pendingUnits.count - 1].start)
      let size = builder.automaton.states.count - first
      let isFull = size >= Self.groupStates || starts.count >= Self.groupPatterns
      guard isFull || index == patterns.count - 1 else { continue }
      let start = builder.add(anyOf: starts)
      pendingUnits.append(
        PendingUnit(
          plan: requirement.map { addPlan(requiring: $0) },
          states: first..<builder.automaton.states.count, start: start, isAnchored: false))
      starts = []
      first = builder.automaton.states.count
    }
  }

  /// Adds the plan of a group that runs over the texts that meet a requirement.
  private mutating func addPlan(requiring requirement: LiteralAnalysis.Requirement) -> Int {
    plans.append(PatternPlan(.group))
    for literal in requirement.literals {
      add(
        LiteralIndex.Literal(bytes: literal, atStart: false, atEnd: false),
        LiteralIndex.Target(required: plans.count - 1, offset: nil))
    }
    return plans.count - 1
  }

  private func countOpenGroups() -> Int { pendingUnits.count { $0.plan == nil } }

  private mutating func finishUnits() {
    units.take(builder.automaton)
    var known: [Int: Int] = [:]
    for unit in pendingUnits {
      let number = units.add(
        states: unit.states, start: unit.start, isAnchored: unit.isAnchored, known: &known)
      guard let plan = unit.plan else {
        let isLate = groups.count >= groupCount
        if isLate {
          lateGroups.append(UInt32(truncatingIfNeeded: number))
        } else {
          groups.append(UInt32(truncatingIfNeeded: number))
        }
        continue
      }
      let kind = plans[plan].kind
      plans[plan] = PatternPlan(
        kind == .words || kind == .group ? kind : .automaton, first: number)
    }
  }

  // MARK: Words

  /// How many patterns need a word, by word.
  private var wordCounts: [[UInt8]: Int] = [:]

  private mutating func countWords(_ patterns: [CompiledPattern]) {
    for case .words(let pattern) in patterns {
      for piece in pattern.pieces { wordCounts[pattern.reading(through: piece), default: 0] += 1 }
    }
  }

  /// Enters a pattern under one of its words: of each word the text must have one of the readings,
  /// which are the word itself, and with hyphens inside its beginnings, read with the hyphens as
  /// nothing.
  private mutating func add(_ pattern: WordPattern, _ number: Int) {
    addUnit(pattern, number)
    plans[number].kind = .words
    var readings: [[UInt8]] = []
    var best: [[UInt8]] = []
    var bestCost = Int.max
    var isFirst = true
    var bestIsFirst = true
    for (index, piece) in pattern.pieces.enumerated() {
      let reading = pattern.reading(through: piece)
      readings.append(reading)
      let next = index + 1
      if next < pattern.pieces.count, case .hyphen = pattern.pieces[next].link { continue }
      // From a pattern's first word its automaton can start in place, and mostly ends soon.
      let cost = isFirst ? cost(readings) : cost(readings) * 8 + 64
      if cost < bestCost { (best, bestCost, bestIsFirst) = (readings, cost, isFirst) }
      isFirst = false
      readings.removeAll(keepingCapacity: true)
    }
    let meaning: WordIndex.Meaning =
      pattern.isOneWord ? .matches : bestIsFirst ? .begins : .mayMatch
    let target = WordIndex.Target(pattern: UInt32(truncatingIfNeeded: number), meaning: meaning)
    for reading in best {
      if wordTargets[reading] == nil { wordList.append(reading) }
      wordTargets[reading, default: []].append(target)
    }
  }

  private func cost(_ readings: [[UInt8]]) -> Int {
    readings.reduce(0) { $0 + (wordCounts[$1] ?? 0) * 16 + max(0, 8 - $1.count) }
  }
}
