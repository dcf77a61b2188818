/// Queries by the programs that they name, and lists of those that no name finds.
///
/// Made from the records, in a time of n · log n.
struct CommandQueryIndex: Sendable, Equatable {
  /// What stands for a term of one word.
  static let noWord = UInt32.max

  /// Of each term of `runs` and each source of `pipes`, sorted by name and then second word: both
  /// words, and the query.
  private(set) var entries: [UInt32] = []
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

  init() {}

  init(_ records: borrowing CommandQueryRecords) {
    sealed = [[UInt32]](repeating: [], count: records.visibles.count / 2)
    var list: [(name: UInt32, second: UInt32, query: UInt32)] = []
    for number in records.queries.indices {
      let query = records.queries[number]
      let id = UInt32(truncatingIfNeeded: number)
      switch query.kind {
      case .isOpaque: break
      case .isUndeclared: undeclared.append(id)
      case .runs, .pipes:
        programs.append(id)
        for term in query.terms {
          let words = records.words(ofTerm: term)
          list.append(
            (
              UInt32(truncatingIfNeeded: words.lowerBound),
              words.count > 1 ? UInt32(truncatingIfNeeded: words.lowerBound + 1) : Self.noWord, id
            ))
        }
      case .effect: add(effect: query, id)
      }
      if query.visible != CommandQueryRecords.Query.none, query.kind != .isOpaque {
        sealed[Int(query.visible)].append(id)
      }
    }
    let bytes = records.bytes
    let ranges = (0..<records.words.count / 2).map { records.range(ofWord: $0) }
    func precedes(_ left: UInt32, _ right: UInt32) -> Bool? {
      if left == right { return nil }
      if left == Self.noWord { return true }
      if right == Self.noWord { return false }
      let (first, second) = (bytes[ranges[Int(left)]], bytes[ranges[Int(right)]])
      if first.elementsEqual(second) { return nil }
      return first.lexicographicallyPrecedes(second)
    }
    list.sort { left, right in
      precedes(left.name, right.name) ?? precedes(left.second, right.second)
        ?? (left.query < right.query)
    }
    for entry in list { entries += [entry.name, entry.second, entry.query] }
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

  /// The entries of a program's name. Logarithmic.
  func entries(
    named name: Span<UInt8>, _ records: borrowing CommandQueryRecords
  ) -> Range<Int> {
    var (low, high) = (0, entries.count / 3)
    while low < high {
      let middle = (low + high) / 2
      if order(middle, name, records) < 0 { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < entries.count / 3, order(end, name, records) == 0 { end += 1 }
    return low..<end
  }

  /// Whether an entry's name comes before another, is it, or comes after it.
  private func order(
    _ entry: Int, _ name: Span<UInt8>, _ records: borrowing CommandQueryRecords
  ) -> Int {
    let range = records.range(ofWord: Int(entries[entry * 3]))
    for offset in 0..<min(range.count, name.count) {
      let (left, right) = (records.bytes[range.lowerBound + offset], name[offset])
      if left != right { return left < right ? -1 : 1 }
    }
    return range.count - name.count
  }

  /// The entries from one on that have its second word, too.
  func group(
    from first: Int, in range: Range<Int>, _ records: borrowing CommandQueryRecords
  )
    -> Range<Int>
  {
    let word = entries[first * 3 + 1]
    var end = first + 1
    while end < range.upperBound, isSame(word, entries[end * 3 + 1], records) { end += 1 }
    return first..<end
  }

  private func isSame(
    _ left: UInt32, _ right: UInt32, _ records: borrowing CommandQueryRecords
  ) -> Bool {
    if left == right { return true }
    if left == Self.noWord || right == Self.noWord { return false }
    let (first, second) = (
      records.range(ofWord: Int(left)), records.range(ofWord: Int(right))
    )
    guard first.count == second.count else { return false }
    for offset in 0..<first.count
    where records.bytes[first.lowerBound + offset] != records.bytes[second.lowerBound + offset] {
      return false
    }
    return true
  }
}
