import Testing
import TractatusValues

private func tableHash(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
  StableHash.hash(bytes.span, seed: seed)
}

@Suite struct HashTests {
  @Test(
    "SHA-256 gives the digests that NIST publishes",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func published(text: String, digest: String) {
    #expect(SHA256.hexDigest(Array(text.utf8).span) == digest)
  }

  @Test("SHA-256 of a million times the letter a is as published")
  func million() {
    var hash = SHA256()
    let thousand = Array(repeating: UInt8(ascii: "a"), count: 1_000)
    for _ in 0..<1_000 { hash.update(thousand.span) }
    #expect(
      SHA256.hexText(hash.digest())
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("SHA-256 does not depend on how the bytes are portioned")
  func portions() {
    var random = SplitMix64(seed: 11)
    for count in 0..<200 {
      let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      var hash = SHA256()
      var offset = 0
      while offset < count {
        let end = min(count, offset + 1 + random.below(70))
        hash.update(bytes.span.extracting(offset..<end))
        offset = end
      }
      #expect(hash.digest() == SHA256.digest(bytes.span))
      #expect(hash.digest() == hash.digest())
    }
  }

  @Test("the table hash is stable, and differs for all short texts and seeds")
  func stable() {
    var seen: Set<UInt64> = []
    var count = 0
    for length in 0..<80 {
      for fill in [UInt8(0), 1, 65, 255] where length > 0 || fill == 0 {
        let bytes = Array(repeating: fill, count: length)
        seen.insert(tableHash(bytes))
        seen.insert(tableHash(bytes, seed: 1))
        count += 2
        #expect(tableHash(bytes) == tableHash(Array(bytes)))
      }
    }
    for left in 0..<256 {
      for right in 0..<256 {
        seen.insert(tableHash([UInt8(left), UInt8(right), 7]))
        count += 1
      }
    }
    for number in 1..<4_000 {
      seen.insert(StableHash.hash(Int128(number) * Decimal.scale))
      count += 1
    }
    #expect(seen.count == count)
  }

  @Test("each bit of the input moves about half of the table hash's bits")
  func avalanche() {
    var random = SplitMix64(seed: 12)
    for length in [1, 3, 4, 7, 8, 11, 16, 17, 33] {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let hash = tableHash(bytes)
      var flipped = 0
      for bit in 0..<(8 * length) {
        var changed = bytes
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        flipped += (tableHash(changed) ^ hash).nonzeroBitCount
      }
      let share = flipped * 100 / (8 * length * 64)
      #expect(share > 38 && share < 62, "\(length) bytes: \(share) %")
    }
  }

  @Test("the table hash of known inputs never changes, for images hold it")
  func pinned() {
    #expect(tableHash([]) == 2_242_708_081_322_978_851)
    #expect(tableHash(Array("port".utf8)) == 10_652_427_475_191_981_875)
    #expect(
      tableHash(Array("a text of more than sixteen bytes".utf8), seed: 9)
        == 3_387_666_559_842_984_758)
    #expect(StableHash.hash(Int128(27_027)) == 16_056_675_620_729_092_079)
  }

  @Test("random numbers are those of SplitMix64")
  func random() {
    var random = SplitMix64(seed: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
    #expect(random.below(0) == 0)
    #expect((0..<1_000).allSatisfy { _ in random.below(7) < 7 })
  }
}
