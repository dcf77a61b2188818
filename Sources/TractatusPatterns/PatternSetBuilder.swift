/// Lays out a pattern set: plans, automata, and the indexes over fixed texts and words.
struct PatternSetBuilder {
  /// Patterns without a fixed text share automata of about this many states.
  private static let groupStates = 2_000
  /// And of this many patterns.
  private static let groupPatterns = 64

  private(set) var plans: [PatternPlan] = []
  private(set) var bytes: [UInt8] = []
  private(set) var always: [UInt32] = []
  private(set) var groups: [UInt32] = []
  private(set) var units = AutomatonUnits()

  private var builder = AutomatonBuilder()
  private var rarity = GramRarity()
  private var targets: [LiteralIndex.Literal: [LiteralIndex.Target]] = [:]
  /// The literals in the order of their patterns, which a dictionary does not keep.
  private var literals: [LiteralIndex.Literal] = []
  private var wordTargets: [[UInt8]: [WordIndex.Target]] = [:]
  private var wordList: [[UInt8]] = []
  /// Units that are still to be made: their pattern (or nil for a group), states, and start.
  private var pendingUnits: [PendingUnit] = []

  private struct PendingUnit {
    var pattern: Int?
    var states: Range<Int>
    var start: Int
    var isAnchored: Bool
  }

  init(_ patterns: [CompiledPattern]) {
    plans = [PatternPlan](repeating: PatternPlan(.always), count: patterns.count)
    let requirements = patterns.map { pattern in
      if case .tree(let tree) = pattern {
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
    for (number, pattern) in patterns.enumerated() {
      switch pattern {
      case .always: always.append(UInt32(truncatingIfNeeded: number))
      case .literal(let literal): add(literal, number)
      case .words(let words): add(words, number)
      case .tree(let tree):
        if let requirement = choose(requirements[number]) {
          add(tree, requirement, number)
        } else {
          residual.append((number, tree))
        }
      }
    }
    addGroups(residual)
    finishUnits()
  }

  /// The index of all literals.
  func literalIndex() -> LiteralIndex {
    LiteralIndex(literals.map { ($0, targets[$0] ?? []) }, rarity: rarity)
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
    if targets[literal] == nil { literals.append(literal) }
    targets[literal, default: []].append(target)
  }

  // MARK: Automata

  /// The requirement that the fewest texts are likely to meet by chance; nil when none is worth
  /// looking for.
  private func choose(
    _ requirements: [LiteralAnalysis.Requirement]
  ) -> LiteralAnalysis.Requirement? {
    func cost(_ requirement: LiteralAnalysis.Requirement) -> Int {
      requirement.literals.reduce(requirement.offset == nil ? 5 : 0) {
        $0 + rarity.occurrences(of: $1)
      }
    }
    return requirements.filter(isTelling).min { cost($0) < cost($1) }
  }

  /// Whether texts are unlikely to meet a requirement by chance at every other place.
  private func isTelling(_ requirement: LiteralAnalysis.Requirement) -> Bool {
    requirement.literals.allSatisfy { literal in
      if literal.count >= 2 { return true }
      guard requirement.offset != nil, let byte = literal.first else { return false }
      return byte < 0x80 && byte != 0x20 && !WordBytes.contains(byte) && byte != 0x2F
    }
  }

  private mutating func add(
    _ tree: PatternTree, _ requirement: LiteralAnalysis.Requirement, _ number: Int
  ) {
    addUnit(tree, number)
    for literal in requirement.literals {
      add(
        LiteralIndex.Literal(bytes: literal, atStart: false, atEnd: false),
        LiteralIndex.Target(required: number, offset: requirement.offset))
    }
  }

  private mutating func addUnit(_ tree: PatternTree, _ number: Int) {
    let first = builder.automaton.states.count
    let start = builder.add(tree, accepting: number)
    pendingUnits.append(
      PendingUnit(
        pattern: number, states: first..<builder.automaton.states.count, start: start,
        isAnchored: Self.isAnchored(tree)))
  }

  /// Whether a tree can only match from the text's start.
  static func isAnchored(_ tree: PatternTree) -> Bool {
    guard let first = tree.parts(of: tree.root).first, case .look(.textStart) = tree.nodes[first]
    else { return false }
    return true
  }

  private mutating func addGroups(_ patterns: [(Int, PatternTree)]) {
    var starts: [Int] = []
    var first = builder.automaton.states.count
    func group(_ builder: inout AutomatonBuilder) -> PendingUnit {
      let start = builder.add(anyOf: starts)
      return PendingUnit(
        pattern: nil, states: first..<builder.automaton.states.count, start: start,
        isAnchored: false)
    }
    for (number, tree) in patterns {
      addUnit(tree, number)
      starts.append(pendingUnits[pendingUnits.count - 1].start)
      let size = builder.automaton.states.count - first
      if size >= Self.groupStates || starts.count >= Self.groupPatterns {
        pendingUnits.append(group(&builder))
        starts = []
        first = builder.automaton.states.count
      }
    }
    if !starts.isEmpty { pendingUnits.append(group(&builder)) }
  }

  private mutating func finishUnits() {
    units.take(builder.automaton)
    var known: [[UInt8]: Int] = [:]
    for unit in pendingUnits {
      let number = units.add(
        states: unit.states, start: unit.start, isAnchored: unit.isAnchored, known: &known)
      if let pattern = unit.pattern {
        let kind = plans[pattern].kind == .words ? PatternPlan.Kind.words : .automaton
        plans[pattern] = PatternPlan(kind, first: number)
      } else {
        groups.append(UInt32(truncatingIfNeeded: number))
      }
    }
  }

  // MARK: Words

  /// How many patterns need a word, by word.
  private var wordCounts: [[UInt8]: Int] = [:]

  private mutating func countWords(_ patterns: [CompiledPattern]) {
    for case .words(let pattern) in patterns {
      for readings in pattern.words {
        for reading in readings { wordCounts[reading, default: 0] += 1 }
      }
    }
  }

  private mutating func add(_ pattern: WordPattern, _ number: Int) {
    addUnit(pattern.tree, number)
    plans[number].kind = .words
    func cost(_ readings: [[UInt8]]) -> Int {
      readings.reduce(0) { $0 + (wordCounts[$1] ?? 0) * 16 + max(0, 8 - $1.count) }
    }
    guard
      let best = pattern.words.indices.min(by: { cost(pattern.words[$0]) < cost(pattern.words[$1]) }
      )
    else { return }
    let meaning: WordIndex.Meaning =
      pattern.isOneWord ? .matches : best == 0 ? .begins : .mayMatch
    for reading in pattern.words[best] {
      if wordTargets[reading] == nil { wordList.append(reading) }
      wordTargets[reading, default: []].append(
        WordIndex.Target(pattern: UInt32(truncatingIfNeeded: number), meaning: meaning))
    }
  }
}
