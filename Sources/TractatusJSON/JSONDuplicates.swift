extension JSONReader {
  /// Objects with more members than this are checked as a whole at their end.
  static let smallObject: UInt32 = 32

  /// Compares a key with those before it in a small object.
  @inline(never)
  static func rejectDuplicate(
    _ key: JSONEntry, in frame: JSONFrame, _ text: borrowing MutableSpan<UInt8>,
    _ entries: borrowing MutableSpan<JSONEntry>
  ) throws(JSONError) {
    var sibling = frame.childCount == 0 ? 0 : frame.container + 1
    while sibling != 0 {
      let entry = entries[sibling]
      if entry.keyHash == key.keyHash && compareKeys(text, entry, key) == 0 {
        throw JSONError(.duplicateKey, at: Int(key.keyOffset) - 1)
      }
      sibling = Int(entry.next)
    }
  }

  /// Compares all keys of a large object with one another, in linear time unless someone has
  /// chosen keys whose hashes collide; then by sorting.
  @inline(never)
  static func rejectDuplicates(
    in frame: JSONFrame, _ text: borrowing MutableSpan<UInt8>,
    _ entries: borrowing MutableSpan<JSONEntry>, slots: inout [UInt32]
  ) throws(JSONError) {
    var size = 64
    while size < Int(frame.childCount) * 2 { size *= 2 }
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(0, count: size))
    var child = frame.container + 1
    while child != 0 {
      let entry = entries[child]
      var slot = Int(entry.keyHash) & (size - 1)
      var steps = 0
      while slots[slot] != 0 {
        let other = entries[Int(slots[slot])]
        if other.keyHash == entry.keyHash && other.keyLength == entry.keyLength {
          if compareKeys(text, other, entry) == 0 {
            throw JSONError(.duplicateKey, at: Int(entry.keyOffset) - 1)
          }
          // Unequal keys whose whole hashes agree are rare unless they were looked for.
          steps += 16
        }
        steps += 1
        if steps > 128 { return try rejectDuplicatesBySorting(in: frame, text, entries) }
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = UInt32(truncatingIfNeeded: child)
      child = Int(entry.next)
    }
  }

  /// Finds the first key given twice by sorting: the time does not depend on any hash.
  private static func rejectDuplicatesBySorting(
    in frame: JSONFrame, _ text: borrowing MutableSpan<UInt8>,
    _ entries: borrowing MutableSpan<JSONEntry>
  ) throws(JSONError) {
    var children: [Int] = []
    var child = frame.container + 1
    while child != 0 {
      children.append(child)
      child = Int(entries[child].next)
    }
    sort(&children, text, entries)
    var first: Int?
    for index in 1..<max(children.count, 1)
    where compareKeys(text, entries[children[index - 1]], entries[children[index]]) == 0 {
      first = min(first ?? .max, children[index])
    }
    if let first { throw JSONError(.duplicateKey, at: Int(entries[first].keyOffset) - 1) }
  }

  /// Sorts entries by key, then by place: merges runs of 1, 2, 4, … entries, for a span cannot
  /// be captured by the closure that the library's sort takes.
  private static func sort(
    _ children: inout [Int], _ text: borrowing MutableSpan<UInt8>,
    _ entries: borrowing MutableSpan<JSONEntry>
  ) {
    var width = 1
    while width < children.count {
      var merged: [Int] = []
      merged.reserveCapacity(children.count)
      for start in stride(from: 0, to: children.count, by: 2 * width) {
        let middle = min(start + width, children.count)
        let end = min(start + 2 * width, children.count)
        var (left, right) = (start, middle)
        while left < middle || right < end {
          let takesLeft =
            right == end
            || left < middle
              && compareKeys(text, entries[children[left]], entries[children[right]]) <= 0
          merged.append(takesLeft ? children[left] : children[right])
          if takesLeft { left += 1 } else { right += 1 }
        }
      }
      children = merged
      width *= 2
    }
  }

  /// Below, above or equal to 0 as the key of `left` is before, after or equal to that of `right`.
  private static func compareKeys(
    _ text: borrowing MutableSpan<UInt8>, _ left: JSONEntry, _ right: JSONEntry
  ) -> Int {
    if left.keyLength != right.keyLength { return left.keyLength < right.keyLength ? -1 : 1 }
    for index in 0..<Int(left.keyLength) {
      let one = text[Int(left.keyOffset) + index]
      let other = text[Int(right.keyOffset) + index]
      if one != other { return one < other ? -1 : 1 }
    }
    return 0
  }
}
