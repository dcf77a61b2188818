import TractatusSource

extension Parser {
  /// Says that a construct is not part of this version.
  mutating func reportUnsupported(_ what: String, at place: SourceSpan? = nil) {
    report(
      .notInThisVersion, "\(what) is not part of this version of the language",
      at: place ?? span(of: index))
    // The construct is a unit: what is inside has been spoken of.
    lastErrorIndex = index
  }

  /// Parses a left-out construct, whose first word is at hand, as one `unsupported` node.
  mutating func unsupported(_ what: String, then parse: (inout Parser) -> Void) {
    if unsupportedDepth == 0 { reportUnsupported(what) }
    unsupportedDepth += 1
    defer { unsupportedDepth -= 1 }
    let node = open(.unsupported)
    bump()
    parse(&self)
    close(node)
  }

  /// Parses `previously a [where (…)] [within … | since …]` as one `unsupported` node.
  mutating func parsePreviously() {
    unsupported("`previously`, which asks for earlier actions,") {
      $0.parsePath("an action type", after: "previously")
      if $0.accept(.where), $0.kind == .leftParenthesis { $0.moveOverUnit() }
      if $0.word == .within, $0.next.kind == .number {
        $0.bump()
        $0.parseAmount("an age")
      } else if $0.accept(.since) {
        $0.parsePath("an action type", after: "since")
      }
    }
  }
}
