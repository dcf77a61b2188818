/// A fast 64-bit hash that gives the same value on every machine and in every run.
///
/// It folds 128-bit products of 64-bit words, so that every bit of the input reaches every bit of
/// the result. It is for the lookup tables of a program image, where a collision costs a
/// comparison; it is no defence against someone who looks for collisions.
package enum StableHash {
  /// The hash of `bytes` under `seed`. About one multiplication for each 16 bytes.
  package static func hash(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
    let raw = unsafe bytes.bytes
    let count = bytes.count
    var state = seed ^ first
    var offset = 0
    while count - offset > 16 {
      // SAFETY: these loads are bounds-checked, and every bit pattern is a UInt64.
      let low = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let high = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
      state = fold(UInt64(littleEndian: low) ^ second, UInt64(littleEndian: high) ^ state)
      offset += 16
    }
    var low: UInt64 = 0
    var high: UInt64 = 0
    let rest = count - offset
    if rest >= 8 {
      // The last two words overlap when fewer than 16 bytes remain.
      let start = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let end = unsafe raw.unsafeLoadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      low = UInt64(littleEndian: start)
      high = UInt64(littleEndian: end)
    } else if rest >= 4 {
      let start = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
      let end = unsafe raw.unsafeLoadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      low = UInt64(UInt32(littleEndian: start))
      high = UInt64(UInt32(littleEndian: end))
    } else if rest > 0 {
      low = UInt64(bytes[offset]) << 16 | UInt64(bytes[offset + rest / 2]) << 8
      low |= UInt64(bytes[count - 1])
    }
    return finish(low, high, count: UInt64(truncatingIfNeeded: count), state: state)
  }

  /// The hash of a 128-bit number under `seed`.
  package static func hash(_ value: Int128, seed: UInt64 = 0) -> UInt64 {
    let bits = UInt128(bitPattern: value)
    return finish(
      UInt64(truncatingIfNeeded: bits), UInt64(truncatingIfNeeded: bits >> 64), count: 16,
      state: seed ^ first)
  }

  /// The hash of a 64-bit number under `seed`.
  package static func hash(_ value: UInt64, seed: UInt64 = 0) -> UInt64 {
    finish(value, 0, count: 8, state: seed ^ first)
  }

  /// The last two words, the length and the state as one well-mixed word.
  private static func finish(
    _ low: UInt64, _ high: UInt64, count: UInt64, state: UInt64
  ) -> UInt64 {
    let mixed = fold(low ^ second, high ^ state)
    return fold(mixed ^ third, count ^ fourth ^ state)
  }

  /// Both halves of the 128-bit product, combined.
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  // The first 64 bits of the fractional parts of the square roots of 2, 3, 5 and 7, made odd.
  private static let first: UInt64 = 0x6A09_E667_F3BC_C909
  private static let second: UInt64 = 0xBB67_AE85_84CA_A73B
  private static let third: UInt64 = 0x3C6E_F372_FE94_F82B
  private static let fourth: UInt64 = 0xA54F_F53A_5F1D_36F1
}
