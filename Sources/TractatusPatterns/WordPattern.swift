/// The pattern of `mentions`: words, hyphens and wildcards.
///
/// It is not matched against the text but against the text's word view (`WordView`), in which
/// every word is folded and between words there is one space, or a hyphen that may be read as
/// nothing.
struct WordPattern {
  /// What stands before a piece of a word.
  enum Link {
    /// Nothing: the pattern begins.
    case start
    /// A hyphen, which may be read as nothing.
    case hyphen
    /// The end of another word, and then up to so many words.
    case gap(Int)
  }

  /// A run of word scalars in the pattern.
  struct Piece {
    /// Where its folded bytes are in `bytes`.
    var range: Range<Int>
    /// Where the bytes of its word start: earlier than its own where hyphens stand between.
    var wordStart: Int
    /// What stands before it.
    var link: Link
  }

  /// The folded bytes of all pieces, one after the other.
  private(set) var bytes: [UInt8] = []
  /// The pieces in their order; at least one.
  private(set) var pieces: [Piece] = []
  /// How large the pattern is, for its limit: an upper estimate of the states that it needs.
  private(set) var size = 3

  /// Whether the pattern is one word without a hyphen, so that finding the word is enough.
  var isOneWord: Bool { pieces.count == 1 }

  /// Words that a `*` stands for at most.
  private static let wildcardWords = 3
  /// What a word that a `*` stands for adds to the size: a loop over any scalar but the space,
  /// and what ends it.
  private static let gapSize = 11

  /// Parses a pattern.
  ///
  /// - Throws: what is wrong with it, but for its size.
  init(_ text: [UInt8]) throws(PatternError) {
    if let bad = RegularExpressionParser.firstInvalidByte(text) {
      throw PatternError(offset: bad, kind: .notUTF8, message: "the pattern is not UTF-8")
    }
    bytes.reserveCapacity(text.count)
    try read(text)
    guard !pieces.isEmpty else {
      throw PatternError(
        offset: 0, kind: .noWord, message: "a term to look for needs at least one word")
    }
  }

  private mutating func read(_ text: [UInt8]) throws(PatternError) {
    var isInPiece = false
    // Whether a hyphen stands between the piece before and what comes next.
    var hyphenPending = false
    // Wildcards since the last piece; zero words are enough for one, so one at an end says nothing.
    var wildcards = 0
    var offset = 0
    while offset < text.count {
      let (scalar, length) = ScalarCoding.scalar(in: text.span, at: offset)
      if WordView.isWord(scalar) {
        if offset > 0, text[offset - 1] == UInt8(ascii: "*") {
          throw Self.wildcardInWord(offset - 1)
        }
        if !isInPiece { begin(afterHyphen: hyphenPending, wildcards: wildcards) }
        append(CaseFolding.fold(scalar), isFirst: !isInPiece)
        (isInPiece, hyphenPending, wildcards) = (true, false, 0)
      } else {
        let isWildcard = scalar == UInt32(UInt8(ascii: "*"))
        if isWildcard, isInPiece { throw Self.wildcardInWord(offset) }
        if isWildcard { wildcards += 1 }
        hyphenPending = isInPiece && WordView.isHyphen(scalar)
        isInPiece = false
      }
      offset += length
    }
  }

  /// The bytes of a piece's word up to the piece's end, hyphens read as nothing.
  func reading(through piece: Piece) -> [UInt8] {
    Array(bytes[piece.wordStart..<piece.range.upperBound])
  }

  private static func wildcardInWord(_ offset: Int) -> PatternError {
    PatternError(
      offset: offset, kind: .wildcardInWord,
      message: "`*` stands for up to three whole words, so it needs a space on each side")
  }

  private mutating func begin(afterHyphen: Bool, wildcards: Int) {
    var piece = Piece(range: bytes.count..<bytes.count, wordStart: bytes.count, link: .start)
    if let last = pieces.last {
      if afterHyphen {
        piece.link = .hyphen
        piece.wordStart = last.wordStart
        size += 2
      } else {
        let words = wildcards * Self.wildcardWords
        piece.link = .gap(words)
        size += 1 + words * Self.gapSize
      }
    }
    pieces.append(piece)
  }

  private mutating func append(_ scalar: UInt32, isFirst: Bool) {
    let start = bytes.count
    if scalar < 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: scalar))
    } else {
      ScalarCoding.append(scalar, to: &bytes)
    }
    // A hyphen in the text may stand between any two scalars of a word.
    size += bytes.count - start + (isFirst ? 0 : 2)
    let last = pieces.count - 1
    pieces[last].range = pieces[last].range.lowerBound..<bytes.count
  }
}
