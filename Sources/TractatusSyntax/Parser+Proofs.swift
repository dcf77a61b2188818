import TractatusSource

extension Parser {
  /// Parses a proof, whose word is at hand.
  mutating func parseProve() -> SyntaxKind {
    let head = index
    bump()
    expectString("the proof's title")
    var hasClaim = false
    let errorBefore = lastErrorIndex
    parseBody(.prove, of: "the proof") {
      hasClaim = true
      $0.parseClaim()
    }
    if !hasClaim, lastErrorIndex == errorBefore {
      log.add(
        Diagnostic(
          .incompleteTest,
          "the proof lacks its claim, such as `never allow` and the names of action types",
          at: span(of: head)))
    }
    return .proveDeclaration
  }

  private mutating func parseClaim() {
    let node = open(.claim)
    let head = text(of: index)
    bump()
    parseVerdict(after: head)
    parseTypes(after: text(of: index - 1))
    parseGuards(others: [.always, .never])
    close(node)
  }
}
