import TractatusJSON
import TractatusPatterns
import TractatusValues

extension Evaluator {
  /// Looks up every attribute that reaches rows of the tables that judge, and collects the rows
  /// that may be true or unknown.
  mutating func collectCandidates(_ input: borrowing ActionInput) {
    let any = UInt32(image.tables.count - 1)
    activeTables[at: any] = epoch
    currentType = noIndex
    for instance in instances.indices {
      let type = instances[instance].type
      if Int(instanceOfType[at: type]) == instance { probe(table: type, input) }
    }
    probe(table: any, input)
  }

  private mutating func probe(table: UInt32, _ input: borrowing ActionInput) {
    let record = image.tables[at: table]
    for index in record.probes.range {
      let probe = image.probes[index]
      let value = value(of: probe.attribute, input)
      switch value.state {
      case .absent: continue
      case .unknown:
        addCandidates(probe.rows)
      case .known:
        let attribute = image.attributes[at: probe.attribute]
        let index = attribute.index
        if attribute.forms != noIndex, isUnreadable(attribute, value, input) {
          addCandidates(probe.rows)
          continue
        }
        if probed[at: index] != epoch {
          probed[at: index] = epoch
          self.probe(image.attributeIndexes[at: index], value, input)
        }
        // Past its budget a quantifier is unknown, whatever its tests are.
        if attribute.commands != noIndex, isCrowded(attribute.commands) {
          candidates.append(contentsOf: image.words[probe.rows.range])
        }
      }
    }
    addCandidates(record.always)
  }

  private mutating func addCandidates(_ rows: Extent) {
    for index in rows.range { candidates.append(image.words[index]) }
  }

  /// Marks every indexed test of an attribute that is true of its value.
  private mutating func probe(
    _ index: AttributeIndexRecord, _ value: Value, _ input: borrowing ActionInput
  ) {
    if index.present != noIndex { mark(index.present) }
    let attribute = image.attributes[at: index.attribute]
    // A path's and a host's texts are those of their forms; a URL's is the one given.
    let readsForms = attribute.forms != noIndex && probeForms(index, attribute, value, input)
    if index.valueTexts != noIndex, !readsForms {
      mark(entry: find(texts.span.extracting(value.range), in: index.valueTexts))
    }
    if index.valueNumbers != noIndex { markNumber(value.ordinal, index.valueNumbers) }
    if !index.valueIntervals.isEmpty { markIntervals(value.ordinal, index.valueIntervals) }
    if !index.countIntervals.isEmpty {
      markIntervals(count(value, input), index.countIntervals)
    }
    if index.patternSet != noIndex, !readsForms {
      if attribute.forms == noIndex {
        matchPatterns(index.patternSet, value)
        markMatched(index, decides: true)
      } else {
        markPatterns(index, texts, value.range, decides: true)
      }
    }
    if index.commandTests != noIndex { markCommands(index, value) }
    if index.elementTexts != noIndex || index.elementNumbers != noIndex
      || !index.elementIntervals.isEmpty
    {
      markElements(index, value, input)
    }
  }

  /// Marks the tests of patterns that a text matches; without `decides` only their rows are
  /// collected.
  @inline(__always)
  mutating func markPatterns(
    _ index: AttributeIndexRecord, _ text: [UInt8], _ range: Range<Int>, decides: Bool
  ) {
    let set = index.patternSet
    Self.match(image.patternSets[at: set], text, range, &patternScratches[at: set])
    markMatched(index, decides: decides)
  }

  /// Marks the tests of the patterns that were matched last.
  private mutating func markMatched(_ index: AttributeIndexRecord, decides: Bool) {
    let set = index.patternSet
    for match in patternScratches[at: set].matches.indices {
      let offset = index.patternTests + patternScratches[at: set].matches[match]
      var place = image.words[at: offset]
      let end = image.words[at: offset + 1]
      while place < end {
        mark(image.words[at: place], decides: decides)
        place += 1
      }
    }
  }

  @inline(never)
  private mutating func markElements(
    _ index: AttributeIndexRecord, _ value: Value, _ input: borrowing ActionInput
  ) {
    let element = image.valueTypes[at: image.attributes[at: index.attribute].valueType].a
    let tape = tape(of: value.document, input)
    var next = value.isSingle ? value.place : tape.firstChild(value.place)
    while let node = next {
      next = value.isSingle ? nil : tape.next(node)
      let start = texts.count
      guard let one = convert(tape, value.document, node, to: element, keepsText: true) else {
        continue
      }
      if index.elementTexts != noIndex {
        mark(entry: find(texts.span.extracting(one.range), in: index.elementTexts))
      }
      texts.removeLast(texts.count - start)
      if index.elementNumbers != noIndex { markNumber(one.ordinal, index.elementNumbers) }
      if !index.elementIntervals.isEmpty { markIntervals(one.ordinal, index.elementIntervals) }
    }
  }

  /// Marks a test as true and collects the rows that are reached through it; of one that combines
  /// others, and only may be true, the rows alone.
  @inline(__always)
  private mutating func mark(_ test: UInt32) {
    if image.tests[at: test].isIndexed == 0 { return collectRows(of: test) }
    if memo[at: test] >> 2 == epoch && memo[at: test] & 3 == 2 { return }
    memo[at: test] = epoch << 2 | 2
    collectRows(of: test)
  }

  /// Adds the rows that are reached through a test to the candidates.
  @inline(__always)
  mutating func collectRows(of test: UInt32) {
    let record = image.tests[at: test]
    if record.attribute == noIndex {
      // Several tests may reach the rows of one that combines them.
      if reached[at: test] == epoch { return }
      reached[at: test] = epoch
    }
    for index in record.rows.range {
      let row = image.words[index]
      if activeTables[at: image.rows[at: row].table] == epoch { candidates.append(row) }
    }
  }

  /// Marks the tests of an entry; without `decides` only the rows are collected.
  mutating func mark(entry: UInt32, decides: Bool = true) {
    if entry == noIndex { return }
    for index in image.keyEntries[at: entry].values.range {
      mark(image.words[index], decides: decides)
    }
  }

  @inline(__always)
  private mutating func mark(_ test: UInt32, decides: Bool) {
    if decides { mark(test) } else { collectRows(of: test) }
  }

  private mutating func markNumber(_ number: Int128, _ table: UInt32) {
    let record = image.numberTables[at: table]
    var place = Self.numberHash(number) & record.mask
    for _ in 0...record.mask {
      let slot = image.hashSlots[at: record.slots + place]
      if slot == 0 { return }
      let entry = image.numberEntries[at: slot - 1]
      if image.numbers[at: entry.number] == number {
        for index in entry.values.range { mark(image.words[index]) }
        return
      }
      place = (place + 1) & record.mask
    }
  }

  /// Marks the tests of every interval around a number: O(log n + found), as deep as log n.
  private mutating func markIntervals(_ number: Int128, _ extent: Extent) {
    markIntervals(number, Int(extent.start), Int(extent.start) + Int(extent.count))
  }

  private mutating func markIntervals(_ number: Int128, _ from: Int, _ to: Int) {
    var low = from
    var high = to
    while low < high {
      let middle = low &+ (high &- low) &>> 1
      if image.intervalLower[middle] > number {
        // Neither this one nor any after it has begun.
        high = middle
        continue
      }
      if image.intervalReach[middle] < number { return }
      markIntervals(number, low, middle)
      if image.intervalUpper[middle] >= number { mark(image.intervalTests[middle]) }
      low = middle + 1
    }
  }

  // MARK: Rows

  /// Checks the literals of every candidate and keeps the clauses that are true or unknown.
  mutating func checkCandidates(_ input: borrowing ActionInput) {
    var index = 0
    while index < candidates.count {
      let row = image.rows[at: candidates[index]]
      index += 1
      let known = clauseMemo[at: row.clause]
      let isTouched = known >> 2 == epoch
      if isTouched && known & 2 != 0 { continue }
      let truth = evaluate(literals: row.literals, input)
      if truth == .false { continue }
      if !isTouched { touched.append(row.clause) }
      if !isTouched || truth == .true {
        clauseMemo[at: row.clause] = epoch << 2 | UInt32(truth.rawValue)
      }
    }
  }
}
