import TractatusValues

/// Writes reports as JSON, and keeps those that depend on nothing but which clauses spoke.
///
/// Most calls meet no rule or one whose reason names no value: the report of such a call is that of
/// the call before which the same was said of, byte for byte, and is copied. What depends on the
/// action's values is made anew each time. One a thread; bounded: full, it starts again.
package struct ReportMemory: Sendable {
  /// The most reports that are kept.
  static let entryLimit = 4_096
  /// The most bytes that they take together: 4 MiB.
  static let byteLimit = 4 << 20

  /// A report that is kept.
  private struct Entry {
    var hash: UInt64
    var key: Extent
    var text: Extent
  }

  /// Places in `entries` plus one by the hash of their keys; 0 for none.
  private var slots: [UInt32] = []
  private var entries: [Entry] = []
  private var keys: [UInt32] = []
  private var texts: [UInt8] = []
  /// The key of the report at hand.
  private var key: [UInt32] = []
  private var writer = DecisionWriter()

  /// A memory of nothing so far.
  package init() {}

  /// Appends the report, without a newline, of the outcome that the evaluator gave last, for the
  /// same input.
  package mutating func write(
    _ outcome: Outcome, of input: borrowing ActionInput, by evaluator: inout Evaluator,
    to output: inout [UInt8]
  ) {
    key.removeAll(keepingCapacity: true)
    guard evaluator.appendReportKey(of: outcome, to: &key) else {
      writer.reset()
      writer.write(evaluator.report(outcome, of: input))
      output.append(contentsOf: writer.bytes)
      return
    }
    let hash = Self.hash(key)
    if let place = place(of: hash) {
      output.append(contentsOf: texts[entries[place].text.range])
      return
    }
    writer.reset()
    writer.write(evaluator.report(outcome, of: input))
    output.append(contentsOf: writer.bytes)
    keep(writer.bytes, hash)
  }

  /// Where the report of `key` is kept; nil when it is not.
  private func place(of hash: UInt64) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      if entries[place].hash == hash, isKey(entries[place].key) { return place }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func isKey(_ extent: Extent) -> Bool {
    guard extent.count == UInt32(clamping: key.count) else { return false }
    let start = Int(extent.start)
    for index in key.indices where keys[start + index] != key[index] { return false }
    return true
  }

  private mutating func keep(_ text: [UInt8], _ hash: UInt64) {
    guard text.count <= Self.byteLimit / 16, key.count <= Self.byteLimit / 64 else { return }
    if slots.isEmpty { slots = Array(repeating: 0, count: 2 * Self.entryLimit) }
    let size = texts.count + 4 * keys.count
    if entries.count == Self.entryLimit || size + text.count + 4 * key.count > Self.byteLimit {
      for index in slots.indices { slots[index] = 0 }
      entries.removeAll(keepingCapacity: true)
      keys.removeAll(keepingCapacity: true)
      texts.removeAll(keepingCapacity: true)
    }
    entries.append(
      Entry(
        hash: hash, key: Extent(start: keys.count, count: key.count),
        text: Extent(start: texts.count, count: text.count)))
    keys += key
    texts += text
    // INVARIANT: at most half of the slots are taken, so every search ends.
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(clamping: entries.count)
  }

  private static func hash(_ key: [UInt32]) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for word in key {
      hash = (hash ^ UInt64(word)) &* 0xD6E8_FEB8_6659_FD93
      hash ^= hash >> 32
    }
    return hash
  }
}

extension Evaluator {
  /// Appends all that the report of the last outcome depends on; false when it depends on more:
  /// on values that a reason, a conflict or a cause names, on a correction or on a threshold.
  mutating func appendReportKey(of outcome: Outcome, to key: inout [UInt32]) -> Bool {
    if outcome.isError || outcome.isCorrected || !image.thresholds.isEmpty { return false }
    key.append(UInt32(outcome.verdict.rawValue) << 1 | (outcome.isGranted ? 1 : 0))
    key.append(UInt32(truncatingIfNeeded: instances.count))
    // PERF: to go through an array by its elements counts references to it.
    for index in instances.indices {
      key.append(instances[index].type << 1 | (instances[index].isGuard ? 1 : 0))
    }
    for index in results.indices {
      let result = results[index]
      let clause = image.clauses[at: result.clause]
      guard result.state != .unknown, clause.expectation == noIndex,
        isFixed(clause.template)
      else { return false }
      key.append(result.clause)
      key.append(result.instance)
      key.append(UInt32(result.state.rawValue) << 8 | UInt32(result.disposition.rawValue))
      key.append(result.waiver)
    }
    // No clause has this number, so that the two lists stay apart.
    key.append(noIndex)
    for index in defaultResults.indices {
      let result = defaultResults[index]
      guard !result.isUnknown, isFixed(image.otherwises[at: result.otherwise].template) else {
        return false
      }
      key.append(result.otherwise)
      key.append(result.instance << 1 | (result.isPackage ? 1 : 0))
    }
    return true
  }

  /// Whether a reason names no value.
  private func isFixed(_ template: UInt32) -> Bool {
    for index in image.templates[at: template].segments.range
    where image.segments[index].kind == 1 {
      return false
    }
    return true
  }
}
