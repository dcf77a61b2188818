/// The memory that extraction works in: reused from text to text, bounded.
///
/// One serves any number of extractors, and remembers the last few dozen.
package struct ExtractorScratch: Sendable {
  /// The first groups that the last text gave.
  package var matches: [Extractor.Match] = []

  /// Most extractors that are remembered, and most 32-bit words of each.
  private static let ownerLimit = 64
  private static let words = 1 << 14

  /// For each extractor that is remembered the automaton that finds out whether there is a match.
  var automata: [LazyAutomata] = []
  var machine = CaptureMachine()
  private var owners: [UInt64] = []

  /// Makes an empty scratch.
  package init() {
  }

  /// The place of an extractor's automaton in `automata`.
  mutating func number(of extractor: borrowing Extractor) -> Int {
    for index in owners.indices where owners[index] == extractor.fingerprint { return index }
    if owners.count == Self.ownerLimit {
      owners.removeAll(keepingCapacity: true)
      automata.removeAll(keepingCapacity: true)
    }
    owners.append(extractor.fingerprint)
    automata.append(LazyAutomata(limit: Self.words))
    return owners.count - 1
  }
}
