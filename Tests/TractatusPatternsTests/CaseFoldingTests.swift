import Testing

@testable import TractatusPatterns

@Suite("Case folding and properties")
struct CaseFoldingTests {
  @Test("ASCII letters fold to lower case")
  func ascii() {
    #expect(CaseFolding.fold(0x41) == 0x61)
    #expect(CaseFolding.fold(0x40) == 0x40)
    #expect(CaseFolding.fold(0x5B) == 0x5B)
  }

  @Test(
    "single scalars fold as CaseFolding.txt says",
    arguments: [
      (0xC9, 0xE9), (0xE9, 0xE9), (0xB5, 0x3BC), (0x17F, 0x73), (0x212A, 0x6B), (0x3C2, 0x3C3),
      (0x1E9E, 0xDF), (0xDF, 0xDF), (0x130, 0x130), (0x410, 0x430), (0x10400, 0x10428),
      (0x13A0, 0x13A0), (0xAB70, 0x13A0), (0x1C4, 0x1C6), (0x1C5, 0x1C6), (0x100, 0x101),
    ] as [(UInt32, UInt32)])
  func scalars(_ scalar: UInt32, _ folded: UInt32) {
    #expect(CaseFolding.fold(scalar) == folded)
    #expect(CaseFolding.alike(scalar).contains(scalar))
    #expect(CaseFolding.alike(scalar) == CaseFolding.alike(folded))
  }

  @Test("folding twice is folding once, and agrees with the standard library where it is simple")
  func idempotent() {
    for value in UInt32(0)...0x10FFFF {
      let folded = CaseFolding.fold(value)
      if folded == value { continue }
      #expect(CaseFolding.fold(folded) == folded)
    }
    for value in UInt32(0xC0)...0x24F {
      guard let scalar = Unicode.Scalar(value), value != 0x130, value != 0x1F0, value != 0x149
      else { continue }
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      let upper = scalar.properties.uppercaseMapping.unicodeScalars
      if lower.count == 1, upper.count == 1, let one = lower.first, one != scalar {
        #expect(CaseFolding.fold(value) == CaseFolding.fold(one.value), "\(value)")
      }
    }
  }

  @Test("texts fold scalar by scalar, and bytes that are not UTF-8 stay")
  func texts() {
    var buffer: [UInt8] = [1, 2, 3]
    CaseFolding.fold(Array("ÀB\u{212A}ẞ漢".utf8).span, into: &buffer)
    #expect(buffer == Array("àbkß漢".utf8))
    let broken: [UInt8] = [0xFF, 0x41, 0xC3]
    CaseFolding.fold(broken.span, into: &buffer)
    #expect(buffer == [0xFF, 0x61, 0xC3])
    let nothing: [UInt8] = []
    CaseFolding.fold(nothing.span, into: &buffer)
    #expect(buffer.isEmpty)
  }

  @Test("general categories are those of the standard library, but for what is newer")
  func categories() throws {
    let letters = try #require(UnicodeProperties.scalars(named: "Lu"))
    let digits = try #require(UnicodeProperties.scalars(named: "Nd"))
    for value in UInt32(0)...0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if letters.contains(value) { #expect(scalar.properties.generalCategory == .uppercaseLetter) }
      if digits.contains(value) { #expect(scalar.properties.generalCategory == .decimalNumber) }
    }
    #expect(letters.contains(0x41) && digits.contains(0x660))
  }

  @Test("letters, digits and marks make words")
  func words() {
    for scalar in "aZ09éж漢٣\u{301}".unicodeScalars { #expect(WordView.isWord(scalar.value)) }
    for scalar in "_-. \u{A0}😀'\u{2010}Ⅷ²".unicodeScalars {
      #expect(!WordView.isWord(scalar.value))
    }
  }

  @Test("a set's bytes are its scalars", arguments: ["L", "Greek", "Any", "Cs", "Zs", "Han"])
  func tries(_ name: String) throws {
    let set = try #require(UnicodeProperties.scalars(named: name)).withoutSurrogates
    let trie = ByteTrie(set)
    for value in stride(from: UInt32(0), through: 0x10FFFF, by: 37) {
      guard Unicode.Scalar(value) != nil else { continue }
      var node = trie.nodes.count - 1
      for byte in ScalarCoding.bytes(value) where node >= 0 {
        node = trie.nodes[node].first { $0.low <= byte && byte <= $0.high }?.target ?? -2
      }
      #expect((node == ByteTrie.done) == set.contains(value), "\(value)")
    }
  }
}
