import TractatusSource
import TractatusSyntax

extension Checker {
  /// `like`, `matches`, `mentions`, `contains`, `starts with`, `ends with`.
  func text(_ view: TextTestView, _ left: Attribute, _ scope: Scope) -> CheckedTest? {
    guard let operation = view.operation, let terms = view.terms else { return nil }
    let type = left.operand.type
    if case .list(let element) = type, operation == .contains {
      return contains(view, terms, element, left, scope)
    }
    guard type.isText, let kind = kind(operation, type) else {
      report(
        .wrongOperator,
        "`\(words(operation))` tests texts, and `\(left.name)` is \(type.described)",
        at: view.span)
      return nil
    }
    switch patterns(terms, kind, ignoresCase: view.ignoresCase, type, scope) {
    case .failed: return nil
    case .constant(let patterns): return CheckedTest(.matches(patterns))
    case .attribute(let right): return relation(view, kind, right, at: span(of: terms))
    }
  }

  /// How a text test compares its terms.
  func kind(_ operation: Word, _ type: ValueType) -> TextPattern.Kind? {
    switch operation {
    case .contains: .contains
    case .starts: .startsWith
    case .ends: .endsWith
    case .like: type == .path ? .pathGlob : .glob
    case .matches: .regularExpression
    case .mentions: .mentions
    default: nil
    }
  }

  private func words(_ operation: Word) -> String {
    switch operation {
    case .starts: "starts with"
    case .ends: "ends with"
    default: operation.rawValue
    }
  }

  /// The terms of a text test as patterns, in their order in the file.
  func patterns(
    _ value: ValueView, _ kind: TextPattern.Kind, ignoresCase: Bool, _ type: ValueType,
    _ scope: Scope
  ) -> RightSide<[TextPattern]> {
    var isEmpty = false
    let needed = kind == .regularExpression ? Self.neededExpression : nil
    let found = terms(value, .text, scope, allowsList: true, needed: needed) {
      literal, token -> TextPattern? in
      let tree = literal.tree
      if kind == .regularExpression {
        guard tree[token].kind == .regularExpression else { return nil }
        let (pattern, flags) = tree.regularExpression(of: token)
        return TextPattern(
          kind: kind, text: pattern, ignoresCase: ignoresCase || flags.contains("i"),
          dotMatchesNewline: flags.contains("s"))
      }
      guard tree[token].isString else { return nil }
      let text = tree.string(of: token)
      if self.isEmpty(text, kind) {
        isEmpty = true
        self.report(
          .emptyTerm,
          kind == .mentions
            ? "this term has no word, so nothing mentions it"
            : "every text has the empty one, so this says nothing", at: literal.span)
      }
      return TextPattern(kind: kind, text: text, ignoresCase: ignoresCase)
    }
    return isEmpty ? .failed : found
  }

  private func isEmpty(_ text: String, _ kind: TextPattern.Kind) -> Bool {
    switch kind {
    case .contains, .startsWith, .endsWith: text.isEmpty
    case .mentions:
      !text.unicodeScalars.contains {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
    case .glob, .pathGlob, .regularExpression: false
    }
  }

  /// A text test with an attribute to the right.
  private func relation(
    _ view: TextTestView, _ kind: TextPattern.Kind, _ right: Attribute, at span: SourceSpan
  ) -> CheckedTest? {
    guard isUsable(right, at: span) else { return nil }
    let relation: TextRelation
    switch kind {
    case .contains: relation = .contains
    case .startsWith: relation = .startsWith
    case .endsWith: relation = .endsWith
    case .glob, .pathGlob, .regularExpression, .mentions:
      report(
        .notConstant,
        "patterns are constants, so that they are read once and for all, and `\(right.name)` is an "
          + "attribute", at: span)
      return nil
    }
    guard right.operand.type.isText else {
      report(
        .wrongValue,
        "a text is needed here, and `\(right.name)` is \(right.operand.type.described)",
        at: span)
      return nil
    }
    guard !view.ignoresCase else {
      report(.wrongOperator, "`ignoring case` needs constants to the right", at: view.span)
      return nil
    }
    return CheckedTest(.textRelation(relation, right.operand), right: right, span: span)
  }

  /// `contains` of a list.
  private func contains(
    _ view: TextTestView, _ terms: ValueView, _ element: ValueType, _ left: Attribute,
    _ scope: Scope
  ) -> CheckedTest? {
    guard !view.ignoresCase else {
      report(
        .wrongOperator, "a list has an element or not, byte for byte; `ignoring case` is of texts",
        at: view.span)
      return nil
    }
    if element.isScalar {
      switch ordinals(terms, element, scope, allowsList: true) {
      case .failed: return nil
      case .constant(let ranges): return CheckedTest(.containsOrdinal(RangeSet.normalised(ranges)))
      case .attribute(let right): return membership(left, element, right, at: span(of: terms))
      }
    }
    guard element.isText else {
      report(
        .wrongOperator, "`\(left.name)` is \(left.operand.type.described), which are not compared",
        at: view.span, notes: ["Write `any x in \(left.name) satisfies (…)`."])
      return nil
    }
    switch formTexts(terms, element, scope, allowsList: true) {
    case .failed: return nil
    case .constant(let texts): return CheckedTest(.containsText(texts))
    case .attribute(let right): return membership(left, element, right, at: span(of: terms))
    }
  }

  private func membership(
    _ left: Attribute, _ element: ValueType, _ right: Attribute, at span: SourceSpan
  ) -> CheckedTest? {
    guard isUsable(right, at: span) else { return nil }
    guard element.isComparable(with: right.operand.type) else {
      report(
        .wrongValue,
        "`\(left.name)` is \(left.operand.type.described), and `\(right.name)` "
          + right.operand.type.described, at: span)
      return nil
    }
    return CheckedTest(.hasElement(right.operand), right: right, span: span)
  }
}
