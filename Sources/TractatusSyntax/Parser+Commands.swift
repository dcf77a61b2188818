import TractatusSource

extension Parser {
  /// Parses `within` or `outside` and its places.
  mutating func parsePlaceTest() {
    let node = open(.placeTest)
    bump()
    parseValue("a place: a directory or domain, a list of them, `cwd` or `project`")
    close(node)
  }

  /// Parses a test of a command, whose word is at hand.
  mutating func parseCommandTest() {
    switch word {
    case .is: parseStateTest()
    case .pipes: parsePipesTest()
    case .only where next.word == .runs: parseRunsTest()
    case .only: parseEffectTest()
    case .runs: parseRunsTest()
    default: parseEffectTest()
    }
  }

  private mutating func parseStateTest() {
    let node = open(.stateTest)
    bump()
    if word != .opaque, word != .undeclared {
      if acceptMisspelt([.opaque, .undeclared]) == nil {
        if isAtComparedValue {
          parseForeignComparison(node)
          return
        }
        report(
          .expectedTest, "expected `opaque` or `undeclared` after `is`, found \(found)",
          notes: ["a value is compared by `==`"])
        missing()
      }
    } else {
      bump()
    }
    close(node)
  }

  private mutating func parsePipesTest() {
    let node = open(.pipesTest)
    bump()
    parseValue("a program, or a list of programs")
    let isInto = expect(.into, "and a program after what it comes from")
    if !isInto, kind == .word, next.kind == .string || next.kind == .leftBracket {
      skipUnexpectedToken()
    }
    parseValue("a program, or a list of programs")
    close(node)
  }

  private mutating func parseRunsTest() {
    let node = open(.runsTest)
    _ = accept(.only)
    bump()
    parseValue("a program, or a list of programs")
    while word == .with || word == .without, next.word != .operand {
      let options = open(.optionsTest)
      bump()
      _ = accept(.all)
      parseValue("an option, or a list of options")
      correctOperator()
      let isNegated = word == .not && beginsTargetTest(index + 1)
      if isNegated { bump() }
      if isNegated || beginsTargetTest(index) {
        parseTargetTest(of: "the option's argument")
      }
      close(options)
    }
    if word == .without {
      let operand = open(.operandTest)
      bump()
      bump()
      close(operand)
    } else if word == .operand {
      let operand = open(.operandTest)
      bump()
      if word == .not { bump() }
      parseTargetTest(of: "the operand")
      close(operand)
    }
    close(node)
  }

  private mutating func parseEffectTest() {
    let node = open(.effectTest)
    let isOnly = accept(.only)
    if word == .escalates {
      if isOnly {
        report(
          .expectedTest, "`escalates` has no target, so that `only` says nothing of it",
          at: span(of: index))
      }
      bump()
    } else if word?.isEffect == true {
      let verb = text(of: index)
      bump()
      correctOperator()
      let isNegated = word == .not && beginsTargetTest(index + 1)
      if isNegated { bump() }
      if isNegated || isOnly || beginsTargetTest(index) {
        parseTargetTest(of: "what the command \(verb)")
      }
      if word == .to { parseValueTest(isOfVariable: verb == Word.sets.rawValue) }
    } else {
      report(
        .expectedTest,
        "expected `runs`, or `writes` and its like, after `only`, found \(found)")
      missing()
    }
    close(node)
  }

  /// Parses `to` and a test of the value that a variable is set to.
  private mutating func parseValueTest(isOfVariable: Bool) {
    let node = open(.valueTest)
    if !isOfVariable {
      report(
        .expectedTest, "only `sets` has a value, which is tested behind `to`",
        at: span(of: index))
    }
    bump()
    if word == .not { bump() }
    parseTargetTest(of: "the variable's value")
    close(node)
  }

  /// Whether a test of an operand or of an effect's target begins at a token.
  func beginsTargetTest(_ place: Int) -> Bool {
    guard beginsTest(place) else { return false }
    switch tokens[min(place, tokens.count - 1)].word {
    case .is, .only, .runs, .reads, .writes, .deletes, .sends, .connects, .executes, .sets,
      .escalates, .pipes:
      return false
    default: return true
    }
  }

  private mutating func parseTargetTest(of what: String) {
    correctOperator()
    if beginsTargetTest(index) {
      parseAttributeTest(after: what)
    } else {
      report(
        .expectedTest, "expected a test of \(what), such as `within \"/srv\"`, found \(found)")
      missing()
    }
  }
}
