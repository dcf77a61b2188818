/// Deterministic automata of a set's units, built as texts need them (Cox, "Regular Expression
/// Matching in the Wild", 2010), in memory that is bounded: when it is spent, all is dropped.
///
/// A step that finds its transition takes a few instructions; one that builds it takes time linear
/// in the unit's states. So a text takes time linear in its length whatever it is, also when the
/// memory is dropped again and again.
struct LazyAutomata: Sendable {
  /// What stands before, as far as it matters.
  enum Context {
    static let textStart: UInt32 = 0
    static let newline: UInt32 = 1
    static let word: UInt32 = 2
    static let other: UInt32 = 3
  }

  /// A transition that is not built yet; row numbers are higher than these.
  private static let unknown: UInt32 = 0
  /// The text matches, whatever follows.
  static let matched: UInt32 = 0x8000_0001
  /// The text does not match, whatever follows.
  static let dead: UInt32 = 0x8000_0002
  /// Set beside a row's number when the row accepts.
  private static let accepting: UInt32 = 0x8000_0000

  /// What stands before a row's transitions: how many states it has, its flags, its unit, and its
  /// hash. Before that stands which call of `collect` reported it last.
  static let header = 4
  /// A row's flags: the context in two bits, whether matches may still begin, whether a state
  /// waits for what comes next.
  private static let reseeding: UInt32 = 4
  static let waiting: UInt32 = 8
  /// The byte that stands for the text's end.
  static let end = 256

  /// The rows: header, one transition for each class and one for the text's end, states.
  private(set) var words: [UInt32] = []
  /// Rows by hash, open addressing, 0 where none.
  private var index: [UInt32] = []
  private var rowCount = 0
  /// The row of each unit's start, by context and whether matches may begin later.
  private var starts: [UInt32] = []
  /// The most words.
  private let limit: Int

  /// Sets of a unit's states: reached by the step, and reached before it through conditions.
  private var reached: [UInt64] = []
  private var resolved: [UInt64] = []
  private var resolvedStates: [UInt32] = []
  private var pending: [UInt32] = []
  private var states: [UInt32] = []

  /// Steps over bytes, and visits to states while building: what matching costs, counted.
  private(set) var work = 0
  /// The number of the call of `collect` at hand; 0 is none's.
  private var collected: UInt32 = 0
  /// How often the memory was spent.
  private(set) var drops = 0

  init(limit: Int) { self.limit = max(limit, 1 << 12) }

  /// Forgets everything.
  mutating func reset() {
    drop()
    starts.removeAll(keepingCapacity: true)
    drops = 0
  }

  private mutating func drop() {
    words.removeAll(keepingCapacity: true)
    // Row numbers 0, 1 and 2 have meanings of their own.
    words.append(contentsOf: repeatElement(0, count: 4))
    for slot in index.indices { index[slot] = 0 }
    for slot in starts.indices { starts[slot] = 0 }
    rowCount = 0
    drops += 1
  }

  /// Whether a unit of one pattern matches the text from `start` on: there, or with `reseeding`
  /// there or later.
  mutating func matches(
    _ units: borrowing AutomatonUnits, unit number: Int, _ text: Span<UInt8>, from start: Int,
    reseeding: Bool
  ) -> Bool {
    let unit = units.units[number]
    let entry = startRow(
      units, number, context(text, at: start), reseeding: reseeding && !unit.isAnchored,
      isGroup: false)
    return units.classes.withSpan(unit.classes..<unit.classes + 256) { classes in
      matches(units, classes, text, from: start, at: entry)
    }
  }

  /// Whether the text matches from `start` on, where the row of an entry is reached.
  @inline(__always)
  private mutating func matches(
    _ units: borrowing AutomatonUnits, _ classes: Span<UInt8>, _ text: Span<UInt8>,
    from start: Int, at entry: UInt32
  ) -> Bool {
    var entry = entry
    var offset = start
    // Both final entries have the highest bit, and rows of single patterns never do.
    while entry < Self.accepting {
      var next: UInt32
      (entry, next) = walk(entry, classes, text, &offset)
      let row = Int(truncatingIfNeeded: entry)
      if offset == text.count {
        if words[row - Self.header + 1] & Self.waiting != 0 {
          entry = transition(units, row, byte: Self.end, isGroup: false)
        }
        break
      }
      if next == Self.unknown {
        next = transition(units, row, byte: Int(text[offset]), isGroup: false)
      }
      entry = next
      offset += 1
    }
    work += offset - start
    return entry == Self.matched
  }

  /// Steps from row to row, up to an entry that is not simply a row, or the text's end: returns
  /// the last row's entry, and the entry that follows on the byte at `offset`.
  ///
  /// PERF: while the row stays the same, as where nothing has begun, no step waits for what the
  /// one before it read.
  @inline(__always)
  private func walk(
    _ entry: UInt32, _ classes: Span<UInt8>, _ text: Span<UInt8>,
    _ offset: inout Int
  ) -> (last: UInt32, next: UInt32) {
    let words = words.span
    precondition(classes.count == 256)
    var entry = entry
    var place = offset
    let end = text.count
    precondition(place >= 0)
    while place < end {
      let row = Int(truncatingIfNeeded: entry & ~Self.accepting)
      // SAFETY: `place` lies in the text, and a byte numbers one of as many classes as were just
      // counted.
      var next = words[row &+ Int(unsafe classes[unchecked: Int(text[unchecked: place])])]
      while next == entry {
        place &+= 1
        if place == end {
          offset = end
          return (entry, Self.unknown)
        }
        // SAFETY: as above.
        next = words[row &+ Int(unsafe classes[unchecked: Int(text[unchecked: place])])]
      }
      if next == Self.unknown || next >= Self.accepting {
        offset = place
        return (entry, next)
      }
      entry = next
      place &+= 1
    }
    offset = place
    return (entry, Self.unknown)
  }

  /// Appends to `found` the patterns of a unit of several that match anywhere in the text; a
  /// pattern can come more than once.
  mutating func collect(
    _ units: borrowing AutomatonUnits, unit number: Int, _ text: Span<UInt8>,
    into found: inout [UInt32]
  ) {
    let unit = units.units[number]
    if collected == UInt32.max { drop() }
    collected = collected == UInt32.max ? 1 : collected + 1
    let entry = startRow(units, number, Context.textStart, reseeding: true, isGroup: true)
    units.classes.withSpan(unit.classes..<unit.classes + 256) { classes in
      collect(units, classes, text, at: entry, into: &found)
    }
  }

  /// Appends to `found` what matches from the row of an entry on.
  @inline(__always)
  private mutating func collect(
    _ units: borrowing AutomatonUnits, _ classes: Span<UInt8>, _ text: Span<UInt8>,
    at entry: UInt32, into found: inout [UInt32]
  ) {
    var entry = entry
    var offset = 0
    while true {
      if entry >= Self.accepting { report(units, Int(entry & ~Self.accepting), into: &found) }
      var next: UInt32
      (entry, next) = walk(entry, classes, text, &offset)
      if offset == text.count { break }
      if next == Self.unknown {
        let row = Int(entry & ~Self.accepting)
        next = transition(units, row, byte: Int(text[offset]), isGroup: true)
      }
      entry = next
      offset += 1
    }
    let row = Int(entry & ~Self.accepting)
    if words[row - Self.header + 1] & Self.waiting != 0 {
      entry = transition(units, row, byte: Self.end, isGroup: true)
      report(units, Int(entry & ~Self.accepting), into: &found)
    }
    work += offset
  }

  /// Appends to `found` the patterns that a row accepts, once in a text.
  private mutating func report(
    _ units: borrowing AutomatonUnits, _ row: Int, into found: inout [UInt32]
  ) {
    // PERF: a text may stay in rows that accept, each with hundreds of states, byte by byte.
    if words[row - Self.header - 1] == collected { return }
    words[row - Self.header - 1] = collected
    for place in stateRange(units, row) {
      let state = units.automaton.state(Int(words[place]))
      if state.operation == .accept { found.append(UInt32(truncatingIfNeeded: state.first)) }
    }
  }

  // MARK: Rows

  /// Where a row's states stand.
  private func stateRange(_ units: borrowing AutomatonUnits, _ row: Int) -> Range<Int> {
    let unit = units.units[Int(words[row - Self.header + 2])]
    let first = row + unit.classCount + 1
    return first..<first + Int(words[row - Self.header])
  }

  private func context(_ text: Span<UInt8>, at offset: Int) -> UInt32 {
    if offset == 0 { return Context.textStart }
    return context(after: Int(text[offset - 1]))
  }

  private func context(after byte: Int) -> UInt32 {
    if byte == 10 { return Context.newline }
    return byte < Self.end && WordBytes.contains(UInt8(truncatingIfNeeded: byte))
      ? Context.word : Context.other
  }

  mutating func startRow(
    _ units: borrowing AutomatonUnits, _ number: Int, _ context: UInt32, reseeding: Bool,
    isGroup: Bool
  ) -> UInt32 {
    if starts.count < units.units.count * 8 {
      starts = [UInt32](repeating: 0, count: units.units.count * 8)
    }
    let slot = number * 8 + Int(context) + (reseeding ? 4 : 0)
    if starts[slot] != 0 { return starts[slot] }
    let unit = units.units[number]
    clear(unit)
    close(units, unit, unit.start, context, next: nil, resolving: false)
    let entry = row(
      units, number, flags: context | (reseeding ? Self.reseeding : 0), isGroup: isGroup)
    starts[slot] = entry
    return entry
  }

  /// The entry for a step from a row, built and noted there.
  mutating func transition(
    _ units: borrowing AutomatonUnits, _ row: Int, byte: Int, isGroup: Bool
  ) -> UInt32 {
    let flags = words[row - Self.header + 1]
    let number = Int(words[row - Self.header + 2])
    let unit = units.units[number]
    let column =
      byte == Self.end
      ? unit.classCount : Int(units.classes[unit.classes + byte])
    if words[row + column] != Self.unknown { return words[row + column] }
    step(units, row, unit, flags, byte)
    let before = drops
    let entry = self.row(
      units, number,
      flags: context(after: byte) | (byte == Self.end ? 0 : flags & Self.reseeding),
      isGroup: isGroup)
    if drops == before { words[row + column] = entry }
    return entry
  }

  /// Leaves in `reached` the states after a byte.
  private mutating func step(
    _ units: borrowing AutomatonUnits, _ row: Int, _ unit: AutomatonUnit, _ flags: UInt32,
    _ byte: Int
  ) {
    clear(unit)
    let range = stateRange(units, row)
    let after = context(after: byte)
    if flags & Self.waiting != 0 {
      for place in range {
        let state = units.automaton.state(Int(words[place]))
        guard state.operation == .look, holds(state.second, flags & 3, next: byte) else { continue }
        close(units, unit, state.first, flags & 3, next: byte, resolving: true)
      }
    }
    if byte < Self.end {
      let byte = UInt8(truncatingIfNeeded: byte)
      for place in range {
        advance(units, unit, Int(words[place]), byte, after)
      }
      for index in resolvedStates.indices {
        advance(units, unit, Int(resolvedStates[index]), byte, after)
      }
      if flags & Self.reseeding != 0 {
        close(units, unit, unit.start, after, next: nil, resolving: false)
      }
    }
    // A match that had to see what comes next is reported one byte late.
    for index in resolvedStates.indices {
      let state = Int(resolvedStates[index])
      guard units.automaton.state(state).operation == .accept else { continue }
      let local = state - unit.firstState
      reached[local >> 6] |= 1 << UInt64(local & 63)
    }
  }

  private mutating func advance(
    _ units: borrowing AutomatonUnits, _ unit: AutomatonUnit, _ number: Int, _ byte: UInt8,
    _ after: UInt32
  ) {
    work += 1
    let state = units.automaton.state(number)
    guard state.operation == .bytes else { return }
    let target = units.automaton.target(of: state, byte: byte)
    if target >= 0 { close(units, unit, target, after, next: nil, resolving: false) }
  }

  // MARK: Sets of states

  private mutating func clear(_ unit: AutomatonUnit) {
    let size = (unit.stateCount + 63) / 64
    if reached.count < size {
      reached = [UInt64](repeating: 0, count: size)
      resolved = reached
    }
    for index in 0..<size {
      reached[index] = 0
      resolved[index] = 0
    }
    resolvedStates.removeAll(keepingCapacity: true)
  }

  /// Adds a state and all that it reaches without taking a byte.
  ///
  /// `next` is the byte that comes next, if it is known; if not, conditions on it wait.
  private mutating func close(
    _ units: borrowing AutomatonUnits, _ unit: AutomatonUnit, _ start: Int, _ context: UInt32,
    next: Int?, resolving: Bool
  ) {
    pending.append(UInt32(truncatingIfNeeded: start))
    while let number = pending.popLast() {
      let local = Int(number) - unit.firstState
      let bit: UInt64 = 1 << UInt64(local & 63)
      if (resolving ? resolved[local >> 6] : reached[local >> 6]) & bit != 0 { continue }
      if resolving { resolved[local >> 6] |= bit } else { reached[local >> 6] |= bit }
      work += 1
      let state = units.automaton.state(Int(number))
      switch state.operation {
      case .bytes, .accept: if resolving { resolvedStates.append(number) }
      case .split:
        pending.append(UInt32(truncatingIfNeeded: state.second))
        pending.append(UInt32(truncatingIfNeeded: state.first))
      case .save: pending.append(UInt32(truncatingIfNeeded: state.first))
      case .look:
        if isBackward(state.second) || next != nil {
          guard holds(state.second, context, next: next ?? Self.end) else { continue }
          pending.append(UInt32(truncatingIfNeeded: state.first))
        }
      }
    }
  }

  /// Whether a condition is on what stands before alone.
  private func isBackward(_ look: Int) -> Bool {
    look == Int(PatternTree.Look.textStart.rawValue)
      || look == Int(PatternTree.Look.lineStart.rawValue)
  }

  private func holds(_ look: Int, _ context: UInt32, next: Int) -> Bool {
    let nextIsWord = next < Self.end && WordBytes.contains(UInt8(truncatingIfNeeded: next))
    switch PatternTree.Look(rawValue: UInt8(truncatingIfNeeded: look)) {
    case .textStart: return context == Context.textStart
    case .lineStart: return context == Context.textStart || context == Context.newline
    case .textEnd: return next == Self.end
    case .lineEnd: return next == Self.end || next == 10
    case .wordBoundary: return (context == Context.word) != nextIsWord
    case .notWordBoundary:
      // Inside a scalar is no place.
      let isInside = next < Self.end && next & 0xC0 == 0x80
      return (context == Context.word) == nextIsWord && !isInside
    case nil: return false
    }
  }

  // MARK: Finding and making rows

  /// The entry of the row with the states in `reached`.
  private mutating func row(
    _ units: borrowing AutomatonUnits, _ number: Int, flags: UInt32, isGroup: Bool
  ) -> UInt32 {
    let unit = units.units[number]
    var flags = flags
    let accepts = list(units, unit, &flags)
    if !isGroup {
      if accepts { return Self.matched }
      if states.isEmpty, flags & Self.reseeding == 0 { return Self.dead }
    }
    var hash = GramTable.hash(UInt32(truncatingIfNeeded: number) << 4 | flags)
    for index in states.indices {
      hash = (hash ^ states[index]) &* 0x0100_0193
      hash ^= hash >> 15
    }
    let mark = accepts ? Self.accepting : 0
    if let found = find(units, number, flags, hash) { return found | mark }
    return make(unit, number, flags, hash) | mark
  }

  /// Lists in `states` what matters of `reached`, in order; says whether some state accepts, and
  /// leaves in the flags only what matters.
  private mutating func list(
    _ units: borrowing AutomatonUnits, _ unit: AutomatonUnit, _ flags: inout UInt32
  ) -> Bool {
    states.removeAll(keepingCapacity: true)
    var accepts = false
    var waits = false
    for index in 0..<(unit.stateCount + 63) / 64 {
      var bits = reached[index]
      while bits != 0 {
        let number = unit.firstState + index * 64 + bits.trailingZeroBitCount
        bits &= bits - 1
        let state = units.automaton.state(number)
        switch state.operation {
        case .split, .save: continue
        case .look:
          if isBackward(state.second) { continue }
          waits = true
        case .accept: accepts = true
        case .bytes: if state.second == 0 { continue }
        }
        states.append(UInt32(truncatingIfNeeded: number))
      }
    }
    flags &= waits ? 7 : Self.reseeding
    if waits { flags |= Self.waiting }
    return accepts
  }

  private func find(
    _ units: borrowing AutomatonUnits, _ number: Int, _ flags: UInt32, _ hash: UInt32
  ) -> UInt32? {
    if index.isEmpty { return nil }
    var slot = Int(hash) & (index.count - 1)
    while index[slot] != 0 {
      let row = Int(index[slot])
      if words[row - 1] == hash, words[row - 2] == UInt32(truncatingIfNeeded: number),
        words[row - 3] == flags, Int(words[row - 4]) == states.count
      {
        let range = stateRange(units, row)
        if words[range].elementsEqual(states) { return index[slot] }
      }
      slot = (slot + 1) & (index.count - 1)
    }
    return nil
  }

  private mutating func make(
    _ unit: AutomatonUnit, _ number: Int, _ flags: UInt32, _ hash: UInt32
  ) -> UInt32 {
    let size = 1 + Self.header + unit.classCount + 1 + states.count
    if words.isEmpty || words.count + size > limit { drop() }
    words.append(0)
    words.append(UInt32(truncatingIfNeeded: states.count))
    words.append(flags)
    words.append(UInt32(truncatingIfNeeded: number))
    words.append(hash)
    let row = UInt32(truncatingIfNeeded: words.count)
    for _ in 0...unit.classCount { words.append(Self.unknown) }
    words.append(contentsOf: states)
    rowCount += 1
    if rowCount * 2 > index.count { rehash() }
    insert(row, hash)
    return row
  }

  private mutating func insert(_ row: UInt32, _ hash: UInt32) {
    var slot = Int(hash) & (index.count - 1)
    while index[slot] != 0 { slot = (slot + 1) & (index.count - 1) }
    index[slot] = row
  }

  private mutating func rehash() {
    let old = index
    index = [UInt32](repeating: 0, count: max(64, old.count * 2))
    for row in old where row != 0 { insert(row, words[Int(row) - 1]) }
  }
}
