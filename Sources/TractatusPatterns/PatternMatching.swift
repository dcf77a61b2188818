/// Matching a text against a set's patterns.
extension PatternTables {
  /// Tries from a place that every pattern has before its automaton runs over the whole text.
  private static let placedTries: UInt32 = 2

  /// Finds every pattern that the text matches and leaves their ids in `scratch.matches`.
  ///
  /// Linear in the text; allocates nothing once the scratch is warm. A text that is not UTF-8
  /// matches what its well-formed parts match.
  borrowing func match(_ text: Span<UInt8>, scratch: inout PatternScratch) {
    scratch.begin(self, text.count)
    if !always.isEmpty { scratch.matches.append(contentsOf: always) }
    if literals.count > 0 {
      // Taken out so that it can be read while the scratch changes.
      var folded: [UInt8] = []
      swap(&folded, &scratch.folded)
      let (layout, count) = CaseFolding.fold(text, storage: &folded)
      scratch.layout = layout
      scan(text, folded.span.extracting(0..<count), &scratch)
      swap(&folded, &scratch.folded)
    }
    if words.count > 0 {
      var view = WordView()
      swap(&view, &scratch.view)
      view.read(text)
      scanWords(view.bytes.span, &scratch)
      swap(&view, &scratch.view)
    }
    for index in groups.indices { matchGroup(Int(groups[index]), text, &scratch) }
  }

  /// Whether the text matches one pattern; false when there is no such pattern.
  ///
  /// Leaves `scratch.matches` alone. Linear in the text.
  borrowing func matches(
    _ pattern: Int, _ text: Span<UInt8>, scratch: inout PatternScratch
  ) -> Bool {
    guard pattern >= 0, pattern < count else { return false }
    scratch.adopt(self)
    let plan = plans[pattern]
    switch plan.kind {
    case .always: return true
    case .literal:
      if plan.flags & PatternPlan.folding == 0 { return stands(plan, in: text) }
      CaseFolding.fold(text, into: &scratch.folded)
      return stands(plan, in: scratch.folded.span)
    case .automaton:
      return scratch.automata.matches(units, unit: plan.first, text, from: 0, reseeding: true)
    case .words:
      var view = WordView()
      swap(&view, &scratch.view)
      view.read(text)
      let matched = scratch.automata.matches(
        units, unit: plan.first, view.bytes.span, from: 0, reseeding: true)
      swap(&view, &scratch.view)
      return matched
    case .group: return false
    }
  }

  /// The most late patterns that are looked for one by one in a long text.
  private static let lateTries = 3
  /// The same for the first text of a scratch, if it is short: automata have yet to be built then,
  /// and those of all patterns at once cost as much as those of a hundred for themselves.
  private static let firstTries = 32
  /// The most bytes of a text that is not long.
  private static let shortText = 4_096

  /// The most late patterns that are looked for one by one.
  ///
  /// PERF: an automaton of one pattern mostly stays in its first row, where no step waits for the
  /// one before it; a shared one goes from row to row, at six times the cost for a byte.
  private borrowing func lateTries(in text: Span<UInt8>) -> Int {
    text.count > Self.shortText
      ? Self.lateTries : max(Self.lateTries, min(16, 2 * lateGroups.count))
  }

  /// Whether a pattern that is undecided for the text that `match` was given last matches it.
  ///
  /// PERF: for this call the tables are copied, which most questions do without.
  @inline(never)
  borrowing func isMatched(
    late pattern: Int, _ text: Span<UInt8>, scratch: inout PatternScratch
  ) -> Bool {
    let isCold = scratch.isFirstText && text.count <= Self.shortText
    let tries = isCold ? Self.firstTries : lateTries(in: text)
    scratch.lateCount += 1
    if scratch.lateCount <= tries {
      let matched = matches(pattern, text, scratch: &scratch)
      scratch.decide(pattern, matched)
      return matched
    }
    if scratch.lateCount == tries + 1 {
      for index in lateGroups.indices { matchGroup(Int(lateGroups[index]), text, &scratch) }
    }
    return scratch.isMatched(pattern)
  }

  // MARK: Fixed texts

  private borrowing func scan(
    _ text: Span<UInt8>, _ folded: Span<UInt8>, _ scratch: inout PatternScratch
  ) {
    let kinds = literals.kinds
    if kinds & LiteralIndex.hasEnds != 0 { scanEnds(text, folded, &scratch) }
    if folded.count >= 4 {
      if kinds & LiteralIndex.hasBounds != 0 { scanBounds(text, folded, &scratch) }
      if kinds & LiteralIndex.hasQuads != 0 { scanQuads(text, folded, &scratch) }
    }
    if kinds & LiteralIndex.hasPairs != 0 { scanPairs(text, folded, &scratch) }
    if kinds & LiteralIndex.hasSingles != 0 { scanSingles(text, folded, &scratch) }
  }

  /// Looks up every window of two bytes.
  @inline(never)
  private borrowing func scanPairs(
    _ text: Span<UInt8>, _ folded: Span<UInt8>, _ scratch: inout PatternScratch
  ) {
    guard folded.count >= 2 else { return }
    var gram = UInt32(folded[0]) << 8
    for offset in 1..<folded.count {
      gram = gram >> 8 | UInt32(folded[offset]) << 8
      let hash = GramTable.hash(gram)
      if literals.pairs.mayHave(hash: hash) {
        found(literals.pairs, gram, hash, at: offset - 1, text, folded, &scratch)
      }
    }
  }

  /// Looks up every byte.
  @inline(never)
  private borrowing func scanSingles(
    _ text: Span<UInt8>, _ folded: Span<UInt8>, _ scratch: inout PatternScratch
  ) {
    for offset in folded.indices {
      let gram = UInt32(folded[offset])
      let hash = GramTable.hash(gram)
      if literals.singles.mayHave(hash: hash) {
        found(literals.singles, gram, hash, at: offset, text, folded, &scratch)
      }
    }
  }

  /// Looks up the windows of four bytes at every place, or at every other one.
  private borrowing func scanQuads(
    _ text: Span<UInt8>, _ folded: Span<UInt8>, _ scratch: inout PatternScratch
  ) {
    let step = literals.step
    var place = 0
    while Self.seek(folded, step, literals.quads, &place) {
      found(literals.quads, at: place, text, folded, &scratch)
      place += step
    }
  }

  /// Goes on to the next window that passes a table's filter; false when there is none.
  ///
  /// PERF: this loop sees most bytes of most texts. It calls nothing, so all it needs stays in
  /// registers.
  @inline(never)
  private static func seek(
    _ folded: Span<UInt8>, _ step: Int, _ table: borrowing GramTable, _ next: inout Int
  ) -> Bool {
    let last = folded.count - 4
    let filter = table.filter
    let shift = table.filterShift & 31
    precondition(next >= 0 && step > 0 && filter.count == 1 << (27 - Int(shift)))
    let windows = unsafe folded.bytes
    var place = next
    while place <= last {
      // SAFETY: four bytes begin at every place from 0 to `last`; a hash less `shift` bits numbers
      // a bit of as many words as were just counted.
      let window = unsafe UInt32(
        littleEndian: windows.unsafeLoadUnaligned(
          fromUncheckedByteOffset: place, as: UInt32.self))
      let bit = GramTable.hash(window) >> shift
      let word = unsafe filter[unchecked: Int(truncatingIfNeeded: bit >> 5)]
      if word >> (bit & 31) & 1 != 0 {
        next = place
        return true
      }
      place &+= step
    }
    return false
  }

  /// Looks up the windows of four bytes at the places where texts bound to an end have theirs.
  private borrowing func scanBounds(
    _ text: Span<UInt8>, _ folded: Span<UInt8>, _ scratch: inout PatternScratch
  ) {
    let last = folded.count - 4
    if last < 64 {
      // Both ends at once, each place but once.
      let heads = literals.heads & (UInt64.max >> UInt64(63 - last))
      scanBounds(heads | literals.tails >> UInt64(63 - last), from: 0, text, folded, &scratch)
    } else {
      scanBounds(literals.heads, from: 0, text, folded, &scratch)
      scanBounds(literals.tails, from: last - 63, text, folded, &scratch)
    }
  }

  /// Looks up the windows that begin, from a place on, where `places` has a bit.
  @inline(never)
  private borrowing func scanBounds(
    _ places: UInt64, from first: Int, _ text: Span<UInt8>, _ folded: Span<UInt8>,
    _ scratch: inout PatternScratch
  ) {
    var places = places
    while places != 0 {
      let place = first + places.trailingZeroBitCount
      places &= places &- 1
      let hash = GramTable.hash(Self.window(at: place, folded))
      if literals.bounds.mayHave(hash: hash) {
        found(literals.bounds, at: place, text, folded, &scratch)
      }
    }
  }

  /// The four bytes that begin at a place.
  @inline(__always)
  private static func window(at place: Int, _ folded: Span<UInt8>) -> UInt32 {
    // SAFETY: the load is bounds-checked, and every bit pattern is a UInt32.
    unsafe UInt32(
      littleEndian: folded.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt32.self))
  }

  /// Looks up the beginnings and ends of up to three bytes.
  @inline(never)
  private borrowing func scanEnds(
    _ text: Span<UInt8>, _ folded: Span<UInt8>, _ scratch: inout PatternScratch
  ) {
    var head: UInt32 = 0
    var tail: UInt32 = 0
    let count = folded.count
    for length in 0...min(3, count) {
      if length > 0 {
        head |= UInt32(folded[length - 1]) << UInt32(8 * (length - 1))
        tail = tail << 8 | UInt32(folded[count - length])
      }
      for atStart in [true, false] {
        let key = LiteralIndex.endKey(atStart ? head : tail, count: length, atStart: atStart)
        let hash = GramTable.hash(key)
        if literals.ends.mayHave(hash: hash) {
          found(
            literals.ends, key, hash, at: atStart ? 0 : count - length, text, folded, &scratch)
        }
      }
    }
  }

  /// Follows up a window of four bytes that passed a table's filter at a place.
  private borrowing func found(
    _ table: borrowing GramTable, at place: Int, _ text: Span<UInt8>, _ folded: Span<UInt8>,
    _ scratch: inout PatternScratch
  ) {
    let key = Self.window(at: place, folded)
    found(table, key, GramTable.hash(key), at: place, text, folded, &scratch)
  }

  /// Follows up a window that was found at a place.
  @inline(never)
  private borrowing func found(
    _ table: borrowing GramTable, _ key: UInt32, _ hash: UInt32, at place: Int,
    _ text: Span<UInt8>, _ folded: Span<UInt8>, _ scratch: inout PatternScratch
  ) {
    for entry in table.bucket(hash: hash) where table.keys[entry] == key {
      let value = Int(table.values[entry])
      let literal = value >> 1
      guard let start = literals.start(of: literal, window: place - (value & 1), in: folded) else {
        continue
      }
      for target in literals.targetRange(of: literal) {
        let pattern = Int(literals.targets[target * 2])
        if scratch.isDecided(pattern) { continue }
        let detail = literals.targets[target * 2 + 1]
        if detail == 0 {
          confirm(pattern, start, text, &scratch)
        } else {
          attempt(pattern, detail >> 1, start, text, &scratch)
        }
      }
    }
  }

  /// Decides a pattern of fixed text that stands in the folded text.
  private borrowing func confirm(
    _ pattern: Int, _ start: Int, _ text: Span<UInt8>, _ scratch: inout PatternScratch
  ) {
    let plan = plans[pattern]
    guard plan.kind == .literal else { return }
    if plan.flags & PatternPlan.folding != 0 { return scratch.decide(pattern, true) }
    if scratch.layout == .different {
      return scratch.decide(pattern, stands(plan, in: text))
    }
    if stands(plan, in: text, at: start) { scratch.decide(pattern, true) }
  }

  /// Whether a plan's text stands where it must.
  private borrowing func stands(_ plan: PatternPlan, in text: Span<UInt8>) -> Bool {
    let last = text.count - plan.second
    if last < 0 { return false }
    if plan.flags & PatternPlan.atStart != 0 {
      if plan.flags & PatternPlan.atEnd != 0, last != 0 { return false }
      return stands(plan, in: text, at: 0)
    }
    if plan.flags & PatternPlan.atEnd != 0 { return stands(plan, in: text, at: last) }
    guard plan.second > 0 else { return true }
    let first = bytes[plan.first]
    for start in 0...last where text[start] == first {
      if stands(plan, in: text, at: start) { return true }
    }
    return false
  }

  private borrowing func stands(_ plan: PatternPlan, in text: Span<UInt8>, at start: Int) -> Bool {
    if start < 0 || start + plan.second > text.count { return false }
    for index in 0..<plan.second where text[start + index] != bytes[plan.first + index] {
      return false
    }
    return true
  }

  // MARK: Automata

  /// Runs a pattern's automaton because text that it needs was found: from where the match must
  /// begin, if that is known, but only a few times.
  @inline(never)
  private borrowing func attempt(
    _ pattern: Int, _ distance: UInt32, _ start: Int, _ text: Span<UInt8>,
    _ scratch: inout PatternScratch
  ) {
    let plan = plans[pattern]
    if plan.kind == .group {
      scratch.decide(pattern, false)
      return matchGroup(plan.first, text, &scratch)
    }
    guard plan.kind == .automaton else { return }
    guard distance > 0, scratch.layout == .ascii else {
      let matched = scratch.automata.matches(
        units, unit: plan.first, text, from: 0, reseeding: true)
      return scratch.decide(pattern, matched)
    }
    attempt(pattern, unit: plan.first, at: start - (Int(distance) - 1), text, &scratch)
  }

  /// Runs an automaton from a place, or over the whole text once the text's budget for tries and
  /// the pattern's own few are spent. So every text takes linear time, and common ones never more
  /// than a few short tries.
  private borrowing func attempt(
    _ pattern: Int, unit: Int, at place: Int, _ text: Span<UInt8>,
    _ scratch: inout PatternScratch
  ) {
    if scratch.budget > 0 || scratch.tries(pattern) < Self.placedTries {
      if place < 0 { return }
      let before = scratch.automata.work
      if scratch.automata.matches(units, unit: unit, text, from: place, reseeding: false) {
        return scratch.decide(pattern, true)
      }
      scratch.budget -= scratch.automata.work - before + 16
      if scratch.budget <= 0 { scratch.noteTry(pattern) }
    } else {
      let matched = scratch.automata.matches(
        units, unit: unit, text, from: 0, reseeding: true)
      scratch.decide(pattern, matched)
    }
  }

  private borrowing func matchGroup(
    _ unit: Int, _ text: Span<UInt8>, _ scratch: inout PatternScratch
  ) {
    scratch.found.clear()
    scratch.automata.collect(units, unit: unit, text, into: &scratch.found)
    for index in scratch.found.indices {
      let pattern = Int(scratch.found[index])
      if !scratch.isDecided(pattern) { scratch.decide(pattern, true) }
    }
  }

  // MARK: Words

  /// Looks up every word of the view, and with hyphens read as nothing every run of words.
  private borrowing func scanWords(_ view: Span<UInt8>, _ scratch: inout PatternScratch) {
    var start = 1
    while start < view.count {
      var hash = WordIndex.seed
      var length = 0
      var offset = start
      var next = 0
      while true {
        let byte = view[offset]
        offset += 1
        if byte != 0x20, byte != 0x2D {
          hash = WordIndex.hash(hash, byte)
          length += 1
          continue
        }
        if next == 0 { next = offset }
        if length <= words.longest { foundWord(hash, start, length, view, &scratch) }
        if byte == 0x20 || length >= words.longest { break }
      }
      start = next
    }
  }

  private borrowing func foundWord(
    _ key: UInt32, _ start: Int, _ length: Int, _ view: Span<UInt8>,
    _ scratch: inout PatternScratch
  ) {
    let hash = GramTable.hash(key)
    guard words.table.mayHave(hash: hash) else { return }
    for entry in words.table.bucket(hash: hash) where words.table.keys[entry] == key {
      let word = Int(words.table.values[entry])
      guard words.stands(word, at: start, length: length, in: view) else { continue }
      for target in words.targetRange(of: word) {
        let pattern = Int(words.targets[target * 2])
        if scratch.isDecided(pattern) { continue }
        foundWord(pattern, words.targets[target * 2 + 1], start, view, &scratch)
      }
    }
  }

  private borrowing func foundWord(
    _ pattern: Int, _ meaning: UInt32, _ start: Int, _ view: Span<UInt8>,
    _ scratch: inout PatternScratch
  ) {
    let plan = plans[pattern]
    guard plan.kind == .words else { return }
    switch WordIndex.Meaning(rawValue: meaning) {
    case .matches: scratch.decide(pattern, true)
    case .begins:
      attempt(pattern, unit: plan.first, at: start - 1, view, &scratch)
    case .mayMatch, nil:
      let matched = scratch.automata.matches(
        units, unit: plan.first, view, from: 0, reseeding: true)
      scratch.decide(pattern, matched)
    }
  }
}
