import TractatusSource

extension Parser {
  /// Parses a name where something is named.
  mutating func parseName(_ what: String, after previous: String) {
    let node = open(.name)
    if isAtName(what, after: previous) {
      bump()
      close(node)
      skipHyphens()
    } else {
      turn(node, into: .missing)
      close(node)
    }
  }

  /// Parses names with dots between them.
  mutating func parsePath(_ what: String, after previous: String) {
    let node = open(.path)
    guard isAtName(what, after: previous) else {
      turn(node, into: .missing)
      close(node)
      return
    }
    bump()
    while kind == .dot {
      bump()
      if isAtWord, !isFirstOnLine(index) {
        bump()
      } else {
        report(.expectedName, "expected a name after `.`, found \(found)")
        break
      }
    }
    close(node)
  }

  /// Whether a name is at hand; says why not. A reserved word is taken for a name, with a
  /// complaint, when it stands on the same line.
  private mutating func isAtName(_ what: String, after previous: String) -> Bool {
    if isAtWord, word?.isReserved != true, !isStrongDeclaration(index) { return true }
    if let word, word.isReserved, !isFirstOnLine(index), isFollowedAsName(word) {
      let place = span(of: index)
      report(
        .reservedName,
        "`\(word.rawValue)` is a word of the language, so that as a name it stands in backticks",
        at: place,
        fixIts: [
          FixIt("write it in backticks", replacing: place, with: "`\(word.rawValue)`")
        ])
      return true
    }
    report(.expectedName, "expected \(what) after `\(previous)`, found \(found)")
    return false
  }

  /// Whether what follows a reserved word shows that it was meant as a name.
  private func isFollowedAsName(_ word: Word) -> Bool {
    switch next.kind {
    case .leftBrace, .rightBracket, .rightBrace, .comma, .equals, .dot, .question, .percent,
      .endOfFile:
      true
    case .string: word != .because && word != .matches && word != .like
    case .equalEqual, .bangEqual, .less, .lessEqual, .greater, .greaterEqual: true
    default:
      isFirstOnLine(min(index + 1, tokens.count - 1)) || next.word == .from || next.word == .stale
        || next.word == .on
    }
  }

  /// Parses a literal, list, record or path.
  mutating func parseValue(_ what: String) {
    guard enter() else { return }
    defer { leave() }
    switch kind {
    case .leftBracket: parseList()
    case .leftBrace: parseRecord(what)
    case .minus, .number, .percent, .date, .time, .string, .blockString, .regularExpression:
      parseLiteral()
    case .word where word == .true || word == .false:
      let node = open(.literal)
      bump()
      close(node)
    case .word where word?.isReserved != true && !isStrongDeclaration(index) && !isAtInstead,
      .quotedName:
      parsePath(what, after: "")
    case .word where word?.isReserved == true && !isFirstOnLine(index) && isReservedValue:
      parsePath(what, after: "")
    default:
      report(.expectedValue, "expected \(what) after \(before), found \(found)")
      missing()
    }
  }

  /// Whether `instead of` is at hand, before which the value is missing.
  private var isAtInstead: Bool { word == .instead && next.word == .of }

  /// Whether the reserved word at hand stands between the signs of a list or record, where it
  /// can only be meant as a value.
  private var isReservedValue: Bool {
    guard index > 0 else { return false }
    switch tokens[index - 1].kind {
    case .leftBracket, .comma, .colon:
      return next.kind == .comma || next.kind == .rightBracket || next.kind == .rightBrace
        || isFirstOnLine(min(index + 1, tokens.count - 1))
    default: return false
    }
  }

  private mutating func parseLiteral() {
    let node = open(.literal)
    if accept(.minus), kind != .number {
      expectLiteral(.number, "after `-`")
    } else {
      let isNumber = kind == .number
      bump()
      if isNumber {
        if let word, word.isUnit {
          bump()
        } else if !isFirstOnLine(index), kind == .word, word == nil,
          let near = misspelt(Self.units),
          misspelt([.offer, .check, .correct, .notify]) == nil
        {
          correct(to: near)
          bump()
        }
      }
    }
    close(node)
  }

  static let units: [Word] = [
    .message, .messages, .token, .tokens, .call, .calls, .second, .seconds, .minute, .minutes,
    .hour, .hours, .day, .days, .week, .weeks,
  ]

  private mutating func parseList() {
    let node = open(.list)
    let bracket = index
    bump()
    while isAtValue {
      let start = index
      parseValue("a value")
      guard index > start, acceptSeparator(.rightBracket) else { break }
    }
    closeList(bracket)
    close(node)
  }

  private mutating func closeList(_ bracket: Int) {
    if kind != .rightBracket, !isAtEnd, !isFirstOnLine(index), word?.isReserved != true,
      kind != .rightBrace
    {
      // Something inside the brackets belongs there no more than a value does: skip to the end
      // of the brackets if they end on this line.
      if let place = placeOnLine(of: .rightBracket) {
        report(.expectedValue, "expected a value or `]` after \(before), found \(found)")
        let junk = open(.unexpected)
        while index < place { bump() }
        close(junk)
      }
    }
    closeBracket(.rightBracket, "the list", opened: bracket)
  }

  /// Whether a value can begin at the token at hand.
  private var isAtValue: Bool {
    if isAtLiteral || kind == .minus || kind == .leftBracket || kind == .leftBrace
      || kind == .quotedName
    {
      return true
    }
    guard kind == .word, !isAtInstead else { return false }
    if word?.isReserved != true { return !isStrongDeclaration(index) }
    return word == .true || word == .false || isReservedValue
  }

  /// Parses `{ a.b: value, … }`.
  mutating func parseRecord(_ what: String) {
    guard kind == .leftBrace else {
      report(.expectedToken, "expected `{` and \(what), found \(found)")
      guard isAtKeyedValue else {
        missing()
        return
      }
      // The fields are there without their brace.
      parseRecordFields(opened: index)
      return
    }
    parseRecordFields(opened: index)
  }

  /// Parses a record, perhaps without its opening brace.
  private mutating func parseRecordFields(opened brace: Int) {
    guard enter() else { return }
    defer { leave() }
    let node = open(.record)
    _ = accept(.leftBrace)
    while isAtWord, isAtRecordField {
      let start = index
      let field = open(.recordField)
      parsePath("a name", after: "{")
      expect(.colon, "between the name and its value")
      parseValue("the value")
      close(field)
      guard index > start, acceptSeparator(.rightBrace) else { break }
    }
    if kind != .rightBrace, !isAtEnd, !isAtWord, !isStrongDeclaration(index) {
      report(.expectedToken, "expected `name: value` or `}` in the record, found \(found)")
      skipUnexpected { $0.isAtWord && $0.isFirstOnLine($0.index) }
    }
    closeBracket(.rightBrace, "the record", opened: brace)
    close(node)
  }

  /// Whether `a.b:` follows, or something on the same line that can only be meant so.
  private var isAtRecordField: Bool {
    if word?.isReserved == true || isStrongDeclaration(index) { return false }
    return word == nil || isAtKeyedValue
  }

  /// Whether `a.b:` follows.
  var isAtKeyedValue: Bool {
    guard isAtWord else { return false }
    var place = index + 1
    while place + 1 < tokens.count, tokens[place].kind == .dot { place += 2 }
    return place < tokens.count && tokens[place].kind == .colon
  }

  /// Parses a number with a unit.
  mutating func parseAmount(_ what: String) {
    let node = open(.amount)
    if accept(.number) {
      if let word, word.isUnit {
        bump()
      } else if acceptMisspelt(Self.units) == nil {
        report(
          .expectedAmount, "expected a unit after the number, found \(found)",
          notes: ["units are messages, tokens, calls, seconds, minutes, hours, days and weeks"])
        missing()
      }
    } else if word?.isUnit == true, !isFirstOnLine(index) {
      report(.expectedAmount, "expected a number before \(found)", at: span(of: index))
      bump()
    } else {
      report(.expectedAmount, "expected \(what), such as `20 messages`, found \(found)")
      missing()
    }
    close(node)
  }
}
