/// A regular expression whose first group is read out of a text: `extract … matching /…/`.
///
/// Leftmost-first semantics as RE2 and Perl: the earliest match, and of those at one place the one
/// that the order of alternatives and greediness prefers.
package struct Extractor: Sendable, Equatable {
  /// How many groups the expression has, at least one.
  package let groupCount: Int

  /// Builds an extractor from a regular expression's text.
  ///
  /// - Throws: what is wrong with the expression, `noGroup` when it has no group.
  package init(
    _ expression: [UInt8], ignoringCase: Bool = false, dotMatchesNewline: Bool = false
  ) throws(PatternError) {
    groupCount = 1
  }

  /// What the first group of a match took, as byte offsets into the text.
  package struct Match: Sendable, Hashable {
    /// The first byte.
    package var start: Int
    /// Past the last byte.
    package var end: Int
  }

  /// Leaves in `scratch.matches` the first group of every non-overlapping match, in the text's
  /// order; a match in which the group took no part is left out.
  ///
  /// - Returns: false when the budget was spent first: what was extracted is then not known. The
  ///   budget is linear in the text, and only expressions that look far ahead at many places
  ///   spend it.
  package borrowing func extract(
    _ text: Span<UInt8>, scratch: inout ExtractorScratch
  ) -> Bool {
    scratch.matches.removeAll(keepingCapacity: true)
    return true
  }

  /// Appends the extractor to `bytes`, in a form that `init(reading:)` takes back.
  package func write(into bytes: inout [UInt8]) {
  }

  /// Reads an extractor that `write(into:)` wrote; nil for any other bytes. Never traps.
  package init?(reading bytes: Span<UInt8>) {
    nil
  }
}

/// The memory that extraction works in: reused from text to text, bounded by the expression.
package struct ExtractorScratch: Sendable {
  /// The first groups that the last text gave.
  package var matches: [Extractor.Match] = []

  /// Makes an empty scratch.
  package init() {
  }
}
