import TractatusSource

extension Parser {
  /// Parses a classification, whose word is at hand.
  mutating func parseClassify() -> SyntaxKind {
    bump()
    parseName("what is classified", after: "classify")
    expect(.of, "and `text` after what is classified")
    if isAtWord, text(of: index) == "text" {
      bump()
    } else {
      report(
        .expectedToken, "expected `text` after `of`, found \(found)",
        notes: ["what is classified is the text of an instruction"],
        fixIts: [FixIt("insert `text`", replacing: gap, with: " text")])
      missing()
    }
    var state = ClassifyState()
    parseBody(.classify, of: "the classification") { $0.parseClassifyPart(&state) }
    return .classifyDeclaration
  }

  /// What has been met in the body of a classification or reading.
  struct ClassifyState {
    var on: Int?
    var clause: Int?
    var otherwise: Int?
    var base: Int?
    var store: Int?
    var when: Int?
    var unless: Int?
  }

  private mutating func parseClassifyPart(_ state: inout ClassifyState) {
    switch word {
    case .case:
      let node = open(.classifyCase)
      bump()
      parseName("a word of what is classified", after: "case")
      parseBody(.classifyCase, of: "the case") { $0.parsePoint(allowsEach: true) }
      close(node)
    case .otherwise:
      reportRepeated(&state.otherwise, "otherwise", "a classification")
      let node = open(.classifyOtherwise)
      bump()
      parseName("a word of what is classified", after: "otherwise")
      close(node)
    case .base:
      reportRepeated(&state.base, "base", "a classification")
      parseBase()
    case .add, .subtract: parsePoint(allowsEach: true)
    case .level: parseLevel()
    case .store:
      reportRepeated(&state.store, "store", "a classification")
      let node = open(.storedFrom)
      bump()
      expect(.from, "and a percentage after `store`")
      expectNumber("from which on an instruction is stored")
      close(node)
    case .extract: parseExtract()
    default:
      let node = open(.usualValue)
      bump()
      parseName("the parameter that has the value", after: "usual")
      repeat { parseValue("the usual value") } while accept(.comma)
      expect(.when, "and a condition after the usual value")
      parseCondition("a condition", after: "when")
      close(node)
    }
  }

  /// Parses a reading, whose word is at hand.
  mutating func parseReading() -> SyntaxKind {
    bump()
    let name = index
    parseName("the reading's name", after: "reading")
    parseTitle()
    var state = ClassifyState()
    let errorBefore = lastErrorIndex
    parseBody(.reading, of: "the reading") { $0.parseReadingPart(&state) }
    if state.on == nil, lastErrorIndex == errorBefore {
      log.add(
        Diagnostic(
          .missingOn, "the reading does not say which action types its clauses are about",
          at: span(of: min(name, index)),
          notes: ["write `on` and the names of action types before the clauses"]))
    }
    return .readingDeclaration
  }

  private mutating func parseReadingPart(_ state: inout ClassifyState) {
    if isAtWord, next.kind == .colon {
      reportLate(state, "what it takes from the text")
      parseField()
      return
    }
    switch word {
    case .when, .unless:
      reportLate(state, "its condition")
      let isWhen = word == .when
      if isWhen {
        reportRepeated(&state.when, "when", "a reading")
      } else {
        reportRepeated(&state.unless, "unless", "a reading")
      }
      let node = open(isWhen ? .whenGuard : .unlessGuard)
      bump()
      parseCondition("a condition", after: isWhen ? "when" : "unless")
      close(node)
    case .extract:
      reportLate(state, "what it takes from the text")
      parseExtract()
    case .on: parseOn(&state.on, body: "a reading", clause: state.clause)
    default:
      if state.clause == nil { state.clause = index }
      parseClause()
    }
  }

  /// Says that a part of a reading stands after its `on`.
  private mutating func reportLate(_ state: ClassifyState, _ what: String) {
    guard let on = state.on ?? state.clause else { return }
    report(
      .misplacedMetadata, "a reading has \(what) before its `on`", at: span(of: index),
      secondary: [LabelledSpan(span(of: on), "the clauses begin here")])
  }
}
