import TractatusSource

extension Parser {
  /// Says that a construct is not part of this version.
  mutating func reportUnsupported(_ what: String, at place: SourceSpan? = nil) {
    report(
      .notInThisVersion, "\(what) is not part of this version of the language",
      at: place ?? span(of: index))
    // The construct is a unit: what is inside has been spoken of.
    lastErrorIndex = index
  }

  /// Parses a left-out construct, whose first word is at hand, as one `unsupported` node.
  mutating func unsupported(_ what: String, then parse: (inout Parser) -> Void) {
    if unsupportedDepth == 0 { reportUnsupported(what) }
    unsupportedDepth += 1
    defer { unsupportedDepth -= 1 }
    let node = open(.unsupported)
    bump()
    parse(&self)
    close(node)
  }

  /// Skips `program`, `classify` or `prove` with its head and its braces.
  mutating func parseUnsupportedDeclaration() -> SyntaxKind {
    reportUnsupported("`\(text(of: index))`")
    bump()
    while !isAtEnd, kind != .leftBrace, kind != .rightBrace, !isStrongDeclaration(index) { bump() }
    if kind == .leftBrace { moveOverUnit() }
    return .unsupported
  }

  /// Parses `previously a [where (…)] [within … | since …]` as one `unsupported` node.
  mutating func parsePreviously() {
    unsupported("`previously`, which asks for earlier actions,") {
      $0.parsePath("an action type", after: "previously")
      if $0.accept(.where), $0.kind == .leftParenthesis { $0.moveOverUnit() }
      if $0.word == .within, $0.next.kind == .number {
        $0.bump()
        $0.parseAmount("an age")
      } else if $0.accept(.since) {
        $0.parsePath("an action type", after: "since")
      }
    }
  }

  /// Parses a test of a command or of a place as one `unsupported` node.
  mutating func parseUnsupportedTest() {
    guard enter() else { return }
    defer { leave() }
    let what: String
    switch word {
    case .within, .outside: what = "a place (`\(text(of: index))`)"
    default: what = "a test of a command (`\(text(of: index))`)"
    }
    unsupported(what) { parser in
      let head = parser.tokens[parser.index - 1].word
      switch head {
      case .within, .outside: parser.parseValue("a place")
      case .is: if parser.isAtWord { parser.bump() }
      case .only: if parser.isAtTest { parser.parseUnsupportedRest() }
      case .runs: parser.parseRuns()
      case .pipes:
        parser.parseValue("a program")
        if parser.accept(.into) { parser.parseValue("a program") }
      case .escalates: break
      default: parser.parseTarget()
      }
    }
  }

  /// Parses what follows `only`.
  private mutating func parseUnsupportedRest() {
    if accept(.runs) {
      parseRuns()
    } else {
      bump()
      parseTarget()
    }
  }

  private mutating func parseRuns() {
    parseValue("a program")
    while word == .with || word == .without {
      bump()
      _ = accept(.all)
      parseValue("options")
    }
    if accept(.operand) { parseTarget() }
  }

  /// Parses the test of an effect's target, if there is one.
  private mutating func parseTarget() {
    _ = accept(.not)
    guard isAtTest else { return }
    switch word {
    case .within where next.kind != .number, .outside: parseUnsupportedTest()
    default: parseAttributeTest(after: "the target")
    }
  }
}
