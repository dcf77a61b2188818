/// A whole file.
package struct FileView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .file else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The file's package.
  package var policy: PolicyView? { child() }
  /// The declarations, in the order of the file.
  package var declarations: [DeclarationView] {
    ChildNodes(tree, id).compactMap { DeclarationView(tree, $0) }
  }
}

/// `policy a.b "title" version "1.0"`.
package struct PolicyView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .policy else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
  /// The title.
  package var title: TokenID? { firstString() }
  /// The version.
  package var version: TokenID? { string(after: .version) }
}

/// `use a.b`.
package struct UseView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .useDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
}

/// `let name on types = …`; a lone path is a condition, a lone truth value a value.
package struct LetView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .letDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// The action types whose parameters a named condition uses.
  package var types: TypesView? { child() }
  /// The constant.
  package var value: ValueView? { values().first }
  /// The condition.
  package var condition: ConditionView? { child() }
}

/// `type name = shape`.
package struct TypeView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .typeDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// What the type is.
  package var shape: ShapeView? { shape() }
}

/// `fact a.b: shape optional else value`.
package struct FactView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .factDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
  /// The fact's type.
  package var shape: ShapeView? { shape() }
  /// Whether `optional` is written.
  package var isOptional: Bool { has(.optional) }
  /// The value where none is supplied.
  package var elseValue: ValueView? { valueAfterElse() }
}

/// `action a.b "title" { … }`.
package struct ActionView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .actionDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
  /// The string after the name.
  package var title: TokenID? { firstString() }
  /// Whether `sealed` stands before it.
  package var isSealed: Bool { has(.sealed) }
  /// Whether `closed` stands before it.
  package var isClosed: Bool { has(.closed) }
  /// The parameters.
  package var fields: [FieldView] { children() }
  /// The extractions.
  package var extracts: [ExtractView] { children() }
  /// The mappings by tool, also of what a call returned, and of events.
  package var toolSources: [ToolSourceView] { children() }
  /// The mappings by another action type.
  package var actionSources: [ActionSourceView] { children() }
  /// The default verdicts; more than one is a mistake.
  package var otherwises: [OtherwiseView] { children() }
}

/// `otherwise verdict because …`.
package struct OtherwiseView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .otherwise else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of the verdict.
  package var verdict: TokenID? { verdictToken() }
  /// The reason.
  package var because: BecauseView? { child() }
  /// Whether `sealed` stands before it.
  package var isSealed: Bool { has(.sealed) }
}

/// A policy rule: `rule`, `instruction`, `boundary` or `requirement`.
package struct RuleView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .ruleDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The word that begins it.
  package var head: Word? { headWord() }
  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// The string after the name.
  package var title: TokenID? { firstString() }
  /// Whether `sealed` stands before it.
  package var isSealed: Bool { has(.sealed) }
  /// Whether `shadow` stands before it.
  package var isShadow: Bool { has(.shadow) }
  /// The metadata, in the order of the file.
  package var metadata: [MetadataView] { children() }
  /// The `on` of the whole body; the first if there are several.
  package var on: OnView? { child() }
  /// The clauses, in the order of the file.
  package var clauses: [ClauseView] { ChildNodes(tree, id).compactMap { ClauseView(tree, $0) } }
}

/// `threshold name "title" { … }`.
package struct ThresholdView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .thresholdDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// The string after the name.
  package var title: TokenID? { firstString() }
  /// Whether `sealed` stands before it.
  package var isSealed: Bool { has(.sealed) }
  /// Whether `shadow` stands before it.
  package var isShadow: Bool { has(.shadow) }
  /// The `on` of the whole body; the first if there are several.
  package var on: OnView? { child() }
  /// Where a ready score may come from.
  package var givens: [GivenScoreView] { children() }
  /// What the score begins with.
  package var bases: [BaseView] { children() }
  /// The weighted factors.
  package var factors: [FactorView] { children() }
  /// The points that conditions add or take.
  package var points: [PointView] { children() }
  /// The levels.
  package var levels: [LevelView] { children() }
  /// The verdicts of an unmeasured score; more than one is a mistake.
  package var unmeasured: [UnmeasuredView] { children() }
}

/// `monitor { … }`.
package struct MonitorView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .monitorDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The components.
  package var components: [ComponentView] { children() }
  /// The checkpoints.
  package var checkpoints: [CheckpointsView] { children() }
  /// How often to report.
  package var rhythms: [ReportRhythmView] { children() }
}

/// `waive rule on types when … from … until … because … approved by …`.
package struct WaiveView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .waiveDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
  /// The action types that it is limited to.
  package var types: TypesView? { child() }
  /// The condition after `when`.
  package var whenGuard: GuardView? { guardView(.whenGuard) }
  /// The condition after `unless`.
  package var unlessGuard: GuardView? { guardView(.unlessGuard) }
  /// The first day.
  package var from: TokenID? { token(after: .from, kind: .date) }
  /// The last day.
  package var until: TokenID? { token(after: .until, kind: .date) }
  /// The reason.
  package var because: BecauseView? { child() }
  /// Who approved it.
  package var approvers: [TokenID] { strings() }
}

/// `test "title" { … }`.
package struct TestView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .testDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The string after the name.
  package var title: TokenID? { firstString() }
  /// What the surroundings supply.
  package var givens: [GivenView] { children() }
  /// The action; more than one is a mistake.
  package var actions: [TestActionView] {
    children(TestActionView.self).filter { !$0.isEarlier }
  }
  /// What is given and which actions came before, in the order of the file.
  package var setting: [SettingView] {
    ChildNodes(tree, id).compactMap { node in
      if let given = GivenView(tree, node) { return .given(given) }
      guard let action = TestActionView(tree, node), action.isEarlier else { return nil }
      return .earlier(action)
    }
  }
  /// What is expected; more than one is a mistake.
  package var expectations: [TestExpectationView] { children() }
}

/// A part of what a test begins with.
package enum SettingView: Sendable {
  /// What the surroundings supply from here on.
  case given(GivenView)
  /// An action that came before.
  case earlier(TestActionView)
}
