import TractatusPatterns

/// A run of entries of one section: `start ..< start + count`.
package struct Extent: BitwiseCopyable, Sendable, Hashable {
  package var start: UInt32 = 0
  package var count: UInt32 = 0
  /// No entries.
  package init() {}
  /// The entries from `start`; counts beyond 32 bits are refused when the program is verified.
  package init(start: Int, count: Int) {
    self.start = UInt32(clamping: start)
    self.count = UInt32(clamping: count)
  }
  /// The indexes.
  package var range: Range<Int> { Int(start)..<(Int(start) + Int(count)) }
  /// Whether there are none.
  package var isEmpty: Bool { count == 0 }
}

/// The index that stands for "none" in every record.
package let noIndex = UInt32.max

extension Array {
  /// The element at an index that a verified program holds.
  @inline(__always)
  subscript(at index: UInt32) -> Element {
    get { self[Int(index)] }
    _modify { yield &self[Int(index)] }
  }
}

extension Packed {
  /// The record at an index that a verified program holds.
  @inline(__always)
  subscript(at index: UInt32) -> Record { self[Int(index)] }
}
