import TractatusSource

extension Parser {
  /// The span of a token.
  func span(of place: Int) -> SourceSpan {
    SourceSpan(source: source.id, start: tokens[place].start, end: tokens[place].end)
  }

  /// The empty span after the token before the one at hand.
  var gap: SourceSpan {
    let offset = index > 0 ? tokens[index - 1].end : 0
    return SourceSpan(source: source.id, start: offset, end: offset)
  }

  /// The place of what is missing: the token found instead if it is on the same line, else the
  /// end of the line before.
  var placeOfMissing: SourceSpan {
    index > 0 && (isAtEnd || isFirstOnLine(index)) ? gap : span(of: index)
  }

  /// A token as it is spelt.
  func text(of place: Int) -> String {
    source.string(from: tokens[place].start, to: tokens[place].end)
  }

  /// The token at hand as messages name it.
  var found: String {
    isAtEnd ? "the end of the file" : "`\(shortened(text(of: index)))`"
  }

  /// The token before the one at hand as messages name it.
  var before: String {
    index > 0 ? "`\(shortened(text(of: index - 1)))`" : "the beginning of the file"
  }

  private func shortened(_ text: String) -> String {
    guard text.utf8.count > 40 else { return text }
    return String(text.prefix(37)) + "…"
  }

  /// Whether a token is the first on its line.
  func isFirstOnLine(_ place: Int) -> Bool {
    guard place > 0 else { return true }
    let start = Int(tokens[place - 1].end)
    return source.bytes[start..<max(start, Int(tokens[place].start))].contains(0x0A)
  }

  /// Whether a token begins its line without indentation.
  func isAtMargin(_ place: Int) -> Bool {
    let start = Int(tokens[place].start)
    return start == 0 || source.bytes[start - 1] == 0x0A
  }

  /// Complains about the token at hand, unless that was done.
  func report(
    _ code: DiagnosticCode, _ message: @autoclosure () -> String,
    at span: @autoclosure () -> SourceSpan? = nil,
    secondary: @autoclosure () -> [LabelledSpan] = [], notes: @autoclosure () -> [String] = [],
    fixIts: @autoclosure () -> [FixIt] = []
  ) {
    guard lastErrorIndex != index else { return }
    lastErrorIndex = index
    log.add(
      Diagnostic(
        code, message(), at: span() ?? placeOfMissing, secondary: secondary(), notes: notes(),
        fixIts: fixIts()))
  }

  /// Takes a sign, or says that it is missing.
  @discardableResult
  mutating func expect(_ wanted: TokenKind, _ why: String) -> Bool {
    if accept(wanted) { return true }
    report(
      .expectedToken, "expected `\(wanted.sign)` \(why), found \(found)",
      fixIts: [FixIt("insert `\(wanted.sign)`", replacing: gap, with: spaced(wanted.sign))])
    if wanted == .equals, skipToEquals() { return true }
    missing()
    return false
  }

  /// Takes a word, or one that is spelt nearly so, or says that it is missing.
  @discardableResult
  mutating func expect(_ wanted: Word, _ why: String) -> Bool {
    if accept(wanted) || acceptMisspelt([wanted]) != nil { return true }
    report(
      .expectedToken, "expected `\(wanted.rawValue)` \(why), found \(found)",
      fixIts: [
        FixIt("insert `\(wanted.rawValue)`", replacing: gap, with: " " + wanted.rawValue)
      ])
    missing()
    return false
  }

  /// The place of the first token of a kind on the line of the token at hand, or nil.
  ///
  /// It looks at no more than 64 tokens, so that a line of megabytes is not read again and again.
  func placeOnLine(of wanted: TokenKind) -> Int? {
    for place in index..<min(index + 64, tokens.count) {
      if isFirstOnLine(place) { return nil }
      if tokens[place].kind == wanted { return place }
    }
    return nil
  }

  /// Skips to a `=` further on the line, if there is one, and takes it.
  private mutating func skipToEquals() -> Bool {
    guard let place = placeOnLine(of: .equals), place > index else { return false }
    let node = open(.unexpected)
    while index < place { bump() }
    close(node)
    bump()
    return true
  }

  private func spaced(_ sign: String) -> String {
    sign == "{" || sign == "=" ? " " + sign : sign
  }

  /// Takes a string, or says what is missing.
  @discardableResult
  mutating func expectString(_ what: String) -> Bool {
    if kind == .string || kind == .blockString {
      bump()
      return true
    }
    let bare = bareNumbers ?? bareWords
    report(
      .expectedLiteral, "expected a string, \(what), found \(found)",
      fixIts: bare.map { place in
        let text = source.string(from: place.start, to: place.end)
        return [FixIt("put it in double quotes", replacing: place, with: "\"\(text)\"")]
      } ?? [])
    guard let bare else {
      missing()
      return false
    }
    let node = open(.unexpected)
    while !isAtEnd, token.end <= bare.end { bump() }
    close(node)
    return false
  }

  /// Numbers with dots and nothing else between them, such as a version without its quotes.
  private var bareNumbers: SourceSpan? {
    guard kind == .number else { return nil }
    var last = index
    while tokens[last + 1].start == tokens[last].end,
      tokens[last + 1].kind == .number || tokens[last + 1].kind == .dot
    { last += 1 }
    return SourceSpan(source: source.id, start: token.start, end: tokens[last].end)
  }

  /// Takes a literal of a kind, or says what is missing.
  @discardableResult
  mutating func expectLiteral(_ wanted: TokenKind, _ what: String) -> Bool {
    if accept(wanted) { return true }
    report(.expectedLiteral, "expected \(wanted.described), \(what), found \(found)")
    // A literal of another kind stands for the one that was meant.
    if isAtLiteral, !isFirstOnLine(index) { skipUnexpectedToken() } else { missing() }
    return false
  }

  /// Takes a number or percentage, or says what is missing.
  mutating func expectNumber(_ what: String) {
    if kind == .number || kind == .percent {
      bump()
    } else {
      expectLiteral(.number, what)
    }
  }

  /// Whether the token at hand is a literal by its spelling.
  var isAtLiteral: Bool {
    switch kind {
    case .number, .percent, .date, .time, .string, .blockString, .regularExpression: true
    default: false
    }
  }

  /// The word that the name at hand probably stands for; nil for a word of the language, a name
  /// before a colon, and a name that is near to none.
  func misspelt(_ words: [Word]) -> Word? {
    guard kind == .word, word == nil, next.kind != .colon, log.takeComparison() else { return nil }
    let spelt = text(of: index)
    if let borrowed = Self.borrowed(spelt) { return words.contains(borrowed) ? borrowed : nil }
    let near = NearName.nearest(
      to: spelt, among: words.lazy.map { $0.rawValue }.filter { $0.utf8.count > 2 })
    return near.flatMap { Word(rawValue: $0) }
  }

  /// The word for what other languages say so.
  private static func borrowed(_ text: String) -> Word? {
    switch text {
    case "if": .when
    case "except": .unless
    case "forbid", "block", "reject", "refuse", "prohibit": .deny
    case "permit", "accept": .allow
    case "confirm": .ask
    case "import", "include": .use
    case "const", "var": .let
    case "reason": .because
    default: nil
    }
  }

  /// Makes the name at hand the word that it probably stands for, and says so.
  mutating func correct(to wanted: Word) {
    let place = span(of: index)
    report(
      .misspeltKeyword, "unknown word \(found); did you mean `\(wanted.rawValue)`?", at: place,
      fixIts: [FixIt("write `\(wanted.rawValue)`", replacing: place, with: wanted.rawValue)])
    tokens[index].word = wanted
  }

  /// Takes the token at hand as one of some words that it nearly spells.
  mutating func acceptMisspelt(_ words: [Word]) -> Word? {
    guard let near = misspelt(words) else { return nil }
    correct(to: near)
    bump()
    return near
  }
}
