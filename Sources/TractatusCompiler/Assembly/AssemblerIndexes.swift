import TractatusEngine
import TractatusSemantics
import TractatusValues

/// What one attribute's index finds, before it is packed.
struct IndexDraft {
  var present: Int?
  var valueTexts: [[UInt8]: [Int]] = [:]
  var elementTexts: [[UInt8]: [Int]] = [:]
  var valueNumbers: [Int128: [Int]] = [:]
  var elementNumbers: [Int128: [Int]] = [:]
  var valueIntervals: [(lower: Int128, upper: Int128, test: UInt32)] = []
  var elementIntervals: [(lower: Int128, upper: Int128, test: UInt32)] = []
  var countIntervals: [(lower: Int128, upper: Int128, test: UInt32)] = []
  /// By pattern.
  var patternTests: [[Int]] = []
  /// By query of the attribute's commands and places; empty when none reaches rows.
  var commandTests: [[Int]] = []
  var placeTests: [[Int]] = []
}

extension Assembler {
  /// The index of every attribute that reaches rows or has patterns.
  mutating func addIndexes() {
    var drafts: [Int: IndexDraft] = [:]
    for (attribute, patterns) in patternSets {
      drafts[attribute] = IndexDraft()
      drafts[attribute]?.patternTests = Array(repeating: [], count: patterns.ids.count)
    }
    let reached = accessRows.keys.sorted()
    for test in reached {
      for point in covers[test]?.points ?? [] {
        let attribute = attribute(of: point)
        if drafts[attribute] == nil { drafts[attribute] = IndexDraft() }
        if case .test(let other) = point, other != test {
          accessAliases[other, default: []].append(test)
        }
      }
    }
    addQueries(of: reached, to: &drafts)
    for (index, test) in lowered.tests.enumerated() {
      guard let (attribute, predicate) = test.indexed, var draft = drafts[attribute],
        !profile.isPerType[index]
      else { continue }
      drafts[attribute] = nil
      if enter(index, predicate, attribute, in: &draft) {
        pools.sections.tests[index].isIndexed = 1
      }
      drafts[attribute] = draft
    }
    addPatternSets()
    for attribute in drafts.keys.sorted() {
      if let draft = drafts[attribute] { add(draft, attribute: attribute) }
    }
  }

  /// Enters a test, and those whose rows it reaches, into its attribute's index; false when it is
  /// not to be found there.
  ///
  /// Ranges that reach no row stay out, for a value may lie in many of them, and so do patterns,
  /// for a text would be searched for all of them.
  private mutating func enter(
    _ index: Int, _ predicate: ExactPredicate, _ attribute: Int, in draft: inout IndexDraft
  ) -> Bool {
    let aliases = accessAliases[index] ?? []
    let isAccess = accessRows[index] != nil || !aliases.isEmpty
    for test in aliases { _ = enter(test, predicate, attribute, isAccess: true, in: &draft) }
    return enter(index, predicate, attribute, isAccess: isAccess, in: &draft)
  }

  private mutating func enter(
    _ index: Int, _ predicate: ExactPredicate, _ attribute: Int, isAccess: Bool,
    in draft: inout IndexDraft
  ) -> Bool {
    let test = UInt32(clamping: index)
    func isReached(_ ranges: [OrdinalRange]) -> Bool {
      isAccess || ranges.allSatisfy { $0.lower == $0.upper }
    }
    switch predicate {
    case .present: draft.present = index
    case .unmeasured: return false
    case .measuredLevel(let level): draft.valueNumbers[Int128(level), default: []].append(index)
    case .equalsText(let texts):
      for text in texts { draft.valueTexts[Array(text.utf8), default: []].append(index) }
    case .containsText(let texts):
      for text in texts { draft.elementTexts[Array(text.utf8), default: []].append(index) }
    case .inRanges(let ranges):
      guard isReached(ranges) else { return false }
      for range in ranges {
        if range.lower == range.upper {
          draft.valueNumbers[range.lower, default: []].append(index)
        } else {
          draft.valueIntervals.append((range.lower, range.upper, test))
        }
      }
    case .containsOrdinal(let ranges):
      guard isReached(ranges) else { return false }
      for range in ranges {
        if range.lower == range.upper {
          draft.elementNumbers[range.lower, default: []].append(index)
        } else {
          draft.elementIntervals.append((range.lower, range.upper, test))
        }
      }
    case .count(let ranges):
      guard isAccess else { return false }
      for range in ranges { draft.countIntervals.append((range.lower, range.upper, test)) }
    case .matches(let patterns):
      guard isAccess else { return false }
      for id in Set(patterns.compactMap { patternSets[attribute]?.ids[PatternKey($0).bytes] }) {
        draft.patternTests[id].append(index)
        patternSets[attribute]?.reaching.insert(id)
      }
    }
    return true
  }

  /// Enters the tests that tests of commands and places reach.
  private mutating func addQueries(of reached: [Int], to drafts: inout [Int: IndexDraft]) {
    for test in reached {
      for point in covers[test]?.points ?? [] {
        switch point {
        case .query(let attribute, let command):
          addQuery(command, of: attribute, reaching: test, to: &drafts)
        case .test(let other):
          switch lowered.tests[other] {
          case .command(let attribute, let command):
            addQuery(command, of: attribute, reaching: test, to: &drafts)
          case .place(let attribute, _):
            let count = placeSets.sets[Int(pools.sections.attributes[attribute].places)].count
            let record = Int(pools.sections.tests[other].a)
            let query = Int(pools.sections.placeTests[record].query)
            Self.enter(
              test, query, of: count, in: &drafts[attribute, default: IndexDraft()].placeTests)
          default: continue
          }
        }
      }
    }
  }

  /// Enters a test that a test of a command reaches.
  private mutating func addQuery(
    _ command: LoweredCommandTest, of attribute: Int, reaching test: Int,
    to drafts: inout [Int: IndexDraft]
  ) {
    // INVARIANT: every test of a command has been added to the tests of that command.
    let holder = holder(ofAttribute: attribute)
    let query = commands.query(command, of: holder)
    let count = commands.queries[holder].count
    Self.enter(
      test, query, of: count, in: &drafts[attribute, default: IndexDraft()].commandTests)
  }

  private static func enter(_ test: Int, _ query: Int, of count: Int, in lists: inout [[Int]]) {
    if lists.isEmpty { lists = Array(repeating: [], count: count) }
    lists[query].append(test)
  }

  private mutating func add(_ draft: IndexDraft, attribute: Int) {
    var record = AttributeIndexRecord()
    record.attribute = UInt32(clamping: attribute)
    record.present = draft.present.map { UInt32(clamping: $0) } ?? noIndex
    record.valueTexts = textTable(draft.valueTexts)
    record.elementTexts = textTable(draft.elementTexts)
    record.valueNumbers = numberTable(draft.valueNumbers)
    record.elementNumbers = numberTable(draft.elementNumbers)
    record.valueIntervals = pools.sections.addIntervals(draft.valueIntervals)
    record.elementIntervals = pools.sections.addIntervals(draft.elementIntervals)
    record.countIntervals = pools.sections.addIntervals(draft.countIntervals)
    if let patterns = patternSets[attribute] {
      record.patternSet = patterns.set
      record.patternTests = listTable(draft.patternTests)
    }
    // Their order is that of a dictionary until here.
    if !draft.commandTests.isEmpty {
      record.commandTests = listTable(draft.commandTests.map { $0.sorted() })
    }
    if !draft.placeTests.isEmpty {
      record.placeTests = listTable(draft.placeTests.map { $0.sorted() })
    }
    pools.sections.attributes[attribute].index = UInt32(
      clamping: pools.sections.attributeIndexes.count)
    pools.sections.attributeIndexes.append(record)
  }

  private mutating func textTable(_ keys: [[UInt8]: [Int]]) -> UInt32 {
    if keys.isEmpty { return noIndex }
    let sorted = keys.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let entries = sorted.map { key, tests in
      (pools.text(String(decoding: key, as: UTF8.self)), pools.words(tests))
    }
    return pools.sections.addKeyTable(entries, hash: .text)
  }

  private mutating func numberTable(_ keys: [Int128: [Int]]) -> UInt32 {
    if keys.isEmpty { return noIndex }
    let sorted = keys.sorted { $0.key < $1.key }
    let entries = sorted.map { (pools.number($0.key), pools.words($0.value)) }
    return pools.sections.addNumberTable(entries)
  }

  /// Where each list of tests begins and ends, and behind that the tests; gives the first place.
  private mutating func listTable(_ tests: [[Int]]) -> UInt32 {
    let start = pools.sections.words.count
    var place = start + tests.count + 1
    var words: [Int] = []
    for list in tests {
      words.append(place)
      place += list.count
    }
    words.append(place)
    for list in tests { words += list }
    return pools.words(words).start
  }
}
