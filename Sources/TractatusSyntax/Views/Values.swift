/// A constant.
package struct LiteralView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .literal else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether `-` stands before it.
  package var isNegative: Bool { token(.minus) != nil }
  /// The string, expression, number, percentage, date, time, `true` or `false`.
  package var token: TokenID? { OwnTokens(tree, id).first { tree[$0].kind != .minus } }
  /// The unit after the number.
  package var unit: TokenID? { OwnTokens(tree, id).first { tree[$0].word?.isUnit == true } }
}

/// `[a, b]`.
package struct ListView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .list else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The elements.
  package var elements: [ValueView] { values() }
}

/// `{ a: 1, b.c: 2 }`.
package struct RecordView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .record else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The fields.
  package var fields: [RecordFieldView] { children() }
}

/// `a.b: value`.
package struct RecordFieldView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .recordField else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
  /// The value.
  package var value: ValueView? { values().dropFirst().first }
}

/// `90 days`.
package struct AmountView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .amount else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The number.
  package var number: TokenID? { token(.number) }
  /// The unit.
  package var unit: TokenID? { OwnTokens(tree, id).first { tree[$0].word?.isUnit == true } }
}

/// `a.b.c`.
package struct PathView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .path else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The tokens of the names.
  package var segments: [TokenID] { OwnTokens(tree, id).filter { tree[$0].kind != .dot } }
  /// The names, without backticks.
  package var names: [String] { segments.map { tree.name(of: $0) } }
  /// The names with dots between them.
  package var joined: String {
    let names = names
    return names.count == 1 ? names[0] : names.joined(separator: ".")
  }
}
