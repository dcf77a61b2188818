import Testing
import TractatusPatterns
import TractatusSemantics

@testable import TractatusAnalysis

/// Sets of texts: what is claimed of them is true of texts.
@Suite struct LanguageTests {
  private static func pattern(
    _ kind: Pattern.Kind, _ text: String, _ folds: Bool = false
  ) -> TextSet {
    .language(.pattern(Pattern(kind, Array(text.utf8), ignoringCase: folds)))
  }

  @Test("a shortest member is found where there is one")
  func members() {
    let cases: [(TextSet, String?)] = [
      (.and([Self.pattern(.glob, "*.pem"), Self.pattern(.glob, "key*")]), "key.pem"),
      (.and([Self.pattern(.startsWith, "ab"), Self.pattern(.endsWith, "ba")]), "aba"),
      (.and([Self.pattern(.regularExpression, "^a+$"), .not(Self.pattern(.contains, "aa"))]), "a"),
      (
        .and([Self.pattern(.regularExpression, "\\bcat\\b"), Self.pattern(.endsWith, "s")]), "cat s"
      ),
      (.and([Self.pattern(.equals, "DROP"), Self.pattern(.contains, "drop")]), nil),
      (.and([Self.pattern(.equals, "DROP"), Self.pattern(.contains, "drop", true)]), "DROP"),
      (.and([Self.pattern(.mentions, "delete data"), .not(Self.pattern(.mentions, "data"))]), nil),
      (.and([Self.pattern(.mentions, "delete"), .not(Self.pattern(.mentions, "data"))]), "delete"),
      (.and([.not(.language(.texts([[]]))), .not(.language(.texts([Array("a".utf8)])))]), "x"),
      (.not(.everything), nil),
    ]
    for (set, expected) in cases {
      switch set.shortest() {
      case .nothing:
        #expect(expected == nil || expected == "?", "\(set)")
      case .text(let bytes):
        let text = String(decoding: bytes, as: UTF8.self)
        if let expected, expected != "?" { #expect(text.count == expected.count, "\(text)") }
        #expect(Self.contains(set, bytes), "\(set) \(text)")
      case .notDecided(let reason): Issue.record("\(set): \(reason)")
      }
    }
  }

  @Test("inclusion of patterns is decided")
  func inclusion() {
    let tight = ValueSet.texts(Self.pattern(.pathGlob, "src/**/*.swift"))
    let wide = ValueSet.texts(Self.pattern(.endsWith, ".swift"))
    #expect(tight.isSubset(of: wide) == .yes)
    #expect(wide.isSubset(of: tight) == .no)
    #expect(wide.intersection(wide.complement).isEmpty() == .yes)
    #expect(wide.union(wide.complement).complement.isEmpty() == .yes)
  }

  @Test("what is too much to search for is spelt by a language, or not decided")
  func samples() {
    func mentions(_ texts: [String]) -> TextSet {
      .matching(texts.map { TextPattern(kind: .mentions, text: $0) })
    }
    let set = TextSet.and([
      mentions(["sign * up by default", "opt * out by default"]),
      .not(mentions(["opt * out by default"])),
    ])
    guard case .text(let bytes) = set.shortest(limit: 100) else {
      Issue.record("nothing found")
      return
    }
    #expect(Self.contains(set, bytes))
    let none = TextSet.and([set, .not(mentions(["sign * up by default"]))])
    #expect(none.shortest(limit: 100) == .nothing)
    let left = TextSet.and([
      set, .not(mentions(["opt * out by default", "a", "sign * up * default"])),
    ])
    if case .text(let bytes) = left.shortest(limit: 100) {
      Issue.record("\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test("patterns that are followed as one give the texts that they give one by one")
  func unions() {
    let globs = (0..<12).map { TextPattern(kind: .pathGlob, text: "**/dir\($0)/*.k\($0)") }
    let memory = LanguageMemory()
    for place in [0, 7, 11] {
      var rest = globs
      let taken = rest.remove(at: place)
      let alone = TextSet.and([.matching([taken]), .not(.matching(rest))])
      guard case .text(let bytes) = alone.shortest(memory: memory) else {
        Issue.record("\(taken.text)")
        continue
      }
      #expect(Self.contains(alone, bytes))
      // What was found out before makes no difference.
      #expect(alone.shortest(memory: memory) == .text(bytes))
      #expect(alone.shortest() == .text(bytes))
      let none = TextSet.and([.matching([taken]), .not(.matching(globs))])
      #expect(none.shortest(memory: memory) == .nothing)
      #expect(TextSet.and([.matching(rest), .not(.matching(globs))]).shortest() == .nothing)
    }
  }

  /// Whether a text is in a set, by the matcher that decides.
  static func contains(_ set: TextSet, _ text: [UInt8]) -> Bool {
    switch set {
    case .everything: return true
    case .language(.texts(let texts)): return texts.contains(text)
    case .language(.anyOf(let patterns)):
      return patterns.contains { contains(.language(.pattern($0)), text) }
    case .language(.pattern(let pattern)):
      guard let patterns = try? PatternSet([pattern]) else { return false }
      var scratch = PatternScratch()
      patterns.match(text.span, scratch: &scratch)
      return !scratch.matches.isEmpty
    case .not(let inner): return !contains(inner, text)
    case .and(let parts): return parts.allSatisfy { contains($0, text) }
    case .or(let parts): return parts.contains { contains($0, text) }
    }
  }
}
