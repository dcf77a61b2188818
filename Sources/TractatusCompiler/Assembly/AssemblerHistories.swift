import TractatusEngine
import TractatusSemantics
import TractatusValues

extension Assembler {
  /// A test of what came before.
  mutating func add(_ history: Int, _ keys: [Int], _ ranges: [OrdinalRange]) -> UInt32 {
    var record = HistoryTestRecord()
    record.history = UInt32(clamping: history)
    record.keys = pools.words(keys)
    record.ranges = add(ranges)
    // What a decision found is told by what it was asked of which attributes.
    var answer = lowered.histories[history].name
    for key in keys {
      answer += " "
      if case .parameter(let type, _, _) = lowered.attributes[key].source {
        answer += checked.actionTypes[type].name.text + "."
      }
      answer += ConditionText(lowered).attribute(key)
    }
    record.answer = pools.text(answer)
    pools.sections.historyTests.append(record)
    return UInt32(clamping: pools.sections.historyTests.count - 1)
  }

  /// The queries for earlier actions, at the same places as in the lowered policy.
  mutating func addHistories() {
    for history in lowered.histories {
      var record = HistoryRecord()
      record.name = pools.text(history.name)
      record.type = UInt32(clamping: history.type)
      record.formula = add(history.formula, clause: nil, table: nil)
      record.keys = pools.words(history.keys)
      record.capacity = UInt32(clamping: history.capacity)
      record.since = history.since.map { UInt32(clamping: $0) } ?? noIndex
      if let window = history.window { record.window = add([window]).0 }
      pools.sections.histories.append(record)
    }
  }
}
