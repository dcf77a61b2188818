import TractatusSource

extension Parser {
  /// Parses a test, whose word is at hand.
  mutating func parseTest() -> SyntaxKind {
    let head = index
    bump()
    expectString("the test's title")
    var state = TestState()
    let errorBefore = lastErrorIndex
    parseBody(.test, of: "the test") { $0.parseTestPart(&state) }
    if state.action == nil || state.expectation == nil, lastErrorIndex == errorBefore {
      let lacks =
        state.action == nil
        ? "action, `action name { … }`" : "expectation, `expect` and a verdict"
      log.add(Diagnostic(.incompleteTest, "the test lacks its \(lacks)", at: span(of: head)))
    }
    return .testDeclaration
  }

  /// What has been met in a test's body.
  struct TestState {
    var action: Int?
    var expectation: Int?
  }

  private mutating func parseTestPart(_ state: inout TestState) {
    switch word {
    case .given: parseGiven()
    case .earlier:
      let node = open(.earlierAction)
      bump()
      parsePath("an action type", after: "earlier")
      parseRecord("the action's parameters in braces")
      close(node)
    case .action:
      reportRepeated(&state.action, "action", "a test")
      let node = open(.testAction)
      bump()
      parsePath("an action type", after: "action")
      parseRecord("the action's parameters in braces")
      close(node)
    default:
      reportRepeated(&state.expectation, "expect", "a test")
      parseTestExpectation()
    }
  }

  private mutating func parseTestExpectation() {
    let node = open(.testExpectation)
    bump()
    parseVerdict(after: "expect")
    if accept(.by) {
      repeat { parsePath("a policy rule", after: "by") } while accept(.comma)
    }
    if accept(.correcting) { parseRecord("the corrected parameters in braces") }
    close(node)
  }

  /// Parses a monitor, whose word is at hand.
  mutating func parseMonitor() -> SyntaxKind {
    bump()
    parseBody(.monitor, of: "the monitor") { $0.parseMonitorPart() }
    return .monitorDeclaration
  }

  private mutating func parseMonitorPart() {
    switch word {
    case .component:
      let node = open(.component)
      bump()
      parseName("the component's name", after: "component")
      expect(.stale, "`after` and an amount after the component's name")
      expect(.after, "after `stale`")
      parseAmounts("after how much the component is stale")
      close(node)
    case .checkpoints:
      let node = open(.checkpoints)
      bump()
      repeat { expectLiteral(.percent, "the share of a checkpoint") } while accept(.comma)
      expect(.of, "and an amount after the shares")
      parseAmount("the whole of which the checkpoints are shares")
      close(node)
    default:
      let node = open(.reportRhythm)
      bump()
      expect(.every, "after `report`")
      parseAmounts("how often to report")
      close(node)
    }
  }

  private mutating func parseAmounts(_ what: String) {
    repeat { parseAmount(what) } while accept(.or)
  }
}
