import Testing

@testable import TractatusPatterns

@Suite("Extraction")
struct ExtractorTests {
  static func extract(
    _ expression: String, _ text: String, i: Bool = false
  ) throws -> [String] {
    let extractor = try Extractor(Array(expression.utf8), ignoringCase: i)
    var image: [UInt8] = []
    extractor.write(into: &image)
    let read = Extractor(reading: image.span)
    #expect(read == extractor)
    let bytes = Array(text.utf8)
    var scratch = ExtractorScratch()
    #expect(extractor.extract(bytes.span, scratch: &scratch))
    return scratch.matches.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
  }

  static let cases: [(String, String, [String])] = [
    (#"port (\d+)"#, "port 27017 and port 27027", ["27017", "27027"]),
    (#"port (\d+)"#, "no such thing", []),
    (#"\bport\s*[:=]?\s*(\d+)"#, "report 1, port: 22", ["22"]),
    ("(a+)", "aa b aaa", ["aa", "aaa"]),
    ("(a+?)", "aa", ["a", "a"]),
    ("(a|ab)(c|bcd)?", "abcd", ["a"]),
    ("(ab|a)(bcd|c)?", "abcd", ["ab"]),
    ("a(b)?", "ab a ab", ["b", "b"]),
    ("(x*)", "axb", ["", "x", ""]),
    ("(x*)", "", [""]),
    ("^(a)", "aa", ["a"]),
    ("(?m)^(a)", "ab\nac", ["a", "a"]),
    ("(a)$", "aa", ["a"]),
    (#"(\w+)@(\w+)"#, "me@here, you@there", ["me", "you"]),
    ("((a)(b))", "ab", ["ab"]),
    ("(?:x)(é+)", "xéé", ["éé"]),
    ("(.)", "é漢", ["é", "漢"]),
    (#"(\B)"#, "é", ["", ""]),
    ("(a)|b", "ab", ["a"]),
    ("(?:(a)|b)*", "ab", ["a"]),
    ("(a*)b", "aab aaab", ["aa", "aaa"]),
    (#"connect to (?:mongodb://)?([\w.]+):(\d+)"#, "connect to mongodb://db.x:1", ["db.x"]),
  ]

  @Test("the first group of each leftmost-first match is extracted", arguments: cases)
  func extracts(_ expression: String, _ text: String, _ expected: [String]) throws {
    #expect(try Self.extract(expression, text) == expected)
  }

  @Test("an expression without a group is refused")
  func noGroup() {
    #expect(throws: PatternError.self) { try Extractor(Array("a(?:b)".utf8)) }
  }

  @Test("groups are counted")
  func groupCount() throws {
    #expect(try Extractor(Array("(a)(?:b)(?P<n>c(d))".utf8)).groupCount == 3)
  }

  @Test("case is folded when asked")
  func folding() throws {
    #expect(try Self.extract("port (K)", "PORT k", i: true) == ["k"])
  }

  @Test("one scratch serves different extractors")
  func scratch() throws {
    var scratch = ExtractorScratch()
    let text = Array("ab12".utf8)
    for (expression, expected) in [("([a-z]+)", 0..<2), ("([0-9]+)", 2..<4), ("([a-z]+)", 0..<2)] {
      let extractor = try Extractor(Array(expression.utf8))
      #expect(extractor.extract(text.span, scratch: &scratch))
      #expect(
        scratch.matches
          == [Extractor.Match(start: expected.lowerBound, end: expected.upperBound)])
    }
  }

  @Test("looking far ahead from everywhere spends the budget")
  func budget() throws {
    let extractor = try Extractor(Array("(a)|a[^c]*b".utf8))
    var scratch = ExtractorScratch()
    let slow = try Extractor(Array("a[^c]*b|(a)".utf8))
    let text = [UInt8](repeating: 0x61, count: 20_000)
    #expect(extractor.extract(text.span, scratch: &scratch))
    #expect(scratch.matches.count == 20_000)
    #expect(!slow.extract(text.span, scratch: &scratch))
  }

  @Test("extraction agrees with backtracking", arguments: 0..<200)
  func agree(_ seed: Int) throws {
    var random = Seeded(UInt64(seed) &+ 7_000)
    for _ in 0..<5 {
      let inner = NaiveExpression.random(2, &random)
      let expression = NaiveExpression.sequence([
        NaiveExpression.random(1, &random), .group(inner), NaiveExpression.random(1, &random),
      ])
      guard !expression.repeatsNothing, inner.groupless, expression.leadingGroupless else {
        continue
      }
      let folding = Bool.random(using: &random)
      let extractor = try Extractor(Array(expression.text.utf8), ignoringCase: folding)
      var scratch = ExtractorScratch()
      for _ in 0..<20 {
        let text = RandomSetTests.scalars(Int.random(in: 0...10, using: &random), &random)
        let string = RandomSetTests.string(text)
        let bytes = Array(string.utf8)
        #expect(extractor.extract(bytes.span, scratch: &scratch))
        let found = scratch.matches.map {
          String(decoding: bytes[$0.start..<$0.end], as: UTF8.self)
        }
        let expected = NaiveMatcher(text: text, folding: folding).firstGroups(expression)
        #expect(
          found == expected.map { RandomSetTests.string(Array(text[$0])) },
          "\(expression.text) on \(string.debugDescription)")
      }
    }
  }
}

extension NaiveExpression {
  /// Whether something that can be empty is repeated, where engines differ by tradition.
  var repeatsNothing: Bool {
    switch self {
    case .scalar, .any, .set, .look: return false
    case .sequence(let parts), .choice(let parts): return parts.contains(where: \.repeatsNothing)
    case .group(let inner): return inner.repeatsNothing
    case .repetition(let inner, _, _, _): return inner.canBeEmpty || inner.repeatsNothing
    }
  }

  var canBeEmpty: Bool {
    switch self {
    case .scalar, .any, .set: return false
    case .look: return true
    case .sequence(let parts): return parts.allSatisfy(\.canBeEmpty)
    case .choice(let parts): return parts.contains(where: \.canBeEmpty)
    case .group(let inner): return inner.canBeEmpty
    case .repetition(let inner, let low, _, _): return low == 0 || inner.canBeEmpty
    }
  }

  /// Whether there is no group inside.
  var groupless: Bool {
    switch self {
    case .scalar, .any, .set, .look: return true
    case .sequence(let parts), .choice(let parts): return parts.allSatisfy(\.groupless)
    case .group: return false
    case .repetition(let inner, _, _, _): return inner.groupless
    }
  }

  /// Whether the part before the first group of a sequence has none.
  var leadingGroupless: Bool {
    if case .sequence(let parts) = self { return parts.first?.groupless ?? true }
    return true
  }
}

extension NaiveMatcher {
  /// The first way to match in order of preference: its end, and where its group was.
  private func first(
    _ expression: NaiveExpression, _ at: Int, _ group: Range<Int>?,
    _ then: (Int, Range<Int>?) -> (Int, Range<Int>?)?
  ) -> (Int, Range<Int>?)? {
    switch expression {
    case .scalar, .any, .set, .look:
      return ends(expression, at).first.flatMap { then($0, group) }
    case .sequence(let parts):
      guard let head = parts.first else { return then(at, group) }
      return first(head, at, group) {
        first(.sequence(Array(parts.dropFirst())), $0, $1, then)
      }
    case .choice(let parts):
      for part in parts { if let found = first(part, at, group, then) { return found } }
      return nil
    case .group(let inner):
      return first(inner, at, group) { end, known in then(end, known ?? at..<end) }
    case .repetition(let inner, let low, let high, let greedy):
      func again() -> (Int, Range<Int>?)? {
        if high == 0 { return nil }
        return first(inner, at, group) {
          first(
            .repetition(inner, max(0, low - 1), high.map { $0 - 1 }, greedy: greedy), $0, $1, then)
        }
      }
      if low > 0 { return again() }
      if greedy { return again() ?? then(at, group) }
      return then(at, group) ?? again()
    }
  }

  /// The first groups of all matches that do not overlap.
  func firstGroups(_ expression: NaiveExpression) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    var lastEnd = -1
    while start <= text.count {
      if let (end, group) = first(expression, start, nil, { ($0, $1) }) {
        if !(end == start && start == lastEnd), let group { result.append(group) }
        lastEnd = end
        start = end > start ? end : start + 1
      } else {
        start += 1
      }
    }
    return result
  }
}
