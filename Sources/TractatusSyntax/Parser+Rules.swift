import TractatusSource

extension Parser {
  /// Parses a policy rule, whose head is at hand.
  mutating func parseRule() -> SyntaxKind {
    let head = text(of: index)
    bump()
    let name = index
    parseName("the policy rule's name", after: head)
    parseTitle()
    var state = RuleState()
    let errorBefore = lastErrorIndex
    parseBody(.rule, of: "the \(head)") { $0.parseRulePart(&state) }
    if state.on == nil, lastErrorIndex == errorBefore {
      log.add(
        Diagnostic(
          .missingOn, "the \(head) does not say which action types it is about",
          at: span(of: min(name, index)),
          notes: ["write `on any`, or `on` and the names of action types, after the metadata"]))
    }
    return .ruleDeclaration
  }

  /// What has been met in a policy rule's body.
  struct RuleState {
    var on: Int?
    var clause: Int?
  }

  private mutating func parseRulePart(_ state: inout RuleState) {
    if isAtNamedPart(of: .rule) {
      if let on = state.on ?? state.clause {
        report(
          .misplacedMetadata, "metadata stands before the rule's `on`", at: span(of: index),
          secondary: [LabelledSpan(span(of: on), "the metadata ends here")])
      }
      parseMetadata()
      return
    }
    if word == .on {
      parseOn(&state.on, body: "a policy rule", clause: state.clause)
      return
    }
    if state.clause == nil { state.clause = index }
    parseClause()
  }

  /// Parses `name: value`.
  mutating func parseMetadata() {
    let node = open(.metadata)
    parseName("a name", after: "{")
    expect(.colon, "between the name and its value")
    parseValue("the value of the metadata")
    close(node)
  }

  /// Parses the `on` of a body.
  mutating func parseOn(_ first: inout Int?, body: String, clause: Int?) {
    if let clause, first == nil {
      report(
        .misplacedMetadata, "`on` stands before the first clause of \(body)", at: span(of: index),
        secondary: [LabelledSpan(span(of: clause), "the first clause")])
    }
    reportRepeated(&first, "on", body)
    let node = open(.on)
    bump()
    parseTypes()
    parseGuards()
    close(node)
  }

  /// Parses `any`, or names of action types.
  mutating func parseTypes(after previous: String = "on") {
    let node = open(.types)
    if !accept(.any) {
      repeat { parsePath("an action type or `any`", after: previous) } while accept(.comma)
    }
    close(node)
  }

  /// Parses `[when condition] [unless condition]`; `others` are words that may follow.
  mutating func parseGuards(others: [Word] = [.because]) {
    var seen: [Word] = []
    while seen.count < 2 {
      if word == nil, let near = misspelt([.when, .unless] + others),
        near == .when || near == .unless
      {
        correct(to: near)
      }
      guard let word, word == .when || word == .unless else { return }
      // `unless` before `when`, or one of them twice, is no guard: the caller complains.
      if seen.contains(word) || seen.contains(.unless) { return }
      seen.append(word)
      let node = open(word == .when ? .whenGuard : .unlessGuard)
      bump()
      parseCondition("a condition", after: word.rawValue)
      close(node)
    }
  }

  /// Parses `[because "…"]`.
  mutating func parseBecause() {
    if word == nil, let near = misspelt([.because]) { correct(to: near) }
    guard word == .because || kind == .string || kind == .blockString else { return }
    let node = open(.because)
    expect(.because, "before the reason")
    let place = index
    if expectString("the reason") {
      let text = tokens[place]
      if source.bytes[Int(text.start)..<Int(text.end)].contains(0x7B) {
        let decoder = StringDecoder(source: source, token: text, interpolates: true)
        for problem in decoder.problems where problem.code == .invalidInterpolation {
          log.add(problem)
        }
      }
    }
    close(node)
  }

  /// Parses one of allow, warn, ask and deny.
  mutating func parseVerdict(after previous: String) {
    let verdicts: [Word] = [.allow, .warn, .ask, .deny]
    if let word, word.isVerdict {
      bump()
    } else if acceptMisspelt(verdicts) == nil {
      report(
        .expectedVerdict,
        "expected `allow`, `warn`, `ask` or `deny` after `\(previous)`, found \(found)")
      missing()
    }
  }

  /// Parses a clause, whose first word is at hand.
  mutating func parseClause() {
    switch word {
    case .expect: parseExpect()
    case .require: parseRequire()
    case .example: parseExample()
    case .deliberate: parseDeliberate()
    case .offer, .check, .notify:
      let node = open(.obligation)
      let head = text(of: index)
      bump()
      expectString("what to \(head)")
      close(node)
    default: parseEffect()
    }
  }

  private mutating func parseEffect() {
    let node = open(.effect)
    if accept(.needs) {
      expect(.human, "after `needs`")
      if word != .judgment, word != .approval {
        if acceptMisspelt([.judgment, .approval]) == nil {
          report(
            .expectedToken,
            "expected `judgment` or `approval` after `needs human`, found \(found)",
            fixIts: [FixIt("insert `judgment`", replacing: gap, with: " judgment")])
          missing()
        }
      } else {
        bump()
      }
    } else {
      bump()
    }
    parseGuards()
    let reason = index
    parseBecause()
    if index > reason, word == .when || word == .unless { parseLateGuards(reason..<index) }
    close(node)
  }

  private mutating func parseExpect() {
    let node = open(.expect)
    bump()
    parsePath("the attribute that is expected to be something", after: "expect")
    _ = accept(.not)
    let test = index
    parseAttributeTest(after: "the attribute")
    while word == .instead || word == .correct {
      if tokens[test].kind != .equalEqual {
        report(
          .misplacedInstead, "\(found) needs one expected value, given by `==`",
          at: span(of: index))
      }
      guard word == .instead else {
        bump()
        break
      }
      let instead = open(.insteadOf)
      bump()
      expect(.of, "after `instead`")
      parseValue("the usual default")
      close(instead)
    }
    parseGuards()
    parseBecause()
    close(node)
  }

  private mutating func parseRequire() {
    let node = open(.require)
    bump()
    parseCondition("a condition", after: "require")
    if word == .else {
      let verdict = open(.elseVerdict)
      bump()
      parseVerdict(after: "else")
      close(verdict)
    }
    parseBecause()
    close(node)
  }

  private mutating func parseExample() {
    let node = open(.example)
    bump()
    parseVerdict(after: "example")
    if isAtWord, !isAtKeyedValue { parsePath("an action type", after: "example") }
    parseRecord("the action's parameters in braces")
    if word == .given { parseGiven() }
    close(node)
  }

  /// Parses `given { … }`.
  mutating func parseGiven() {
    let node = open(.given)
    bump()
    parseRecord("what the surroundings supply, in braces")
    close(node)
  }

  private mutating func parseDeliberate() {
    let node = open(.deliberate)
    bump()
    parseBody(.deliberate, of: "the deliberation") { $0.parseDeliberatePart() }
    close(node)
  }

  private mutating func parseDeliberatePart() {
    switch word {
    case .tension:
      let node = open(.tension)
      bump()
      expectString("the tension")
      close(node)
    case .framework:
      let node = open(.framework)
      bump()
      expectString("the framework's name")
      expect(.holds, "and a position after the framework's name")
      expectString("what the framework holds")
      if accept(.from) {
        if kind == .leftBracket {
          parseValue("a list")
        } else {
          report(
            .expectedValue, "expected a list in brackets of who holds it, found \(found)")
          missing()
        }
      }
      close(node)
    case .review:
      let node = open(.review)
      bump()
      expect(.after, "and a time after `review`")
      parseAmount("the time after which to look again")
      close(node)
    default: parseMetadata()
    }
  }
}
