import Foundation
import Testing

@testable import TractatusPatterns

@Suite("Sets against naive matching")
struct RandomSetTests {
  /// One pattern with what the naive matcher needs to decide it.
  struct Item {
    var pattern: Pattern
    var decide: ([Unicode.Scalar]) -> Bool
  }

  static func string(_ scalars: [Unicode.Scalar]) -> String {
    var string = ""
    string.unicodeScalars.append(contentsOf: scalars)
    return string
  }

  static func scalars(
    _ length: Int, of letters: [Unicode.Scalar] = NaiveExpression.letters,
    _ random: inout Seeded
  ) -> [Unicode.Scalar] {
    (0..<length).map { _ in letters.randomElement(using: &random) ?? "a" }
  }

  static func item(_ random: inout Seeded) -> Item {
    let folding = Bool.random(using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      let kinds: [Pattern.Kind] = [.equals, .contains, .startsWith, .endsWith]
      let kind = kinds.randomElement(using: &random) ?? .contains
      let text = scalars(Int.random(in: 0...6, using: &random), &random)
      let expression = NaiveExpression.sequence(
        (kind == .equals || kind == .startsWith ? [.look("^")] : [])
          + text.map { .scalar($0) } + (kind == .equals || kind == .endsWith ? [.look("$")] : []))
      return Item(pattern: TractatusPatternsTests.pattern(kind, string(text), i: folding)) {
        NaiveMatcher(text: $0, folding: folding).matches(expression)
      }
    case 1: return glob(folding, &random)
    default:
      let expression = NaiveExpression.random(3, &random)
      return Item(
        pattern: TractatusPatternsTests.pattern(.regularExpression, expression.text, i: folding)
      ) {
        NaiveMatcher(text: $0, folding: folding).matches(expression)
      }
    }
  }

  /// The letters of long texts: few, so that texts meet them.
  static let fewLetters: [Unicode.Scalar] = ["a", "B", "é"]

  /// A pattern with a text that is long enough to be looked for at every other place.
  static func longItem(_ random: inout Seeded) -> Item {
    let folding = Bool.random(using: &random)
    let text = (0..<Int.random(in: 5...7, using: &random)).map { _ in
      fewLetters.randomElement(using: &random) ?? "a"
    }
    let scalars = text.map { NaiveExpression.scalar($0) }
    let anything = NaiveExpression.repetition(
      .set(["\0"..."\u{10FFFF}"], negated: false), 0, nil, greedy: true)
    let kinds: [Pattern.Kind] = [.contains, .startsWith, .endsWith, .glob]
    let kind = kinds.randomElement(using: &random) ?? .contains
    let isFirst = kind == .startsWith || kind == .glob
    let isLast = kind == .endsWith || kind == .glob
    let expression = NaiveExpression.sequence(
      (isFirst ? [.look("^")] : []) + scalars + (kind == .glob ? [anything, .scalar("a")] : [])
        + (isLast ? [.look("$")] : []))
    let spelling = string(text) + (kind == .glob ? "*a" : "")
    return Item(pattern: pattern(kind, spelling, i: folding)) {
      NaiveMatcher(text: $0, folding: folding).matches(expression)
    }
  }

  static func glob(_ folding: Bool, _ random: inout Seeded) -> Item {
    var text = ""
    var parts: [NaiveExpression] = [.look("^")]
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      switch Int.random(in: 0..<5, using: &random) {
      case 0:
        text += "*"
        parts.append(.repetition(.set(["\0"..."\u{10FFFF}"], negated: false), 0, nil, greedy: true))
      case 1:
        text += "?"
        parts.append(.set(["\0"..."\u{10FFFF}"], negated: false))
      case 2:
        text += "[!a-c]"
        parts.append(.set(["a"..."c"], negated: true))
      default:
        for scalar in scalars(2, &random) {
          text += string([scalar])
          parts.append(.scalar(scalar))
        }
      }
    }
    parts.append(.look("$"))
    let expression = NaiveExpression.sequence(parts)
    return Item(pattern: pattern(.glob, text, i: folding)) {
      NaiveMatcher(text: $0, folding: folding).matches(expression)
    }
  }

  /// Patterns of one set, and texts that it is asked of: a case is a pattern with a text.
  static let patternCount = 40
  static let textCount = 40

  /// How many sets there are: 60, or as many as `TRACTATUS_PATTERN_CASES` cases need.
  static let setCount: Int = {
    let cases = ProcessInfo.processInfo.environment["TRACTATUS_PATTERN_CASES"].flatMap { Int($0) }
    return max(60, (cases ?? 0) / (patternCount * textCount))
  }()

  /// Sets that one test case judges.
  static let perCase = 20

  @Test("set, single matcher and naive matcher agree", arguments: 0..<setCount / perCase)
  func agree(_ place: Int) throws {
    for seed in place * Self.perCase..<(place + 1) * Self.perCase {
      guard try agree(seed: seed) else { return }
    }
  }

  /// A small cache makes the automata be dropped all the time, which must change nothing.
  private func agree(seed: Int) throws -> Bool {
    var random = Seeded(UInt64(seed))
    let isLong = seed % 3 == 2
    let items = (0..<Self.patternCount).map { _ in
      isLong ? Self.longItem(&random) : Self.item(&random)
    }
    let set = try PatternSet(items.map(\.pattern))
    var image: [UInt8] = []
    set.write(into: &image)
    let reread = PatternSet(reading: image.span)
    let read = try #require(reread)
    #expect(read == set)
    var scratch = PatternScratch(cacheWords: seed % 2 == 0 ? 1 << 20 : 1)
    var other = PatternScratch()
    for _ in 0..<Self.textCount {
      let letters = isLong ? Self.fewLetters : NaiveExpression.letters
      let text = Self.scalars(Int.random(in: 0...20, using: &random), of: letters, &random)
      let bytes = Array(Self.string(text).utf8)
      set.match(bytes.span, scratch: &scratch)
      let found = scratch.matches
      #expect(Set(found).count == found.count)
      read.match(bytes.span, scratch: &other)
      #expect(other.matches == found)
      for (number, item) in items.enumerated() {
        let naive = item.decide(text)
        let inSet = found.contains(UInt32(number))
        let single = set.matches(number, bytes.span, scratch: &scratch)
        if naive != inSet || naive != single {
          let shown = String(decoding: item.pattern.text, as: UTF8.self)
          Issue.record(
            """
            \(item.pattern.kind) \(shown.debugDescription) folding \(item.pattern.ignoringCase) \
            on \(Self.string(text).debugDescription): naive \(naive), set \(inSet), single \(single)
            """)
          return false
        }
      }
    }
    return true
  }

  @Test("patterns that require the same text are found together")
  func sharedRequirements() throws {
    let set = try PatternSet(
      (0..<200).map { pattern(.regularExpression, "^/api/[0-9]{\($0 % 20 + 1)}[a-z]{\($0 / 20)}$") }
    )
    var scratch = PatternScratch()
    for (digits, letters) in [(1, 0), (20, 9), (7, 3), (21, 0), (0, 1)] {
      let text = Array(
        ("/api/" + String(repeating: "1", count: digits) + String(repeating: "x", count: letters))
          .utf8)
      set.match(text.span, scratch: &scratch)
      let number = digits > 0 && digits <= 20 ? [UInt32(letters * 20 + digits - 1)] : []
      #expect(scratch.matches == number)
      if let number = number.first {
        #expect(set.matches(Int(number), text.span, scratch: &scratch))
      }
    }
  }
}
