import Testing

@testable import TractatusPatterns

@Suite("limits of places")
struct PlaceLimitTests {
  /// Each beginning looked up whole would be 64 GB to hash.
  @Test("no more of a path is looked at than what the longest place has")
  func longPath() {
    var index = PlaceIndex()
    for (number, place) in ["etc/", "a/a/", "a/b/"].enumerated() {
      index.add(.absolute, Array(place.utf8).span, number)
    }
    index.finish()
    var scratch = PlaceScratch()
    for count in [2, 1 << 18] {
      scratch.begin(3)
      let path = Array(repeatElement("a", count: count).joined(separator: "/").utf8)
      index.collect(ancestorsOf: path.span, .absolute, .aboveAbsolute, &scratch)
      #expect(scratch.found == [1])
    }
    scratch.begin(3)
    index.collect(ancestorsOf: Array("a".utf8).span, .absolute, .aboveAbsolute, &scratch)
    #expect(scratch.found.sorted() == [1, 2])
  }
}
