/// `within "/srv"`, `outside "acme.example"`.
package struct PlaceTestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .placeTest else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether it is `outside`.
  package var isOutside: Bool { has(.outside) }
  /// One place, or a list of them.
  package var places: ValueView? { values().first }
}

/// `is opaque`, `is undeclared`.
package struct StateTestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .stateTest else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The word after `is`: `opaque` or `undeclared`.
  package var state: Word? {
    OwnTokens(tree, id).compactMap { tree[$0].word }.first { $0 == .opaque || $0 == .undeclared }
  }
}

/// `[only] runs programs { with … } [operand …]`.
package struct RunsTestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .runsTest else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether it is `only runs`.
  package var isOnly: Bool { has(.only) }
  /// The token `runs`.
  package var verb: TokenID? { token(.runs) }
  /// One program, or a list of them.
  package var programs: ValueView? { values().first }
  /// What must be given and what must not.
  package var options: [OptionsTestView] { children() }
  /// The test of some operand, or that there is none.
  package var operand: OperandTestView? { child() }
}

/// `with options [[not] test]`, `without all options`.
package struct OptionsTestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .optionsTest else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether it is `without`.
  package var isNegated: Bool { has(.without) }
  /// Whether `all` is written.
  package var isAll: Bool { has(.all) }
  /// One option, or a list of them.
  package var options: ValueView? { values().first }
  /// Whether `not` stands before the test of an argument.
  package var isTestNegated: Bool { has(.not) }
  /// The test of an argument; nil for none.
  package var test: TestOfAttributeView? { attributeTest() }
}

/// `operand [not] test`, `without operand`.
package struct OperandTestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .operandTest else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether it is `without operand`.
  package var isAbsence: Bool { has(.without) }
  /// Whether `not` stands before the test.
  package var isNegated: Bool { has(.not) }
  /// The test of an operand; nil for `without operand`.
  package var test: TestOfAttributeView? { attributeTest() }
}

/// `to [not] test`, behind `sets`.
package struct ValueTestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .valueTest else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether `not` stands before the test.
  package var isNegated: Bool { has(.not) }
  /// The test of a variable's value.
  package var test: TestOfAttributeView? { attributeTest() }
}

/// `[only] writes [[not] test]`, `escalates`, `sets [[not] test] [to …]`.
package struct EffectTestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .effectTest else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether it is `only writes` or its like.
  package var isOnly: Bool { has(.only) }
  /// The token of the effect.
  package var verb: TokenID? {
    OwnTokens(tree, id).first { tree[$0].word?.isEffect == true || tree[$0].word == .escalates }
  }
  /// Whether `not` stands before the test of the target.
  package var isNegated: Bool { has(.not) }
  /// The test of the target; nil for any.
  package var target: TestOfAttributeView? { attributeTest() }
  /// The test of the value that a variable is set to.
  package var value: ValueTestView? { child() }
}

/// `pipes programs into programs`.
package struct PipesTestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .pipesTest else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The programs that write.
  package var from: ValueView? { values().first }
  /// The programs that read.
  package var into: ValueView? { values().dropFirst().first }
}
