import Testing
import TractatusSource

@testable import TractatusSyntax

@Suite("Parsing whole files")
struct ParserTests {
  @Test("a file with every construct parses without a complaint")
  func sampleParses() {
    #expect(complaints(sampleFile) == [])
  }

  @Test("every prefix of the sample and every dropped token parse without a trap")
  func sampleEverywhere() {
    checkEverywhere(sampleFile)
  }
}
