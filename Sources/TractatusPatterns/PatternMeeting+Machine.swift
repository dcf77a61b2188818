extension PatternMeeting.Machine {
  /// The states that take bytes which `starts` lead to, between a byte of class `previous` and one
  /// of class `next`; nil when the pattern has matched.
  func closure(of starts: [Int], previous: UInt8, next: UInt8) -> Set<Int>? {
    var found: Set<Int> = []
    var pending = starts
    while let number = pending.popLast() {
      guard found.insert(number).inserted else { continue }
      let state = automaton.state(number)
      switch state.operation {
      case .bytes: continue
      case .accept: return nil
      case .split: pending += [state.first, state.second]
      case .save: pending.append(state.first)
      case .look:
        if PatternMeeting.allowed(state.second, after: previous) & next != 0 {
          pending.append(state.first)
        }
      }
    }
    return found.filter { automaton.state($0).operation == .bytes }
  }

  /// The states that a byte leads to from states that take bytes, in order.
  func step(_ states: some Sequence<Int>, _ byte: UInt8) -> [Int] {
    var targets: Set<Int> = []
    for state in states {
      let target = automaton.target(of: automaton.state(state), byte: byte)
      if target >= 0 { targets.insert(target) }
    }
    return targets.sorted()
  }
}
