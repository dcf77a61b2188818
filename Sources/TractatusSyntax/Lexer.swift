import TractatusSource

/// Turns the bytes of a file into tokens, in one pass and O(bytes).
///
/// What begins no token is reported and left to the trivia, so that the parser meets only
/// tokens; the bytes stay in the tree all the same.
struct Lexer {
  let source: SourceText
  var tokens: [Token] = []
  let log = DiagnosticLog()

  private let words = WordTable.shared

  /// Whether spellings of an option may stand at the place reached: after `flag` and `option`, and
  /// after another spelling. Elsewhere `-` is a sign.
  private var isAtSpelling = false

  /// Makes a lexer for a text.
  init(_ source: SourceText) {
    self.source = source
  }

  /// Lexes the whole text; the last token is the end of the file.
  mutating func lex() {
    let end = source.endOffset
    defer { tokens.append(Token(kind: .endOfFile, word: nil, start: end, end: end)) }
    guard !source.isTooLarge else {
      log.add(
        Diagnostic(
          .sourceTooLarge,
          "the file has \(source.bytes.count) bytes; at most 4,194,304 (4 MiB) are read",
          at: span(0, 0)))
      return
    }
    TextScan.report(source, into: log)
    tokens.reserveCapacity(source.bytes.count / 5 + 16)
    let source = source
    let bytes = source.bytes.span
    let classes = Self.classes
    let table = classes.span
    var offset =
      bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    while offset < bytes.count {
      let start = offset
      switch table[Int(bytes[offset])] {
      case Self.space: offset += 1
      case Self.letter:
        offset = endOfName(bytes, table, from: offset)
        if offset < bytes.count, bytes[offset] >= 0x80, isLetter(bytes, at: offset) {
          offset = lexNonASCIIName(bytes, table, from: start)
        } else {
          appendWord(bytes, start, offset)
        }
      case Self.digit: offset = lexNumber(bytes, table, from: start)
      case Self.quote: offset = lexString(bytes, from: start)
      case Self.backtick: offset = lexQuotedName(bytes, table, from: start)
      case Self.slash: offset = lexSlash(bytes, table, from: start)
      case Self.sign where bytes[start] == 0x2D && isAtSpelling:
        offset = lexOption(bytes, table, from: start)
      case Self.sign: offset = lexSign(bytes, from: start)
      default: offset = lexOther(bytes, table, from: start)
      }
    }
  }

  static let space: UInt8 = 0
  static let letter: UInt8 = 1
  static let digit: UInt8 = 2
  static let quote: UInt8 = 3
  static let backtick: UInt8 = 4
  static let slash: UInt8 = 5
  static let sign: UInt8 = 6
  static let other: UInt8 = 7

  /// The class of every byte.
  static let classes: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x09, 0x0A, 0x0D, 0x20: space
    case 0x41...0x5A, 0x5F, 0x61...0x7A: letter
    case 0x30...0x39: digit
    case 0x22: quote
    case 0x60: backtick
    case 0x2F: slash
    case 0x28...0x2E, 0x3A, 0x3C...0x3F, 0x5B, 0x5D, 0x7B, 0x7D, 0x21: sign
    default: other
    }
  }

  /// A span of the source.
  func span(_ start: Int, _ end: Int) -> SourceSpan {
    SourceSpan(
      source: source.id, start: UInt32(clamping: start), end: UInt32(clamping: end))
  }

  /// A range of the source as text.
  func text(_ start: Int, _ end: Int) -> String {
    source.string(from: UInt32(clamping: start), to: UInt32(clamping: end))
  }

  /// Appends a token.
  mutating func append(_ kind: TokenKind, _ start: Int, _ end: Int, word: Word? = nil) {
    switch kind {
    case .spelling, .string, .comma: break
    default: isAtSpelling = word == .flag || word == .option
    }
    tokens.append(
      Token(
        kind: kind, word: word, start: UInt32(truncatingIfNeeded: start),
        end: UInt32(truncatingIfNeeded: end)))
  }

  /// Appends a name or word; after a dot it is a name whatever its spelling.
  private mutating func appendWord(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
    let isAfterDot = tokens.last?.kind == .dot
    append(
      .word, start, end, word: isAfterDot ? nil : words.word(in: bytes, from: start, to: end))
  }

  /// The end of the letters, digits and underscores from an offset.
  func endOfName(_ bytes: Span<UInt8>, _ table: Span<UInt8>, from start: Int) -> Int {
    var offset = start
    while offset < bytes.count {
      let kind = table[Int(bytes[offset])]
      guard kind == Self.letter || kind == Self.digit else { break }
      offset += 1
    }
    return offset
  }

  /// Lexes `/`: a comment, a regular expression where the token before it allows one, or the
  /// sign of division.
  private mutating func lexSlash(
    _ bytes: Span<UInt8>, _ table: Span<UInt8>, from start: Int
  ) -> Int {
    if start + 1 < bytes.count, bytes[start + 1] == 0x2F {
      var offset = start + 2
      while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
      return offset
    }
    if let last = tokens.last {
      switch last.kind {
      case .leftBracket, .comma, .equals: return lexRegularExpression(bytes, table, from: start)
      case .word where last.word == .matches || last.word == .matching:
        return lexRegularExpression(bytes, table, from: start)
      default: break
      }
    }
    append(.slash, start, start + 1)
    return start + 1
  }

  /// Lexes an option of a program, or `-` where no letter or digit follows its one or two dashes.
  private mutating func lexOption(
    _ bytes: Span<UInt8>, _ table: Span<UInt8>, from start: Int
  ) -> Int {
    var offset = start + 1
    if offset < bytes.count, bytes[offset] == 0x2D { offset += 1 }
    func isName(_ place: Int) -> Bool {
      guard place < bytes.count else { return false }
      let kind = table[Int(bytes[place])]
      return kind == Self.letter || kind == Self.digit
    }
    guard isName(offset) else { return lexSign(bytes, from: start) }
    while offset < bytes.count,
      isName(offset) || bytes[offset] == 0x2D || bytes[offset] == 0x2E && isName(offset + 1)
    {
      offset += 1
    }
    append(.spelling, start, offset)
    return offset
  }

  /// Lexes a sign of one or two bytes.
  private mutating func lexSign(_ bytes: Span<UInt8>, from start: Int) -> Int {
    let next: UInt8 = start + 1 < bytes.count ? bytes[start + 1] : 0
    let kind: TokenKind
    var length = 1
    switch bytes[start] {
    case 0x28: kind = .leftParenthesis
    case 0x29: kind = .rightParenthesis
    case 0x2A: kind = .star
    case 0x2B: kind = .plus
    case 0x2C: kind = .comma
    case 0x2D: kind = .minus
    case 0x2E where next == 0x2E: (kind, length) = (.dotDot, 2)
    case 0x2E: kind = .dot
    case 0x3A:
      kind = .colon
      // A word before a colon is a name, whatever its spelling.
      if let last = tokens.indices.last { tokens[last].word = nil }
    case 0x3C where next == 0x3D: (kind, length) = (.lessEqual, 2)
    case 0x3C: kind = .less
    case 0x3D where next == 0x3D: (kind, length) = (.equalEqual, 2)
    case 0x3D: kind = .equals
    case 0x3E where next == 0x3D: (kind, length) = (.greaterEqual, 2)
    case 0x3E: kind = .greater
    case 0x3F: kind = .question
    case 0x5B: kind = .leftBracket
    case 0x5D: kind = .rightBracket
    case 0x7B: kind = .leftBrace
    case 0x7D: kind = .rightBrace
    default:
      if next == 0x3D {
        (kind, length) = (.bangEqual, 2)
      } else {
        return lexForeignOperator(start, length: 1, word: .not)
      }
    }
    append(kind, start, start + length)
    return start + length
  }

  /// Lexes an operator of other languages as the word that it stands for here.
  private mutating func lexForeignOperator(_ start: Int, length: Int, word: Word) -> Int {
    let place = span(start, start + length)
    log.add(
      Diagnostic(
        .unexpectedCharacter,
        "`\(text(start, start + length))` is written `\(word.rawValue)` here", at: place,
        fixIts: [
          FixIt("write `\(word.rawValue)`", replacing: place, with: " \(word.rawValue) ")
        ]))
    append(.word, start, start + length, word: word)
    return start + length
  }

  /// Reports what begins no token, and leaves it to the trivia.
  private mutating func lexOther(
    _ bytes: Span<UInt8>, _ table: Span<UInt8>, from start: Int
  ) -> Int {
    let byte = bytes[start]
    let next: UInt8 = start + 1 < bytes.count ? bytes[start + 1] : 0
    switch byte {
    case 0x26 where next == byte: return lexForeignOperator(start, length: 2, word: .and)
    case 0x7C where next == byte: return lexForeignOperator(start, length: 2, word: .or)
    case 0x27: return lexSingleQuoted(bytes, from: start)
    case 0x23:
      var end = start
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      log.add(
        Diagnostic(
          .unexpectedCharacter, "comments begin with `//`, not with `#`",
          at: span(start, start + 1),
          fixIts: [FixIt("write `//`", replacing: span(start, start + 1), with: "//")]))
      return end
    case 0x3B:
      log.add(
        Diagnostic(
          .unexpectedCharacter, "`;` is not needed: the next word begins the next clause",
          at: span(start, start + 1),
          fixIts: [FixIt("remove `;`", replacing: span(start, start + 1), with: "")]))
      return start + 1
    case 0..<0x20, 0x7F: return start + 1
    case 0..<0x80:
      log.add(
        Diagnostic(
          .unexpectedCharacter, "`\(text(start, start + 1))` has no meaning outside strings",
          at: span(start, start + 1)))
      return start + 1
    default: return lexNonASCII(bytes, table, from: start)
    }
  }

  /// Lexes what begins with a scalar beyond ASCII.
  private mutating func lexNonASCII(
    _ bytes: Span<UInt8>, _ table: Span<UInt8>, from start: Int
  ) -> Int {
    let length = TextScan.scalarLength(in: bytes, at: start)
    guard length > 0 else { return start + 1 }
    if isLetter(bytes, at: start) { return lexNonASCIIName(bytes, table, from: start) }
    let scalar = TextScan.scalarValue(in: bytes, at: start, length: length)
    if Self.isCurlyQuote(scalar), let end = lexCurlyQuoted(bytes, from: start, length) {
      return end
    }
    if !TextScan.isBidirectionalControl(scalar) {
      log.add(
        Diagnostic(
          .unexpectedCharacter,
          "`\(text(start, start + length))` (\(TextScan.named(scalar))) has no meaning outside"
            + " strings", at: span(start, start + length)))
    }
    return start + length
  }
}
