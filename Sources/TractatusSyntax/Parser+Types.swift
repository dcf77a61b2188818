import TractatusSource

extension Parser {
  /// Parses `name: shape [optional]`.
  mutating func parseField() {
    let node = open(.field)
    parseName("a name", after: "{")
    expect(.colon, "between the name and its type")
    parseShape(after: ":")
    _ = accept(.optional)
    close(node)
  }

  /// Parses a type.
  mutating func parseShape(after previous: String) {
    guard enter() else { return }
    defer { leave() }
    if word == .one, next.word == .of || next.kind == .leftBracket {
      parseEnumeration()
    } else if word == .list, next.word == .of || isElementNext {
      let node = open(.listShape)
      bump()
      expect(.of, "after `list`")
      parseShape(after: "of")
      close(node)
    } else if kind == .leftBrace {
      parseRecordShape()
    } else if isAtWord, word?.isReserved != true, !isStrongDeclaration(index) {
      let node = open(.namedShape)
      parsePath("a type", after: previous)
      if accept(.in) {
        parseBound()
        expect(.dotDot, "between the lower and the upper bound")
        parseBound()
      }
      close(node)
    } else {
      report(.expectedShape, "expected a type after `\(previous)`, found \(found)")
      missing()
    }
  }

  /// Whether a type follows `list` on its line, so that `of` is missing between them.
  private var isElementNext: Bool {
    guard next.kind == .word || next.kind == .leftBrace else { return false }
    guard next.word == nil || next.word == .list || next.word == .one else { return false }
    return !isFirstOnLine(index + 1)
  }

  private mutating func parseEnumeration() {
    let node = open(.enumerationShape)
    bump()
    expect(.of, "after `one`")
    let bracket = index
    if expect(.leftBracket, "before the values of the enumeration") {
      while isAtWord {
        let start = index
        parseName("a value of the enumeration", after: "[")
        guard index > start, acceptSeparator(.rightBracket) else { break }
      }
      closeBracket(.rightBracket, "the values", opened: bracket)
    }
    close(node)
  }

  private mutating func parseRecordShape() {
    let node = open(.recordShape)
    let brace = index
    bump()
    while isAtWord {
      let start = index
      parseField()
      guard index > start, acceptSeparator(.rightBrace) else { break }
    }
    closeBracket(.rightBrace, "the record type", opened: brace)
    close(node)
  }

  /// Takes a comma; says that it is missing if the next element follows without one. False when
  /// the sequence is at its end.
  mutating func acceptSeparator(_ end: TokenKind) -> Bool {
    if accept(.comma) { return true }
    guard kind != end, isAtLiteral || isAtWord || kind == .leftBracket else { return false }
    // A word of the language on a line of its own rather begins what follows an open bracket.
    if isFirstOnLine(index), word != nil { return false }
    if word?.isReserved == true, word != .true, word != .false { return false }
    report(
      .expectedToken, "expected `,` before \(found)", at: span(of: index),
      fixIts: [FixIt("insert `,`", replacing: gap, with: ",")])
    return true
  }

  private mutating func parseBound() {
    let node = open(.bound)
    _ = accept(.minus)
    if kind == .number || kind == .date || kind == .time {
      bump()
    } else {
      expectLiteral(.number, "a bound of the type")
    }
    close(node)
  }
}
