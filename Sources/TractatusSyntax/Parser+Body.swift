import TractatusSource

/// The bodies in braces, by the clauses that may stand in them.
enum BodyKind {
  case action
  case rule
  case threshold
  case monitor
  case test
  case prove
  case deliberate
  case program
  case classify
  case classifyCase
  case reading

  /// The words that begin the body's clauses.
  var words: [Word] {
    switch self {
    case .action: [.extract, .from, .otherwise]
    case .rule:
      [
        .on, .allow, .warn, .ask, .deny, .needs, .expect, .require, .offer, .check, .notify,
        .example, .deliberate,
      ]
    case .threshold: [.on, .given, .base, .factor, .add, .subtract, .level, .unmeasured]
    case .monitor: [.component, .checkpoints, .report]
    case .test: [.given, .earlier, .action, .expect]
    case .prove: [.always, .never]
    case .deliberate: [.tension, .framework, .review]
    case .program:
      [
        .flag, .option, .subcommand, .reads, .writes, .deletes, .sends, .connects, .executes,
        .sets, .escalates, .yields,
      ]
    case .classify:
      [.case, .otherwise, .base, .add, .subtract, .level, .store, .extract, .usual]
    case .classifyCase: [.add, .subtract]
    case .reading: [.when, .unless, .extract] + BodyKind.rule.words
    }
  }

  /// Whether `name: …` may stand in the body.
  var hasNamedParts: Bool {
    self == .action || self == .rule || self == .deliberate || self == .reading
  }

  /// What a message calls the parts of the body.
  var described: String {
    switch self {
    case .action: "an action type holds parameters (`name: type`), `extract`, `from`, `otherwise`"
    case .rule:
      "a policy rule holds metadata (`name: value`), `on`, and then `allow`, `warn`, `ask`, `deny`,"
        + " `needs`, `expect`, `require`, `offer`, `check`, `notify`, `example`, `deliberate`"
    case .threshold:
      "a threshold holds `on`, `given`, `base`, `factor`, `add`, `subtract`, `level`, `unmeasured`"
    case .monitor: "a monitor holds `component`, `checkpoints`, `report`"
    case .test: "a test holds `given`, `action`, `expect`"
    case .prove: "a proof holds claims, `always` or `never` with a verdict and action types"
    case .deliberate:
      "a deliberation holds metadata (`name: value`), `tension`, `framework`, `review`"
    case .program:
      "a program holds effects (`reads`, `writes`, `deletes`, `sends`, `connects`, `executes`,"
        + " `sets`, `escalates`, `yields`), then `flag`, `option`, `subcommand`"
    case .classify:
      "a classification holds `case` and `otherwise`; or `base`, `add`, `subtract`, `level`,"
        + " `store`; or `extract`, `usual`"
    case .classifyCase: "a case holds `add`, `subtract`"
    case .reading:
      "a reading holds `when`, `unless`, what it takes from the text (`name: type`, `extract`),"
        + " `on`, and then the clauses of an instruction"
    }
  }
}

extension Parser {
  /// Whether a part of a body begins at the token at hand.
  func isAtPart(of body: BodyKind) -> Bool {
    if isAtNamedPart(of: body) { return true }
    guard let word else { return false }
    return body.words.contains(word)
  }

  /// Parses a body in braces, each part by the function given, which takes at least one token.
  mutating func parseBody(
    _ body: BodyKind, of what: String, part: (inout Parser) -> Void
  ) {
    let brace = openBody(what)
    while !isAtEnd, kind != .rightBrace {
      if isAtPart(of: body) {
        part(&self)
      } else if isStrongDeclaration(index) {
        break
      } else {
        recover(in: body)
      }
    }
    closeBody(what, opened: brace)
  }

  /// Puts right or skips what begins no part of a body.
  private mutating func recover(in body: BodyKind) {
    if let near = misspelt(body.words), next.kind != .equals, lastErrorIndex != index {
      correct(to: near)
      return
    }
    if body == .test, isAtWord, next.kind == .leftBrace || next.kind == .dot {
      report(
        .unexpectedClause, "expected `action` before the name of an action type",
        at: span(of: index),
        fixIts: [
          FixIt(
            "insert `action`", replacing: span(of: index), with: "action " + text(of: index))
        ])
    }
    if kind == .rightBracket || kind == .rightParenthesis {
      report(.strayCloser, "\(found) closes nothing", at: span(of: index))
    } else {
      report(
        .unexpectedClause, "\(found) begins no part of this body", at: span(of: index),
        notes: [body.described])
    }
    let start = index
    skipUnexpected { $0.isAtPart(of: body) || $0.isMisspeltPart(of: body) }
    if index == start { skipUnexpectedToken() }
  }

  /// Whether a line begins with a word near to one that begins a part of a body.
  private func isMisspeltPart(of body: BodyKind) -> Bool {
    guard kind == .word, word == nil, isFirstOnLine(index) else { return false }
    return misspelt(body.words) != nil
  }
}
