import TractatusValues

/// Queries by the programs that they name, and lists of those that no name finds.
///
/// Made from the records, in a time of n · log n.
struct CommandQueryIndex: Sendable, Equatable {
  /// What stands for a term of one word, and for a free slot.
  static let none = UInt32.max
  /// Set beside a term when its query has no other with that name.
  private static let alone: UInt32 = 0x8000_0000

  /// The names of programs by their hashes.
  private var slots = Packed<UInt32>()
  /// Of each name: its word, and its first group; and once more for the end.
  private var names = Packed<UInt32>()
  /// Of each group of terms with one name: their second word, their first entry, and whether there
  /// are more, of queries that an operand finds; and once more for the end.
  private var groups = Packed<UInt32>()
  /// Of each term of `runs` and each source of `pipes`, unless an operand finds the query: that,
  /// and the term.
  private var entries = Packed<UInt32>()
  /// By verb: the effect queries that any effect of the verb may meet: without a target, or with a
  /// negated one.
  private(set) var free = [[UInt32]](repeating: [], count: 8)
  /// By verb: the effect queries with a test of a text.
  private(set) var texts = [[UInt32]](repeating: [], count: 8)
  /// By verb: whether a target says anything.
  private(set) var hasTargets = [Bool](repeating: false, count: 8)
  /// All `only` effect queries, all others that what is not declared makes unknown, and those of
  /// `is undeclared`.
  private(set) var onlys: [UInt32] = []
  private(set) var flagged: [UInt32] = []
  private(set) var undeclared: [UInt32] = []
  /// All of programs.
  private(set) var programs: [UInt32] = []
  /// By list of packages: the queries that programs declared elsewhere may meet.
  private(set) var sealed: [[UInt32]] = []

  init(_ records: borrowing CommandQueryRecords) {
    self.init(listsOf: records)
    addTerms(records)
  }

  /// The lists alone, without the terms.
  private init(listsOf records: borrowing CommandQueryRecords) {
    sealed = [[UInt32]](repeating: [], count: records.visibles.count / 2)
    for number in records.queries.indices {
      let query = records.queries[number]
      let id = UInt32(truncatingIfNeeded: number)
      switch query.kind {
      case .isOpaque: break
      case .isUndeclared: undeclared.append(id)
      case .runs, .pipes: programs.append(id)
      case .effect: add(effect: query, id)
      }
      if query.visible != CommandQueryRecords.Query.none, query.kind != .isOpaque {
        sealed[Int(query.visible)].append(id)
      }
    }
  }

  private mutating func add(effect query: CommandQueryRecords.Query, _ id: UInt32) {
    let verb = Int(query.verb)
    if query.isOnly { return onlys.append(id) }
    if query.undeclaredIsUnknown { flagged.append(id) }
    if query.target == CommandQueryRecords.Query.none
      || query.flags & CommandQueryRecords.Query.isNegated != 0
    {
      return free[verb].append(id)
    }
    hasTargets[verb] = true
    if query.target % 2 == 1 { texts[verb].append(id) }
  }

  // MARK: Images

  /// Appends the terms to an image, for to sort them is most of the work.
  func write(into image: inout ImageWriter) {
    for words in [slots, names, groups, entries] { image.write(words) }
  }

  /// Reads the index of records; nil where it is not theirs.
  ///
  /// Of a trusted image it is taken as it is; another must hold what the records give.
  init?(reading image: inout ImageReader, _ records: borrowing CommandQueryRecords) {
    guard let slots = image.words(), let names = image.words(), let groups = image.words(),
      let entries = image.words()
    else { return nil }
    if image.isTrusted {
      self.init(listsOf: records)
      (self.slots, self.names, self.groups, self.entries) = (slots, names, groups, entries)
      return
    }
    self.init(records)
    guard self.slots == slots, self.names == names, self.groups == groups, self.entries == entries
    else { return nil }
  }

  // MARK: Terms

  /// A term as it is sorted: by its first two words, then by query.
  private struct Term {
    var words: UInt64
    var query: UInt32
    var term: UInt32
  }

  private mutating func addTerms(_ records: borrowing CommandQueryRecords) {
    var known = KnownWords(count: records.terms.count)
    var list: [Term] = []
    for number in programs {
      let terms = records.queries[Int(number)].terms
      let first = list.count
      for term in terms {
        let words = records.words(ofTerm: term)
        let name = known.number(of: words.lowerBound, records)
        let second = words.count > 1 ? known.number(of: words.lowerBound + 1, records) + 1 : 0
        known.uses[Int(name)] += 1
        list.append(
          Term(
            words: UInt64(name) << 32 | UInt64(second), query: number,
            term: UInt32(truncatingIfNeeded: term)))
      }
      for place in first..<list.count {
        let name = Int(list[place].words >> 32)
        if known.uses[name] == 1 { list[place].term |= Self.alone }
      }
      for place in first..<list.count { known.uses[Int(list[place].words >> 32)] = 0 }
    }
    list.sort { left, right in
      left.words == right.words ? left.query < right.query : left.words < right.words
    }
    var (name, words) = (UInt64.max, UInt64.max)
    for term in list {
      if term.words >> 32 != name {
        name = term.words >> 32
        names += [known.words[Int(name)], UInt32(truncatingIfNeeded: groups.count / 3)]
      }
      if term.words != words {
        words = term.words
        let second = Int(truncatingIfNeeded: words & 0xFFFF_FFFF)
        groups += [
          second == 0 ? Self.none : known.words[second - 1],
          UInt32(truncatingIfNeeded: entries.count / 2), 0,
        ]
      }
      if records.queries[Int(term.query)].isFoundByOperand {
        groups[groups.count - 1] = 1
        continue
      }
      entries += [term.query, term.term]
    }
    names += [Self.none, UInt32(truncatingIfNeeded: groups.count / 3)]
    groups += [Self.none, UInt32(truncatingIfNeeded: entries.count / 2), 0]
    makeSlots(records)
  }

  private mutating func makeSlots(_ records: borrowing CommandQueryRecords) {
    var size = 2
    while size < names.count { size *= 2 }
    var slots = [UInt32](repeating: Self.none, count: size)
    for name in 0..<(names.count / 2 - 1) {
      let range = records.range(ofWord: Int(names[name * 2]))
      var slot = records.bytes.withSpan(range, Self.hash) & (size - 1)
      while slots[slot] != Self.none { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: name)
    }
    self.slots = Packed(slots)
  }

  private static func hash(_ word: Span<UInt8>) -> Int {
    Int(truncatingIfNeeded: StableHash.hash(word))
  }

  /// Words that were met, each once, by their bytes.
  private struct KnownWords {
    private var slots: [UInt32]
    /// Of each: where it was met first.
    private(set) var words: [UInt32] = []
    /// Of each: how many terms of the query at hand begin with it.
    var uses: [UInt32] = []

    /// Of at most so many words.
    init(count: Int) {
      var size = 2
      while size < count * 2 { size *= 2 }
      slots = [UInt32](repeating: CommandQueryIndex.none, count: size)
    }

    mutating func number(of word: Int, _ records: borrowing CommandQueryRecords) -> UInt32 {
      let range = records.range(ofWord: word)
      var slot = records.bytes.withSpan(range, CommandQueryIndex.hash) & (slots.count - 1)
      while slots[slot] != CommandQueryIndex.none {
        let other = records.range(ofWord: Int(words[Int(slots[slot])]))
        if records.bytes[range].elementsEqual(records.bytes[other]) { return slots[slot] }
        slot = (slot + 1) & (slots.count - 1)
      }
      let number = UInt32(truncatingIfNeeded: words.count)
      slots[slot] = number
      words.append(UInt32(truncatingIfNeeded: word))
      uses.append(0)
      return number
    }
  }

  private static func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for offset in left.indices where left[offset] != right[offset] { return false }
    return true
  }

  /// The groups of terms that begin with a program's name.
  func groups(
    named name: Span<UInt8>, _ records: borrowing CommandQueryRecords
  ) -> Range<Int> {
    var slot = Self.hash(name) & (slots.count - 1)
    while slots[slot] != Self.none {
      let number = Int(slots[slot]) * 2
      let range = records.range(ofWord: Int(names[number]))
      if records.bytes.withSpan(range, { Self.isSame(name, $0) }) {
        return Int(names[number + 1])..<Int(names[number + 3])
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return 0..<0
  }

  /// The second word of a group's terms; `none` where they have one alone.
  func secondWord(ofGroup group: Int) -> UInt32 { groups[group * 3] }

  /// The entries of a group.
  func entries(ofGroup group: Int) -> Range<Int> {
    Int(groups[group * 3 + 1])..<Int(groups[group * 3 + 4])
  }

  /// Whether a group has queries that an operand finds.
  func isFoundByOperand(group: Int) -> Bool { groups[group * 3 + 2] != 0 }

  /// The query of an entry.
  @inline(__always)
  func query(ofEntry entry: Int) -> UInt32 { entries[entry * 2] }

  /// The term of an entry, and nil where its query has more with that name.
  @inline(__always)
  func onlyTerm(ofEntry entry: Int) -> Int? {
    let term = entries[entry * 2 + 1]
    return term & Self.alone != 0 ? Int(term & ~Self.alone) : nil
  }
}
