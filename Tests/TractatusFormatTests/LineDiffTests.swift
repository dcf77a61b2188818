import Testing

@testable import TractatusFormat

@Suite("Differences of lines")
struct LineDiffTests {
  /// The new text, made of the old one and the hunks.
  private func applied(_ diff: LineDiff) -> [UInt8] {
    var bytes: [UInt8] = []
    var place = 0
    for hunk in diff.hunks {
      for line in diff.oldLines[place..<hunk.old.lowerBound] { bytes += line }
      for line in diff.newLines[hunk.new] { bytes += line }
      place = hunk.old.upperBound
    }
    for line in diff.oldLines[place...] { bytes += line }
    return bytes
  }

  @Test("equal texts have no hunk")
  func equal() {
    #expect(LineDiff([], []).hunks.isEmpty)
    #expect(LineDiff(Array("a\nb".utf8), Array("a\nb".utf8)).hunks.isEmpty)
  }

  @Test("one changed line is one hunk, and a lost line end counts")
  func small() {
    let diff = LineDiff(Array("a\nb\nc\n".utf8), Array("a\nx\nc\n".utf8))
    #expect(diff.hunks == [LineDiff.Hunk(old: 1..<2, new: 1..<2)])
    #expect(LineDiff(Array("a\n".utf8), Array("a".utf8)).hunks.count == 1)
  }

  @Test("the hunks of random texts make the new one, in order and apart")
  func random() {
    var random = SeededGenerator(seed: 5)
    for round in 0..<2_000 {
      let letters = round.isMultiple(of: 2) ? "ab" : "abcdefghij"
      func text() -> [UInt8] {
        (0..<Int.random(in: 0..<24, using: &random)).flatMap { _ in
          [letters.utf8.randomElement(using: &random) ?? 0x61]
            + (Int.random(in: 0..<9, using: &random) == 0 ? [] : [0x0A])
        }
      }
      let (old, new) = (text(), text())
      let diff = LineDiff(old, new)
      #expect(applied(diff) == new)
      for (hunk, next) in zip(diff.hunks, diff.hunks.dropFirst()) {
        #expect(hunk.old.upperBound < next.old.lowerBound)
      }
    }
  }

  @Test("long texts without a common line are replaced as a whole, at once")
  func long() {
    let old = Array(String(repeating: "a\n", count: 50_000).utf8)
    let new = Array(String(repeating: "b\n", count: 50_000).utf8)
    let diff = LineDiff(old, new)
    #expect(diff.hunks == [LineDiff.Hunk(old: 0..<50_000, new: 0..<50_000)])
  }
}
