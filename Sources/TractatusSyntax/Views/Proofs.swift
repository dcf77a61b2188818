/// `prove "title" { … }`.
package struct ProveView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .proveDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The string after the word.
  package var title: TokenID? { firstString() }
  /// What is claimed, in the order of the file.
  package var claims: [ClaimView] { children() }
}

/// `never allow types when … unless …`, or with `always`.
package struct ClaimView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .claim else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether it says what never is the verdict.
  package var isNever: Bool { has(.never) }
  /// The token of the verdict.
  package var verdict: TokenID? { verdictToken() }
  /// The action types.
  package var types: TypesView? { child() }
  /// The condition after `when`.
  package var whenGuard: GuardView? { guardView(.whenGuard) }
  /// The condition after `unless`.
  package var unlessGuard: GuardView? { guardView(.unlessGuard) }
}
