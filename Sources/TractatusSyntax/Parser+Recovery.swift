import TractatusSource

extension Parser {
  /// The words that begin a declaration, a modifier or `policy`.
  static let declarationWords: [Word] = [
    .policy, .use, .let, .type, .fact, .action, .otherwise, .rule, .instruction, .boundary,
    .requirement, .threshold, .monitor, .waive, .test, .classify, .reading, .program, .prove,
    .sealed, .shadow, .closed,
  ]

  /// Whether a token is a word that begins a declaration.
  func isDeclarationWord(_ place: Int) -> Bool {
    switch tokens[place].word {
    case .policy, .use, .let, .type, .fact, .action, .otherwise, .rule, .instruction, .boundary,
      .requirement, .threshold, .monitor, .waive, .test, .classify, .reading, .program, .prove,
      .sealed, .shadow, .closed:
      true
    default: false
    }
  }

  /// Whether a declaration surely begins at a token, so that whatever is open was not closed:
  /// its word stands at the margin, or begins a line and is followed as only there.
  func isStrongDeclaration(_ place: Int) -> Bool {
    guard isDeclarationWord(place), isFirstOnLine(place) else { return false }
    let second = tokens[min(place + 1, tokens.count - 1)].kind
    let third = tokens[min(place + 2, tokens.count - 1)].kind
    let isNamed = second == .word || second == .quotedName
    switch tokens[place].word {
    case .rule, .instruction, .boundary, .requirement, .threshold, .reading:
      return isNamed && (third == .string || third == .leftBrace || isAtMargin(place))
    case .let, .type: return isNamed && (third == .equals || isAtMargin(place))
    case .test, .prove: return second == .string
    case .monitor: return second == .leftBrace && isAtMargin(place)
    case .sealed, .shadow, .closed:
      return isNamed && (isDeclarationWord(place + 1) || isAtMargin(place))
    default: return isAtMargin(place) && (isNamed || second == .string)
    }
  }

  /// Takes the token at hand as one that belongs nowhere.
  mutating func skipUnexpectedToken() {
    let node = open(.unexpected)
    bump()
    close(node)
  }

  /// Moves past one token, or past a whole bracketed run if it opens one; stops before a
  /// declaration inside. O(tokens moved over), without recursion.
  mutating func moveOverUnit() {
    var open = 0
    repeat {
      switch kind {
      case .leftBrace, .leftBracket, .leftParenthesis: open += 1
      case .rightBrace, .rightBracket, .rightParenthesis: open -= 1
      case .endOfFile: return
      default: if open > 0, isStrongDeclaration(index) { return }
      }
      bump()
    } while open > 0
  }

  /// Puts tokens into an `unexpected` node up to one at which parsing can go on: a closing brace,
  /// a declaration, or what the caller accepts. Takes at least one token unless that is at hand.
  mutating func skipUnexpected(until stops: (borrowing Parser) -> Bool) {
    guard !isAtEnd, kind != .rightBrace, !stops(self) else { return }
    let node = open(.unexpected)
    repeat {
      moveOverUnit()
    } while !isAtEnd && kind != .rightBrace && !isStrongDeclaration(index) && !stops(self)
    close(node)
    // What follows stands on its own, but complaints about the skipped part have been made.
    if lastErrorIndex < index, isAtEnd { lastErrorIndex = index }
  }

  /// Enters a level of nesting; past the limit it says so and skips the unit instead.
  mutating func enter() -> Bool {
    depth += 1
    if depth <= Self.nestingLimit { return true }
    depth -= 1
    report(
      .nestingTooDeep, "nested more than \(Self.nestingLimit) levels deep; name a part with `let`",
      at: span(of: index))
    let node = open(.unexpected)
    while word == .not || word == .list || word == .of { bump() }
    if !isAtEnd, kind != .rightBrace, kind != .rightBracket, kind != .rightParenthesis {
      moveOverUnit()
    }
    close(node)
    lastErrorIndex = index
    return false
  }

  /// Leaves a level of nesting.
  mutating func leave() {
    depth -= 1
  }

  /// Takes the brace that begins a body; junk before it on its line is skipped.
  /// Returns the brace's token if it is there.
  mutating func openBody(_ what: String) -> Int? {
    if kind != .leftBrace {
      report(
        .expectedToken, "expected `{` before the body of \(what), found \(found)",
        fixIts: [FixIt("insert `{`", replacing: gap, with: " {")])
      let bodyEnd = placeOnLine(of: .rightBrace) ?? tokens.count
      if let place = placeOnLine(of: .leftBrace), place > index, place < bodyEnd {
        let node = open(.unexpected)
        while index < place { bump() }
        close(node)
      }
    }
    let brace = index
    if accept(.leftBrace) { return brace }
    missing()
    return nil
  }

  /// Takes the brace that ends a body, or says that it is missing.
  mutating func closeBody(_ what: String, opened brace: Int?) {
    if accept(.rightBrace) { return }
    reportUnclosed(.unclosedBrace, "}", "the body of \(what)", brace)
  }

  /// Takes a closing bracket, or says that it is missing; `true` when it was there.
  mutating func closeBracket(_ wanted: TokenKind, _ what: String, opened: Int) {
    if accept(wanted) { return }
    reportUnclosed(.unclosedBracket, wanted.sign, what, opened)
  }

  private mutating func reportUnclosed(
    _ code: DiagnosticCode, _ sign: String, _ what: String, _ opened: Int?
  ) {
    let secondary = opened.map { [LabelledSpan(span(of: $0), "opened here")] } ?? []
    report(
      code, "expected `\(sign)` to close \(what), found \(found)", secondary: secondary,
      fixIts: [FixIt("insert `\(sign)`", replacing: gap, with: sign == "}" ? "\n}" : sign)])
    missing()
  }
}
