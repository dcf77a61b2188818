import TractatusSemantics

/// Tests of texts, by the letter of the definitions.
enum NaiveText {
  /// The string of scalars.
  static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Order by bytes.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// Simple case folding of one scalar, by Unicode's properties.
  static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    // The dotless i and its like fold to nothing else outside Turkic languages.
    if scalar == "\u{131}" || scalar == "\u{130}" { return scalar }
    let upper = single(scalar.properties.uppercaseMapping) ?? scalar
    return single(upper.properties.lowercaseMapping) ?? upper
  }

  /// Each scalar folded.
  static func fold(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] { scalars.map { fold($0) } }

  private static func single(_ mapping: String) -> Unicode.Scalar? {
    mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first : nil
  }

  /// Whether a text passes the test of a pattern.
  static func matches(_ pattern: TextPattern, _ text: [Unicode.Scalar]) -> Bool {
    let wanted = Array(pattern.text.unicodeScalars)
    let fold: ([Unicode.Scalar]) -> [Unicode.Scalar] = {
      pattern.ignoresCase ? NaiveText.fold($0) : $0
    }
    switch pattern.kind {
    case .contains: return occurs(fold(wanted), in: fold(text))
    case .startsWith: return fold(text).starts(with: fold(wanted))
    case .endsWith: return fold(text).reversed().starts(with: fold(wanted).reversed())
    case .glob: return NaiveGlob(fold(wanted), isPath: false).matches(fold(text))
    case .pathGlob: return NaiveGlob(fold(wanted), isPath: true).matches(fold(text))
    case .regularExpression:
      return NaiveExpression.cached(
        pattern.text, ignoresCase: pattern.ignoresCase, dotIsAll: pattern.dotMatchesNewline
      ).occurs(in: text)
    case .mentions: return NaiveMentions.matches(wanted, text)
    }
  }

  /// Whether one text occurs in another.
  static func occurs(_ part: [Unicode.Scalar], in whole: [Unicode.Scalar]) -> Bool {
    if part.count > whole.count { return false }
    return (0...(whole.count - part.count)).contains { start in
      whole[start...].starts(with: part)
    }
  }
}

/// A glob over a whole value.
struct NaiveGlob {
  private let pattern: [Unicode.Scalar]
  private let isPath: Bool

  init(_ pattern: [Unicode.Scalar], isPath: Bool) {
    self.pattern = pattern
    self.isPath = isPath
  }

  /// Whether the whole text matches.
  func matches(_ text: [Unicode.Scalar]) -> Bool {
    if isPath, !pattern.contains("/"), let slash = text.lastIndex(of: "/") {
      return matches(0, Array(text[(slash + 1)...]), 0)
    }
    return matches(0, text, 0)
  }

  private func matches(_ at: Int, _ text: [Unicode.Scalar], _ from: Int) -> Bool {
    guard at < pattern.count else { return from == text.count }
    switch pattern[at] {
    case "*":
      var stars = at
      while stars < pattern.count, pattern[stars] == "*" { stars += 1 }
      let crosses = !isPath || stars - at >= 2
      let startsComponent = at == 0 || pattern[at - 1] == "/"
      if isPath, crosses, startsComponent, stars < pattern.count, pattern[stars] == "/",
        matches(stars + 1, text, from)
      {
        return true
      }
      var end = from
      while true {
        if matches(stars, text, end) { return true }
        guard end < text.count, crosses || text[end] != "/" else { return false }
        end += 1
      }
    case "?":
      guard from < text.count, !isPath || text[from] != "/" else { return false }
      return matches(at + 1, text, from + 1)
    case "[":
      guard let close = closing(at) else { fallthrough }
      guard from < text.count, !isPath || text[from] != "/", inClass(at + 1, close, text[from])
      else { return false }
      return matches(close + 1, text, from + 1)
    default:
      guard from < text.count, text[from] == pattern[at] else { return false }
      return matches(at + 1, text, from + 1)
    }
  }

  /// Where the class that opens at `at` ends; a `]` that is first in it is a member.
  private func closing(_ at: Int) -> Int? {
    var index = at + 1
    if index < pattern.count, pattern[index] == "!" { index += 1 }
    if index < pattern.count, pattern[index] == "]" { index += 1 }
    while index < pattern.count, pattern[index] != "]" { index += 1 }
    return index < pattern.count ? index : nil
  }

  private func inClass(_ start: Int, _ close: Int, _ scalar: Unicode.Scalar) -> Bool {
    var index = start
    let isNegated = pattern[index] == "!"
    if isNegated { index += 1 }
    var found = false
    while index < close {
      if index + 2 < close, pattern[index + 1] == "-" {
        found = found || (pattern[index] <= scalar && scalar <= pattern[index + 2])
        index += 3
      } else {
        found = found || pattern[index] == scalar
        index += 1
      }
    }
    return found != isNegated
  }
}

/// Whole words of natural-language text.
enum NaiveMentions {
  /// A run of word scalars, and whether a hyphen alone ties it to the next.
  private struct Piece {
    var word: [Unicode.Scalar]
    var isTied: Bool
  }

  /// Whether the text mentions the pattern in some reading of both.
  static func matches(_ pattern: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> Bool {
    let pieces = pieces(of: text)
    return readings(of: pattern).contains { terms in
      (0...pieces.count).contains { matches(terms[...], pieces[$0...]) }
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber:
      true
    default: false
    }
  }

  private static func pieces(of text: [Unicode.Scalar]) -> [Piece] {
    var pieces: [Piece] = []
    var word: [Unicode.Scalar] = []
    for (index, scalar) in text.enumerated() {
      if isWord(scalar) {
        word.append(NaiveText.fold(scalar))
      } else if !word.isEmpty {
        let tied = scalar == "-" && index + 1 < text.count && isWord(text[index + 1])
        pieces.append(Piece(word: word, isTied: tied))
        word = []
      }
    }
    if !word.isEmpty { pieces.append(Piece(word: word, isTied: false)) }
    return pieces
  }

  /// Every way to read a pattern: its words in order, `nil` for a wildcard.
  private static func readings(of pattern: [Unicode.Scalar]) -> [[[Unicode.Scalar]?]] {
    var readings: [[[Unicode.Scalar]?]] = [[]]
    for part in pattern.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\n" }) {
      // A `*` stands alone; around it everything is words.
      for chunk in chunks(Array(part)) {
        guard chunk != ["*"] else {
          readings = readings.map { $0 + [nil] }
          continue
        }
        let ways = splits(pieces(of: chunk)[...])
        readings = readings.flatMap { reading in ways.map { reading + $0.map(Optional.some) } }
      }
    }
    return readings
  }

  private static func chunks(_ part: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    var chunks: [[Unicode.Scalar]] = []
    var run: [Unicode.Scalar] = []
    for scalar in part {
      if scalar == "*" {
        if !run.isEmpty { chunks.append(run) }
        chunks.append(["*"])
        run = []
      } else {
        run.append(scalar)
      }
    }
    if !run.isEmpty { chunks.append(run) }
    return chunks
  }

  /// Every way to read pieces as words.
  private static func splits(_ pieces: ArraySlice<Piece>) -> [[[Unicode.Scalar]]] {
    guard !pieces.isEmpty else { return [[]] }
    return heads(pieces).flatMap { head, rest in splits(rest).map { [head] + $0 } }
  }

  /// Every first word that the pieces can begin with, and what is left.
  private static func heads(
    _ pieces: ArraySlice<Piece>
  ) -> [(word: [Unicode.Scalar], rest: ArraySlice<Piece>)] {
    var heads: [(word: [Unicode.Scalar], rest: ArraySlice<Piece>)] = []
    var word: [Unicode.Scalar] = []
    var rest = pieces
    while let piece = rest.first {
      word += piece.word
      rest = rest.dropFirst()
      heads.append((word, rest))
      if !piece.isTied { break }
    }
    return heads
  }

  private static func matches(
    _ terms: ArraySlice<[Unicode.Scalar]?>, _ pieces: ArraySlice<Piece>, skipped: Int = 0
  ) -> Bool {
    guard let term = terms.first else { return true }
    guard let word = term else {
      if matches(terms.dropFirst(), pieces) { return true }
      return skipped < 3
        && heads(pieces).contains { matches(terms, $0.rest, skipped: skipped + 1) }
    }
    return heads(pieces).contains { $0.word == word && matches(terms.dropFirst(), $0.rest) }
  }
}
