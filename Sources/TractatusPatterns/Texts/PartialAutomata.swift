import TractatusValues

/// Decides patterns of texts of which not all is known: over every text that they can be.
///
/// A set of an automaton's rows is led through the pieces: a known byte leads each on, a piece that
/// is not known to all rows that some text of it leads to. So the answer is exact, unless a pattern
/// has more rows than `rowLimit` here, for which it is unknown.
struct PartialAutomata: Sendable {
  /// The most rows that one set may have.
  static let rowLimit = 96

  /// A row, and how far a scalar has been read whose bytes are being led through.
  private struct Item: Equatable {
    var entry: UInt32
    var scalar: UInt8
  }

  private var automata: LazyAutomata
  private var current: [Item] = []
  private var reached: [Item] = []
  private var saved: [Item] = []
  private var owner: UInt64?
  private var overflowed = false
  /// The current rows, while one of them is led on alone.
  private var held: [Item] = []
  /// What rows are led to by pieces that are not known.
  private var reach = RowReach()
  /// The bytes that stand for all, of a unit.
  private var runs: [UInt8] = []
  private var runsUnit = -1
  /// How often rows had been dropped when this text was begun.
  private var drops = 0

  /// Makes the memory: at most so many 32-bit words for rows (1 MiB by default).
  init(words: Int = 1 << 18) { automata = LazyAutomata(limit: words) }

  /// Whether the text, whatever it becomes, has a match of a unit of one pattern: true, or false,
  /// or unknown where that depends on what it becomes.
  mutating func truth(
    _ units: borrowing AutomatonUnits, owner: UInt64, unit: Int, _ text: borrowing PartialText
  ) -> Truth {
    if self.owner != owner {
      forget()
      self.owner = owner
    }
    drops = automata.drops
    let truth = follow(units, unit, text)
    if automata.drops == drops { return truth }
    // Rows were dropped that are still spoken of. With all memory for this text alone the answer
    // depends on nothing but the text.
    forget()
    drops = automata.drops
    let again = follow(units, unit, text)
    if automata.drops == drops { return again }
    forget()
    return .unknown
  }

  /// Forgets all rows.
  private mutating func forget() {
    automata.reset()
    reach.removeAll()
    runsUnit = -1
  }

  /// The entry after a byte. Where that cost the other rows, all is to be given up.
  private mutating func next(
    _ units: borrowing AutomatonUnits, _ entry: UInt32, _ byte: UInt8
  ) -> UInt32 {
    if overflowed { return LazyAutomata.dead }
    let next = automata.next(units, entry, byte)
    if automata.drops != drops {
      overflowed = true
      return LazyAutomata.dead
    }
    return next
  }

  private mutating func follow(
    _ units: borrowing AutomatonUnits, _ unit: Int, _ text: borrowing PartialText
  ) -> Truth {
    overflowed = false
    current.removeAll(keepingCapacity: true)
    current.append(Item(entry: automata.start(units, unit), scalar: 0))
    // Of rows that the start has cost nothing may be looked up any more.
    if automata.drops != drops { return .unknown }
    for index in text.pieces.indices {
      let piece = text.pieces[index]
      let isDecided = current.allSatisfy { LazyAutomata.isFinal($0.entry) }
      if overflowed || isDecided { break }
      advance(units, unit, piece, text.bytes.span)
    }
    if overflowed { return .unknown }
    var (some, all) = (false, true)
    for item in current {
      let matches = automata.endsInMatch(units, item.entry)
      if automata.drops != drops { return .unknown }
      some = some || matches
      all = all && matches
    }
    return all ? .true : some ? .unknown : .false
  }

  /// Leads the current rows through a piece.
  ///
  /// PERF: what a piece that is not known leads a row to depends on its kind alone, so it is found
  /// once.
  private mutating func advance(
    _ units: borrowing AutomatonUnits, _ unit: Int, _ piece: TextPiece, _ bytes: Span<UInt8>
  ) {
    guard let kind = Self.kind(of: piece) else {
      return advanceEach(units, unit, piece, bytes)
    }
    reach.reserve(notes: current.count, of: Self.rowLimit)
    for index in current.indices where !LazyAutomata.isFinal(current[index].entry) {
      findReach(units, unit, current[index].entry, kind, piece, bytes)
      if overflowed { return }
    }
    reached.removeAll(keepingCapacity: true)
    for index in current.indices {
      if LazyAutomata.isFinal(current[index].entry) {
        add(current[index])
        continue
      }
      guard let found = reach.find(current[index].entry, kind) else {
        overflowed = true
        return
      }
      for place in found.first..<found.first + Int(found.count) {
        add(Item(entry: reach.rows[place], scalar: 0))
      }
    }
    settle()
  }

  /// Notes what a row is led to by a piece, unless that is known.
  private mutating func findReach(
    _ units: borrowing AutomatonUnits, _ unit: Int, _ entry: UInt32, _ kind: UInt32,
    _ piece: TextPiece, _ bytes: Span<UInt8>
  ) {
    if let found = reach.find(entry, kind) {
      if found.count == RowReach.tooMany { overflowed = true }
      return
    }
    swap(&current, &held)
    current.removeAll(keepingCapacity: true)
    current.append(Item(entry: entry, scalar: 0))
    advanceEach(units, unit, piece, bytes)
    // Of rows that were dropped nothing is noted.
    if automata.drops == drops {
      let first = reach.rows.count
      if !overflowed { for item in current { reach.append(item.entry) } }
      reach.add(entry, kind, from: first, isTooMany: overflowed)
    }
    swap(&current, &held)
  }

  /// A number for all pieces that lead rows on alike; nil where their bytes matter.
  private static func kind(of piece: TextPiece) -> UInt32? {
    let kind: UInt32
    switch piece.kind {
    case .literal, .set: return nil
    case .any: kind = 0
    case .directories: kind = 1
    case .below: kind = 2
    case .names: kind = 3
    case .run: kind = 4
    case .one: kind = 5
    case .number: kind = 6
    }
    return kind * 2 + (piece.beginsName ? 1 : 0)
  }

  private mutating func advanceEach(
    _ units: borrowing AutomatonUnits, _ unit: Int, _ piece: TextPiece, _ bytes: Span<UInt8>
  ) {
    reached.removeAll(keepingCapacity: true)
    switch piece.kind {
    case .literal: advance(units, piece.range, bytes, from: current)
    case .any:
      for item in current { add(item) }
      close(units, unit, .all)
    case .directories:
      for item in current { add(item) }
      close(units, unit, .all)
      advanceSlash(units)
      for item in current { add(item) }
    case .below:
      for item in current { add(item) }
      advanceSlash(units)
      close(units, unit, .all)
      for item in current { add(item) }
    case .run, .one, .names:
      lead(units, unit, PieceShape(piece, bytes), from: current)
    case .set:
      lead(units, unit, PieceShape(piece, bytes), from: current)
      advance(units, piece.range, bytes, from: current)
    case .number:
      lead(units, unit, PieceShape(piece, bytes), from: current)
      advanceSign(units)
      lead(units, unit, PieceShape(piece, bytes), from: current)
    }
    settle()
  }

  /// Makes what was reached what is current, as far as whole scalars have been read.
  private mutating func settle() {
    current.removeAll(keepingCapacity: true)
    for index in reached.indices where reached[index].scalar == 0 {
      current.append(reached[index])
    }
    reached.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ item: Item) {
    var item = item
    if LazyAutomata.isFinal(item.entry) { item.scalar = 0 }
    for index in reached.indices where reached[index] == item { return }
    if reached.count >= Self.rowLimit {
      overflowed = true
      return
    }
    reached.append(item)
  }

  /// Leads rows through known bytes.
  private mutating func advance(
    _ units: borrowing AutomatonUnits, _ range: Range<Int>, _ bytes: Span<UInt8>,
    from items: [Item]
  ) {
    for item in items {
      var entry = item.entry
      for offset in range {
        if LazyAutomata.isFinal(entry) { break }
        entry = next(units, entry, bytes[offset])
      }
      add(Item(entry: entry, scalar: 0))
    }
  }

  /// Leads the rows in `reached` through `/`, as far as whole scalars have been read.
  private mutating func advanceSlash(_ units: borrowing AutomatonUnits) {
    saved.removeAll(keepingCapacity: true)
    for index in reached.indices where reached[index].scalar == 0 { saved.append(reached[index]) }
    reached.removeAll(keepingCapacity: true)
    for index in saved.indices {
      var item = saved[index]
      if !LazyAutomata.isFinal(item.entry) {
        item.entry = next(units, item.entry, UInt8(ascii: "/"))
      }
      add(item)
    }
  }

  /// Leads the current rows through `-`.
  private mutating func advanceSign(_ units: borrowing AutomatonUnits) {
    for index in current.indices where !LazyAutomata.isFinal(current[index].entry) {
      current[index].entry = next(units, current[index].entry, UInt8(ascii: "-"))
    }
  }

  /// Adds all rows that a shape leads to; what was reached by the same shape needs no more.
  private mutating func lead(
    _ units: borrowing AutomatonUnits, _ unit: Int, _ shape: PieceShape, from items: [Item]
  ) {
    let old = reached.count
    for item in items { step(units, unit, item, shape.first) }
    // The rest of each first scalar.
    var index = old
    while index < reached.count, !overflowed {
      if reached[index].scalar != 0 { step(units, unit, reached[index], .all) }
      index += 1
    }
    if shape.repeats { close(units, unit, shape.rest) }
    if shape.mayBeEmpty { for item in items { add(item) } }
  }

  /// Adds all rows that runs of scalars of a class lead to from those in `reached`.
  private mutating func close(
    _ units: borrowing AutomatonUnits, _ unit: Int, _ members: ByteClass
  ) {
    var index = 0
    while index < reached.count, !overflowed {
      step(units, unit, reached[index], reached[index].scalar == 0 ? members : .all)
      index += 1
    }
  }

  /// Adds the rows that the next byte leads to: of a scalar of a class, or inside a scalar.
  private mutating func step(
    _ units: borrowing AutomatonUnits, _ unit: Int, _ item: Item, _ members: ByteClass
  ) {
    if LazyAutomata.isFinal(item.entry) { return add(item) }
    if runsUnit != unit { findRuns(units, unit) }
    if !members.isBracket {
      for index in runs.indices {
        lead(units, item, runs[index], members)
        if overflowed { return }
      }
      return
    }
    for value in 0...255 {
      lead(units, item, UInt8(truncatingIfNeeded: value), members)
      if overflowed { return }
    }
  }

  /// Adds the row that a byte leads to, if it can come.
  @inline(__always)
  private mutating func lead(
    _ units: borrowing AutomatonUnits, _ item: Item, _ byte: UInt8, _ members: ByteClass
  ) {
    guard item.scalar != 0 || members.contains(byte),
      let scalar = Self.scalar(item.scalar, byte)
    else { return }
    add(Item(entry: next(units, item.entry, byte), scalar: scalar))
  }

  /// Finds the first bytes of runs that a unit, UTF-8 and the shapes of pieces do not tell apart.
  ///
  /// PERF: some thirty bytes stand for all.
  private mutating func findRuns(_ units: borrowing AutomatonUnits, _ unit: Int) {
    runs.removeAll(keepingCapacity: true)
    runsUnit = unit
    let classes = units.units[unit].classes
    for value in 0...255 {
      let isNew = value == 0 || units.classes[classes + value] != units.classes[classes + value - 1]
      if isNew || Self.beginsRun(UInt8(truncatingIfNeeded: value)) {
        runs.append(UInt8(truncatingIfNeeded: value))
      }
    }
  }

  /// Whether UTF-8 or the shape of some piece tells a byte from the one before it.
  private static func beginsRun(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2E, 0x2F, 0x30, 0x3A, 0x80, 0x90, 0xA0, 0xC0, 0xC2, 0xE0, 0xE1, 0xED, 0xEE, 0xF0,
      0xF1, 0xF4, 0xF5:
      true
    default: false
    }
  }

  /// How far a scalar has been read after one more byte (RFC 3629): 0 at its end, 1 to 3 for bytes
  /// still to come, 4 to 7 where the next byte is limited; nil where the byte cannot come.
  private static func scalar(_ state: UInt8, _ byte: UInt8) -> UInt8? {
    switch (state, byte) {
    case (0, 0...0x7F): 0
    case (0, 0xC2...0xDF): 1
    case (0, 0xE0): 4
    case (0, 0xED): 5
    case (0, 0xE1...0xEF): 2
    case (0, 0xF0): 6
    case (0, 0xF4): 7
    case (0, 0xF1...0xF3): 3
    case (1, 0x80...0xBF): 0
    case (2, 0x80...0xBF), (4, 0xA0...0xBF), (5, 0x80...0x9F): 1
    case (3, 0x80...0xBF), (6, 0x90...0xBF), (7, 0x80...0x8F): 2
    default: nil
    }
  }
}

extension LazyAutomata {
  /// Whether an entry says already whether there is a match, whatever follows.
  @inline(__always)
  static func isFinal(_ entry: UInt32) -> Bool { entry == matched || entry == dead }

  /// The entry that a unit of one pattern starts with.
  mutating func start(_ units: borrowing AutomatonUnits, _ unit: Int) -> UInt32 {
    startRow(
      units, unit, Context.textStart, reseeding: !units.units[unit].isAnchored, isGroup: false)
  }

  /// The entry after a byte; the entry given must not be final.
  mutating func next(
    _ units: borrowing AutomatonUnits, _ entry: UInt32, _ byte: UInt8
  ) -> UInt32 {
    transition(units, Int(entry), byte: Int(byte), isGroup: false)
  }

  /// Whether there is a match when the text ends after an entry.
  mutating func endsInMatch(_ units: borrowing AutomatonUnits, _ entry: UInt32) -> Bool {
    if Self.isFinal(entry) { return entry == Self.matched }
    let row = Int(entry)
    guard words[row - Self.header + 1] & Self.waiting != 0 else { return false }
    return transition(units, row, byte: Self.end, isGroup: false) == Self.matched
  }
}
