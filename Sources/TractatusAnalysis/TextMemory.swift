import TractatusPatterns
import TractatusSemantics

/// What was found out about texts: patterns built for tests, and searches with their answers.
struct TextMemory {
  private var sets: [Int: PatternSet] = [:]
  private var answers: [TextSet: LanguageAnswer] = [:]
  private let languages: LanguageMemory

  /// Nothing found out yet, but for the automata of languages.
  init(_ languages: LanguageMemory = LanguageMemory()) { self.languages = languages }

  /// Whether a text passes one of a test's patterns; nil where no set can be made of them.
  mutating func matches(_ patterns: [TextPattern], test: Int, _ text: [UInt8]) -> Bool? {
    if sets[test] == nil { sets[test] = try? PatternSet(patterns.map { Pattern($0) }) }
    guard let set = sets[test] else { return nil }
    var scratch = PatternScratch(cacheWords: 1 << 12)
    set.match(text.span, scratch: &scratch)
    return !scratch.matches.isEmpty
  }

  /// A shortest text of a set; asked again, remembered.
  mutating func shortest(_ set: TextSet) -> LanguageAnswer {
    if let known = answers[set] { return known }
    let answer = set.shortest(memory: languages)
    answers[set] = answer
    return answer
  }

  /// A short text that is none of these.
  static func text(otherThan texts: [String]) -> [UInt8] {
    let known = Set(texts.map(TextBytes.init))
    let first = ["x", "y", "z", "other"].first { !known.contains(TextBytes($0)) }
    if let first { return Array(first.utf8) }
    var number = 1
    while known.contains(TextBytes("other\(number)")) { number += 1 }
    return Array("other\(number)".utf8)
  }
}
