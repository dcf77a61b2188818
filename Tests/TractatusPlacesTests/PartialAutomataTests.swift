import Testing

@testable import TractatusPatterns

@Suite struct PartialAutomataTests {
  @Test("rows that are dropped while several are followed are followed no further")
  func droppedRows() throws {
    // Of `a` and `b` in any order the pattern has a row for each of the last 15 letters: more than
    // are kept. The unknown first letter leads to two rows, and the first of them through the
    // whole text before the second.
    let pattern = Pattern(.regularExpression, Array("^(?:[a-m]b?|[n-z])(?:a|b)*a(?:a|b){14}$".utf8))
    let set = try TextQuerySet([[pattern]])
    var scratch = TextQueryScratch()
    var state: UInt32 = 1
    let letters = (0..<40_000).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return state >> 31 == 0 ? UInt8(ascii: "a") : UInt8(ascii: "b")
    }
    var text = PartialText()
    text.append(.one)
    text.append(letters.span)
    #expect(set.truth(0, text, &scratch).isUnknown)
    // The same memory serves the next text.
    var short = PartialText()
    short.append(.one)
    short.append(Array("xx".utf8).span)
    #expect(set.truth(0, short, &scratch) == .false)
    #expect(set.truth(0, PartialText(Array("naaaaaaaaaaaaaaa".utf8)), &scratch) == .true)
  }
}
