/// A table from 32-bit keys to numbers, behind a bitmap that most absent keys fail.
struct GramTable: Sendable, Equatable {
  /// The bitmap, of a power of two of bits.
  private(set) var filter: Packed<UInt32>
  private(set) var filterShift: UInt32
  /// Where each bucket's entries start, and past the last one.
  private(set) var starts: Packed<UInt32>
  private(set) var bucketShift: UInt32
  /// The entries' keys and values, bucket by bucket, in the order they were given.
  private(set) var keys: Packed<UInt32>
  private(set) var values: Packed<UInt32>

  /// One key with its value; a key may have several.
  struct Entry {
    var key: UInt32
    var value: UInt32
  }

  /// Whether there are no entries.
  var isEmpty: Bool { keys.isEmpty }

  /// A key's hash (Knuth's multiplicative method with the golden ratio).
  @inline(__always)
  static func hash(_ key: UInt32) -> UInt32 { key &* 0x9E37_79B1 }

  /// Builds a table; 32 bits of bitmap an entry keep nearly all of it in the first-level cache.
  init(_ entries: [Entry]) {
    func bits(_ wanted: Int, _ range: ClosedRange<UInt32>) -> UInt32 {
      var bits = range.lowerBound
      while bits < range.upperBound, 1 << Int(bits) < wanted { bits += 1 }
      return bits
    }
    let filterBits = bits(entries.count * 32, 6...20)
    let bucketBits = bits(entries.count * 2, 1...20)
    filterShift = 32 - filterBits
    bucketShift = 32 - bucketBits
    var filter = [UInt32](repeating: 0, count: 1 << Int(filterBits - 5))
    var starts = [UInt32](repeating: 0, count: 1 << Int(bucketBits) + 1)
    var keys = [UInt32](repeating: 0, count: entries.count)
    var values = keys
    for entry in entries {
      let hash = Self.hash(entry.key)
      let bit = hash >> filterShift
      filter[Int(bit >> 5)] |= 1 << (bit & 31)
      starts[Int(hash >> bucketShift) + 1] += 1
    }
    for bucket in 1..<starts.count { starts[bucket] += starts[bucket - 1] }
    var next = starts
    for entry in entries {
      let bucket = Int(Self.hash(entry.key) >> bucketShift)
      keys[Int(next[bucket])] = entry.key
      values[Int(next[bucket])] = entry.value
      next[bucket] += 1
    }
    (self.filter, self.starts) = (Packed(filter), Packed(starts))
    (self.keys, self.values) = (Packed(keys), Packed(values))
  }

  /// Whether a key with this hash may be there.
  @inline(__always)
  func mayHave(hash: UInt32) -> Bool {
    let bit = hash >> (filterShift & 31)
    return filter[Int(truncatingIfNeeded: bit >> 5)] >> (bit & 31) & 1 != 0
  }

  /// The places in `keys` and `values` where entries with this hash stand, among others.
  @inline(__always)
  func bucket(hash: UInt32) -> Range<Int> {
    let bucket = Int(truncatingIfNeeded: hash >> (bucketShift & 31))
    return Int(starts[bucket])..<Int(starts[bucket &+ 1])
  }

  /// Appends the table to an image.
  func write(into image: inout ImageWriter) {
    image.write(filter)
    image.write(filterShift)
    image.write(starts)
    image.write(bucketShift)
    image.write(keys)
    image.write(values)
  }

  /// Reads a table whose values are all below `limit`.
  init?(reading image: inout ImageReader, valuesBelow limit: Int) {
    guard let filter = image.words(), let filterShift = image.word(), let starts = image.words(),
      let bucketShift = image.word(), let keys = image.words(), let values = image.words(),
      (12...26).contains(filterShift), filter.count == 1 << (27 - Int(filterShift)),
      (12...31).contains(bucketShift), starts.count == 1 << (32 - Int(bucketShift)) + 1,
      keys.count == values.count, starts.first == 0, Int(starts[starts.count - 1]) == keys.count
    else { return nil }
    if !image.isTrusted {
      for (start, end) in zip(starts, starts.dropFirst()) where start > end { return nil }
      for value in values where Int(value) >= limit { return nil }
    }
    self.filter = filter
    self.filterShift = filterShift
    self.starts = starts
    self.bucketShift = bucketShift
    self.keys = keys
    self.values = values
  }
}
