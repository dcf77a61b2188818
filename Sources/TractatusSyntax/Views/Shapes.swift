/// `one of [a, b]`.
package struct EnumerationShapeView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .enumerationShape else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The values, in their order.
  package var names: [TokenID] { nameTokens() }
}

/// `list of shape`.
package struct ListShapeView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .listShape else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The elements' type.
  package var element: ShapeView? { shape() }
}

/// `{ name: shape, … }`.
package struct RecordShapeView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .recordShape else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The fields.
  package var fields: [FieldView] { children() }
}

/// A type's name, perhaps with bounds.
package struct NamedShapeView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .namedShape else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
  /// None, or the lower and the upper bound.
  package var bounds: [BoundView] { children() }
}

/// One end of a range.
package struct BoundView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .bound else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// Whether `-` stands before it.
  package var isNegative: Bool { token(.minus) != nil }
  /// The number, date or time.
  package var token: TokenID? { tree.tokens(of: id).last }
}

/// `name: shape optional`.
package struct FieldView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .field else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// The field's type.
  package var shape: ShapeView? { shape() }
  /// Whether `optional` is written.
  package var isOptional: Bool { has(.optional) }
}

/// `extract name from path matching /…/`, with `joined` perhaps, or `… option ["-p"]`.
package struct ExtractView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .extract else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// The path.
  package var path: PathView? { child() }
  /// The regular expression.
  package var pattern: TokenID? { token(.regularExpression) }
  /// Whether all that matches is one value.
  package var isJoined: Bool { has(.joined) }
  /// The options of a command line: one, or a list of them; nil after `matching`.
  package var options: ValueView? { has(.option) ? values().dropFirst().first : nil }
}

/// `from tool "…" with a = b`.
package struct ToolSourceView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    switch tree.kind(of: id) {
    case .toolSource, .resultSource, .eventSource: (self.tree, self.id) = (tree, id)
    default: return nil
    }
  }

  /// Whether it is of what a call returned.
  package var isOfResult: Bool { tree.kind(of: id) == .resultSource }
  /// Whether it is of an event.
  package var isOfEvent: Bool { tree.kind(of: id) == .eventSource }
  /// The names of tools, perhaps with `*`; of one event.
  package var tools: [TokenID] { strings() }
  /// Where parameters come from.
  package var mappings: [FieldMappingView] { children() }
}

/// `from action a.b when …`.
package struct ActionSourceView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .actionSource else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The path.
  package var path: PathView? { child() }
  /// The condition.
  package var condition: ConditionView? { child() }
}

/// `name = path`.
package struct FieldMappingView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .fieldMapping else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of its name.
  package var name: TokenID? { nameToken() }
  /// The path.
  package var path: PathView? { child() }
}
