/// The inner nodes of a node, one after the other, without an array of them.
struct ChildNodes: Sequence, IteratorProtocol {
  private let tree: SyntaxTree
  private var place: UInt32
  private let end: UInt32

  init(_ tree: SyntaxTree, _ node: NodeID) {
    self.tree = tree
    place = node.rawValue + 1
    end = tree.record(node).nodeEnd
  }

  mutating func next() -> NodeID? {
    guard place < end else { return nil }
    let child = NodeID(rawValue: place)
    place = tree.record(child).nodeEnd
    return child
  }
}

/// The tokens of a node that belong to no inner node, without an array of them.
struct OwnTokens: Sequence, IteratorProtocol {
  private let tree: SyntaxTree
  private var token: UInt32
  private let tokenEnd: UInt32
  private var children: ChildNodes
  private var childStart: UInt32
  private var childEnd: UInt32

  init(_ tree: SyntaxTree, _ node: NodeID) {
    self.tree = tree
    let here = tree.record(node)
    token = here.firstToken
    tokenEnd = here.tokenEnd
    children = ChildNodes(tree, node)
    (childStart, childEnd) = (tokenEnd, tokenEnd)
    stepToChild()
  }

  private mutating func stepToChild() {
    guard let child = children.next() else {
      (childStart, childEnd) = (tokenEnd, tokenEnd)
      return
    }
    let inner = tree.record(child)
    (childStart, childEnd) = (inner.firstToken, inner.tokenEnd)
  }

  mutating func next() -> TokenID? {
    while token >= childStart, token < tokenEnd {
      token = Swift.max(token, childEnd)
      stepToChild()
    }
    guard token < tokenEnd else { return nil }
    defer { token += 1 }
    return TokenID(rawValue: token)
  }

  /// The first of the tokens.
  var firstToken: TokenID? {
    var copy = self
    return copy.next()
  }
}
