/// A set of texts that an automaton recognises.
package enum TextLanguage: Sendable, Hashable {
  /// The texts that a pattern passes.
  case pattern(Pattern)
  /// The texts that some of these patterns pass, none of which looks at words (`mentions`).
  case anyOf([Pattern])
  /// Exactly these texts, as UTF-8.
  case texts([[UInt8]])
}

extension TextLanguage {
  /// The patterns of which one passes its texts; none of a list of texts.
  var patterns: [Pattern] {
    switch self {
    case .pattern(let pattern): [pattern]
    case .anyOf(let patterns): patterns
    case .texts: []
    }
  }
}

extension TextLanguage {
  /// Texts that the language spells itself: whether they lie in it was not looked at.
  var samples: [[UInt8]] {
    if case .texts(let texts) = self { return texts }
    return patterns.compactMap { pattern in
      switch pattern.kind {
      case .equals, .contains, .startsWith, .endsWith: return pattern.text
      case .glob, .pathGlob, .mentions:
        // What a star stands for is left out, with the space before it.
        var text: [UInt8] = []
        for byte in pattern.text {
          if byte == UInt8(ascii: "*") {
            if text.last == 0x20 { text.removeLast() }
          } else {
            text.append(byte)
          }
        }
        return text
      case .regularExpression: return nil
      }
    }
  }
}

/// Whether there is a text of the kind that was asked for.
package enum LanguageAnswer: Sendable, Hashable {
  /// There is none.
  case nothing
  /// A shortest one, of letters that read well where there is a choice, as UTF-8.
  case text([UInt8])
  /// It was not decided, for this reason.
  case notDecided(String)
}

/// Follows a text through one language, byte by byte: a nondeterministic automaton by its sets of
/// states (Thompson 1968), a list of texts by its trie.
enum LanguageFollower {
  /// An automaton that may begin and end anywhere, and whether it can only begin at the start.
  case machine(PatternMeeting.Machine, isAnchored: Bool)
  /// An automaton over the word view.
  case words(PatternMeeting.Machine, used: [UInt8])
  /// A trie: by node its children, ascending by byte, and the nodes where a text ends.
  case trie(children: [[(byte: UInt8, node: Int)]], isEnd: [Bool], used: [UInt8])

  /// What is known of a text after some of its bytes.
  enum Status: UInt8, Hashable {
    /// It is not in the language, whatever follows.
    case out
    case open
    /// It is in the language, whatever follows.
    case `in`
  }

  /// Where the bytes so far lead.
  struct Place: Hashable {
    var status = Status.open
    /// States of an automaton, ascending; or the one node of a trie.
    var states: [Int] = []
    /// Of the word view: what stands before what comes next, a space, a hyphen, or 0.
    var separator: UInt8 = 0
  }

  /// Makes what follows a language; nil where it is not well formed or too large.
  init?(_ language: TextLanguage) {
    switch language {
    case .texts(let texts): self = Self.trie(of: texts)
    case .pattern(let pattern) where pattern.kind == .mentions:
      guard let words = try? WordPattern(pattern.text), words.size <= Pattern.stateLimit else {
        return nil
      }
      var builder = AutomatonBuilder()
      let start = builder.add(words, accepting: 0)
      self = .words(
        PatternMeeting.Machine(automaton: builder.automaton, start: start), used: words.bytes)
    case .pattern(let pattern):
      guard let machine = PatternMeeting.Machine(pattern) else { return nil }
      self = Self.machine(machine)
    case .anyOf(let patterns):
      guard let machine = PatternMeeting.Machine(anyOf: patterns) else { return nil }
      self = Self.machine(machine)
    }
  }

  private static func machine(_ machine: PatternMeeting.Machine) -> LanguageFollower {
    let classes = PatternMeeting.Class.bytes
    let isAnchored = classes.allSatisfy { previous in
      (classes + [PatternMeeting.Class.end]).allSatisfy { next in
        machine.closure(of: [machine.start], previous: previous, next: next)?.isEmpty == true
      }
    }
    return .machine(machine, isAnchored: isAnchored)
  }

  private static func trie(of texts: [[UInt8]]) -> LanguageFollower {
    var children: [[(byte: UInt8, node: Int)]] = [[]]
    var isEnd = [false]
    for text in texts {
      var node = 0
      for byte in text {
        if let known = children[node].first(where: { $0.byte == byte }) {
          node = known.node
        } else {
          children[node].append((byte, children.count))
          node = children.count
          children.append([])
          isEnd.append(false)
        }
      }
      isEnd[node] = true
    }
    return .trie(children: children, isEnd: isEnd, used: texts.flatMap { $0 })
  }

  /// The place before the first byte.
  var start: Place {
    switch self {
    case .machine: Place()
    case .words: Place(separator: 0x20)
    case .trie(let children, let isEnd, _):
      Place(status: children[0].isEmpty && !isEnd[0] ? .out : .open, states: [0])
    }
  }

  /// The place before a byte of class `next` is taken: of an automaton the states that take bytes.
  func ready(_ place: Place, previous: UInt8, isWhole: Bool, next: UInt8) -> Place {
    guard place.status == .open, case .machine(let machine, let isAnchored) = self else {
      return place
    }
    var result = place
    // A match may begin here, but not within a scalar.
    let starts = isWhole ? place.states + [machine.start] : place.states
    guard let states = machine.closure(of: starts, previous: previous, next: next) else {
      return Place(status: .in)
    }
    result.states = states.sorted()
    if states.isEmpty, isAnchored { result.status = .out }
    return result
  }

  /// The place after a byte, from a place that is ready for it.
  func after(_ place: Place, _ byte: UInt8) -> Place {
    guard place.status == .open else { return place }
    switch self {
    case .machine(let machine, let isAnchored):
      var result = place
      result.states = machine.step(place.states, byte)
      if result.states.isEmpty, isAnchored { result.status = .out }
      return result
    case .words(let machine, _):
      guard (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 else {
        var result = place
        let isHyphen = byte == 0x2D && place.separator == 0
        result.separator = isHyphen ? 0x2D : 0x20
        return result
      }
      var result = place
      if place.separator != 0 { result = Self.take(machine, result, place.separator) }
      result.separator = 0
      let folded = byte &- 0x41 < 26 ? byte | 0x20 : byte
      return Self.take(machine, result, folded)
    case .trie(let children, _, _):
      guard let node = place.states.first,
        let next = children[node].first(where: { $0.byte == byte })
      else { return Place(status: .out) }
      return Place(states: [next.node])
    }
  }

  /// Takes a byte of the word view, where a match may begin anywhere.
  private static func take(
    _ machine: PatternMeeting.Machine, _ place: Place, _ byte: UInt8
  ) -> Place {
    guard place.status == .open else { return place }
    let any = PatternMeeting.Class.any
    guard
      let ready = machine.closure(
        of: place.states + [machine.start], previous: any, next: any),
      let states = machine.closure(of: machine.step(ready, byte), previous: any, next: any)
    else { return Place(status: .in) }
    var result = place
    result.states = states.sorted()
    return result
  }

  /// Whether a text that ends at a place is in the language.
  func accepts(_ place: Place, previous: UInt8) -> Bool {
    guard place.status == .open else { return place.status == .in }
    switch self {
    case .machine:
      return ready(place, previous: previous, isWhole: true, next: PatternMeeting.Class.end).status
        == .in
    case .words(let machine, _): return Self.take(machine, place, 0x20).status == .in
    case .trie(_, let isEnd, _): return place.states.first.map { isEnd[$0] } ?? false
    }
  }

  /// Notes where bytes begin that some place tells apart from the one before.
  func markAll(in starts: inout [Bool]) {
    switch self {
    case .machine(let machine, _):
      mark(Place(states: Array(machine.automaton.states.indices)), in: &starts)
    case .words: mark(Place(), in: &starts)
    case .trie(let children, _, _):
      for node in children.indices { mark(Place(states: [node]), in: &starts) }
    }
  }

  /// Notes where bytes begin that a ready place tells apart from the one before.
  func mark(_ place: Place, in starts: inout [Bool]) {
    guard place.status == .open else { return }
    func range(_ low: UInt8, _ high: UInt8) {
      starts[Int(low)] = true
      if high < 255 { starts[Int(high) + 1] = true }
    }
    switch self {
    case .machine(let machine, _):
      for state in place.states {
        for (low, high, _) in PatternMeeting.edges(machine, state) { range(low, high) }
      }
    case .words(_, let used):
      // Folding makes two letters of each, and so few bytes are not worth more.
      for byte in used where byte < 0x80 {
        range(byte, byte)
        if byte &- 0x61 < 26 { range(byte & 0xDF, byte & 0xDF) }
      }
      range(0x2D, 0x2D)
    case .trie(let children, _, _):
      if let node = place.states.first {
        for child in children[node] { range(child.byte, child.byte) }
      }
    }
  }
}
