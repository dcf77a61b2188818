import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension SyntaxTree {
  /// The strings and regular expressions of a value: itself, or those of a list.
  func terms(of value: ValueView) -> [TokenID] {
    switch value {
    case .literal(let view): view.token.map { [$0] } ?? []
    case .list(let view): view.elements.flatMap { terms(of: $0) }
    case .record, .path: []
    }
  }

  /// The term of a text test that a token spells; nil for one that is neither a string nor a
  /// regular expression.
  func pattern(
    _ token: TokenID, operation: Word?, ignoresCase: Bool, isPath: Bool
  ) -> TextPattern? {
    if self[token].kind == .regularExpression {
      let (text, flags) = regularExpression(of: token)
      return TextPattern(
        kind: .regularExpression, text: text,
        ignoresCase: ignoresCase || flags.utf8.contains(UInt8(ascii: "i")),
        dotMatchesNewline: flags.utf8.contains(UInt8(ascii: "s")))
    }
    guard self[token].isString else { return nil }
    let kind: TextPattern.Kind
    switch operation {
    case .contains: kind = .contains
    case .starts: kind = .startsWith
    case .ends: kind = .endsWith
    case .like: kind = isPath ? .pathGlob : .glob
    case .mentions: kind = .mentions
    default: return nil
    }
    return TextPattern(kind: kind, text: string(of: token), ignoresCase: ignoresCase)
  }

  /// The attribute that a text test is about: the path beside it; nil for an operand or a target.
  func attributePath(ofTest node: NodeID) -> PathView? {
    guard let parent = parent(of: node) else { return nil }
    switch kind(of: parent) {
    case .attributeCondition, .expect:
      return firstChild(of: parent, kind: .path).flatMap {
        PathView(self, $0)
      }
    default: return nil
    }
  }

  /// The line's end after a node: the span from the node's first byte on its line to the first byte
  /// of the next line, where nothing else stands on its lines; else the node's own span.
  func lines(of node: NodeID) -> SourceSpan {
    let span = span(of: node)
    var start = Int(span.start)
    while start > 0, isBlank(source.bytes[start - 1]) { start -= 1 }
    var end = Int(span.end)
    while end < source.bytes.count, isBlank(source.bytes[end]) { end += 1 }
    let isFree = start == 0 || source.bytes[start - 1] == 0x0A
    guard isFree, end == source.bytes.count || source.bytes[end] == 0x0A else { return span }
    if end < source.bytes.count { end += 1 }
    return SourceSpan(
      source: source.id, start: UInt32(clamping: start), end: UInt32(clamping: end))
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  /// Whether a comment stands between the first and the last token of a node.
  func hasComment(in node: NodeID) -> Bool {
    for token in allTokens(of: node).dropFirst() {
      let trivia = triviaSpan(before: token)
      if source.bytes[Int(trivia.start)..<Int(trivia.end)].contains(UInt8(ascii: "/")) {
        return true
      }
    }
    return false
  }
}

extension RuleView {
  /// The effects among the clauses.
  var effects: [EffectView] {
    clauses.compactMap { if case .effect(let view) = $0 { view } else { nil } }
  }

  /// The examples among the clauses.
  var examples: [ExampleView] {
    clauses.compactMap { if case .example(let view) = $0 { view } else { nil } }
  }
}

extension EffectView {
  /// Whether it loosens.
  var isAllow: Bool { verdict.map { tree[$0].word == .allow } ?? false }
  /// Whether it does nothing but hand the action to people.
  var needsHuman: Bool { isJudgment || isApproval }
}
