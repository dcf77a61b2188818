import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// A file that is linted, with its nodes by kind.
struct LintFile {
  let parsed: ParsedFile
  let tree: SyntaxTree
  /// The name of the file's package; empty where it has none.
  let package: String
  /// The nodes of each kind, in the order of the file.
  private let nodesByKind: [[NodeID]]
  /// The declaration that each node lies in, by the node's position; the root where in none.
  private let declarations: [UInt32]
  /// Whether the tree has an error: then a declaration may be cut short.
  let hasErrors: Bool

  /// Sorts the nodes of a file, in O(nodes).
  init(_ parsed: ParsedFile) {
    self.parsed = parsed
    tree = parsed.tree
    let tree = parsed.tree
    var byKind = [[NodeID]](repeating: [], count: SyntaxKind.allCases.count)
    var declarations = [UInt32](repeating: 0, count: tree.nodeCount)
    for index in 0..<tree.nodeCount {
      let node = NodeID(rawValue: UInt32(clamping: index))
      let kind = tree.kind(of: node)
      byKind[Int(kind.rawValue)].append(node)
      if let parent = tree.parent(of: node) {
        declarations[index] =
          parent == tree.root ? node.rawValue : declarations[Int(parent.rawValue)]
      }
    }
    nodesByKind = byKind
    self.declarations = declarations
    package = FileView(tree, tree.root)?.policy?.path?.joined ?? ""
    hasErrors = tree.diagnostics.hasErrors
  }

  /// The nodes of a kind, in the order of the file.
  func nodes(_ kind: SyntaxKind) -> [NodeID] { nodesByKind[Int(kind.rawValue)] }

  /// The views of a kind's nodes, in the order of the file.
  func views<View: SyntaxView>(_ kind: SyntaxKind, _: View.Type = View.self) -> [View] {
    nodes(kind).compactMap { View(tree, $0) }
  }

  /// The declaration that a node lies in; itself for one, the root for what lies in none.
  func declaration(of node: NodeID) -> NodeID {
    NodeID(rawValue: declarations[Int(node.rawValue)])
  }

  /// The nearest node of a kind around a node, itself included.
  func enclosing(_ node: NodeID, _ kind: SyntaxKind) -> NodeID? {
    var next: NodeID? = node
    while let current = next {
      if tree.kind(of: current) == kind { return current }
      next = tree.parent(of: current)
    }
    return nil
  }

  /// Whether the tokens of a node are whole: none is missing inside, and none belongs nowhere.
  func isWhole(_ node: NodeID) -> Bool {
    guard hasErrors else { return true }
    var pending = [node]
    while let next = pending.popLast() {
      let kind = tree.kind(of: next)
      if kind == .missing || kind == .unexpected { return false }
      pending += tree.children(of: next)
    }
    return true
  }
}
