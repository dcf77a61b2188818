import TractatusJSON
import TractatusValues

extension Evaluator {
  /// Whether the number of earlier actions lies in the test's ranges, whatever is not certain.
  mutating func historyTest(_ test: UInt32, _ input: borrowing ActionInput) -> Truth {
    let record = image.historyTests[at: test]
    let count = historyCount(record, input)
    // INVARIANT: numbers from the capacity on are not told apart.
    let last = Int(image.histories[at: record.history].capacity)
    let most = min(count.most ?? last, last)
    var (holds, fails) = (false, false)
    for number in min(count.least, most)...most {
      if isInRanges(Int128(number) * Decimal.scale, record.ranges.start, record.ranges.count) {
        holds = true
      } else {
        fails = true
      }
    }
    return holds && fails ? .unknown : Truth(holds)
  }

  /// How many actions came before.
  private mutating func historyCount(
    _ record: HistoryTestRecord, _ input: borrowing ActionInput
  ) -> HistoryCount {
    guard let key = historyKey(record.keys, input) else { return HistoryCount(least: 0, most: 0) }
    switch history {
    case .unknown: return .unknown
    case .counts(let counts): return counts[image.string(record.answer)] ?? .unknown
    case .session(let session):
      let query = image.histories[at: record.history]
      var since: String?
      if query.since != noIndex { since = image.string(image.histories[at: query.since].name) }
      return session.count(
        image.string(query.name), key: key, window: window(query.window), since: since,
        now: moment(input))
    }
  }

  /// What a window of the program says; nil for none.
  private func window(_ index: UInt32) -> HistoryWindow? {
    guard index != noIndex else { return nil }
    let record = image.windows[at: index]
    let amount = image.numbers[at: record.amount]
    switch record.unit {
    case 0: return HistoryWindow(unit: .messages, amount: Int64(clamping: amount / Decimal.scale))
    case 1: return HistoryWindow(unit: .tokens, amount: Int64(clamping: amount / Decimal.scale))
    default: return HistoryWindow(unit: .time, amount: Int64(clamping: amount))
    }
  }

  /// When the action is, as far as somebody said.
  private mutating func moment(_ input: borrowing ActionInput) -> HistoryMoment {
    HistoryMoment(
      time: figure(.at, input).flatMap { Instant(ordinal: $0) },
      messages: figure(.messages, input).map { Int(clamping: $0 / Decimal.scale) },
      tokens: figure(.tokens, input).map { Int(clamping: $0 / Decimal.scale) })
  }

  private mutating func figure(_ root: RootSlot, _ input: borrowing ActionInput) -> Int128? {
    let slot = rootSlot(root)
    ensure(slot, input)
    return values[at: slot].state == .known ? values[at: slot].ordinal : nil
  }

  /// The values of attributes as a session keeps them, nil for one that is not known; nil where one
  /// is absent, which equals nothing.
  private mutating func historyKey(
    _ attributes: Extent, _ input: borrowing ActionInput
  ) -> [String?]? {
    var key: [String?] = []
    for index in attributes.range {
      let attribute = image.words[index]
      let value = value(of: attribute, input)
      switch value.state {
      case .absent: return nil
      case .unknown: key.append(nil)
      case .known:
        let type = image.valueTypes[at: image.attributes[at: attribute].valueType]
        if type.kind == ValueKind.text.rawValue {
          let digest = SHA256.hexDigest(texts.span.extracting(value.range))
          key.append(String(digest.prefix(32)))
        } else {
          key.append(String(value.ordinal))
        }
      }
    }
    return key
  }

  // MARK: After a decision

  /// Whether the program asks for earlier actions at all.
  package var asksForHistory: Bool { !image.histories.isEmpty }

  /// What the action that was evaluated last adds to a session's history: the queries that it is
  /// one of, judged as it was judged itself.
  package mutating func historyUpdate(of input: borrowing ActionInput) -> HistoryUpdate {
    var update = HistoryUpdate(
      queries: [], feeds: [], moment: problem == nil ? moment(input) : HistoryMoment())
    for index in image.histories.indices {
      let record = image.histories[index]
      let name = image.string(record.name)
      update.queries.append(HistoryQuerySize(name: name, capacity: Int(record.capacity)))
      let mark = marks[at: record.type]
      guard problem == nil, mark.epoch == epoch, mark.truth != .false else { continue }
      beginType(record.type)
      let truth = mark.truth & evaluate(formula: record.formula, input)
      guard truth != .false, let key = historyKey(record.keys, input) else { continue }
      update.feeds.append(HistoryFeed(query: name, key: key, isCertain: truth == .true))
    }
    return update
  }

  /// What the tests of the decision at hand find of earlier actions, by their names, for its
  /// replay.
  package mutating func historyCounts(
    of input: borrowing ActionInput
  ) -> [(name: String, count: HistoryCount)] {
    guard problem == nil else { return [] }
    var found: [(name: String, count: HistoryCount)] = []
    for index in image.historyTests.indices {
      let record = image.historyTests[index]
      let count = historyCount(record, input)
      if count == .unknown { continue }
      let name = image.string(record.answer)
      if !found.contains(where: { $0.name == name }) { found.append((name, count)) }
    }
    return found.sorted { $0.name < $1.name }
  }

  // MARK: Causes

  /// Why it is not known how many actions came before.
  mutating func collect(
    history test: UInt32, into causes: inout Causes, _ input: borrowing ActionInput
  ) {
    if case .unknown = history {
      causes.add("the session's history was not supplied")
      return
    }
    let record = image.historyTests[at: test]
    let query = image.histories[at: record.history]
    let before = causes.metCount
    for index in record.keys.range {
      collect(value(of: image.words[index], input), into: &causes)
    }
    if query.window != noIndex {
      let slot =
        switch image.windows[at: query.window].unit {
        case 0: rootSlot(.messages)
        case 1: rootSlot(.tokens)
        default: rootSlot(.at)
        }
      ensure(slot, input)
      collect(values[at: slot], into: &causes)
    }
    guard causes.metCount == before else { return }
    causes.add(
      "not every earlier `\(image.string(image.actionTypes[at: query.type].name))` is known")
  }
}
