/// All patterns of one attribute, matched against a text in one pass.
///
/// An immutable value of flat arrays, part of a program image. Build one scratch for each set and
/// keep it: it holds the lazily built automata of that set.
package struct PatternSet: Sendable, Equatable {
  /// How many patterns the set has; a pattern's id is its position in the list it was built from.
  package let count: Int

  private let patterns: [Pattern]

  /// Builds a set; equal patterns should be given once.
  ///
  /// - Throws: `Refusal`, with the first pattern whose `problem()` is not nil.
  package init(_ patterns: [Pattern]) throws(Refusal) {
    self.patterns = patterns
    count = patterns.count
  }

  /// Which pattern of a list was refused, and why.
  package struct Refusal: Error, Sendable, Hashable {
    /// The pattern's position in the list.
    package var pattern: Int
    /// Why.
    package var error: PatternError
  }

  /// Finds every pattern that the text matches and leaves their ids in `scratch.matches`.
  ///
  /// Linear in the text; allocates nothing once the scratch is warm. A text that is not UTF-8
  /// matches what its well-formed parts match.
  package borrowing func match(_ text: Span<UInt8>, scratch: inout PatternScratch) {
    scratch.matches.removeAll(keepingCapacity: true)
    for pattern in 0..<count where matches(pattern, text, scratch: &scratch) {
      scratch.matches.append(UInt32(truncatingIfNeeded: pattern))
    }
  }

  /// Whether the text matches one pattern; false when there is no such pattern.
  ///
  /// Leaves `scratch.matches` alone. Linear in the text.
  package borrowing func matches(
    _ pattern: Int, _ text: Span<UInt8>, scratch: inout PatternScratch
  ) -> Bool {
    false
  }

  /// Appends the set to `bytes`, in a form that `init(reading:)` takes back.
  package func write(into bytes: inout [UInt8]) {
  }

  /// Reads a set that `write(into:)` wrote; nil unless every byte is as it would write it.
  ///
  /// Never traps: whatever the bytes, a set that is returned can be matched safely.
  package init?(reading bytes: Span<UInt8>) {
    nil
  }
}
