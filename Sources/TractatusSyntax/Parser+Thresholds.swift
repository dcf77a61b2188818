import TractatusSource

extension Parser {
  /// Parses a threshold, whose word is at hand.
  mutating func parseThreshold() -> SyntaxKind {
    bump()
    parseName("the threshold's name", after: "threshold")
    parseTitle()
    var state = ThresholdState()
    parseBody(.threshold, of: "the threshold") { $0.parseThresholdPart(&state) }
    return .thresholdDeclaration
  }

  /// What has been met in a threshold's body.
  struct ThresholdState {
    var on: Int?
    var clause: Int?
    var given: Int?
    var base: Int?
    var unmeasured: Int?
  }

  private mutating func parseThresholdPart(_ state: inout ThresholdState) {
    if word == .on {
      parseOn(&state.on, body: "a threshold", clause: state.clause)
      return
    }
    if state.clause == nil { state.clause = index }
    switch word {
    case .given:
      reportRepeated(&state.given, "given", "a threshold")
      let node = open(.givenScore)
      bump()
      parsePath("the score that may be supplied", after: "given")
      close(node)
    case .base:
      reportRepeated(&state.base, "base", "a threshold")
      parseBase()
    case .factor: parseFactor()
    case .add, .subtract: parsePoint(allowsEach: false)
    case .level: parseLevel()
    default:
      reportRepeated(&state.unmeasured, "unmeasured", "a threshold")
      let node = open(.unmeasured)
      bump()
      parseVerdict(after: "unmeasured")
      parseBecause()
      close(node)
    }
  }

  /// Parses `base number`.
  mutating func parseBase() {
    let node = open(.base)
    bump()
    expectNumber("what the score begins with")
    close(node)
  }

  /// Parses `add number when …`, and where it is allowed `add number for each …`.
  mutating func parsePoint(allowsEach: Bool) {
    let node = open(.point)
    let head = text(of: index)
    bump()
    expectNumber("how much to \(head)")
    if allowsEach, word == .for {
      bump()
      expect(.each, "after `for`")
      parseValue("a list of terms, or its name")
    } else {
      expect(
        .when,
        allowsEach
          ? "and a condition, or `for each` and terms, after the number"
          : "and a condition after the number")
      parseCondition("a condition", after: "when")
    }
    close(node)
  }

  private mutating func parseFactor() {
    let node = open(.factor)
    bump()
    parseName("the factor's name", after: "factor")
    expectLiteral(.percent, "the factor's weight")
    expect(.equals, "before the factor's value")
    parseSum("the factor's value", after: "=")
    if accept(.else) { expectNumber("the value where an input is missing") }
    close(node)
  }

  /// Parses `level name from 30% …`.
  mutating func parseLevel() {
    let node = open(.level)
    bump()
    parseName("the level's name", after: "level")
    expect(.from, "and a percentage after the level's name")
    expectLiteral(.percent, "at which the level begins")
    if let word, word.isVerdict {
      bump()
      parseBecause()
    } else if acceptMisspelt([.allow, .warn, .ask, .deny]) != nil {
      parseBecause()
    }
    close(node)
  }

  /// Parses products with `+` and `-` between them.
  private mutating func parseSum(_ what: String, after previous: String) {
    guard enter() else { return }
    defer { leave() }
    let node = open(.sum)
    parseProduct(what, after: previous)
    while kind == .plus || kind == .minus {
      let sign = kind.sign
      bump()
      parseProduct("a number or an attribute", after: sign)
    }
    close(node)
  }

  private mutating func parseProduct(_ what: String, after previous: String) {
    let node = open(.product)
    parseOperand(what, after: previous)
    while kind == .star || kind == .slash {
      let sign = kind.sign
      bump()
      parseOperand("a number or an attribute", after: sign)
    }
    close(node)
  }

  private mutating func parseOperand(_ what: String, after previous: String) {
    let node = open(.operand)
    let first = index
    if kind == .number || kind == .percent {
      bump()
    } else if accept(.count) {
      expect(.leftParenthesis, "after `count`")
      parsePath("the list to count", after: "(")
      closeBracket(.rightParenthesis, "`count`", opened: min(first + 1, index))
    } else if accept(.leftParenthesis) {
      parseSum("a number or an attribute", after: "(")
      closeBracket(.rightParenthesis, "the parentheses", opened: first)
    } else if isAtWord, word?.isReserved != true {
      parsePath(what, after: previous)
    } else {
      report(
        .expectedValue, "expected \(what) after `\(previous)`, found \(found)",
        notes: ["a factor is made of numbers, attributes, `count(…)`, `+`, `-`, `*` and `/`"])
      missing()
    }
    close(node)
  }
}
