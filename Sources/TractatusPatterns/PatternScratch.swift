/// The memory that matching a `PatternSet` works in: reused from text to text, bounded.
///
/// Keep one for each set and thread. A scratch that meets another set starts afresh.
package struct PatternScratch: Sendable {
  /// The ids of the patterns that the last text given to `match` matches: each once, in an order
  /// that depends on the set and the text alone.
  package var matches: [UInt32] = []

  /// Makes an empty scratch.
  ///
  /// - Parameter cacheWords: the most 32-bit words that lazily built automata may take (4 MiB by
  ///   default); when they are spent the automata are dropped and built anew.
  package init(cacheWords: Int = 1 << 20) {
  }
}
