import TractatusJSON
import TractatusPatterns
import TractatusValues

/// What an assembler needs beside the plain arrays: the tables whose hashes the evaluator knows.
extension ProgramSections {
  /// How the keys of a table are hashed.
  package enum KeyHash: Sendable {
    /// As the members of JSON objects.
    case member
    /// As texts.
    case text
  }

  /// Adds a table from keys (texts of `bytes`, each once) to values; gives its index.
  package mutating func addKeyTable(
    _ entries: [(key: Extent, values: Extent)], hash kind: KeyHash
  ) -> UInt32 {
    let table = emptyTable(count: entries.count)
    for entry in entries {
      var record = KeyEntryRecord()
      record.key = entry.key
      record.hash = hash(of: entry.key, kind)
      record.values = entry.values
      keyEntries.append(record)
      place(UInt32(clamping: keyEntries.count), hash: record.hash, in: table)
    }
    keyTables.append(table)
    return UInt32(clamping: keyTables.count - 1)
  }

  private func hash(of key: Extent, _ kind: KeyHash) -> UInt32 {
    bytes.withSpan(key.range) { text in
      kind == .member ? JSONTape.keyHash(text) : Evaluator.textHash(text)
    }
  }

  /// Adds a table from numbers (indexes of `numbers`, each number once) to values; gives its index.
  package mutating func addNumberTable(_ entries: [(number: UInt32, values: Extent)]) -> UInt32 {
    let table = emptyTable(count: entries.count)
    for entry in entries {
      var record = NumberEntryRecord()
      record.number = entry.number
      record.values = entry.values
      numberEntries.append(record)
      place(
        UInt32(clamping: numberEntries.count),
        hash: Evaluator.numberHash(numbers[Int(entry.number)]), in: table)
    }
    numberTables.append(table)
    return UInt32(clamping: numberTables.count - 1)
  }

  /// Four times as many slots as entries at least.
  ///
  /// PERF: most searches are for what is not there. They end at the first slot then, and touch no
  /// entry.
  private mutating func emptyTable(count: Int) -> KeyTableRecord {
    var size = 2
    while size < 4 * count { size *= 2 }
    var table = KeyTableRecord()
    table.slots = UInt32(clamping: hashSlots.count)
    table.mask = UInt32(clamping: size - 1)
    hashSlots.append(contentsOf: repeatElement(0, count: size))
    return table
  }

  private mutating func place(_ entry: UInt32, hash: UInt32, in table: KeyTableRecord) {
    var slot = hash & table.mask
    while hashSlots[Int(table.slots + slot)] != 0 { slot = (slot + 1) & table.mask }
    hashSlots[Int(table.slots + slot)] = entry
  }

  /// Adds intervals as an implicit balanced tree; gives its extent.
  package mutating func addIntervals(
    _ intervals: [(lower: Int128, upper: Int128, test: UInt32)]
  ) -> Extent {
    let start = intervalTests.count
    let sorted = intervals.sorted { ($0.lower, $0.upper, $0.test) < ($1.lower, $1.upper, $1.test) }
    for interval in sorted {
      intervalLower.append(interval.lower)
      intervalUpper.append(interval.upper)
      intervalReach.append(interval.upper)
      intervalTests.append(interval.test)
    }
    reach(start, intervalTests.count)
    return Extent(start: start, count: sorted.count)
  }

  /// Works out how far the subtree over a part of the intervals reaches; as deep as its logarithm.
  @discardableResult
  private mutating func reach(_ low: Int, _ high: Int) -> Int128 {
    guard low < high else { return Int128.min }
    let middle = low + (high - low) / 2
    let below = reach(low, middle)
    let above = reach(middle + 1, high)
    intervalReach[middle] = max(intervalUpper[middle], below, above)
    return intervalReach[middle]
  }

  /// Makes these values the constants, in their order.
  package mutating func setConstants(_ values: [ReportValue]) {
    var writer = JSONWriter()
    writer.beginArray()
    for value in values { Self.write(value, to: &writer) }
    writer.endArray()
    constants = Packed(writer.bytes)
  }

  /// As deep as the values, which the compiler bounds.
  private static func write(_ value: ReportValue, to writer: inout JSONWriter) {
    switch value {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .number(let value): writer.number(value)
    case .text(let text): writer.string(text)
    case .list(let values):
      writer.beginArray()
      for value in values { write(value, to: &writer) }
      writer.endArray()
    case .record(let entries):
      writer.beginObject()
      for entry in entries {
        writer.key(entry.name)
        write(entry.value, to: &writer)
      }
      writer.endObject()
    }
  }
}
