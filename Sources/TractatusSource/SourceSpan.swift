/// A half-open range of bytes in one source.
package struct SourceSpan: Hashable, Sendable, Comparable {
  /// The source that the range lies in.
  package var source: SourceID

  /// The byte offset of the first byte.
  package var start: UInt32

  /// The byte offset after the last byte; equal to `start` for a place between two bytes.
  package var end: UInt32

  /// Makes a span; an end before the start is moved up to it.
  package init(source: SourceID, start: UInt32, end: UInt32) {
    self.source = source
    self.start = start
    self.end = max(start, end)
  }

  /// Whether the span has no bytes.
  package var isEmpty: Bool { start == end }

  /// The smallest span over both; the other one must lie in the same source.
  package func joined(with other: SourceSpan) -> SourceSpan {
    SourceSpan(source: source, start: min(start, other.start), end: max(end, other.end))
  }

  /// Orders by source, then start, then end: the order in which diagnostics are shown.
  package static func < (left: SourceSpan, right: SourceSpan) -> Bool {
    (left.source, left.start, left.end) < (right.source, right.start, right.end)
  }
}
