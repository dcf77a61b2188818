import Testing

@testable import TractatusPatterns

@Suite("Fixed texts by windows of four bytes")
struct LiteralIndexTests {
  private static func literals(_ patterns: [Pattern]) throws -> LiteralIndex {
    let known = ParsedPatterns()
    let compiled = try patterns.map { try known.parsed($0) }
    return PatternTables(PatternSetBuilder(compiled), count: patterns.count).literals
  }

  @Test("places are passed over where every text has two windows that few others share")
  func step() throws {
    let rare = (10..<50).map { pattern(.contains, "--token t\($0)z") }
    #expect(try Self.literals(rare).step == 2)
    #expect(try Self.literals(rare + [pattern(.contains, "rm -")]).step == 1)
    // Of five bytes both windows are asked for, and the first is that of all.
    let shared = "abcdefghijklmnopq".map { pattern(.contains, "tool\($0)") }
    #expect(try Self.literals(shared).step == 1)
    #expect(try Self.literals(Array(shared.prefix(16))).step == 2)
    // Short ones have tables of their own.
    #expect(try Self.literals(rare + [pattern(.contains, "rm")]).step == 2)
  }

  @Test("texts bound to an end are looked for at their distance from it alone")
  func bounds() throws {
    let index = try Self.literals([
      pattern(.startsWith, "/srv"), pattern(.endsWith, ".data"), pattern(.glob, "/abcd/**/*.bin"),
      pattern(.regularExpression, "^tool[0-9]"),
    ])
    #expect(index.quads.isEmpty)
    #expect(index.heads != 0 && index.heads < 16)
    #expect(index.tails == 1 << 63 || index.tails == 1 << 62)
  }

  /// Long texts of letters, of which some are bound to an end by more than 64 bytes.
  @Test("long texts are found wherever they stand", arguments: 0..<20)
  func everywhere(_ seed: Int) throws {
    var random = Seeded(UInt64(seed))
    let letters = Array("abcdeABCDE".utf8)
    func text(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in letters.randomElement(using: &random) ?? 0x61 }
    }
    let kinds: [Pattern.Kind] = [.contains, .contains, .startsWith, .endsWith, .equals]
    let patterns = (0..<30).map { _ in
      Pattern(
        kinds.randomElement(using: &random) ?? .contains,
        text(Int.random(in: 5...(Bool.random(using: &random) ? 9 : 100), using: &random)),
        ignoringCase: Bool.random(using: &random), dotMatchesNewline: false)
    }
    let set = try PatternSet(patterns)
    #expect(try Self.literals(patterns).step == 2)
    var scratch = PatternScratch()
    for _ in 0..<60 {
      let part = patterns.randomElement(using: &random)?.text ?? []
      let lengths = [0, 0, 1, 2, 3, 60, 61, 62, 63, 64, 65, 90]
      let bytes =
        text(lengths.randomElement(using: &random) ?? 0) + part
        + text(lengths.randomElement(using: &random) ?? 0)
      set.match(bytes.span, scratch: &scratch)
      let found = Set(scratch.matches)
      for (number, pattern) in patterns.enumerated() {
        let folds = pattern.ignoringCase
        let text = folds ? bytes.map { $0 | 0x20 } : bytes
        let wanted = folds ? pattern.text.map { $0 | 0x20 } : pattern.text
        let isFound =
          switch pattern.kind {
          case .startsWith: text.starts(with: wanted)
          case .endsWith: text.reversed().starts(with: wanted.reversed())
          case .equals: text == wanted
          default:
            (0...max(0, text.count - wanted.count)).contains {
              text[$0...].starts(with: wanted)
            }
          }
        #expect(found.contains(UInt32(number)) == isFound)
      }
    }
  }

  @Test("texts of all lengths are folded as scalar by scalar", arguments: 0..<40)
  func folding(_ count: Int) {
    for byte in UInt8(0)...0x7F {
      let text = (0..<count).map { ($0 * 7 + Int(byte)) % 128 }.map { UInt8($0) }
      var folded: [UInt8] = []
      CaseFolding.fold(text.span, into: &folded)
      #expect(folded == text.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 })
    }
  }
}
