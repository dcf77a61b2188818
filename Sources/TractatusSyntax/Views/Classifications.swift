/// `classify name of text { … }`.
package struct ClassifyView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .classifyDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// The cases.
  package var cases: [ClassifyCaseView] { children() }
  /// What holds where no case has points; more than one is a mistake.
  package var otherwises: [ClassifyOtherwiseView] { children() }
  /// What a score begins with.
  package var bases: [BaseView] { children() }
  /// The points of a score.
  package var points: [PointView] { children() }
  /// The bands of a score.
  package var levels: [LevelView] { children() }
  /// From which score on an instruction is stored; more than one is a mistake.
  package var stores: [StoredFromView] { children() }
  /// What is taken from the text.
  package var extracts: [ExtractView] { children() }
  /// The usual values of what is taken from the text.
  package var usuals: [UsualValueView] { children() }
}

/// `case name { … }`.
package struct ClassifyCaseView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .classifyCase else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// The points.
  package var points: [PointView] { children() }
}

/// `otherwise name` of a classification.
package struct ClassifyOtherwiseView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .classifyOtherwise else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of the name.
  package var name: TokenID? { nameToken() }
}

/// `store from 60%`.
package struct StoredFromView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .storedFrom else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The number or percentage.
  package var number: TokenID? { number() }
}

/// `usual port 80, 8080 when …`.
package struct UsualValueView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .usualValue else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of the parameter's name.
  package var name: TokenID? { nameToken() }
  /// The usual values.
  package var usual: [ValueView] { values() }
  /// When they are usual.
  package var condition: ConditionView? { child() }
}

/// `reading name "title" { … }`: how the text of an instruction becomes clauses.
package struct ReadingView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .readingDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// The string after the name.
  package var title: TokenID? { firstString() }
  /// The condition after `when`.
  package var whenGuard: GuardView? { guardView(.whenGuard) }
  /// The condition after `unless`.
  package var unlessGuard: GuardView? { guardView(.unlessGuard) }
  /// What is taken from the text, with its types.
  package var fields: [FieldView] { children() }
  /// How it is taken from the text.
  package var extracts: [ExtractView] { children() }
  /// The `on` of the clauses; the first if there are several.
  package var on: OnView? { child() }
  /// The clauses, in the order of the file.
  package var clauses: [ClauseView] { ChildNodes(tree, id).compactMap { ClauseView(tree, $0) } }
}
