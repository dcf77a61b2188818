import Testing

@testable import TractatusPatterns

@Suite("Hostile patterns, texts and images")
struct HostileTests {
  static let expressions = [
    "(a*)*b", "(a|a)*b", "(a|aa)+$", "(a+)+$", "((a{0,20}){0,20})b", "(.*)(.*)(.*)(.*)x$",
    "(?:a?){50}a{50}", #"\b(?:\w+\s*)+$x"#, "a.{30}b", "(a|b)*a(a|b){9}c", "[^x]*a[^x]{20}$",
    "(?i)(k|s)*z", "aaaa.*aaab", "a.*b.*c.*d",
  ]

  /// Steps that a text of so many letters takes, once nothing new is built.
  private func work(_ set: PatternSet, _ text: [UInt8], cacheWords: Int) -> Int {
    var scratch = PatternScratch(cacheWords: cacheWords)
    set.match(text.span, scratch: &scratch)
    return scratch.work
  }

  @Test("work grows linearly with the text", arguments: expressions)
  func linear(_ expression: String) throws {
    let set = try PatternSet([pattern(.regularExpression, expression)])
    var random = Seeded(5)
    let text = (0..<4_000).map { _ in Bool.random(using: &random) ? UInt8(0x61) : 0x62 }
    let same = [UInt8](repeating: 0x61, count: 4_000)
    for cacheWords in [1, 1 << 20] {
      for text in [text, same] {
        let half = work(set, Array(text.prefix(2_000)), cacheWords: cacheWords)
        let whole = work(set, text, cacheWords: cacheWords)
        #expect(whole <= half * 2 + half / 2 + 20_000, "\(half) then \(whole)")
      }
    }
  }

  @Test("however often a needed text occurs, tries for it stay linear in the text")
  func repeatedCandidates() throws {
    let set = try PatternSet([pattern(.regularExpression, "abcd[^!]*!")])
    for count in [500, 5_000, 50_000] {
      let text = Array(String(repeating: "abcd", count: count).utf8)
      #expect(work(set, text, cacheWords: 1 << 20) < text.count * 70)
    }
  }

  @Test("automata are dropped rather than grown without bound")
  func bounded() throws {
    let set = try PatternSet([pattern(.regularExpression, "[ab]*a[ab]{14}c")])
    var scratch = PatternScratch(cacheWords: 1 << 14)
    var random = Seeded(6)
    let text = (0..<20_000).map { _ in Bool.random(using: &random) ? UInt8(0x61) : 0x62 }
    set.match(text.span, scratch: &scratch)
    #expect(scratch.matches.isEmpty)
    #expect(scratch.drops > 2)
  }

  @Test("the size of a pattern is estimated, and bounded")
  func size() {
    #expect(pattern(.regularExpression, "a{1000}").problem() == nil)
    #expect(pattern(.regularExpression, "(a{100}){100}").problem()?.kind == .tooLarge)
    #expect(
      pattern(.regularExpression, "(((((a{9}){9}){9}){9}){9}){9}").problem()?.kind == .tooLarge)
    #expect(
      (pattern(
        .regularExpression,
        "((((((((a{1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000}"
      ).stateEstimate() ?? 0) > 10_000)
    #expect(pattern(.regularExpression, "(").stateEstimate() == nil)
    #expect(
      pattern(.mentions, "a" + String(repeating: " *", count: 3000) + " b").problem()?.kind
        == .tooLarge)
    #expect(pattern(.contains, String(repeating: "x", count: 100_000)).problem() == nil)
  }

  @Test("every prefix of an expression is parsed or refused without a trap")
  func prefixes() {
    let expression = Array(
      #"^(?P<n>[a-z\d[:alpha:]\]]{2,3}?|\x{41}\p{Greek}+)\Q*\E(?i-s:é.)$"#.utf8)
    for length in 0...expression.count {
      for kind in Pattern.Kind.allCases {
        _ = Pattern(kind, Array(expression.prefix(length))).problem()
      }
    }
  }

  @Test("random bytes are parsed or refused without a trap")
  func randomBytes() {
    var random = Seeded(11)
    let alphabet = Array(#"()[]{}*+?|\^$.:-,!aAk1é<>PpQEixsmU0"#.utf8)
    for _ in 0..<5_000 {
      let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      for kind in [Pattern.Kind.regularExpression, .glob, .pathGlob, .mentions] {
        let pattern = Pattern(kind, text, ignoringCase: Bool.random(using: &random))
        guard pattern.problem() == nil else { continue }
        let set = try? PatternSet([pattern])
        #expect(set != nil)
      }
    }
  }

  @Test("a changed image is refused or matches without a trap", arguments: 0..<8)
  func mutations(_ seed: Int) throws {
    var random = Seeded(UInt64(seed) &+ 77)
    let set = try PatternSet(
      (0..<12).map { _ in RandomSetTests.item(&random).pattern } + [
        pattern(.mentions, "ab * ba"), pattern(.mentions, "a-b"), pattern(.contains, "abab"),
      ])
    var image: [UInt8] = []
    set.write(into: &image)
    let texts = (0..<6).map { _ in
      Array(RandomSetTests.string(RandomSetTests.scalars(20, &random)).utf8)
    }
    for _ in 0..<1_500 {
      var changed = image
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<changed.count, using: &random)
        changed[place] =
          Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random)
          : changed[place] ^ (1 << UInt8.random(in: 0...7, using: &random))
      }
      if Int.random(in: 0..<10, using: &random) == 0 {
        changed.removeLast(Int.random(in: 0...changed.count, using: &random))
      }
      guard let read = PatternSet(reading: changed.span) else { continue }
      var scratch = PatternScratch()
      for text in texts {
        read.match(text.span, scratch: &scratch)
        for pattern in 0..<read.count { _ = read.matches(pattern, text.span, scratch: &scratch) }
      }
    }
  }

  @Test("a changed extractor image is refused or extracts without a trap")
  func extractorMutations() throws {
    var random = Seeded(78)
    let extractor = try Extractor(Array(#"\bport\s*(\d+|[a-f]*)$"#.utf8))
    var image: [UInt8] = []
    extractor.write(into: &image)
    let text = Array("port 12 port ab\nport ".utf8)
    for _ in 0..<5_000 {
      var changed = image
      let place = Int.random(in: 0..<changed.count, using: &random)
      changed[place] = UInt8.random(in: 0...255, using: &random)
      guard let read = Extractor(reading: changed.span) else { continue }
      var scratch = ExtractorScratch()
      _ = read.extract(text.span, scratch: &scratch)
    }
  }

  @Test("a scratch serves different sets")
  func sharedScratch() throws {
    var scratch = PatternScratch()
    let first = try PatternSet([pattern(.regularExpression, "a+b")])
    let second = try PatternSet([pattern(.regularExpression, "b+c"), pattern(.contains, "x")])
    for _ in 0..<3 {
      first.match(Array("aab".utf8).span, scratch: &scratch)
      #expect(scratch.matches == [0])
      second.match(Array("xbc".utf8).span, scratch: &scratch)
      #expect(scratch.matches.sorted() == [0, 1])
    }
  }

  @Test("a refused pattern is named by its place in the list")
  func refusal() {
    #expect(throws: PatternSet.Refusal.self) {
      try PatternSet([pattern(.contains, "a"), pattern(.regularExpression, "(")])
    }
  }
}
