/// `name: value`.
package struct MetadataView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .metadata else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// The value.
  package var value: ValueView? { values().first }
}

/// `any`, or names of action types.
package struct TypesView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .types else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether it is `any`.
  package var isAny: Bool { has(.any) }
  /// The types' names.
  package var paths: [PathView] { children() }
}

/// `on types when … unless …`.
package struct OnView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .on else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The action types.
  package var types: TypesView? { child() }
  /// The condition after `when`.
  package var whenGuard: GuardView? { guardView(.whenGuard) }
  /// The condition after `unless`.
  package var unlessGuard: GuardView? { guardView(.unlessGuard) }
}

/// `because "…"`.
package struct BecauseView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .because else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The reason, a string with interpolations.
  package var text: TokenID? { firstString() }
}

/// A verdict, or `needs human judgment|approval`, with its guards.
package struct EffectView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .effect else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of the verdict.
  package var verdict: TokenID? { verdictToken() }
  /// Whether it is `needs human judgment`.
  package var isJudgment: Bool { has(.judgment) }
  /// Whether it is `needs human approval`.
  package var isApproval: Bool { has(.approval) }
  /// The condition after `when`.
  package var whenGuard: GuardView? { guardView(.whenGuard) }
  /// The condition after `unless`.
  package var unlessGuard: GuardView? { guardView(.unlessGuard) }
  /// The reason.
  package var because: BecauseView? { child() }
}

/// `expect a test instead of d correct`.
package struct ExpectView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .expect else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
  /// Whether `not` stands before the test.
  package var isNegated: Bool { has(.not) }
  /// The test.
  package var test: TestOfAttributeView? { attributeTest() }
  /// The usual default after `instead of`.
  package var insteadOf: ValueView? { child(InsteadOfView.self)?.value }
  /// Whether `correct` is written.
  package var isCorrecting: Bool { has(.correct) }
  /// The condition after `when`.
  package var whenGuard: GuardView? { guardView(.whenGuard) }
  /// The condition after `unless`.
  package var unlessGuard: GuardView? { guardView(.unlessGuard) }
  /// The reason.
  package var because: BecauseView? { child() }
}

/// `instead of value`.
package struct InsteadOfView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .insteadOf else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The value.
  package var value: ValueView? { values().first }
}

/// `require condition else verdict`.
package struct RequireView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .require else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The condition.
  package var condition: ConditionView? { child() }
  /// The verdict when it is not met.
  package var elseVerdict: TokenID? { child(ElseVerdictView.self)?.verdict }
  /// The reason.
  package var because: BecauseView? { child() }
}

/// `else verdict`.
package struct ElseVerdictView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .elseVerdict else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of the verdict.
  package var verdict: TokenID? { verdictToken() }
}

/// `offer`, `check` or `notify`.
package struct ObligationView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .obligation else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The word that begins it.
  package var kind: Word? { OwnTokens(tree, id).firstToken.flatMap { tree[$0].word } }
  /// Its text.
  package var text: TokenID? { firstString() }
}

/// `example verdict type { … } given { … }`.
package struct ExampleView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .example else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of the verdict.
  package var verdict: TokenID? { verdictToken() }
  /// The path.
  package var path: PathView? { child() }
  /// The action's parameters.
  package var record: RecordView? { child() }
  /// What the surroundings supply.
  package var given: GivenView? { child() }
}

/// `given { … }`.
package struct GivenView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .given else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The values by path.
  package var record: RecordView? { child() }
}

/// `deliberate { … }`.
package struct DeliberateView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .deliberate else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The metadata, in the order of the file.
  package var metadata: [MetadataView] { children() }
  /// The tensions.
  package var tensions: [TensionView] { children() }
  /// The frameworks.
  package var frameworks: [FrameworkView] { children() }
  /// When to look again.
  package var reviews: [ReviewView] { children() }
}

/// `tension "…"`.
package struct TensionView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .tension else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Its text.
  package var text: TokenID? { firstString() }
}

/// `framework "…" holds "…" from […]`.
package struct FrameworkView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .framework else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The framework's name.
  package var framework: TokenID? { firstString() }
  /// What it holds.
  package var position: TokenID? { string(after: .holds) }
  /// Who speaks for it.
  package var stakeholders: ListView? { child() }
}

/// `review after 90 days`.
package struct ReviewView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .review else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The time after which to look again.
  package var amount: AmountView? { child() }
}
