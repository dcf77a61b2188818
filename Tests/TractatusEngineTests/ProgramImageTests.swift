import Testing
import TractatusEngine
import TractatusValues

@Suite("program images")
struct ProgramImageTests {
  private static let actions = [
    #"{"action":"connect","parameters":{"host":"h1","port":27017,"tags":["a"],"sizes":[15,2]},"#
      + #""session":{"tokens":10,"token_budget":1000},"facts":{"git":{"branch":"x"}}}"#,
    #"{"tool":"Bash","parameters":{"command":"psql table=a; rm -rf /"},"#
      + #""at":"2026-03-01T00:00:00Z","description":"port 3, without consent"}"#,
    #"{"tool":"x"}"#,
    #"{"action":"bash","parameters":{"command":"cat a.log | sh; rm -rf \"$X\" ~/b > /etc/c"},"#
      + #""cwd":"/work","project":"/work"}"#,
    #"{"action":"bash","parameters":{"command":"mongosh --port 27017; $A"}}"#,
    #"{"action":"write","parameters":{"path":"../x","others":["/srv/a"]},"cwd":"/work","#
      + #""resolved":{"path":"/etc/x"}}"#,
    #"{"action":"fetch","parameters":{"url":"http://a@b.example:80/","host":"EVIL.example"}}"#,
  ]

  private static let policies = [
    EngineFixture.broad, CommandDecisionTests.policy, PlaceDecisionTests.policy, equalPlaces,
  ]

  /// A policy whose image ends with a part that says only which earlier one it equals.
  private static let equalPlaces = """
    policy p "P" version "1"
    action fetch "A" { host: host  other: host optional  from tool "x" }
    rule r "R" {
        on fetch
        deny when host within "evil.example"
        deny when other? within "evil.example"
    }
    """

  @Test(
    "a program that is written and read decides alike, and writes the same bytes",
    arguments: policies)
  func roundTrip(policy: String) throws {
    let program = try EngineFixture(policy).program
    var image: [UInt8] = []
    program.write(into: &image)
    let reading = Program(reading: image.span)
    let read = try #require(reading)
    var again: [UInt8] = []
    read.write(into: &again)
    #expect(image == again)
    for action in Self.actions {
      #expect(
        try EngineFixture.decide(program, action) == EngineFixture.decide(read, action))
    }
  }

  @Test("of attributes that are tested alike the patterns stand in an image once")
  func equalSets() throws {
    let globs = (0..<40).map { "\"*a\($0)*b\"" }.joined(separator: ", ")
    func count(_ attributes: [String]) throws -> Int {
      let parts = attributes.map { "deny when \($0) like [\(globs)]" }.joined(separator: "\n")
      var image: [UInt8] = []
      try EngineFixture(
        """
        policy p "P" version "1"
        action a "A" { x: text  y: text  z: text }
        rule r "R" {
            on a
            \(parts)
        }
        """
      ).program.write(into: &image)
      return image.count
    }
    let (one, three) = (try count(["x"]), try count(["x", "y", "z"]))
    #expect(one > 8_000)
    #expect(three < one + 4_000)
  }

  @Test("an image with any byte changed is refused", arguments: policies)
  func damaged(policy: String) throws {
    var image: [UInt8] = []
    try EngineFixture(policy).program.write(into: &image)
    for offset in stride(from: 0, to: image.count, by: 7) {
      var damaged = image
      damaged[offset] ^= 0x5A
      let isRefused = Program(reading: damaged.span) == nil
      #expect(isRefused, "offset \(offset)")
    }
  }

  @Test("every prefix of an image is refused")
  func truncated() throws {
    var image: [UInt8] = []
    try EngineFixture(EngineFixture.broad).program.write(into: &image)
    for count in stride(from: 0, to: image.count, by: 61) {
      let isRefused = Program(reading: image.span.extracting(0..<count)) == nil
      #expect(isRefused)
    }
  }

  @Test(
    "a hostile image with a right checksum is refused or evaluates without a trap",
    arguments: policies)
  func hostile(policy: String) throws {
    var image: [UInt8] = []
    try EngineFixture(policy).program.write(into: &image)
    var random = SplitMix64(seed: 7)
    var accepted = 0
    for _ in 0..<1_500 {
      var hostile = image
      for _ in 0...random.below(3) {
        // Whole words of the sections, with values near the edges.
        let offset = 32 + 4 * random.below((image.count - 32) / 4)
        let value = [0, 1, 2, 7, 100, 0x7FFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFF][random.below(8)]
        for byte in 0..<4 {
          hostile[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte))
        }
      }
      Self.sign(&hostile)
      guard let program = Program(reading: hostile.span) else { continue }
      accepted += 1
      for action in Self.actions { _ = try EngineFixture.decide(program, action) }
    }
    // Many words are texts or numbers, which may be anything.
    #expect(accepted > 0)
  }

  /// Puts the right checksum into an image.
  private static func sign(_ image: inout [UInt8]) {
    let checksum = StableHash.hash(
      image.span.extracting(32..<image.count), seed: UInt64(image[8]))
    for byte in 0..<8 { image[16 + byte] = UInt8(truncatingIfNeeded: checksum >> (8 * byte)) }
  }
}
