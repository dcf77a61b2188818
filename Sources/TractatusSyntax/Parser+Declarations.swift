import TractatusSource

extension Parser {
  /// Parses a file: its `policy`, then declarations.
  mutating func parseFile() {
    _ = open(.file)
    var hasPolicy = false
    if word == nil, let near = misspelt([.policy]) { correct(to: near) }
    if word != .policy, !source.isTooLarge {
      log.add(
        Diagnostic(
          .missingPolicy,
          "a file begins with its package: `policy a.b \"title\" version \"1.0.0\"`",
          at: SourceSpan(source: source.id, start: token.start, end: token.end)))
      // What stands there instead of `policy` has been spoken of.
      if !isDeclarationWord(index), misspelt(Self.declarationWords) == nil {
        lastErrorIndex = index
      }
    }
    while !isAtEnd {
      if word == .policy {
        parsePolicy(isRepeated: hasPolicy)
        hasPolicy = true
      } else {
        parseDeclaration()
      }
    }
    closeRoot()
  }

  private mutating func parsePolicy(isRepeated: Bool) {
    if isRepeated {
      report(
        .repeatedPolicy, "the file has named its package before; a file holds one `policy`",
        at: span(of: index))
    }
    let node = open(.policy)
    bump()
    parsePath("the package's name", after: "policy")
    expectString("the package's title")
    expect(.version, "and a string after the package's title")
    expectString("the package's version")
    close(node)
  }

  /// Parses a declaration, or skips to the next one.
  private mutating func parseDeclaration() {
    if word == nil, let near = misspelt(Self.declarationWords), isPlausibleDeclaration {
      correct(to: near)
      if near == .policy { return }
    }
    guard isDeclarationWord(index) else {
      skipToDeclaration()
      return
    }
    let node = open(.unexpected)
    let modifiers = index
    while let word, word == .sealed || word == .shadow || word == .closed { bump() }
    if modifiers < index, word == nil, let near = misspelt(Self.declarationWords) {
      correct(to: near)
    }
    checkModifiers(modifiers..<index)
    if let declared = parseDeclaration(word) {
      turn(node, into: declared)
    } else {
      report(
        .expectedDeclaration, "expected a declaration after \(before), found \(found)")
    }
    close(node)
  }

  /// Whether what follows the name at hand is what follows a declaration's word.
  private var isPlausibleDeclaration: Bool {
    switch next.kind {
    case .word, .quotedName, .string, .leftBrace: true
    default: false
    }
  }

  /// Whether a declaration's word is followed by a colon, as in files of settings.
  private var isNamedAsField: Bool {
    next.kind == .colon && Self.declarationWords.contains { $0.rawValue == text(of: index) }
  }

  private mutating func skipToDeclaration() {
    if kind == .rightBrace || kind == .rightBracket || kind == .rightParenthesis {
      report(.strayCloser, "\(found) closes nothing", at: span(of: index))
    } else {
      report(
        .expectedDeclaration, "\(found) begins no declaration", at: span(of: index),
        notes: isNamedAsField
          ? ["a name follows the word, and the body stands in braces: `rule name \"title\" { … }`"]
          : [
            "declarations begin with `use`, `let`, `type`, `fact`, `action`, `otherwise`, `rule`,"
              + " `instruction`, `boundary`, `requirement`, `threshold`, `monitor`, `program`,"
              + " `waive`, `test`, `prove`, `classify`, `reading`"
          ])
    }
    let node = open(.unexpected)
    repeat {
      moveOverUnit()
    } while !isAtEnd && !isDeclarationWord(index) && !isMisspeltDeclaration
    close(node)
  }

  private var isMisspeltDeclaration: Bool {
    kind == .word && word == nil && isFirstOnLine(index) && isPlausibleDeclaration
      && misspelt(Self.declarationWords) != nil
  }

  /// Says which modifiers do not apply to the declaration at hand.
  private mutating func checkModifiers(_ modifiers: Range<Int>) {
    for place in modifiers {
      let applies =
        switch (tokens[place].word, word) {
        case (.sealed, .rule), (.sealed, .instruction), (.sealed, .boundary),
          (.sealed, .requirement), (.sealed, .threshold), (.sealed, .action),
          (.sealed, .otherwise), (.shadow, .rule), (.shadow, .instruction), (.shadow, .boundary),
          (.shadow, .requirement), (.shadow, .threshold), (.closed, .action):
          true
        default: false
        }
      let isRepeated = modifiers.contains { $0 < place && tokens[$0].word == tokens[place].word }
      guard !applies || isRepeated, let modifier = tokens[place].word else { continue }
      if !applies, !isDeclarationWord(index) { continue }
      let what = isRepeated ? "repeats itself" : "does not apply to \(found)"
      log.add(
        Diagnostic(
          .misplacedModifier, "`\(modifier.rawValue)` \(what)", at: span(of: place),
          notes: [
            "`sealed` stands before policy rules, `threshold`, `action` and `otherwise`, `shadow`"
              + " before policy rules and `threshold`, `closed` before `action`"
          ],
          fixIts: [
            FixIt("remove `\(modifier.rawValue)`", replacing: span(of: place), with: "")
          ]))
    }
  }

  /// Parses the declaration that a word begins; nil when the word begins none.
  private mutating func parseDeclaration(_ word: Word?) -> SyntaxKind? {
    switch word {
    case .use: parseUse()
    case .let: parseLet()
    case .type: parseType()
    case .fact: parseFact()
    case .action: parseAction()
    case .otherwise: parseOtherwise()
    case .rule, .instruction, .boundary, .requirement: parseRule()
    case .threshold: parseThreshold()
    case .monitor: parseMonitor()
    case .waive: parseWaive()
    case .test: parseTest()
    case .program: parseProgram()
    case .classify: parseClassify()
    case .reading: parseReading()
    case .prove: parseProve()
    default: nil
    }
  }

  private mutating func parseUse() -> SyntaxKind {
    bump()
    parsePath("a package's name", after: "use")
    return .useDeclaration
  }

  private mutating func parseLet() -> SyntaxKind {
    bump()
    parseName("a name for the value", after: "let")
    if accept(.on) { parseTypes() }
    expect(.equals, "before the value of the `let`")
    if isAtConstant {
      parseValue("a constant, a list or a condition")
    } else {
      parseCondition("a constant, a list or a condition", after: "=")
    }
    return .letDeclaration
  }

  /// Whether a constant begins at the token at hand, and not a condition.
  private var isAtConstant: Bool {
    if isAtLiteral || kind == .minus || kind == .leftBracket || kind == .leftBrace { return true }
    guard word == .true || word == .false else { return false }
    return next.word != .and && next.word != .or
  }

  private mutating func parseType() -> SyntaxKind {
    bump()
    parseName("the type's name", after: "type")
    expect(.equals, "after the type's name")
    parseShape(after: "=")
    return .typeDeclaration
  }

  private mutating func parseFact() -> SyntaxKind {
    bump()
    parsePath("the fact's name", after: "fact")
    expect(.colon, "before the fact's type")
    parseShape(after: ":")
    _ = accept(.optional)
    if accept(.else) { parseValue("the value where the fact is not supplied") }
    return .factDeclaration
  }

  private mutating func parseAction() -> SyntaxKind {
    bump()
    parsePath("the action type's name", after: "action")
    parseTitle()
    var first: Int?
    parseBody(.action, of: "the action type") { $0.parseActionPart(&first) }
    return .actionDeclaration
  }

  private mutating func parseActionPart(_ firstOtherwise: inout Int?) {
    switch word {
    case .extract: parseExtract()
    case .from: parseSource()
    case .otherwise:
      reportRepeated(&firstOtherwise, "otherwise", "an action type")
      let node = open(.otherwise)
      _ = parseOtherwise()
      close(node)
    default: parseField()
    }
  }

  /// Says that a clause which stands once in its body stands there again.
  mutating func reportRepeated(_ first: inout Int?, _ clause: String, _ body: String) {
    guard let earlier = first else {
      first = index
      return
    }
    report(
      .repeatedClause, "\(body) has one `\(clause)`; this is another", at: span(of: index),
      secondary: [LabelledSpan(span(of: earlier), "the first one")])
  }

  private mutating func parseOtherwise() -> SyntaxKind {
    bump()
    parseVerdict(after: "otherwise")
    parseBecause()
    return .otherwise
  }

  /// Parses `extract name from path …`, whose word is at hand.
  mutating func parseExtract() {
    let node = open(.extract)
    bump()
    parseName("the parameter to fill", after: "extract")
    expect(.from, "and an attribute after the parameter")
    parsePath("the attribute to read", after: "from")
    if accept(.option) {
      parseValue("an option, or a list of options")
    } else {
      expect(
        .matching, "and a regular expression, or `option` and its spellings, after the attribute")
      expectLiteral(.regularExpression, "of which the first group is the value")
      _ = accept(.joined)
    }
    close(node)
  }

  private mutating func parseSource() {
    let node = open(.toolSource)
    bump()
    if word == nil, let near = misspelt([.tool, .action, .result, .event]) { correct(to: near) }
    switch word {
    case .action:
      turn(node, into: .actionSource)
      bump()
      parsePath("an action type", after: "action")
      if accept(.when) { parseCondition("a condition", after: "when") }
    case .result:
      turn(node, into: .resultSource)
      bump()
      expect(.of, "and the name of a tool after `result`")
      parseTools()
    case .event:
      turn(node, into: .eventSource)
      bump()
      expectString("the name of an event")
      parseFieldMappings()
    default:
      expect(.tool, "`result of`, `event` or `action` after `from`")
      parseTools()
    }
    close(node)
  }

  private mutating func parseTools() {
    repeat { expectString("the name of a tool") } while accept(.comma)
    parseFieldMappings()
  }

  private mutating func parseFieldMappings() {
    guard accept(.with) else { return }
    repeat {
      let node = open(.fieldMapping)
      parseName("a parameter", after: "with")
      expect(.equals, "between the parameter and the call's field")
      parsePath("the call's field", after: "=")
      close(node)
    } while accept(.comma)
  }

  private mutating func parseWaive() -> SyntaxKind {
    bump()
    parsePath("the policy rule to waive", after: "waive")
    if accept(.on) { parseTypes() }
    parseGuards(others: [.from, .on])
    expect(.from, "and the first day of the waiver")
    expectLiteral(.date, "the waiver's first day")
    expect(.until, "and the last day of the waiver")
    expectLiteral(.date, "the waiver's last day")
    parseBecause()
    if tokens[index - 1].kind != .string, tokens[index - 1].kind != .blockString {
      report(.expectedToken, "expected `because` and the waiver's reason, found \(found)")
      missing()
    }
    expect(.approved, "`by` and who approved the waiver")
    expect(.by, "after `approved`")
    repeat { expectString("who approved the waiver") } while accept(.comma)
    return .waiveDeclaration
  }
}
