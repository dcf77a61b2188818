extension JSONTape {
  /// Objects with more members than this are checked as a whole at their end.
  static let smallObject: UInt32 = 32

  /// Compares a key with those before it in a small object.
  @inline(never)
  func rejectDuplicate(_ key: JSONKey, in frame: JSONFrame) throws(JSONError) {
    var sibling = frame.childCount == 0 ? 0 : frame.container + 1
    while sibling != 0 {
      let entry = entries[sibling]
      if entry.keyHash == key.hash && Int(entry.keyLength) == key.length
        && equalBytes(Int(entry.keyOffset), key.offset, key.length)
      {
        throw JSONError(.duplicateKey, at: key.offset - 1)
      }
      sibling = Int(entry.next)
    }
  }

  /// Compares all keys of a large object with one another, in linear time unless someone has
  /// chosen keys whose hashes collide; then by sorting.
  @inline(never)
  mutating func rejectDuplicates(in container: Int) throws(JSONError) {
    var size = 64
    while size < Int(entries[container].childCount) * 2 { size *= 2 }
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(0, count: size))
    var child = container + 1
    while child != 0 {
      let entry = entries[child]
      var slot = Int(entry.keyHash) & (size - 1)
      var steps = 0
      while slots[slot] != 0 {
        let other = entries[Int(slots[slot])]
        if other.keyHash == entry.keyHash && other.keyLength == entry.keyLength {
          if equalBytes(Int(other.keyOffset), Int(entry.keyOffset), Int(entry.keyLength)) {
            throw JSONError(.duplicateKey, at: Int(entry.keyOffset) - 1)
          }
          // Unequal keys whose whole hashes agree are rare unless they were looked for.
          steps += 16
        }
        steps += 1
        if steps > 128 { return try rejectDuplicatesBySorting(in: container) }
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = UInt32(truncatingIfNeeded: child)
      child = Int(entry.next)
    }
  }

  /// Finds the first key given twice by sorting: the time does not depend on any hash.
  private func rejectDuplicatesBySorting(in container: Int) throws(JSONError) {
    var children: [Int] = []
    var child = container + 1
    while child != 0 {
      children.append(child)
      child = Int(entries[child].next)
    }
    children.sort { left, right in
      let order = compareKeys(left, right)
      return order == 0 ? left < right : order < 0
    }
    var first: Int?
    for index in 1..<max(children.count, 1)
    where compareKeys(children[index - 1], children[index]) == 0 {
      first = min(first ?? .max, children[index])
    }
    if let first { throw JSONError(.duplicateKey, at: Int(entries[first].keyOffset) - 1) }
  }

  /// Below, above or equal to 0 as the key of `left` is before, after or equal to that of `right`.
  private func compareKeys(_ left: Int, _ right: Int) -> Int {
    let (left, right) = (entries[left], entries[right])
    if left.keyLength != right.keyLength { return left.keyLength < right.keyLength ? -1 : 1 }
    for index in 0..<Int(left.keyLength) {
      let (one, other) = (bytes[Int(left.keyOffset) + index], bytes[Int(right.keyOffset) + index])
      if one != other { return one < other ? -1 : 1 }
    }
    return 0
  }

  private func equalBytes(_ left: Int, _ right: Int, _ count: Int) -> Bool {
    for index in 0..<count where bytes[left + index] != bytes[right + index] { return false }
    return true
  }
}
