/// SHA-256 as FIPS 180-4, section 6.2, defines it, over bytes that arrive in any portions.
package struct SHA256: Sendable {
  private var state: [UInt32] = Self.initialState
  /// Bytes that do not yet fill a block of 64.
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  /// A digest of nothing so far.
  package init() {
    pending.reserveCapacity(64)
  }

  /// The digest of `bytes`: 32 bytes.
  package static func digest(_ bytes: Span<UInt8>) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.digest()
  }

  /// The digest of `bytes` as 64 hexadecimal digits in lower case.
  package static func hexDigest(_ bytes: Span<UInt8>) -> String {
    hexText(digest(bytes))
  }

  /// Bytes as hexadecimal digits in lower case, two each.
  package static func hexText(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Takes in more bytes.
  package mutating func update(_ bytes: Span<UInt8>) {
    byteCount &+= UInt64(bytes.count)
    var offset = 0
    if !pending.isEmpty {
      while offset < bytes.count && pending.count < 64 {
        pending.append(bytes[offset])
        offset += 1
      }
      guard pending.count == 64 else { return }
      // Taken out while it is read, because the state changes meanwhile.
      var block: [UInt8] = []
      swap(&block, &pending)
      Self.compress(block.span, at: 0, into: &state)
      block.removeAll(keepingCapacity: true)
      swap(&block, &pending)
    }
    while bytes.count - offset >= 64 {
      Self.compress(bytes, at: offset, into: &state)
      offset += 64
    }
    while offset < bytes.count {
      pending.append(bytes[offset])
      offset += 1
    }
  }

  /// The 32 bytes of the digest of everything taken in; more may be taken in afterwards.
  package func digest() -> [UInt8] {
    var last = self
    var padding: [UInt8] = [0x80]
    while (last.pending.count + padding.count) % 64 != 56 { padding.append(0) }
    let bitCount = byteCount &* 8
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bitCount >> shift))
    }
    last.update(padding.span)
    var digest: [UInt8] = []
    digest.reserveCapacity(32)
    for word in last.state {
      for shift in stride(from: UInt32(24), through: 0, by: -8) {
        digest.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return digest
  }

  /// Works the block of 64 bytes at `offset` into the state.
  private static func compress(
    _ bytes: Span<UInt8>, at offset: Int, into state: inout [UInt32]
  ) {
    var schedule = InlineArray<64, UInt32>(repeating: 0)
    let block = bytes.extracting(offset..<offset + 64)
    // SAFETY: a block has 64 bytes, and every index is below 64 and not below 0.
    for index in 0..<16 {
      let word = unsafe block.bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: index &* 4, as: UInt32.self)
      unsafe schedule[unchecked: index] = UInt32(bigEndian: word)
    }
    for index in 16..<64 {
      let early = unsafe schedule[unchecked: index &- 15]
      let late = unsafe schedule[unchecked: index &- 2]
      let earlyMix = rotate(early, 7) ^ rotate(early, 18) ^ (early >> 3)
      let lateMix = rotate(late, 17) ^ rotate(late, 19) ^ (late >> 10)
      unsafe schedule[unchecked: index] =
        schedule[unchecked: index &- 16] &+ earlyMix &+ schedule[unchecked: index &- 7] &+ lateMix
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    // PERF: eight rounds bring every word back to its own name, so that none is moved.
    var index = 0
    while index < 64 {
      round(
        a, b, c, &d, e, f, g, &h,
        unsafe roundConstants[unchecked: index] &+ schedule[unchecked: index])
      round(
        h, a, b, &c, d, e, f, &g,
        unsafe roundConstants[unchecked: index &+ 1] &+ schedule[unchecked: index &+ 1])
      round(
        g, h, a, &b, c, d, e, &f,
        unsafe roundConstants[unchecked: index &+ 2] &+ schedule[unchecked: index &+ 2])
      round(
        f, g, h, &a, b, c, d, &e,
        unsafe roundConstants[unchecked: index &+ 3] &+ schedule[unchecked: index &+ 3])
      round(
        e, f, g, &h, a, b, c, &d,
        unsafe roundConstants[unchecked: index &+ 4] &+ schedule[unchecked: index &+ 4])
      round(
        d, e, f, &g, h, a, b, &c,
        unsafe roundConstants[unchecked: index &+ 5] &+ schedule[unchecked: index &+ 5])
      round(
        c, d, e, &f, g, h, a, &b,
        unsafe roundConstants[unchecked: index &+ 6] &+ schedule[unchecked: index &+ 6])
      round(
        b, c, d, &e, f, g, h, &a,
        unsafe roundConstants[unchecked: index &+ 7] &+ schedule[unchecked: index &+ 7])
      index &+= 8
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  /// One round; only `d` and `h` change.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let mixE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    let first = h &+ mixE &+ (g ^ (e & (f ^ g))) &+ word
    let mixA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    d = d &+ first
    h = first &+ mixA &+ ((a & b) | (c & (a | b)))
  }

  @inline(__always)
  private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 &- count)
  }

  /// FIPS 180-4, section 5.3.3: the first 32 bits of the fractional parts of the square roots of
  /// the first 8 primes.
  private static let initialState: [UInt32] = [
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
    0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
  ]

  /// FIPS 180-4, section 4.2.2: those of the cube roots of the first 64 primes.
  private static let roundConstants: InlineArray<64, UInt32> = [
    0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5,
    0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
    0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3,
    0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
    0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC,
    0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
    0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7,
    0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
    0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13,
    0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
    0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3,
    0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
    0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5,
    0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
    0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208,
    0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
  ]
}
