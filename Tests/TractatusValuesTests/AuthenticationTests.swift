import Testing
import TractatusValues

@Suite("message authentication")
struct AuthenticationTests {
  /// The test cases of RFC 4231, section 4, without the fifth, which truncates: key and message in
  /// hexadecimal, and the tag.
  private static let hmac: [(key: String, message: String, tag: String)] = [
    (
      String(repeating: "0b", count: 20), hex("Hi There"),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      hex("Jefe"), hex("what do ya want for nothing?"),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      String(repeating: "aa", count: 20), String(repeating: "dd", count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      "0102030405060708090a0b0c0d0e0f10111213141516171819", String(repeating: "cd", count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      String(repeating: "aa", count: 131),
      hex("Test Using Larger Than Block-Size Key - Hash Key First"),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    (
      String(repeating: "aa", count: 131),
      hex(
        "This is a test using a larger than block-size key and a larger than block-size data. "
          + "The key needs to be hashed before being used by the HMAC algorithm."),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ]

  /// RFC 8439, section 2.5.2, and appendix A.3, cases 7 to 12: keys and messages whose sums carry;
  /// then lengths around a block, whose tags plain arithmetic on large integers gave.
  private static let poly: [(key: String, message: String, tag: String)] = [
    (
      "85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b",
      hex("Cryptographic Forum Research Group"), "a8061dc1305136c6c22b8baf0c0127a9"
    ),
    (key("02"), String(repeating: "ff", count: 16), "03000000000000000000000000000000"),
    (
      "02" + String(repeating: "00", count: 15) + String(repeating: "ff", count: 16),
      "02" + String(repeating: "00", count: 15), "03000000000000000000000000000000"
    ),
    (
      key("01"),
      String(repeating: "ff", count: 16) + "f0" + String(repeating: "ff", count: 15) + "11"
        + String(repeating: "00", count: 15), "05000000000000000000000000000000"
    ),
    (
      key("01"),
      String(repeating: "ff", count: 16) + "fb" + String(repeating: "fe", count: 15)
        + String(repeating: "01", count: 16), "00000000000000000000000000000000"
    ),
    (key("02"), "fd" + String(repeating: "ff", count: 15), "faffffffffffffffffffffffffffffff"),
    (
      key("010000000000000004"),
      "e33594d7505e43b9" + String(repeating: "00", count: 8) + "3394d7505e4379cd01"
        + String(repeating: "00", count: 23) + "01" + String(repeating: "00", count: 15),
      "14000000000000005500000000000000"
    ),
    (
      "82b70eee7f1a5039bef07ec2347f066ed08f5dc7512447e3404300026b6e5455", "",
      "d08f5dc7512447e3404300026b6e5455"
    ),
    (
      "94a065685d64c4980bb8d4544a8721a99a01ad219eb59cf6a15ef6f15a1d830b", ramp(1),
      "3836b38f0276c5c3b21e83cba7ec2b36"
    ),
    (
      "b7ce09d6bbc004e7175c643c7decb0b580ec37bc9712dd2e6aaeb94bae8d2f9f", ramp(15),
      "a44d82e0f78f69fed327e8e679be3c75"
    ),
    (
      "d79648e856e8f9a2f58c95f0ce4b39c15bffad5c2dfb8bb820b6119cba8ff887", ramp(17),
      "c08a315311cba5b0169f59b39f1268ef"
    ),
    (
      "96ae5b05f280a68ced93b6b28cb0d1b358e6baab485565b9f49028d557d79a8a", ramp(31),
      "64892d239bcf18816ac63eaed0500dc1"
    ),
    (
      "0e6451e15c705c15f173541b4438a25cf76312d4eeb3c2246879bf00b3cf8ed1", ramp(32),
      "7fb1927be99c20c8d20c3013ae29f825"
    ),
    (
      "7dfa894f9296fcf33c08409990ac970dedb3b843120181e9376107dbdaf6c5f3", ramp(100),
      "03dcdbd64f7cb19e2caaf5a596726510"
    ),
  ]

  @Test("HMAC-SHA-256 gives the tags that RFC 4231 publishes", arguments: hmac)
  func publishedHMAC(key: String, message: String, tag: String) {
    let found = HMAC.sha256(Self.bytes(message).span, key: Self.bytes(key).span)
    #expect(SHA256.hexText(found) == tag)
  }

  @Test("Poly1305 gives the tags that RFC 8439 publishes", arguments: poly)
  func publishedPoly1305(key: String, message: String, tag: String) throws {
    let found = Poly1305.tag(of: Self.bytes(message).span, key: Self.bytes(key).span)
    #expect(SHA256.hexText(try #require(found)) == tag)
  }

  @Test("Poly1305 takes keys of 32 bytes alone")
  func keyLength() {
    for count in [0, 16, 31, 33] {
      let key = [UInt8](repeating: 1, count: count)
      let tag = Poly1305.tag(of: key.span, key: key.span)
      #expect(tag == nil)
    }
  }

  /// Lengths of a head and a body, and the tag, which plain arithmetic on large integers gave: the
  /// bytes are ramps, those of the seed count from zero.
  private static let long: [(head: Int, body: Int, tag: String)] = [
    (0, 0, "f3fc8dd8d5821f65cc0caea2c6fc7e68"), (3, 1, "09a73e36365abc4b46a849a1ececfb82"),
    (16, 16, "46b6876b94a5242e935c568671163af5"), (96, 1023, "02e8864b961eda4529e2ecd72e508e17"),
    (96, 1024, "56e29423be74df854e603b160145bc1e"),
    (96, 1025, "4c27d6d15a8b557b91ddca1816bd192c"),
    (80, 2048, "901f85b59223d7f1f50b80aa495b45b3"),
    (80, 5000, "a2d6aa9cf55b42c4ef16bd820b6414be"),
  ]

  @Test("long messages have the tags that plain arithmetic gives", arguments: long)
  func longMessages(head: Int, body: Int, tag: String) throws {
    let body = Self.bytes(Self.ramp(body))
    let found = NHPoly1305.tag(
      of: Self.bytes(Self.ramp(head)), body.span, seed: (0..<32).map { UInt8($0) })
    #expect(SHA256.hexText(try #require(found)) == tag)
  }

  @Test("sums that carry all the way have the tag that plain arithmetic gives")
  func carries() throws {
    let ones = [UInt8](repeating: 0xFF, count: 2_048)
    let found = NHPoly1305.tag(of: [], ones.span, seed: Array(ones.prefix(32)))
    #expect(SHA256.hexText(try #require(found)) == "fd78db3f159fac54b3df145c041131af")
  }

  @Test("a long message takes seeds of 32 bytes alone")
  func seedLength() {
    for count in [0, 16, 31, 33] {
      let seed = [UInt8](repeating: 1, count: count)
      #expect(NHPoly1305.tag(of: [], seed.span, seed: seed) == nil)
    }
  }

  private static func hex(_ text: String) -> String { SHA256.hexText(Array(text.utf8)) }

  /// A key that begins so and goes on with zeros.
  private static func key(_ start: String) -> String {
    start + String(repeating: "0", count: 64 - start.count)
  }

  /// `count` bytes, each seven more than the one before.
  private static func ramp(_ count: Int) -> String {
    SHA256.hexText((0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + count) })
  }

  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.utf8.map { UInt8($0 < 0x61 ? $0 - 0x30 : $0 - 0x57) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
