/// A language's automaton, made deterministic place by place as searches come by, and kept: what
/// one search found out about it the next need not (subsets of states, Rabin and Scott 1959).
final class LanguageAutomaton {
  /// Most places of one language that are kept.
  private static let placeLimit = 20_000

  let follower: LanguageFollower
  private var places: [LanguageFollower.Place] = []
  private var numbers: [LanguageFollower.Place: Int32] = [:]
  /// By place, what stands before and what comes next: the place that is ready for it, or -1.
  private var ready: [Int32] = []
  /// By place and class of bytes: the place after one, or -1.
  private var next: [Int32] = []
  /// By place and what stands before the end: whether a text that ends there is in the language.
  private var ends: [Bool?] = []
  /// By place: where bytes begin that it tells apart from the one before.
  private var starts: [[UInt8]] = []
  /// By byte: its class, of bytes that no place tells apart.
  private let classes: [Int]
  private let classCount: Int
  /// By byte: whether some place tells it apart from the one before.
  let allStarts: [Bool]

  /// What stands before (4 kinds), what comes next (3) and whether a scalar is whole (2).
  private static let contextCount = 24

  /// The automaton of a language; nil where it is not well formed or too large.
  init?(_ language: TextLanguage) {
    guard let follower = LanguageFollower(language) else { return nil }
    self.follower = follower
    var starts = LanguageSearch.commonStarts
    follower.markAll(in: &starts)
    var classes: [Int] = []
    var number = -1
    for byte in 0..<256 {
      if starts[byte] { number += 1 }
      classes.append(number)
    }
    self.classes = classes
    allStarts = starts
    classCount = number + 1
    _ = self.number(of: follower.start)
  }

  /// The number of the place before the first byte.
  var start: Int32 { 0 }

  /// What is known of a text after the bytes that lead to a place.
  func status(of place: Int32) -> LanguageFollower.Status { places[Int(place)].status }

  /// Whether a text that ends at a place is in the language.
  func accepts(_ place: Int32, previous: UInt8) -> Bool {
    let entry = Int(place) * 4 + previous.trailingZeroBitCount
    if let known = ends[entry] { return known }
    let isEnd = follower.accepts(places[Int(place)], previous: previous)
    ends[entry] = isEnd
    return isEnd
  }

  /// Where bytes begin that a ready place tells apart from the one before.
  func starts(of place: Int32) -> [UInt8] { starts[Int(place)] }

  /// The place before a byte of class `kind` is taken.
  func ready(
    _ place: Int32, previous: UInt8, isWhole: Bool, next kind: UInt8, _ work: inout Int
  ) -> Int32? {
    let context =
      (previous.trailingZeroBitCount * 3 + kind.trailingZeroBitCount - 1) * 2 + (isWhole ? 1 : 0)
    let entry = Int(place) * Self.contextCount + context
    if ready[entry] >= 0 { return ready[entry] }
    let from = places[Int(place)]
    let found = follower.ready(from, previous: previous, isWhole: isWhole, next: kind)
    work += found.states.count + 1
    guard let number = number(of: found) else { return nil }
    ready[entry] = number
    return number
  }

  /// The place after a byte, from a place that is ready for it.
  func after(_ place: Int32, _ byte: UInt8) -> Int32? {
    let entry = Int(place) * classCount + classes[Int(byte)]
    if next[entry] >= 0 { return next[entry] }
    guard let number = number(of: follower.after(places[Int(place)], byte)) else { return nil }
    next[entry] = number
    return number
  }

  private func number(of place: LanguageFollower.Place) -> Int32? {
    if let known = numbers[place] { return known }
    guard places.count < Self.placeLimit else { return nil }
    let number = Int32(places.count)
    numbers[place] = number
    places.append(place)
    ready += Array(repeating: -1, count: Self.contextCount)
    next += Array(repeating: -1, count: classCount)
    ends += Array(repeating: nil, count: 4)
    var marked = [Bool](repeating: false, count: 257)
    follower.mark(place, in: &marked)
    starts.append((UInt8.min...UInt8.max).filter { marked[Int($0)] })
    return number
  }
}

/// The automata of languages that searches came by.
package final class LanguageMemory {
  /// Most languages that are kept.
  private static let languageLimit = 2_000
  private var automata: [TextLanguage: LanguageAutomaton] = [:]

  /// A memory of nothing.
  package init() {}

  /// The automaton of a language; nil where it is not well formed or too large.
  func automaton(of language: TextLanguage) -> LanguageAutomaton? {
    if let known = automata[language] { return known }
    guard let made = LanguageAutomaton(language) else { return nil }
    if automata.count < Self.languageLimit { automata[language] = made }
    return made
  }
}
