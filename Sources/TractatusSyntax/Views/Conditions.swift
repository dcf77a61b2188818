/// Unary conditions with `and` or `or` between them, or one alone.
package struct ConditionView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .condition else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// `and` or `or`; nil with one operand; the first where both are mixed by mistake.
  package var connective: Word? { OwnTokens(tree, id).firstToken.flatMap { tree[$0].word } }
  /// The operands.
  package var operands: [UnaryConditionView] {
    ChildNodes(tree, id).compactMap { UnaryConditionView(tree, $0) }
  }
}

/// `not condition`.
package struct NotConditionView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .notCondition else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// What is negated.
  package var operand: UnaryConditionView? {
    ChildNodes(tree, id).lazy.compactMap { UnaryConditionView(tree, $0) }.first
  }
}

/// `(condition)`.
package struct GroupConditionView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .groupCondition else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The condition.
  package var condition: ConditionView? { child() }
}

/// `true` or `false`.
package struct LiteralConditionView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .literalCondition else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether it is `true`.
  package var isTrue: Bool { has(.true) }
}

/// `has path`.
package struct HasConditionView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .hasCondition else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
}

/// `any x in list satisfies (…)` or with `all`.
package struct QuantifiedConditionView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .quantifiedCondition else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether it is `all`.
  package var isAll: Bool { has(.all) }
  /// The token `any` or `all`.
  package var quantifier: TokenID? { token(.any) ?? token(.all) }
  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// The path.
  package var path: PathView? { child() }
  /// The condition.
  package var condition: ConditionView? { child() }
}

/// `previously a where (…) within 10 minutes` or with `since b`.
package struct PreviouslyView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .previously else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The type of the earlier action.
  package var path: PathView? { child() }
  /// What the earlier action is asked.
  package var condition: ConditionView? { child() }
  /// How far back it lies at most.
  package var window: AmountView? { child() }
  /// The type of which no action came after it.
  package var since: PathView? {
    guard let word = token(.since) else { return nil }
    return children(PathView.self).first { tree.record($0.id).firstToken > word.rawValue }
  }
}

/// `count(path) test` or `count(previously …) test`.
package struct CountConditionView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .countCondition else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
  /// The earlier actions that are counted.
  package var previously: PreviouslyView? { child() }
  /// Whether `not` stands before the test.
  package var isNegated: Bool { has(.not) }
  /// The test of the number.
  package var test: TestOfAttributeView? { attributeTest() }
}

/// `path? not test`, or the path alone.
package struct AttributeConditionView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .attributeCondition else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
  /// Whether `?` follows the path.
  package var isPresentTest: Bool { token(.question) != nil }
  /// Whether `not` stands before the test.
  package var isNegated: Bool { has(.not) }
  /// The test; nil for the path alone.
  package var test: TestOfAttributeView? { attributeTest() }
}

/// `== value` and its like.
package struct ComparisonTestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .comparisonTest else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The sign.
  package var operation: TokenID? { OwnTokens(tree, id).firstToken }
  /// The right side.
  package var value: ValueView? { values().first }
}

/// `in value` or `in low..high`.
package struct MembershipTestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .membershipTest else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether it is a range.
  package var isRange: Bool { token(.dotDot) != nil }
  /// The value, or the range's lower end.
  package var low: ValueView? { values().first }
  /// The range's upper end.
  package var high: ValueView? { isRange ? values().dropFirst().first : nil }
}

/// `like`, `matches`, `mentions`, `contains`, `starts with`, `ends with`.
package struct TextTestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .textTest else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The first word of the operator.
  package var operation: Word? { OwnTokens(tree, id).firstToken.flatMap { tree[$0].word } }
  /// One term, or a list of which any may hold.
  package var terms: ValueView? { values().first }
  /// Whether `ignoring case` is written.
  package var ignoresCase: Bool { has(.ignoring) }
}

/// `within 20 messages and 30_000 tokens`.
package struct WindowTestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .windowTest else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The ages, all of which must hold.
  package var amounts: [AmountView] { children() }
}
