/// A nondeterministic automaton over bytes, as Thompson's construction makes it (Thompson 1968).
///
/// States and edges are packed words, so that an automaton is written and read as it stands.
struct Automaton: Sendable, Equatable {
  /// What a state does.
  enum Operation: UInt64 {
    /// Takes a byte: `first` edge and their `count`, ascending and disjoint.
    case bytes
    /// Goes on in two states, preferring the first.
    case split
    /// Goes on where the place is like `second`, a `PatternTree.Look`.
    case look
    /// Notes the place in slot `second`.
    case save
    /// Has matched the pattern `first`.
    case accept
  }

  /// A packed state: the operation and two numbers of 30 bits.
  struct State: Sendable, Equatable {
    var word: UInt64

    @inline(__always)
    init(word: UInt64) { self.word = word }

    init(_ operation: Operation, _ first: Int, _ second: Int = 0) {
      word = operation.rawValue
      word |= UInt64(truncatingIfNeeded: first) << 4 & 0x3_FFFF_FFF0
      word |= UInt64(truncatingIfNeeded: second) << 34
    }

    /// The operation; `accept` for a word that has none, which reading rules out.
    @inline(__always)
    var operation: Operation { Operation(rawValue: word & 15) ?? .accept }
    @inline(__always)
    var first: Int { Int(truncatingIfNeeded: word >> 4 & 0x3FFF_FFFF) }
    @inline(__always)
    var second: Int { Int(truncatingIfNeeded: word >> 34) }
  }

  /// A packed edge: the lowest byte, the highest, and the state that they lead to.
  struct Edge: Sendable, Equatable {
    var word: UInt64

    @inline(__always)
    init(word: UInt64) { self.word = word }

    init(low: UInt8, high: UInt8, target: Int) {
      word = UInt64(low) | UInt64(high) << 8 | UInt64(truncatingIfNeeded: target) << 16
    }

    @inline(__always)
    var low: UInt8 { UInt8(truncatingIfNeeded: word) }
    @inline(__always)
    var high: UInt8 { UInt8(truncatingIfNeeded: word >> 8) }
    @inline(__always)
    var target: Int { Int(truncatingIfNeeded: word >> 16) }
  }

  /// The most states and edges of one automaton: what 30 bits can number.
  static let sizeLimit = 1 << 29

  /// The packed states.
  var states = Packed<UInt64>()
  /// The packed edges.
  var edges = Packed<UInt64>()

  /// A state by its number.
  @inline(__always)
  func state(_ number: Int) -> State { State(word: states[number]) }

  /// The state that a byte leads to from a `bytes` state, or -1.
  @inline(__always)
  func target(of state: State, byte: UInt8) -> Int {
    var low = state.first
    var high = low + state.second
    while high - low > 4 {
      let middle = (low + high) / 2
      if Edge(word: edges[middle]).high < byte { low = middle + 1 } else { high = middle + 1 }
    }
    while low < high {
      let edge = Edge(word: edges[low])
      if edge.low <= byte && byte <= edge.high { return edge.target }
      low += 1
    }
    return -1
  }

  /// Whether every number in the automaton is in its range; `slots` is how many slots there are,
  /// `patterns` how many patterns.
  func isSound(slots: Int, patterns: Int) -> Bool {
    for word in edges
    where Edge(word: word).target >= states.count
      || Edge(word: word).low
        > Edge(word: word).high
    {
      return false
    }
    for word in states {
      guard let operation = Operation(rawValue: word & 15) else { return false }
      let state = State(word: word)
      switch operation {
      case .bytes:
        guard state.first + state.second <= edges.count else { return false }
        var last = -1
        for edge in edges[state.first..<state.first + state.second] {
          if Int(Edge(word: edge).low) <= last { return false }
          last = Int(Edge(word: edge).high)
        }
      case .split:
        guard state.first < states.count, state.second < states.count else { return false }
      case .look:
        guard state.first < states.count, state.second < 6 else { return false }
      case .save: guard state.first < states.count, state.second < slots else { return false }
      case .accept: guard state.first < patterns else { return false }
      }
    }
    return true
  }
}
