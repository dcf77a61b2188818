import Testing
import TractatusJSON
import TractatusValues

@Suite struct JSONHostileTests {
  @Test("128 levels are read and one more is refused")
  func nesting() {
    for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
      func nested(_ depth: Int) -> [UInt8] {
        let inner = open == "[" ? "" : "0"
        return Array(
          (String(repeating: open, count: depth) + inner + String(repeating: close, count: depth))
            .utf8)
      }
      #expect(failure(nested(128)) == nil)
      #expect(failure(nested(129))?.kind == .tooDeep)
      #expect(failure(nested(10_000))?.kind == .tooDeep)
    }
    #expect(failure(Array(repeating: UInt8(ascii: "["), count: 10_000))?.kind == .tooDeep)
  }

  @Test("a string of 10 MB is read, and a document above 16 MiB is refused")
  func size() throws {
    var tape = JSONTape()
    let quote = [UInt8(ascii: "\"")]
    let large = quote + Array(repeating: UInt8(ascii: "x"), count: 10_000_000) + quote
    try tape.parse(large.span)
    #expect(tape.content(.root).count == 10_000_000)
    let atLimit = quote + Array(repeating: UInt8(ascii: "x"), count: (16 << 20) - 2) + quote
    try tape.parse(atLimit.span)
    #expect(failure(atLimit + [0x20]) == JSONError(.tooLarge, at: 16 << 20))
  }

  @Test("many values, and many keys in one object, are read in one pass")
  func breadth() throws {
    var tape = JSONTape()
    let list = "[" + String(repeating: "0,", count: 200_000) + "0]"
    try tape.parse(Array(list.utf8).span)
    #expect(tape.nodeCount == 200_002)
    #expect(tape.childCount(.root) == 200_001)
    let members = (0..<20_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
    try tape.parse(Array("{\(members)}".utf8).span)
    #expect(tape.decimal(try #require(tape.member(.root, "k19999")))?.integer == 19_999)
    #expect(failure(Array("{\(members),\"k7\":0}".utf8))?.kind == .duplicateKey)
  }

  @Test("keys chosen so that their hashes collide are still compared")
  func collidingKeys() throws {
    // Of the hash's last step only the exclusive or of state and word matters, so a second word
    // can be found for each first one. The few that are printable make a document.
    func fold(_ word: UInt64) -> UInt64 {
      let product = word.multipliedFullWidth(by: 0xD1B5_4A32_D192_ED03)
      return product.high ^ product.low
    }
    var keys: [[UInt8]] = []
    var random = SplitMix64(seed: 5)
    while keys.count < 40 {
      let first = (0..<8).map { _ in UInt8(97 + random.below(26)) }
      let word = first.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let state = fold(0x9E37_79B9_7F4A_7C15 ^ 16 ^ word)
      let second = (0..<8).map {
        UInt8(truncatingIfNeeded: (state ^ 0x1234_5678) >> UInt64(8 * $0))
      }
      if second.allSatisfy({ $0 >= 0x23 && $0 < 0x7F && $0 != 0x5C }) {
        keys.append(first + second)
      }
    }
    #expect(Set(keys.map { JSONTape.keyHash($0.span) }).count == 1)
    func document(_ keys: [[UInt8]]) -> [UInt8] {
      var writer = JSONWriter()
      writer.beginObject()
      for key in keys {
        writer.key(key.span)
        writer.null()
      }
      writer.endObject()
      return writer.bytes
    }
    #expect(failure(document(keys)) == nil)
    #expect(failure(document(Array(keys[0..<20]))) == nil)
    let repeated = keys + [keys[3], keys[5]]
    // Each member takes 24 bytes; the first one given again is the one reported.
    #expect(failure(document(repeated)) == JSONError(.duplicateKey, at: 1 + 40 * 24))
    #expect(failure(document(Array(keys[0..<20]) + [keys[7]]))?.kind == .duplicateKey)
  }

  @Test("a tape is as good as new after an error")
  func reuse() throws {
    var tape = JSONTape()
    for text in ["{", "[1,{\"a\":[2,", "\"\\ud800\"", "", "[[[[["] {
      #expect(throws: JSONError.self) { try tape.parse(Array(text.utf8).span) }
      #expect(tape.nodeCount == 1)
      #expect(tape.kind(.root) == .null)
      #expect(tape.firstChild(.root) == nil)
      try tape.parse(Array(#"{"a":[1,2]}"#.utf8).span)
      #expect(tape.nodeCount == 4)
      #expect(tape.childCount(try #require(tape.member(.root, "a"))) == 2)
    }
  }

  @Test("10,000 random byte strings are accepted or refused without a trap")
  func randomBytes() {
    var random = SplitMix64(seed: 1)
    let alphabet = Array(#"{}[]",:0123456789.eE+-truefalsn\u dDbc "#.utf8) + [0, 0x80, 0xC3, 0xE2]
    var tape = JSONTape()
    for round in 0..<10_000 {
      var bytes: [UInt8] = []
      for _ in 0..<random.below(48) {
        bytes.append(
          round % 2 == 0
            ? UInt8(truncatingIfNeeded: random.next()) : alphabet[random.below(alphabet.count)])
      }
      checkOffset(&tape, bytes)
    }
  }

  @Test("changed documents are accepted or refused without a trap")
  func mutatedDocuments() {
    var random = SplitMix64(seed: 2)
    var tape = JSONTape()
    for _ in 0..<4_000 {
      var bytes = DocumentGenerator(seed: random.next()).document()
      for _ in 0...random.below(3) where !bytes.isEmpty {
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[random.below(bytes.count)], at: place)
        }
      }
      checkOffset(&tape, bytes)
    }
  }

  @Test("every proper prefix of an object is refused")
  func prefixes() {
    var tape = JSONTape()
    for sample in clientSamples {
      let bytes = Array(sample.utf8)
      checkOffset(&tape, bytes)
      #expect(failure(bytes) == nil)
      for end in 0..<bytes.count {
        #expect(throws: JSONError.self) { try tape.parse(bytes.span.extracting(0..<end)) }
      }
    }
  }

  /// Reads bytes; an error must lie in them, and an accepted document must survive the writer.
  private func checkOffset(_ tape: inout JSONTape, _ bytes: [UInt8]) {
    do {
      try tape.parse(bytes.span)
      var writer = JSONWriter()
      writer.value(.root, of: tape)
      var again = JSONTape()
      #expect(throws: Never.self) { try again.parse(writer.bytes.span) }
      #expect(again.nodeCount == tape.nodeCount)
    } catch {
      #expect(error.byteOffset >= 0 && error.byteOffset <= bytes.count)
    }
  }
}
