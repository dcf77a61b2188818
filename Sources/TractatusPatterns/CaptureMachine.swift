/// Runs an automaton with what its first group took, all alternatives side by side in the order
/// of their preference (Pike's machine; Cox, "Regular Expression Matching: the Virtual Machine
/// Approach", 2009).
struct CaptureMachine: Sendable {
  /// A match, and what its first group took if it took part.
  struct Found {
    var start: Int
    var end: Int
    var group: Extractor.Match?
  }

  /// Where a match and its first group begin and the group ends, -1 where not yet.
  private struct Places {
    var start: Int
    var groupStart = -1
    var groupEnd = -1
  }

  private struct Thread {
    var state: Int
    var places: Places
  }

  private var current: [Thread] = []
  private var next: [Thread] = []
  /// States still to be followed, the most preferred last.
  private var pending: [Thread] = []
  /// For each state the step that last reached it.
  private var seen: [UInt64] = []
  private var step: UInt64 = 0

  /// The leftmost match from `start` on; nil when there is none or the budget is spent, which is
  /// then negative.
  mutating func match(
    _ extractor: borrowing Extractor, _ text: Span<UInt8>, from start: Int, budget: inout Int
  ) -> Found? {
    let automaton = extractor.units.automaton
    let unit = extractor.units.units[0]
    if seen.count < automaton.states.count {
      seen = [UInt64](repeating: 0, count: automaton.states.count)
    }
    current.removeAll(keepingCapacity: true)
    step += 1
    var result: Found?
    var offset = start
    while true {
      budget -= 1
      if budget < 0 { return nil }
      if current.isEmpty {
        if result != nil || (unit.isAnchored && offset > 0) { break }
        offset = Self.skip(extractor.firstBytes, text, offset)
        // What was reached at the place before says nothing about this one.
        step += 1
      }
      if result == nil, offset == text.count || text[offset] & 0xC0 != 0x80 {
        follow(automaton, Thread(state: unit.start, places: Places(start: offset)), text, offset)
        current.append(contentsOf: next)
        next.removeAll(keepingCapacity: true)
      }
      advance(automaton, text, offset, &result)
      if offset == text.count { break }
      offset += 1
    }
    return result
  }

  /// The next place where a match can begin.
  private static func skip(_ firstBytes: [Bool]?, _ text: Span<UInt8>, _ start: Int) -> Int {
    guard let firstBytes else { return start }
    var offset = start
    while offset < text.count, !firstBytes[Int(text[offset])] { offset += 1 }
    return offset
  }

  /// Steps every thread over one byte, and stops at the first that has matched.
  private mutating func advance(
    _ automaton: borrowing Automaton, _ text: Span<UInt8>, _ offset: Int, _ result: inout Found?
  ) {
    step += 1
    var index = 0
    while index < current.count {
      let thread = current[index]
      index += 1
      let state = automaton.state(thread.state)
      if state.operation == .accept {
        let places = thread.places
        var group: Extractor.Match?
        if places.groupStart >= 0, places.groupEnd >= places.groupStart {
          group = Extractor.Match(start: places.groupStart, end: places.groupEnd)
        }
        result = Found(start: places.start, end: offset, group: group)
        break
      }
      guard offset < text.count else { continue }
      let target = automaton.target(of: state, byte: text[offset])
      if target >= 0 {
        follow(automaton, Thread(state: target, places: thread.places), text, offset + 1)
      }
    }
    swap(&current, &next)
    next.removeAll(keepingCapacity: true)
  }

  /// Appends to `next` all states that a thread reaches without a byte, in order of preference.
  private mutating func follow(
    _ automaton: borrowing Automaton, _ thread: Thread, _ text: Span<UInt8>, _ offset: Int
  ) {
    pending.append(thread)
    while var thread = pending.popLast() {
      if seen[thread.state] == step { continue }
      seen[thread.state] = step
      let state = automaton.state(thread.state)
      switch state.operation {
      case .bytes, .accept: next.append(thread)
      case .split:
        var other = thread
        other.state = state.second
        thread.state = state.first
        pending.append(other)
        pending.append(thread)
      case .save:
        if state.second == 2 { thread.places.groupStart = offset }
        if state.second == 3 { thread.places.groupEnd = offset }
        thread.state = state.first
        pending.append(thread)
      case .look:
        if holds(state.second, text, offset) {
          thread.state = state.first
          pending.append(thread)
        }
      }
    }
  }

  private func holds(_ look: Int, _ text: Span<UInt8>, _ offset: Int) -> Bool {
    let before: UInt8? = offset > 0 ? text[offset - 1] : nil
    let after: UInt8? = offset < text.count ? text[offset] : nil
    func isBoundary() -> Bool {
      (before.map(WordBytes.contains) ?? false) != (after.map(WordBytes.contains) ?? false)
    }
    switch PatternTree.Look(rawValue: UInt8(truncatingIfNeeded: look)) {
    case .textStart: return before == nil
    case .lineStart: return before == nil || before == 10
    case .textEnd: return after == nil
    case .lineEnd: return after == nil || after == 10
    case .wordBoundary: return isBoundary()
    case .notWordBoundary: return !isBoundary() && (after ?? 0) & 0xC0 != 0x80
    case nil: return false
    }
  }
}
