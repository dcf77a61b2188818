/// One automaton among those of a set: some of the states, where it starts, and which bytes it
/// tells apart.
struct AutomatonUnit: Sendable, Equatable {
  /// Numbers that a unit takes in an image.
  static let recordSize = 6

  /// The first of its states, and how many they are.
  var firstState: Int
  var stateCount: Int
  /// The state it starts in.
  var start: Int
  /// Where its 256 byte classes start among all, and how many classes there are.
  var classes: Int
  var classCount: Int
  /// Whether it can only match from the text's start.
  var isAnchored: Bool

  /// The unit as numbers for an image.
  var words: [UInt32] {
    [firstState, stateCount, start, classes, classCount, isAnchored ? 1 : 0].map {
      UInt32(truncatingIfNeeded: $0)
    }
  }

  init(
    firstState: Int, stateCount: Int, start: Int, classes: Int, classCount: Int, isAnchored: Bool
  ) {
    self.firstState = firstState
    self.stateCount = stateCount
    self.start = start
    self.classes = classes
    self.classCount = classCount
    self.isAnchored = isAnchored
  }

  /// The unit that the numbers of an image from a place on mean.
  init(words: Packed<UInt32>, at first: Int) {
    self.init(
      firstState: Int(words[first]), stateCount: Int(words[first + 1]),
      start: Int(words[first + 2]), classes: Int(words[first + 3]),
      classCount: Int(words[first + 4]), isAnchored: words[first + 5] != 0)
  }
}

/// Several automata in one array of states, with the bytes that each tells apart.
struct AutomatonUnits: Sendable, Equatable {
  private(set) var automaton = Automaton()
  private(set) var units: [AutomatonUnit] = []
  /// For each unit's classes 256 bytes: the class of each byte, numbered from 0.
  private(set) var classes = Packed<UInt8>()

  /// No automata.
  init() {}

  /// Takes the automaton that the units are parts of.
  mutating func take(_ automaton: Automaton) { self.automaton = automaton }

  /// Adds the unit of the states in `states`, and returns its number.
  mutating func add(
    states: Range<Int>, start: Int, isAnchored: Bool, known: inout [Int: Int]
  ) -> Int {
    let bounds = byteBounds(states)
    let place: Int
    if let found = known[bounds.key], bounds.areClasses(classes[found..<found + 256]) {
      place = found
    } else {
      place = classes.count
      bounds.appendClasses(to: &classes)
      known[bounds.key] = place
    }
    units.append(
      AutomatonUnit(
        firstState: states.lowerBound, stateCount: states.count, start: start, classes: place,
        classCount: bounds.classCount, isAnchored: isAnchored))
    return units.count - 1
  }

  private static let placeBytes: [(UInt8, UInt8)] = [
    (10, 10), (0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0x80, 0xBF),
  ]

  /// After which bytes a class of bytes ends that no state tells apart.
  private func byteBounds(_ states: Range<Int>) -> ByteBounds {
    var bounds = ByteBounds()
    for number in states {
      let state = automaton.state(number)
      switch state.operation {
      case .bytes:
        for edge in state.first..<state.first + state.second {
          let edge = Automaton.Edge(word: automaton.edges[edge])
          bounds.mark(edge.low, edge.high)
        }
      case .look:
        // What a place is like depends on newlines, word bytes, and where scalars begin.
        for (low, high) in Self.placeBytes { bounds.mark(low, high) }
      default: continue
      }
    }
    return bounds
  }

  /// A number that differs between automata.
  var fingerprint: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ word: UInt64) {
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    for state in automaton.states { mix(state) }
    for edge in automaton.edges { mix(edge) }
    for word in units.lazy.flatMap(\.words) { mix(UInt64(word)) }
    return hash
  }

  /// Appends the automata to an image.
  func write(into image: inout ImageWriter) {
    image.write(automaton.states)
    image.write(automaton.edges)
    image.write(classes)
    image.write(Packed(units.flatMap(\.words)))
  }

  /// Reads automata that accept patterns below `patterns` and have slots below `slots`.
  init?(reading image: inout ImageReader, patterns: Int, slots: Int) {
    guard let states = image.numbers(UInt64.self), let edges = image.numbers(UInt64.self),
      let classes = image.numbers(UInt8.self), let words = image.words(),
      words.count % AutomatonUnit.recordSize == 0, classes.count % 256 == 0
    else { return nil }
    automaton.states = states
    automaton.edges = edges
    self.classes = classes
    guard image.isTrusted || automaton.isSound(slots: slots, patterns: patterns) else {
      return nil
    }
    units.reserveCapacity(words.count / AutomatonUnit.recordSize)
    for first in stride(from: 0, to: words.count, by: AutomatonUnit.recordSize) {
      let unit = AutomatonUnit(words: words, at: first)
      guard image.isTrusted || isSound(unit) else { return nil }
      units.append(unit)
    }
  }

  /// Whether a unit's states lead nowhere else, and its classes have entries in its rows.
  private func isSound(_ unit: AutomatonUnit) -> Bool {
    let states = unit.firstState..<unit.firstState + unit.stateCount
    guard states.upperBound <= automaton.states.count, states.contains(unit.start),
      unit.classes % 256 == 0, unit.classes + 256 <= classes.count
    else { return false }
    for number in states {
      let state = automaton.state(number)
      switch state.operation {
      case .accept: continue
      case .bytes:
        for edge in automaton.edges[state.first..<state.first + state.second]
        where !states.contains(Automaton.Edge(word: edge).target) { return false }
      case .split:
        guard states.contains(state.first), states.contains(state.second) else { return false }
      default: guard states.contains(state.first) else { return false }
      }
    }
    // INVARIANT: a row has an entry for every class.
    guard unit.classCount <= 256 else { return false }
    return classes.withSpan(unit.classes..<unit.classes + 256) { classes in
      for byte in classes.indices where Int(classes[byte]) >= unit.classCount { return false }
      return true
    }
  }
}
