import TractatusSource
import TractatusSyntax

/// Which names the loaded files use, declarations apart.
///
/// By their spelling alone, so a name that is used for one thing counts as a use of every thing
/// that bears it: what is said to be unused is unused.
struct NameUses {
  /// Every name of a path, and every path whole, with dots.
  private var names: Set<String> = []
  /// Paths below `facts`, without it.
  private var facts: Set<String> = []

  init(_ run: LintRun) {
    for file in run.loaded {
      let tree = file.tree
      for index in 0..<tree.nodeCount {
        let node = NodeID(rawValue: UInt32(clamping: index))
        guard tree.kind(of: node) == .path, let path = PathView(tree, node) else { continue }
        if isDeclared(tree, node) { continue }
        add(path.names)
      }
      addInterpolations(tree)
    }
  }

  /// Whether a path is the name of what its parent declares.
  private func isDeclared(_ tree: SyntaxTree, _ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node) else { return false }
    return tree.kind(of: parent) == .factDeclaration && FactView(tree, parent)?.path?.id == node
  }

  private mutating func add(_ path: [String]) {
    if path.isEmpty { return }
    for name in path { names.insert(name) }
    if path.count > 1 { names.insert(path.joined(separator: ".")) }
    guard path[0] == "facts" else { return }
    for count in 1..<path.count {
      facts.insert(path[1...count].joined(separator: "."))
    }
  }

  private mutating func addInterpolations(_ tree: SyntaxTree) {
    let brace = UInt8(ascii: "{")
    for (index, token) in tree.tokens.enumerated() where token.isString {
      let id = TokenID(rawValue: UInt32(clamping: index))
      guard tree.bytes(of: id).contains(brace) else { continue }
      for part in tree.parts(of: id) {
        if case .attribute(let path, _) = part { add(path) }
      }
    }
  }

  /// Whether a name is used anywhere.
  func contains(_ name: String) -> Bool { names.contains(name) }

  /// Whether a fact, or one below or above it, is read or given anywhere.
  func containsFact(_ name: String) -> Bool { facts.contains(name) }
}
