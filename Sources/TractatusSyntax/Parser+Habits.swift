import TractatusSource

/// What people write who know other languages, or have just begun: each is taken for what was
/// meant, and said.
extension Parser {
  /// What metadata are called, as `MetadataValue` has them.
  private static let metadataNames: Set<String> = [
    "quadrant", "persistence", "scope", "verification", "explicitness", "source", "since", "until",
    "active", "replaces", "section", "domain",
  ]

  /// Whether `name: …` is at hand, where a body has such parts; or the same without its colon, on
  /// one line, where it can be nothing else.
  func isAtNamedPart(of body: BodyKind) -> Bool {
    guard body.hasNamedParts, isAtWord else { return false }
    if next.kind == .colon { return true }
    // INVARIANT: what is a part is taken; a reserved word is no name without its colon.
    guard word?.isReserved != true, !isStrongDeclaration(index), isFirstOnLine(index),
      !isFirstOnLine(min(index + 1, tokens.count - 1))
    else { return false }
    let isValue = next.kind == .word && next.word?.isReserved != true
    switch body {
    case .rule:
      guard isValue || next.kind == .number || next.kind == .date || next.kind == .time else {
        return false
      }
      return Self.metadataNames.contains(text(of: index))
    case .action: return word == nil && isValue && misspelt(body.words) == nil
    default: return false
    }
  }

  /// Takes a title, if there is one, also one that lacks its quotes.
  mutating func parseTitle() {
    if kind == .string || kind == .blockString {
      bump()
      return
    }
    guard kind == .word, !isFirstOnLine(index), let brace = placeOnLine(of: .leftBrace) else {
      return
    }
    for place in index..<brace where tokens[place].kind != .word && tokens[place].kind != .number {
      return
    }
    let title = SourceSpan(source: source.id, start: token.start, end: tokens[brace - 1].end)
    reportBare(title, "a title stands between double quotes")
    let node = open(.unexpected)
    while index < brace { bump() }
    close(node)
  }

  private func reportBare(_ place: SourceSpan, _ message: String) {
    let text = source.string(from: place.start, to: place.end)
    report(
      .expectedLiteral, message, at: place,
      fixIts: [FixIt("put it in double quotes", replacing: place, with: "\"\(text)\"")])
  }

  /// Words up to the end of the line, and nothing else, such as a reason without its quotes.
  var bareWords: SourceSpan? {
    guard kind == .word, word == nil, !isFirstOnLine(index) else { return nil }
    var last = index
    while last - index < 64, !isFirstOnLine(min(last + 1, tokens.count - 1)) {
      switch tokens[last + 1].kind {
      case .word, .number, .comma, .dot, .minus, .colon: last += 1
      case .endOfFile, .rightBrace:
        return SourceSpan(source: source.id, start: token.start, end: tokens[last].end)
      default: return nil
      }
    }
    return SourceSpan(source: source.id, start: token.start, end: tokens[last].end)
  }

  /// Takes `-prod` behind the name `no`, and says how names are written.
  mutating func skipHyphens() {
    guard index > 0, kind == .minus || kind == .spelling, isGlued(index) else { return }
    let start = tokens[index - 1].start
    var last = index
    while last + 1 < tokens.count - 1, last - index < 64, isGlued(last + 1),
      [.minus, .word, .number, .spelling].contains(tokens[last + 1].kind)
    { last += 1 }
    let place = SourceSpan(source: source.id, start: start, end: tokens[last].end)
    let text = source.string(from: place.start, to: place.end)
    guard text.utf8.last != 0x2D else { return }
    let name = String(text.map { $0 == "-" ? "_" : $0 })
    report(
      .expectedName, "a name has letters, digits and `_`, so that `\(text)` is none", at: place,
      fixIts: [FixIt("write `\(name)`", replacing: place, with: name)])
    let node = open(.unexpected)
    while index <= last { bump() }
    close(node)
  }

  /// Whether nothing stands between a token and the one before.
  private func isGlued(_ place: Int) -> Bool { tokens[place].start == tokens[place - 1].end }

  // MARK: Conditions

  /// Whether a token is what other languages call `==` or `!=` in letters.
  func isForeignEquality(_ place: Int) -> Bool {
    guard place < tokens.count, tokens[place].kind == .word, tokens[place].word == nil else {
      return false
    }
    return ["equals", "equal", "eq", "ne", "neq"].contains(text(of: place))
  }

  /// Takes `equals` for `==`, and says so.
  mutating func correctEquality() {
    let sign = text(of: index).hasPrefix("n") ? "!=" : "=="
    report(
      .expectedTest, "\(found) is written `\(sign)`", at: span(of: index),
      fixIts: [FixIt("write `\(sign)`", replacing: span(of: index), with: sign)])
    tokens[index].kind = sign == "==" ? .equalEqual : .bangEqual
  }

  /// Takes parentheses around what `in` lists for brackets, and says so.
  mutating func correctParentheses() {
    guard kind == .leftParenthesis, let close = placeOnLine(of: .rightParenthesis) else { return }
    report(
      .expectedValue, "a list stands in brackets", at: span(of: index),
      fixIts: [
        FixIt(
          "write brackets",
          edits: [
            SourceEdit(span(of: index), replacement: "["),
            SourceEdit(span(of: close), replacement: "]"),
          ])
      ])
    tokens[index].kind = .leftBracket
    tokens[close].kind = .rightBracket
  }

  /// Whether a value, perhaps negated, follows `is`.
  var isAtComparedValue: Bool {
    if isFirstOnLine(index) { return false }
    if word == .not {
      return next.kind == .word && next.word == nil || next.kind == .string || next.kind == .number
    }
    return isAtLiteral || kind == .word && word == nil
  }

  /// Takes `is` for `==` and `is not` for `!=`, and says so; the node of the test is open.
  mutating func parseForeignComparison(_ node: Int) {
    let isNegated = word == .not
    let sign = isNegated ? "!=" : "=="
    let place = SourceSpan(
      source: source.id, start: tokens[index - 1].start,
      end: tokens[isNegated ? index : index - 1].end)
    report(
      .expectedTest,
      "`is` asks whether a command is opaque or undeclared; a value is compared by `\(sign)`",
      at: place, fixIts: [FixIt("write `\(sign)`", replacing: place, with: sign)])
    tokens[index - 1].kind = isNegated ? .bangEqual : .equalEqual
    tokens[index - 1].word = nil
    turn(node, into: .comparisonTest)
    if isNegated { skipUnexpectedToken() }
    parseValue("a value to compare with")
    close(node)
  }

  /// Parses guards that stand behind their clause's reason, and offers the order of the language.
  mutating func parseLateGuards(_ reason: Range<Int>) {
    let head = index
    parseGuards()
    guard index > head else { return }
    let place = SourceSpan(
      source: source.id, start: tokens[reason.lowerBound].start, end: tokens[index - 1].end)
    let because = source.string(
      from: place.start, to: tokens[reason.upperBound - 1].end)
    let condition = source.string(from: tokens[head].start, to: place.end)
    log.add(
      Diagnostic(
        .unexpectedClause, "`\(text(of: head))` stands before `because`", at: span(of: head),
        fixIts: [
          FixIt("move the reason behind it", replacing: place, with: condition + " " + because)
        ]))
  }
}
