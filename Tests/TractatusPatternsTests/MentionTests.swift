import Testing

@testable import TractatusPatterns

@Suite("Mentions")
struct MentionTests {
  static let cases: [ExpressionCase] = [
    ExpressionCase(
      "all", ["all", "All of it", "(all)", "at all.", "é all"],
      not: ["callbacks", "alls", "ball", "", "allé", "al l"]),
    ExpressionCase(
      "auto-subscribe",
      [
        "auto-subscribe", "auto subscribe", "autosubscribe", "Auto-Subscribe!",
        "auto\u{2010}subscribe",
        "auto, subscribe", "auto - subscribe", "au-tosub-scribe", "re-auto-subscribe-d",
      ],
      not: ["auto", "subscribe", "autosubscribed", "auto x subscribe", "xauto-subscribe"]),
    ExpressionCase(
      "autosubscribe", ["auto-subscribe", "AUTOSUBSCRIBE", "auto\u{2011}subscribe"],
      not: ["auto subscribe", "auto--subscribe"]),
    ExpressionCase(
      "auto subscribe", ["auto-subscribe", "auto  subscribe", "auto\nsubscribe"],
      not: ["autosubscribe", "auto x subscribe"]),
    ExpressionCase("subscribe", ["auto-subscribe", "-subscribe-"], not: ["subscribed"]),
    ExpressionCase(
      "delete * data",
      [
        "delete data", "delete the data", "delete all of the data", "Delete: user-made data",
        "please delete all user's data now", "delete x y-z w data",
      ],
      not: ["delete a b c d data", "undelete data", "delete database", "data delete", "deletedata"]),
    ExpressionCase(
      "delete * * data", ["delete a b c d e f data"], not: ["delete a b c d e f g data"]),
    ExpressionCase("* delete *", ["delete", "x delete y"], not: ["deleted"]),
    ExpressionCase(
      "drop * table users", ["drop the table users", "DROP TABLE users;"], not: ["drop table"]),
    ExpressionCase("naïve", ["NAÏVE idea"], not: ["naive"]),
    ExpressionCase("straße", ["STRAẞE"], not: ["strasse"]),
    ExpressionCase("ключ", ["Секретный КЛЮЧ!"], not: ["ключи"]),
    ExpressionCase("k", ["5 \u{212A}"], not: ["ok"]),
    ExpressionCase(
      "password", ["pass-word", "password", "pass\u{2010}word"], not: ["pass word", "passwords"]),
    ExpressionCase("a-b-c", ["abc", "a b c", "ab c", "a-bc", "a-b-c"], not: ["ac", "a c b"]),
    ExpressionCase("rm -rf", ["rm -rf /", "rm rf"], not: ["rmrf", "rm - x rf"]),
    ExpressionCase("e-mail", ["email", "e mail", "E-Mail"], not: ["mail", "e"]),
    ExpressionCase("漢字", ["漢字"], not: ["漢字学"]),
    ExpressionCase("x", ["a-x", "x-a", "x'a", "1.x"], not: ["1x", "x\u{301}"]),
  ]

  @Test("whole words are mentioned, hyphens both ways", arguments: cases)
  func mentions(_ item: ExpressionCase) throws {
    for text in item.matching + item.other {
      let wanted = item.matching.contains(text)
      let result = try decide(pattern(.mentions, item.expression), text)
      #expect(result.set == wanted && result.single == wanted, "\(text.debugDescription) \(result)")
    }
  }

  @Test("many terms are found in one pass")
  func many() throws {
    let terms = ["delete * data", "drop table", "all", "auto-subscribe", "drop", "force push"]
    let set = try PatternSet(terms.map { pattern(.mentions, $0) })
    var scratch = PatternScratch()
    for (text, expected) in [
      ("Drop all tables; force-push it", [2, 4, 5]), ("drop-table", [1, 4]), ("", []),
      ("delete-all data: autosubscribe", [0, 2, 3]),
    ] {
      let bytes = Array(text.utf8)
      set.match(bytes.span, scratch: &scratch)
      #expect(scratch.matches.map(Int.init).sorted() == expected, "\(text)")
    }
  }

  @Test(
    "a bad term is refused",
    arguments: [
      ("", 0, PatternError.Kind.noWord), ("*", 0, .noWord), (" - ", 0, .noWord),
      ("delet*", 5, .wildcardInWord), ("a *b", 2, .wildcardInWord),
    ])
  func refuses(_ text: String, _ offset: Int, _ kind: PatternError.Kind) {
    let problem = pattern(.mentions, text).problem()
    #expect(problem?.offset == offset)
    #expect(problem?.kind == kind)
  }

  /// Every way to read a text as words: each hyphen between letters as a gap or as nothing.
  static func readings(_ text: [Character]) -> [[String]] {
    var all: [[String]] = [[""]]
    for (index, character) in text.enumerated() {
      let joins =
        character == "-" && index > 0 && index + 1 < text.count && text[index - 1].isLetter
        && text[index + 1].isLetter
      all = all.flatMap { words in
        var longer = words
        if character.isLetter {
          longer[longer.count - 1].append(character)
          return [longer]
        }
        return joins ? [words, words + [""]] : [words + [""]]
      }
    }
    return all.map { $0.filter { !$0.isEmpty } }
  }

  static func matches(_ pattern: ArraySlice<String>, _ words: ArraySlice<String>) -> Bool {
    guard let first = pattern.first else { return true }
    if first == "*" {
      return (0...3).contains {
        $0 <= words.count && matches(pattern.dropFirst(), words.dropFirst($0))
      }
    }
    return words.first == first && matches(pattern.dropFirst(), words.dropFirst())
  }

  @Test("mentions agree with trying every reading", arguments: 0..<40)
  func agree(_ seed: Int) throws {
    var random = Seeded(UInt64(seed) &+ 900)
    let letters: [Character] = ["a", "b", "é", "-", " ", "-", "a"]
    func text(_ length: Int) -> [Character] {
      (0..<length).map { _ in letters.randomElement(using: &random) ?? "a" }
    }
    for _ in 0..<20 {
      var term = text(Int.random(in: 1...4, using: &random))
      if Bool.random(using: &random) {
        term += Array(" * ") + text(Int.random(in: 1...3, using: &random))
      }
      let pattern = pattern(.mentions, String(term))
      guard pattern.problem() == nil else { continue }
      let parts = String(term).split(separator: "*").map { Self.readings(Array($0)) }
      var readings: [[String]] = parts[0]
      for part in parts.dropFirst() {
        readings = readings.flatMap { head in part.map { head + ["*"] + $0 } }
      }
      for _ in 0..<20 {
        let text = text(Int.random(in: 0...12, using: &random))
        let expected = readings.contains { reading in
          let trimmed = reading.drop { $0 == "*" }
          return Self.readings(text).contains { words in
            (0...words.count).contains { Self.matches(trimmed, words[$0...]) }
          }
        }
        let result = try decide(pattern, String(text))
        #expect(
          result.set == expected && result.single == expected,
          "\(String(term).debugDescription) in \(String(text).debugDescription): \(result)")
      }
    }
  }
}
