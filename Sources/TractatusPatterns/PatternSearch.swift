/// Searches for a text that a pattern does not pass, by the sets of states that texts lead to.
struct PatternSearch {
  /// Most sets that are looked at.
  private static let setLimit = 500

  /// Where a text leads: the states after its last byte, that byte's class, and what the scalar
  /// that it is in the middle of still needs.
  private struct Place: Hashable {
    var states: [Int]
    var previous: UInt8
    var rest: UTF8Rest
  }

  private let machine: PatternMeeting.Machine

  init(_ machine: PatternMeeting.Machine) { self.machine = machine }

  /// Whether every text passes; nil past the limit.
  func passesEverything() -> PatternExtent? {
    typealias Class = PatternMeeting.Class
    var seen: Set<Place> = []
    var pending = [Place(states: [], previous: Class.end, rest: UTF8Rest())]
    while let place = pending.popLast() {
      guard seen.insert(place).inserted else { continue }
      if seen.count > Self.setLimit { return nil }
      if place.rest.isWhole, closure(of: place, before: Class.end) != nil { return .some }
      for kind in Class.bytes {
        // Where it has matched, whatever follows passes as well.
        guard let states = closure(of: place, before: kind) else { continue }
        for byte in representatives(of: states) where PatternMeeting.classOf(byte) == kind {
          guard let rest = place.rest.after(byte) else { continue }
          pending.append(Place(states: machine.step(states, byte), previous: kind, rest: rest))
        }
      }
    }
    return .everything
  }

  /// The states that take bytes which a place leads to when a class comes next; nil when the
  /// pattern has matched.
  private func closure(of place: Place, before next: UInt8) -> Set<Int>? {
    // A match may begin here, but not within a scalar.
    let starts = place.states + (place.rest.isWhole ? [machine.start] : [])
    return machine.closure(of: starts, previous: place.previous, next: next)
  }

  /// A byte of every group of bytes that states, classes and UTF-8 tell apart.
  private func representatives(of states: Set<Int>) -> [UInt8] {
    var starts: Set<UInt8> = [
      0, 0x0A, 0x0B, 0x30, 0x3A, 0x41, 0x5B, 0x5F, 0x60, 0x61, 0x7B, 0x80, 0x90, 0xA0, 0xC2, 0xE0,
      0xE1, 0xED, 0xEE, 0xF0, 0xF1, 0xF4, 0xF5,
    ]
    for state in states {
      for (low, high, _) in PatternMeeting.edges(machine, state) {
        starts.insert(low)
        if high < 255 { starts.insert(high + 1) }
      }
    }
    return starts.sorted()
  }
}

/// How much of a scalar's UTF-8 is still to come (RFC 3629, section 4).
struct UTF8Rest: Hashable, Sendable {
  private var count: UInt8 = 0
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  /// Whether no scalar is cut.
  var isWhole: Bool { count == 0 }

  /// What is to come after a byte; nil where the byte cannot stand.
  func after(_ byte: UInt8) -> UTF8Rest? {
    var result = UTF8Rest()
    if count > 0 {
      guard byte >= low, byte <= high else { return nil }
      result.count = count - 1
      return result
    }
    switch byte {
    case 0..<0x80: return result
    case 0xC2...0xDF: result.count = 1
    case 0xE0...0xEF:
      result.count = 2
      if byte == 0xE0 { result.low = 0xA0 }
      if byte == 0xED { result.high = 0x9F }
    case 0xF0...0xF4:
      result.count = 3
      if byte == 0xF0 { result.low = 0x90 }
      if byte == 0xF4 { result.high = 0x8F }
    default: return nil
    }
    return result
  }
}
