/// How much of all texts a pattern passes.
package enum PatternExtent: Sendable, Equatable {
  /// No text, for this reason: a sentence part in lower case.
  case nothing(String)
  /// Some texts and not others.
  case some
  /// Every text.
  case everything
}

extension Pattern {
  /// Whether the pattern passes no text, some or every text; nil for one that is not well formed or
  /// too large to decide.
  ///
  /// Decided on the automaton, linear in its states but for expressions that the empty text
  /// passes.
  package func extent() -> PatternExtent? {
    let compiled: CompiledPattern
    do {
      compiled = try CompiledPattern(self)
    } catch {
      return nil
    }
    switch compiled {
    case .always: return .everything
    case .words: return .some
    case .literal(let literal):
      // A fixed text is passed by itself.
      return literal.bytes.isEmpty && !(literal.atStart && literal.atEnd) ? .everything : .some
    case .tree(let tree):
      var builder = AutomatonBuilder()
      let start = builder.add(tree, accepting: 0)
      let machine = PatternMeeting.Machine(automaton: builder.automaton, start: start)
      guard let meets = PatternMeeting([machine]).isPossible() else { return nil }
      if !meets { return .nothing(machine.obstacle()) }
      return PatternSearch(machine).passesEverything()
    }
  }

  /// Whether some text passes this pattern and the other one; nil where either is not well formed,
  /// looks at words, or both together are too large to decide.
  package func meets(_ other: Pattern) -> Bool? {
    guard let first = PatternMeeting.Machine(self), let second = PatternMeeting.Machine(other)
    else { return nil }
    return PatternMeeting([first, second]).isPossible()
  }
}

/// Searches for a text that one or two patterns pass: the product of their automata, with what
/// stands before each place and what may stand after it, which the assertions look at.
struct PatternMeeting {
  /// An automaton that may begin and end anywhere.
  struct Machine {
    let automaton: Automaton
    let start: Int

    /// Before the pattern begins, and after it has matched.
    var before: Int { automaton.states.count }
    var after: Int { automaton.states.count + 1 }
  }

  /// Most places that are looked at.
  static let placeLimit = 200_000

  /// What a byte is to an assertion; `end` is the end of the text.
  enum Class {
    static let end: UInt8 = 1
    static let newline: UInt8 = 2
    static let word: UInt8 = 4
    static let other: UInt8 = 8
    static let any: UInt8 = 15
    static let bytes: [UInt8] = [newline, word, other]
  }

  private let machines: [Machine]
  /// A look state of the first machine that is taken to hold everywhere.
  private let ignoredState: Int?
  private var seen: Set<UInt64> = []
  private var pending: [UInt64] = []

  init(_ machines: [Machine], ignoring state: Int? = nil) {
    self.machines = machines
    ignoredState = state
  }

  /// Whether there is such a text; nil past `placeLimit`.
  mutating func search() -> Bool? {
    // Numbers of states take 24 bits each.
    if machines.contains(where: { $0.after >= 1 << 24 }) { return nil }
    let first = machines[0]
    let second = machines.count > 1 ? machines[1].before : 0
    // What stands before the first place is its start, noted as the class of the end.
    visit(first.before, second, previous: Class.end, next: Class.any)
    while let place = pending.popLast() {
      let one = Int(place & 0xFF_FFFF)
      let two = Int(place >> 24 & 0xFF_FFFF)
      let previous = UInt8(truncatingIfNeeded: place >> 48 & 15)
      let next = UInt8(truncatingIfNeeded: place >> 52 & 15)
      if one == first.after, machines.count == 1 || two == machines[1].after { return true }
      if seen.count > Self.placeLimit { return nil }
      for (state, rest) in advanced(0, one, previous, next) {
        visit(state, two, previous: previous, next: rest)
      }
      if machines.count > 1 {
        for (state, rest) in advanced(1, two, previous, next) {
          visit(one, state, previous: previous, next: rest)
        }
      }
      take(one, two, next)
    }
    return false
  }

  /// Whether there is such a text; nil where that is too much to decide.
  func isPossible() -> Bool? {
    var copy = self
    return copy.search()
  }

  private mutating func visit(_ one: Int, _ two: Int, previous: UInt8, next: UInt8) {
    guard next != 0 else { return }
    let place =
      UInt64(truncatingIfNeeded: one) | UInt64(truncatingIfNeeded: two) << 24
      | UInt64(previous) << 48 | UInt64(next) << 52
    if seen.insert(place).inserted { pending.append(place) }
  }

  /// Where a state leads without taking a byte, and what may come next there.
  private func advanced(
    _ number: Int, _ state: Int, _ previous: UInt8, _ next: UInt8
  ) -> [(Int, UInt8)] {
    let machine = machines[number]
    if state == machine.before { return [(machine.start, next)] }
    if state == machine.after { return [] }
    let found = machine.automaton.state(state)
    switch found.operation {
    case .bytes: return []
    case .accept: return [(machine.after, next)]
    case .split: return [(found.first, next), (found.second, next)]
    case .save: return [(found.first, next)]
    case .look:
      let isIgnored = number == 0 && state == ignoredState
      let allowed = isIgnored ? Class.any : Self.allowed(found.second, after: previous)
      return [(found.first, next & allowed)]
    }
  }

  /// The classes that may come next where an assertion holds after a class.
  static func allowed(_ look: Int, after previous: UInt8) -> UInt8 {
    let word = previous == Class.word
    switch PatternTree.Look(rawValue: UInt8(truncatingIfNeeded: look)) {
    case .textStart: return previous == Class.end ? Class.any : 0
    case .lineStart: return previous == Class.end || previous == Class.newline ? Class.any : 0
    case .textEnd: return Class.end
    case .lineEnd: return Class.end | Class.newline
    case .wordBoundary: return word ? Class.any & ~Class.word : Class.word
    case .notWordBoundary: return word ? Class.word : Class.any & ~Class.word
    case nil: return 0
    }
  }

  /// Takes one byte in all machines.
  private mutating func take(_ one: Int, _ two: Int, _ next: UInt8) {
    let others = machines.count > 1 ? Self.edges(machines[1], two) : [(0, 255, 0)]
    for (low, high, target) in Self.edges(machines[0], one) {
      for (otherLow, otherHigh, otherTarget) in others {
        let (first, last) = (max(low, otherLow), min(high, otherHigh))
        guard first <= last else { continue }
        for kind in Class.bytes where next & kind != 0 {
          if (first...last).contains(where: { Self.classOf($0) == kind }) {
            visit(target, otherTarget, previous: kind, next: Class.any)
          }
        }
      }
    }
  }

  /// The class of a byte.
  static func classOf(_ byte: UInt8) -> UInt8 {
    if byte == 0x0A { return Class.newline }
    return WordBytes.contains(byte) ? Class.word : Class.other
  }

  /// The bytes that a state takes, and where they lead.
  static func edges(_ machine: Machine, _ state: Int) -> [(UInt8, UInt8, Int)] {
    if state >= machine.automaton.states.count { return [(0, 255, state)] }
    let found = machine.automaton.state(state)
    guard found.operation == .bytes else { return [] }
    return machine.automaton.edges[found.first..<found.first + found.second].map {
      let edge = Automaton.Edge(word: $0)
      return (edge.low, edge.high, edge.target)
    }
  }
}

extension PatternMeeting.Machine {
  /// The automaton of a pattern; nil for one that is not well formed or looks at words.
  init?(_ pattern: Pattern) {
    guard pattern.kind != .mentions, let tree = try? Self.tree(of: pattern) else { return nil }
    guard AutomatonBuilder.stateCount(of: tree) <= Pattern.stateLimit else { return nil }
    var builder = AutomatonBuilder()
    start = builder.add(tree, accepting: 0)
    automaton = builder.automaton
  }

  /// An automaton that passes what one of some patterns passes; nil where one of them has none.
  init?(anyOf patterns: [Pattern]) {
    var builder = AutomatonBuilder()
    var starts: [Int] = []
    for pattern in patterns {
      guard pattern.kind != .mentions, let tree = try? Self.tree(of: pattern),
        AutomatonBuilder.stateCount(of: tree) <= Pattern.stateLimit
      else { return nil }
      starts.append(builder.add(tree, accepting: 0))
    }
    start = builder.add(anyOf: starts)
    automaton = builder.automaton
  }

  private static func tree(of pattern: Pattern) throws(PatternError) -> PatternTree {
    switch pattern.kind {
    case .glob, .pathGlob:
      return try GlobParser.parse(
        pattern.text, isPath: pattern.kind == .pathGlob, ignoringCase: pattern.ignoringCase)
    case .regularExpression:
      return try RegularExpressionParser.parse(
        pattern.text, ignoringCase: pattern.ignoringCase,
        dotMatchesNewline: pattern.dotMatchesNewline)
    case .equals, .contains, .startsWith, .endsWith, .mentions:
      var quoted: [UInt8] = []
      if pattern.kind == .equals || pattern.kind == .startsWith { quoted += Array("\\A".utf8) }
      for byte in pattern.text {
        // Whatever is ASCII and no letter or digit may be escaped.
        if byte < 0x80, !WordBytes.contains(byte) { quoted.append(UInt8(ascii: "\\")) }
        quoted.append(byte)
      }
      if pattern.kind == .equals || pattern.kind == .endsWith { quoted += Array("\\z".utf8) }
      return try RegularExpressionParser.parse(
        quoted, ignoringCase: pattern.ignoringCase, dotMatchesNewline: false)
    }
  }

  /// Why nothing passes: the first assertion without which something would, else the cause that
  /// remains.
  func obstacle() -> String {
    for state in automaton.states.indices {
      let found = automaton.state(state)
      guard found.operation == .look else { continue }
      let isPossible = PatternMeeting([self], ignoring: state).isPossible()
      if isPossible == true { return Self.words(for: found.second) }
    }
    let isTakingNothing = automaton.states.indices.contains {
      automaton.state($0).operation == .bytes && automaton.state($0).second == 0
    }
    return isTakingNothing
      ? "it needs a letter of a class that holds none" : "its assertions exclude each other"
  }

  private static func words(for look: Int) -> String {
    switch PatternTree.Look(rawValue: UInt8(truncatingIfNeeded: look)) {
    case .textStart: "something must come before the start of the text"
    case .textEnd: "something must come after the end of the text"
    case .lineStart: "something other than a line end must come before the start of a line"
    case .lineEnd: "something other than a line end must come after the end of a line"
    case .wordBoundary:
      "`\\b` needs a letter, digit or `_` on exactly one side, and here it never has"
    case .notWordBoundary:
      "`\\B` needs letters, digits or `_` on both sides or on neither, and here it never has"
    case nil: "an assertion never holds"
    }
  }
}
