import TractatusSource

extension Parser {
  /// Parses unary conditions with `and` or `or` between them.
  mutating func parseCondition(_ what: String, after previous: String) {
    let node = open(.condition)
    var operands: [Range<Int>] = []
    var connectives: [Int] = []
    var start = index
    parseUnary(what, after: previous)
    while word == .and || word == .or {
      operands.append(start..<index)
      connectives.append(index)
      let connective = text(of: index)
      bump()
      start = index
      parseUnary("a condition", after: connective)
    }
    if let first = connectives.first {
      operands.append(start..<index)
      if let other = connectives.first(where: { tokens[$0].word != tokens[first].word }) {
        reportMixed(first, other, operands, connectives)
      }
    }
    close(node)
  }

  /// Says that `and` and `or` stand on one level, and offers parentheses around each `and`.
  private mutating func reportMixed(
    _ first: Int, _ other: Int, _ operands: [Range<Int>], _ connectives: [Int]
  ) {
    var edits: [SourceEdit] = []
    var from = 0
    for number in 0...connectives.count {
      guard number == connectives.count || tokens[connectives[number]].word == .or else { continue }
      if number > from {
        let start = tokens[operands[from].lowerBound].start
        let end = tokens[max(operands[number].upperBound - 1, 0)].end
        edits.append(
          SourceEdit(
            SourceSpan(source: source.id, start: start, end: start), replacement: "("))
        edits.append(
          SourceEdit(SourceSpan(source: source.id, start: end, end: end), replacement: ")"))
      }
      from = number + 1
    }
    log.add(
      Diagnostic(
        .mixedConnectives, "`and` and `or` on one level need parentheses to say which comes first",
        at: span(of: other), secondary: [LabelledSpan(span(of: first), "the other connective")],
        fixIts: [FixIt("put each `and` in parentheses", edits: edits)]))
  }

  private mutating func parseUnary(_ what: String, after previous: String) {
    guard enter() else { return }
    defer { leave() }
    switch word {
    case .not:
      let node = open(.notCondition)
      bump()
      parseUnary("a condition", after: "not")
      close(node)
    case .true, .false:
      let node = open(.literalCondition)
      bump()
      close(node)
    case .has:
      let node = open(.hasCondition)
      bump()
      parsePath("an attribute", after: "has")
      close(node)
    case .any, .all: parseQuantified()
    case .count: parseCount()
    case .previously: parsePreviously()
    default:
      if kind == .leftParenthesis {
        let node = open(.groupCondition)
        let bracket = index
        bump()
        parseCondition("a condition", after: "(")
        closeBracket(.rightParenthesis, "the parentheses", opened: bracket)
        close(node)
      } else {
        parseAttributeCondition(what, after: previous)
      }
    }
  }

  private mutating func parseQuantified() {
    let node = open(.quantifiedCondition)
    let head = text(of: index)
    bump()
    parseName("a name for the element", after: head)
    expect(.in, "between the element's name and the list")
    parsePath("a list", after: "in")
    expect(.satisfies, "and a condition in parentheses")
    let bracket = index
    if expect(.leftParenthesis, "before the condition on each element") {
      parseCondition("a condition", after: "(")
      closeBracket(.rightParenthesis, "the parentheses", opened: bracket)
    }
    close(node)
  }

  private mutating func parseCount() {
    let node = open(.countCondition)
    bump()
    let bracket = index
    expect(.leftParenthesis, "after `count`")
    if word == .previously {
      parsePreviously()
    } else {
      parsePath("the list to count", after: "(")
    }
    closeBracket(.rightParenthesis, "`count`", opened: min(bracket, index))
    _ = accept(.not)
    parseAttributeTest(after: "`count(…)`")
    close(node)
  }

  /// Parses `previously a [where (…)] [within … | since …]`.
  private mutating func parsePreviously() {
    let node = open(.previously)
    bump()
    parsePath("an action type", after: "previously")
    if accept(.where) {
      let bracket = index
      if expect(.leftParenthesis, "before the condition on the earlier action") {
        parseCondition("a condition", after: "(")
        closeBracket(.rightParenthesis, "the parentheses", opened: bracket)
      }
    }
    if word == .within, next.kind == .number {
      bump()
      parseAmount("an age")
    } else if accept(.since) {
      parsePath("an action type", after: "since")
    }
    close(node)
  }

  private mutating func parseAttributeCondition(_ what: String, after previous: String) {
    let isTest = isAtTest && !isFollowedByTest
    if !isTest, isAtWord, !isStrongDeclaration(index),
      word?.isReserved != true || isReservedAttribute
    {
      let node = open(.attributeCondition)
      parsePath(what, after: previous)
      _ = accept(.question)
      if word == .not, beginsTest(index + 1) || isForeignEquality(index + 1) { bump() }
      correctOperator()
      if isAtTest { parseAttributeTest(after: "the attribute") }
      close(node)
    } else if isTest {
      let node = open(.attributeCondition)
      report(
        .expectedCondition, "expected an attribute before \(found), which tests one",
        at: span(of: index))
      missing()
      parseAttributeTest(after: "the attribute")
      close(node)
    } else {
      report(.expectedCondition, "expected \(what) after `\(previous)`, found \(found)")
      missing()
    }
  }

  /// Whether a reserved word is followed as only an attribute is.
  private var isReservedAttribute: Bool {
    guard let word, !isFirstOnLine(index) else { return false }
    switch word {
    case .when, .unless, .because, .allow, .warn, .ask, .deny, .expect, .require, .needs, .on,
      .else, .and, .or:
      return false
    default: return isFollowedByTest
    }
  }

  /// Whether the token at hand is followed by what can only test it.
  private var isFollowedByTest: Bool {
    next.kind == .question || next.kind == .dot || next.kind.isComparison
  }

  /// Whether a test begins at the token at hand.
  var isAtTest: Bool { beginsTest(index) }

  func beginsTest(_ place: Int) -> Bool {
    let token = tokens[min(place, tokens.count - 1)]
    if token.kind.isComparison || token.kind == .equals { return true }
    switch token.word {
    case .in, .like, .matches, .mentions, .contains, .starts, .ends, .within, .outside, .is, .only,
      .runs, .reads, .writes, .deletes, .sends, .connects, .executes, .sets, .escalates, .pipes:
      return true
    default: return false
    }
  }

  /// Puts a misspelt operator word right when a value follows it on the line.
  mutating func correctOperator() {
    guard kind == .word, word == nil, !isFirstOnLine(index) else { return }
    if isForeignEquality(index) { return correctEquality() }
    switch next.kind {
    case .string, .regularExpression, .leftBracket, .number, .slash: break
    case .word where next.word == .with: break
    case .word where beginsTargetTest(index + 1): break
    default: return
    }
    let operators: [Word] = [
      .like, .matches, .mentions, .contains, .starts, .ends, .within, .outside, .runs, .reads,
      .writes, .deletes, .sends, .connects, .executes, .pipes,
    ]
    if let near = misspelt(operators + [.offer, .check, .notify, .because, .unless]),
      operators.contains(near)
    {
      correct(to: near)
      // The regular expression was lexed as a division, for want of the word before it.
      if near == .matches, kind == .word, next.kind == .slash { relexRegularExpression() }
    }
  }

  /// Drops the tokens of a misread regular expression up to the end of their line: they become
  /// one token.
  private mutating func relexRegularExpression() {
    let first = index + 1
    var last = first
    while last + 1 < tokens.count - 1, !isFirstOnLine(last + 1) {
      last += 1
      if tokens[last].kind == .slash { break }
    }
    guard last > first, tokens[last].kind == .slash else { return }
    let end = tokens[last].end
    tokens.replaceSubrange(
      first...last,
      with: [
        Token(kind: .regularExpression, word: nil, start: tokens[first].start, end: end)
      ])
  }

  /// Parses the test of an attribute.
  mutating func parseAttributeTest(after what: String) {
    correctOperator()
    if kind.isComparison || kind == .equals {
      let node = open(.comparisonTest)
      if kind == .equals {
        report(
          .expectedTest, "`=` names a value; `==` compares", at: span(of: index),
          fixIts: [FixIt("write `==`", replacing: span(of: index), with: "==")])
        tokens[index].kind = .equalEqual
      }
      bump()
      parseValue("a value to compare with")
      close(node)
      return
    }
    switch word {
    case .in:
      let node = open(.membershipTest)
      bump()
      correctParentheses()
      parseValue("a list, a value or a range")
      if accept(.dotDot) { parseValue("the upper end of the range") }
      close(node)
    case .like, .matches, .mentions, .contains, .starts, .ends: parseTextTest()
    case .within where next.kind == .number || next.word?.isUnit == true: parseWindow()
    case .within, .outside: parsePlaceTest()
    case .is, .only, .runs, .reads, .writes, .deletes, .sends, .connects, .executes, .sets,
      .escalates, .pipes:
      parseCommandTest()
    default:
      report(
        .expectedTest, "expected a test of \(what), such as `== 1`, found \(found)")
      missing()
    }
  }

  private mutating func parseTextTest() {
    let node = open(.textTest)
    let head = text(of: index)
    let isPair = word == .starts || word == .ends
    bump()
    if isPair { expect(.with, "after `\(head)`") }
    parseValue("a text or a list of texts")
    if accept(.ignoring) { expect(.case, "after `ignoring`") }
    close(node)
  }

  private mutating func parseWindow() {
    let node = open(.windowTest)
    bump()
    parseAmount("an age")
    while word == .and, next.kind == .number {
      bump()
      parseAmount("an age")
    }
    close(node)
  }
}
