/// `given scores.x`.
package struct GivenScoreView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .givenScore else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
}

/// `base 0.5`.
package struct BaseView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .base else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The number or percentage.
  package var number: TokenID? { number() }
}

/// `factor name 30% = sum else 0`.
package struct FactorView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .factor else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// The weight.
  package var weight: TokenID? { token(.percent) }
  /// The value, before it is clamped.
  package var sum: SumView? { child() }
  /// The value where an input is missing.
  package var elseNumber: TokenID? { numberAfterElse() }
}

/// `add 0.2 when …` or `subtract 0.2 when …`.
package struct PointView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .point else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether it takes points away.
  package var isSubtraction: Bool { has(.subtract) }
  /// The points.
  package var number: TokenID? { number() }
  /// The condition; nil after `for each`.
  package var condition: ConditionView? { child() }
  /// The terms after `for each`, each of which gives the points.
  package var terms: ValueView? { has(.each) ? values().first : nil }
}

/// `level name from 30% warn because …`.
package struct LevelView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .level else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// Where the level begins.
  package var from: TokenID? { token(.percent) }
  /// The token of the verdict.
  package var verdict: TokenID? { verdictToken() }
  /// The reason.
  package var because: BecauseView? { child() }
}

/// `unmeasured verdict because …`.
package struct UnmeasuredView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .unmeasured else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of the verdict.
  package var verdict: TokenID? { verdictToken() }
  /// The reason.
  package var because: BecauseView? { child() }
}

/// Products with `+` and `-` between them.
package struct SumView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .sum else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The products.
  package var products: [ProductView] { children() }
  /// The signs, one fewer than the products.
  package var operators: [TokenID] { tree.tokens(of: id) }
}

/// Operands with `*` and `/` between them.
package struct ProductView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .product else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The operands.
  package var operands: [OperandView] { children() }
  /// The signs, one fewer than the operands.
  package var operators: [TokenID] { tree.tokens(of: id) }
}

/// A number, `count(path)`, a sum in parentheses, or a path.
package struct OperandView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .operand else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The number or percentage.
  package var number: TokenID? { number() }
  /// Whether the path stands in `count(…)`.
  package var isCount: Bool { has(.count) }
  /// The path.
  package var path: PathView? { child() }
  /// The sum in parentheses.
  package var sum: SumView? { child() }
}

/// `component name stale after 20 messages or 30_000 tokens`.
package struct ComponentView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .component else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// After how much of anything it is stale.
  package var limits: [AmountView] { children() }
}

/// `checkpoints 25%, 50% of 200_000 tokens`.
package struct CheckpointsView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .checkpoints else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The shares.
  package var shares: [TokenID] { OwnTokens(tree, id).filter { tree[$0].kind == .percent } }
  /// The whole.
  package var budget: AmountView? { child() }
}

/// `report every 20 messages or 40_000 tokens`.
package struct ReportRhythmView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .reportRhythm else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// How often.
  package var intervals: [AmountView] { children() }
}

/// `action a.b { … }` in a test, or `earlier a.b { … }`.
package struct TestActionView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    let kind = tree.kind(of: id)
    guard kind == .testAction || kind == .earlierAction else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether it came before the action that is judged.
  package var isEarlier: Bool { tree.kind(of: id) == .earlierAction }

  /// The path.
  package var path: PathView? { child() }
  /// The parameters.
  package var record: RecordView? { child() }
}

/// `expect deny by a, b correcting { … }` in a test.
package struct TestExpectationView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .testExpectation else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of the verdict.
  package var verdict: TokenID? { verdictToken() }
  /// The rules that must be among those that gave the verdict.
  package var rules: [PathView] { children() }
  /// The corrected parameters.
  package var correcting: RecordView? { child() }
}
