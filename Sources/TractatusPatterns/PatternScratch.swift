/// The memory that matching a `PatternSet` works in: reused from text to text, bounded.
///
/// Keep one for each set and thread. A scratch that meets another set starts afresh.
package struct PatternScratch: Sendable {
  /// The ids of the patterns that the last text given to `match` matches: each once, in an order
  /// that depends on the set and the text alone.
  package var matches: [UInt32] = []

  /// The text's folded form.
  var folded: [UInt8] = []
  /// The text's words.
  var view = WordView()
  /// How places in the text and its folded form correspond.
  var layout = CaseFolding.Layout.different
  var automata: LazyAutomata
  /// Steps that may be spent on tries from places in this text.
  var budget = 0
  /// What a shared automaton found.
  var found: [UInt32] = []
  /// How many late patterns were asked for in this text.
  var lateCount = 0
  /// For each plan the number of the text it was last touched by, times eight, plus how often
  /// it was tried from a place, or `decided`, or `matched`.
  private var marks: [UInt32] = []
  private var text: UInt32 = 0
  private var owner: UInt64?

  /// The mark of a pattern that this text has been decided for.
  private static let decided: UInt32 = 6
  /// The mark of one that this text matches.
  private static let matched: UInt32 = 7

  /// Steps that matching has taken since the scratch was made; for tests of linear time.
  var work: Int { automata.work }
  /// How often the automata were dropped for want of memory.
  var drops: Int { automata.drops }

  /// Makes an empty scratch.
  ///
  /// - Parameter cacheWords: the most 32-bit words that lazily built automata may take (4 MiB by
  ///   default); when they are spent the automata are dropped and built anew.
  package init(cacheWords: Int = 1 << 20) {
    automata = LazyAutomata(limit: cacheWords)
  }

  /// Gets ready for a text of so many bytes.
  mutating func begin(_ set: borrowing PatternTables, _ length: Int) {
    adopt(set)
    budget = length.multipliedReportingOverflow(by: 64).partialValue
    matches.clear()
    lateCount = 0
    text += 1
    if text > UInt32.max >> 3 || marks.count < set.plans.count {
      marks = [UInt32](repeating: 0, count: set.plans.count)
      text = 1
    }
  }

  /// Whether the last text was matched with the set of a fingerprint.
  @inline(__always)
  func belongs(to fingerprint: UInt64) -> Bool { owner == fingerprint && !marks.isEmpty }

  /// Forgets what belongs to another set.
  mutating func adopt(_ set: borrowing PatternTables) {
    if owner == set.fingerprint { return }
    owner = set.fingerprint
    automata.reset()
    marks.removeAll()
  }

  /// Whether no text has been matched before this one.
  var isFirstText: Bool { text == 1 }

  /// Whether nothing about a pattern is left to find out.
  @inline(__always)
  func isDecided(_ pattern: Int) -> Bool { marks[pattern] >= text << 3 | Self.decided }

  /// Whether this text has been found to match a pattern.
  @inline(__always)
  func isMatched(_ pattern: Int) -> Bool { marks[pattern] == text << 3 | Self.matched }

  /// How often a pattern was tried from a place in this text.
  func tries(_ pattern: Int) -> UInt32 {
    marks[pattern] >> 3 == text ? marks[pattern] & 7 : 0
  }

  /// Notes one more try.
  mutating func noteTry(_ pattern: Int) {
    marks[pattern] = text << 3 | min(tries(pattern) + 1, Self.decided - 1)
  }

  /// Notes that a pattern needs no further look, and whether it matches.
  mutating func decide(_ pattern: Int, _ matched: Bool) {
    marks[pattern] = text << 3 | (matched ? Self.matched : Self.decided)
    if matched { matches.append(UInt32(truncatingIfNeeded: pattern)) }
  }
}
