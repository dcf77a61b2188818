import Testing

@testable import TractatusSource

@Suite("Lines and columns")
struct LineIndexTests {
  private func locations(_ text: String) -> [String] {
    let source = SourceText(name: "a", text: text)
    let index = LineIndex(source)
    return (0...source.bytes.count).map {
      let place = index.location(at: UInt32($0))
      return "\(place.line):\(place.column)"
    }
  }

  @Test("lines count from 1, columns from 1 in scalars")
  func counting() {
    #expect(locations("a\nb") == ["1:1", "1:2", "2:1", "2:2"])
    #expect(locations("\n\n") == ["1:1", "2:1", "3:1"])
    #expect(locations("") == ["1:1"])
    #expect(locations("é€x").last == "1:4")
  }

  @Test("an offset inside a scalar has a place, and one past the end has that of the end")
  func oddOffsets() {
    let index = LineIndex(SourceText(name: "a", text: "a€b"))
    #expect(index.location(at: 2) == SourceLocation(line: 1, column: 3))
    #expect(index.location(at: 900) == SourceLocation(line: 1, column: 4))
  }

  @Test("a line's bytes leave out its line end, of either kind")
  func lineBytes() {
    let index = LineIndex(SourceText(name: "a", text: "ab\r\nc\n"))
    #expect(index.lineCount == 3)
    #expect(index.byteRange(ofLine: 1) == 0..<2)
    #expect(index.byteRange(ofLine: 2) == 4..<5)
    #expect(index.byteRange(ofLine: 3) == 6..<6)
    #expect(index.byteRange(ofLine: 0) == nil)
    #expect(index.byteRange(ofLine: 4) == nil)
  }
}
