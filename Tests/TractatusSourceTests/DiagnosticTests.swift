import Testing

@testable import TractatusSource

@Suite("Diagnostics")
struct DiagnosticTests {
  private func render(_ bytes: [UInt8], _ start: Int, _ end: Int, colour: Bool = false) -> String {
    var sources = SourceSet()
    let source = sources.add(name: "a.tract", bytes: bytes)
    let span = SourceSpan(source: source.id, start: UInt32(start), end: UInt32(end))
    var renderer = DiagnosticRenderer(sources: sources, usesColour: colour)
    return renderer.render(Diagnostic(.expectedValue, "wrong", at: span))
  }

  @Test("a diagnostic shows its code, place, line and caret")
  func plain() {
    #expect(
      render(Array("one\ntwo three\n".utf8), 8, 13) == """
        error[T0207]: wrong
         --> a.tract:2:5
          |
        2 | two three
          |     ^^^^^

        """)
  }

  @Test("a span that crosses lines is marked to the end of its first line")
  func manyLines() {
    #expect(render(Array("one\ntwo".utf8), 1, 6).contains("|  ^^\n"))
  }

  @Test("a tab stands as two spaces, under which the caret still points right")
  func tabs() {
    #expect(render(Array("\tx = 1".utf8), 1, 2).contains("1 |   x = 1\n  |   ^\n"))
  }

  @Test("control and direction characters of the line are shown and do nothing")
  func control() {
    let shown = render(Array("a\u{1B}[31mb\u{202E}c\u{0}".utf8), 0, 1)
    #expect(shown.contains("a\\u{1B}[31mb\\u{202E}c\\u{0}"))
    #expect(!shown.contains("\u{1B}"))
    #expect(render(Array("\u{202E}x".utf8), 3, 4).contains("|         ^\n"))
  }

  @Test("broken UTF-8 is shown as replacement characters")
  func broken() {
    #expect(render([0xFF, 0x61, 0xC3], 1, 2).contains("1 | \u{FFFD}a\u{FFFD}\n  |  ^\n"))
  }

  @Test("a line of megabytes is cut around its mark", arguments: [0, 5, 159, 500_000, 999_999])
  func longLines(_ place: Int) {
    var bytes = [UInt8](repeating: 0x61, count: 1_000_000)
    bytes[place] = 0x40
    let lines = render(bytes, place, place + 1).split(separator: "\n")
    #expect(lines.allSatisfy { $0.unicodeScalars.count < 180 })
    guard lines.count == 5, let caret = Array(lines[4]).firstIndex(of: "^") else {
      Issue.record("no caret: \(lines)")
      return
    }
    #expect(Array(lines[3]).dropFirst(caret).first == "@")
  }

  @Test("a mark of megabytes is cut with its line")
  func longMarks() {
    let bytes = [UInt8](repeating: 0xC3, count: 1_000_000)
    let lines = render(bytes, 10, 900_000).split(separator: "\n")
    #expect(lines.allSatisfy { $0.unicodeScalars.count < 180 })
  }

  @Test("colour wraps the same text in escapes")
  func colour() {
    let plain = render(Array("x".utf8), 0, 1)
    let coloured = render(Array("x".utf8), 0, 1, colour: true)
    #expect(coloured.contains("\u{1B}[1;31merror[T0207]\u{1B}[0m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  @Test("every span of a small text is rendered without a trap")
  func everySpan() {
    let bytes: [UInt8] = Array("a\té\r\n\n€".utf8) + [0xFF, 0x0A]
    for start in 0...(bytes.count + 2) {
      for end in start...(bytes.count + 2) { #expect(!render(bytes, start, end).isEmpty) }
    }
  }

  @Test("diagnostics are shown by place, then code, then message")
  func order() {
    func make(_ code: DiagnosticCode, _ message: String, _ start: UInt32) -> Diagnostic {
      let id = SourceID(rawValue: 0)
      return Diagnostic(code, message, at: SourceSpan(source: id, start: start, end: start + 1))
    }
    let sorted = [
      make(.expectedValue, "b", 3), make(.expectedValue, "a", 3), make(.expectedName, "z", 3),
      make(.strayCloser, "y", 1),
    ].sortedForDisplay()
    #expect(sorted.map(\.message) == ["y", "z", "a", "b"])
  }

  @Test("codes are shown with four digits and read back")
  func identifiers() {
    #expect(DiagnosticCode.misspeltKeyword.identifier == "T0203")
    for code in DiagnosticCode.allCases {
      #expect(DiagnosticCode(identifier: code.identifier) == code)
      #expect(DiagnosticCode(identifier: code.identifier.lowercased()) == code)
    }
    for text in ["", "T", "T020", "T02033", "X0203", "T0000", "T02O3", "T９９９９"] {
      #expect(DiagnosticCode(identifier: text) == nil)
    }
  }

  @Test("every code has a title without a full stop and an explanation with an example")
  func explanations() {
    for code in DiagnosticCode.allCases {
      #expect(!code.title.isEmpty && !code.title.hasSuffix("."), "\(code)")
      #expect(code.explanation.count > 80, "\(code.identifier) \(code)")
    }
  }
}
