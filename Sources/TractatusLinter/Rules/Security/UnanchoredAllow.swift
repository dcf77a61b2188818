import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `unanchored-allow`.
  static let unanchoredAllow = LintRule(
    201, "unanchored-allow", .warning,
    "A text test that only part of the value must pass, where it loosens.",
    why: """
      Whoever chooses the value adds what is allowed to what is not: `contains "docs/"` also passes `docs/../../etc`. \
      An `allow`, a waiver and an exception must speak of the whole value.
      """,
    avoid: """
      rule releases "Releases may go to the build hosts" {
          on deploy
          allow when host? matches /build[0-9]+\\.acme\\.example/
      }
      """,
    prefer: """
      rule releases "Releases may go to the build hosts" {
          on deploy
          allow when host? matches /^build[0-9]+\\.acme\\.example$/
      }
      """,
    fix: .deciding, fixSummary: "Anchors the expression at both ends.", needsCheck: true
  ) { run in
    for test in run.patternTests {
      guard test.file.polarity(of: test.test.id) == .loosens, let operation = test.test.operation
      else { continue }
      // Prose has no whole value that an exception could name. What a restriction leaves out by
      // `not` narrows it, and is no exception of its own.
      if !isAllowed(test), test.type == .text || !isException(test) { continue }
      if operation == .contains {
        run.report(
          "this loosens wherever the text occurs in the value, whatever stands around it",
          at: test.span)
        continue
      }
      guard operation == .matches else { continue }
      let anchors = ExpressionItems(test.pattern.text).isAnchored
      if anchors.start && anchors.end { continue }
      let missing =
        anchors.start ? "end (`$`)" : anchors.end ? "start (`^`)" : "start (`^`) nor end (`$`)"
      let word = anchors.start || anchors.end ? "has no" : "has neither"
      run.report(
        "this loosens, and \(word) \(missing), so any value that holds a fitting part passes",
        at: test.span, fix: anchored(test, anchors))
    }
  }

  /// Whether a test is part of an `allow` or a waiver, not of an exception.
  private static func isAllowed(_ test: PatternTest) -> Bool {
    let tree = test.file.tree
    if let effect = test.file.enclosing(test.test.id, .effect) {
      return EffectView(tree, effect)?.isAllow ?? false
    }
    return test.file.enclosing(test.test.id, .waiveDeclaration) != nil
  }

  /// Whether a test stands after `unless`.
  private static func isException(_ test: PatternTest) -> Bool {
    test.file.enclosing(test.test.id, .unlessGuard) != nil
  }

  private static func anchored(_ test: PatternTest, _ anchors: (start: Bool, end: Bool)) -> FixIt? {
    guard test.file.tree[test.token].kind == .regularExpression else { return nil }
    let spelt = test.file.tree.text(of: test.token)
    guard let close = spelt.lastIndex(of: "/"), close > spelt.startIndex else { return nil }
    let inner = spelt[spelt.index(after: spelt.startIndex)..<close]
    let flags = spelt[spelt.index(after: close)...]
    let isChoice = ExpressionItems(test.pattern.text).alternatives.count > 1
    let body = isChoice ? "(?:\(inner))" : String(inner)
    let start = anchors.start ? "" : "^"
    let end = anchors.end ? "" : "$"
    return FixIt(
      "anchor it at both ends", replacing: test.span, with: "/\(start)\(body)\(end)/\(flags)")
  }
}
