/// A one-time authenticator of long messages: NH shortens each kilobyte to 16 bytes, and Poly1305
/// (RFC 8439) makes the tag of what is left.
///
/// NH is the hash of UMAC (Black, Halevi, Krawczyk, Krovetz and Rogaway 1999; RFC 4418), here over
/// 64-bit words as in VMAC (Krovetz and Dai 2007); before Poly1305 it stands in Adiantum (Crowley
/// and Biggers 2018). Two messages of one length have the same NH with a chance of 2^-64, which is
/// the chance of a forgery, too. A seed authenticates one message only; whoever sees two tags under
/// one seed can forge.
///
/// PERF: one multiplication for 16 bytes, none of which waits for the one before, where Poly1305
/// alone takes five, in a row.
package enum NHPoly1305 {
  /// Bytes of a seed.
  package static let seedByteCount = 32
  /// Bytes of a tag.
  package static let tagByteCount = Poly1305.tagByteCount
  /// Bytes that NH shortens to 16.
  private static let blockByteCount = 1_024

  /// The tag of a short head and a long body under a seed of 32 bytes; nil for a seed of another
  /// length.
  ///
  /// The head must say how long the body is: bytes of zero at its end are not told apart from none.
  /// Linear in both.
  package static func tag(
    of head: [UInt8], _ body: Span<UInt8>, seed: [UInt8]
  ) -> [UInt8]? {
    guard seed.count == seedByteCount else { return nil }
    let pointKey = expand(seed, number: 0)
    var key: [UInt8] = []
    key.reserveCapacity(blockByteCount)
    var number: UInt8 = 0
    while key.count < blockByteCount {
      number &+= 1
      key += expand(seed, number: number)
    }
    var short = head
    short.reserveCapacity(head.count + (body.count / blockByteCount + 1) * 16)
    var offset = 0
    while body.count - offset >= blockByteCount {
      append(nh(body.extracting(offset..<offset + blockByteCount), key.span), to: &short)
      offset += blockByteCount
    }
    if offset < body.count {
      var rest = [UInt8](repeating: 0, count: blockByteCount)
      for index in offset..<body.count { rest[index - offset] = body[index] }
      append(nh(rest.span, key.span), to: &short)
    }
    return Poly1305.tag(of: short.span, key: pointKey.span)
  }

  /// One of the keys that a seed stands for: SHA-256 of seed and number, a pseudorandom function as
  /// all its inputs are of one length.
  private static func expand(_ seed: [UInt8], number: UInt8) -> [UInt8] {
    SHA256.digest((seed + [number]).span)
  }

  /// NH of a block: the sum of the products of neighbouring words, each with a word of the key
  /// added.
  private static func nh(_ block: Span<UInt8>, _ key: Span<UInt8>) -> UInt128 {
    var sum: UInt128 = 0
    var offset = 0
    let end = min(block.count, key.count) & ~15
    let (message, words) = unsafe (block.bytes, key.bytes)
    while offset < end {
      // SAFETY: the loads lie below `end`, which is at most the count of either.
      let first =
        unsafe load(message, offset) &+ load(words, offset)
      let second =
        unsafe load(message, offset &+ 8) &+ load(words, offset &+ 8)
      sum &+= UInt128(first) &* UInt128(second)
      offset &+= 16
    }
    return sum
  }

  /// The little-endian word at an offset, which the caller has checked.
  @inline(__always)
  @unsafe
  private static func load(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
    let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
    return UInt64(littleEndian: word)
  }

  /// Appends the sixteen bytes of a number, little-endian.
  private static func append(_ number: UInt128, to bytes: inout [UInt8]) {
    // SAFETY: the number outlives the call.
    unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }
}
