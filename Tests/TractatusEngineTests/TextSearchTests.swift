import Testing
import TractatusValues

@testable import TractatusEngine

@Suite("search of a text in another")
struct TextSearchTests {
  @Test("what two-way search finds is what comparing at every place finds")
  func agrees() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<20_000 {
      let alphabet = 1 + random.below(3)
      func word(_ longest: Int) -> [UInt8] {
        (0..<random.below(longest + 1)).map { _ in UInt8(97 + random.below(alphabet)) }
      }
      let text = word(24)
      let part = word(7)
      let isThere =
        part.isEmpty
        || text.indices.contains { start in
          text[start...].starts(with: part)
        }
      let found = TextSearch.contains(text.span, part.span)
      #expect(found == isThere, "\(text) \(part)")
    }
  }
}
