extension JSONTape {
  /// The hash that the tape keeps of a key: the same for the same bytes on every machine.
  ///
  /// It serves to look up members; equal hashes do not prove equal keys.
  package static func keyHash(_ key: Span<UInt8>) -> UInt32 {
    keyHash(key.count) { offset, count in
      var word: UInt64 = 0
      for index in 0..<count { word |= UInt64(key[offset + index]) << UInt64(8 * index) }
      return word
    }
  }

  /// The hash of a key that `word` gives in little-endian words of 1 to 8 bytes.
  @inline(__always)
  static func keyHash(_ count: Int, word: (Int, Int) -> UInt64) -> UInt32 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
    var offset = 0
    while count - offset > 8 {
      state = fold(state ^ word(offset, 8))
      offset += 8
    }
    if count > offset { state ^= word(offset, count - offset) }
    state = fold(state)
    return UInt32(truncatingIfNeeded: state ^ state >> 32)
  }

  @inline(__always)
  private static func fold(_ word: UInt64) -> UInt64 {
    // A constant with about as many ones as zeros: the golden ratio's square, in 64 bits.
    let product = word.multipliedFullWidth(by: 0xD1B5_4A32_D192_ED03)
    return product.high ^ product.low
  }
}

extension JSONReader {
  /// The hash of the key of `count` bytes at `start`: the same as `JSONTape.keyHash`.
  @inline(__always)
  static func keyHash(
    _ text: borrowing MutableSpan<UInt8>, at start: Int, count: Int
  ) -> UInt32 {
    JSONTape.keyHash(count) { offset, count in
      let word = load(text, start + offset)
      return count == 8 ? word : word & ((1 << UInt64(8 * count)) &- 1)
    }
  }
}
