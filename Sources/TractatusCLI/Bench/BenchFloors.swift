import TractatusEngine
import TractatusJSON
import TractatusPatterns

/// What any decision must at least cost: the floors that the figures are compared with, in
/// nanoseconds an action.
struct BenchFloors: Sendable {
  /// To read the clock twice, which each timed decision does.
  var clock = 0.0
  /// To copy an action's bytes.
  var copy = 0.0
  /// To look at each byte of an action.
  var scan = 0.0
  /// To read an action onto a tape.
  var parse = 0.0
  /// To pass the policy's largest pattern set over the action's command, or its longest text.
  var automaton = 0.0

  /// Measures them all over the actions of a subject.
  static func measure(_ subject: BenchSubject, rounds: Int) -> BenchFloors {
    var floors = BenchFloors()
    let actions = subject.actions
    let count = Double(max(1, actions.count * rounds))
    // INVARIANT: what is measured is used, so that it is not left out.
    var sum: UInt64 = 0
    floors.clock = time(count) {
      for _ in 0..<rounds {
        for _ in actions {
          sum &+= MonotonicClock.nanoseconds()
          sum &+= MonotonicClock.nanoseconds()
        }
      }
    }
    var buffer: [UInt8] = []
    floors.copy = time(count) {
      for _ in 0..<rounds {
        for action in actions {
          buffer.removeAll(keepingCapacity: true)
          buffer.append(contentsOf: action)
          sum &+= UInt64(buffer.count)
        }
      }
    }
    floors.scan = time(count) {
      for _ in 0..<rounds {
        for action in actions {
          let span = action.span
          for index in span.indices { sum &+= UInt64(span[index]) }
        }
      }
    }
    var tape = JSONTape()
    floors.parse = time(count) {
      for _ in 0..<rounds {
        for action in actions {
          if (try? tape.parse(action.span)) == nil { sum &+= 1 }
        }
      }
    }
    floors.automaton = automaton(subject, rounds: rounds, count, &sum)
    if sum == 0 { floors.scan = 0 }
    return floors
  }

  private static func automaton(
    _ subject: BenchSubject, rounds: Int, _ count: Double, _ sum: inout UInt64
  ) -> Double {
    let sets = subject.program.sections.patternSets
    guard let set = sets.max(by: { $0.count < $1.count }) else { return 0 }
    let texts = subject.actions.map { text(of: $0) }
    var scratch = PatternScratch()
    for text in texts { set.match(text.span, scratch: &scratch) }
    let start = MonotonicClock.nanoseconds()
    for _ in 0..<rounds {
      for text in texts {
        set.match(text.span, scratch: &scratch)
        sum &+= UInt64(scratch.matches.count)
      }
    }
    return Double(MonotonicClock.nanoseconds() - start) / count
  }

  /// The text `command` of an action, else its longest one.
  private static func text(of action: [UInt8]) -> [UInt8] {
    var tape = JSONTape()
    guard (try? tape.parse(action.span)) != nil else { return [] }
    var found = 0..<0
    for index in 0..<tape.nodeCount {
      let node = JSONNode(index: UInt32(truncatingIfNeeded: index))
      guard tape.kind(node) == .string else { continue }
      let content = tape.content(node)
      if tape.bytes[tape.key(node)].elementsEqual("command".utf8) {
        return Array(tape.bytes[content])
      }
      if content.count > found.count { found = content }
    }
    return Array(tape.bytes[found])
  }

  private static func time(_ count: Double, _ work: () -> Void) -> Double {
    let start = MonotonicClock.nanoseconds()
    work()
    return Double(MonotonicClock.nanoseconds() - start) / count
  }
}
