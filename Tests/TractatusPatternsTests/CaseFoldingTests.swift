import Testing

@testable import TractatusPatterns

@Suite("Case folding")
struct CaseFoldingTests {
  @Test("ASCII letters fold to lower case")
  func ascii() {
    #expect(CaseFolding.fold(0x41) == 0x61)
    #expect(CaseFolding.fold(0x40) == 0x40)
  }
}
