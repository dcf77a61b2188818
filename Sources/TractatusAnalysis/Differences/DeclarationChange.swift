import TractatusSemantics
import TractatusSyntax

/// A declaration that one version has and the other has not, or has with other words.
package struct DeclarationChange: Hashable, Sendable {
  /// What became of it.
  package enum Kind: String, Sendable {
    case added, removed, changed
  }

  package var kind: Kind
  /// The word that begins it, such as `rule`, and its qualified name or title.
  package var word: String
  package var name: String

  /// The declarations that differ, by their words and names; comments and layout do not count.
  /// O(n · log n) in the files.
  package static func changes(
    from old: [ParsedFile], to new: [ParsedFile]
  ) -> [DeclarationChange] {
    let (before, after) = (declarations(of: old), declarations(of: new))
    var changes: [DeclarationChange] = []
    for key in Set(before.keys).union(after.keys) {
      let kind: Kind
      switch (before[key], after[key]) {
      case (let one?, let other?):
        if one.sorted() == other.sorted() { continue }
        kind = .changed
      case (nil, _): kind = .added
      default: kind = .removed
      }
      changes.append(DeclarationChange(kind: kind, word: key.word, name: key.name))
    }
    return changes.sorted { ($0.word, $0.name) < ($1.word, $1.name) }
  }

  private struct Key: Hashable {
    var word: String
    var name: String
  }

  private static func declarations(of files: [ParsedFile]) -> [Key: [String]] {
    var result: [Key: [String]] = [:]
    for file in files {
      let tree = file.tree
      guard let view = FileView(tree, tree.root) else { continue }
      let package = view.policy?.path?.joined ?? ""
      for declaration in view.declarations {
        let (word, name, id) = names(declaration, tree)
        let key = Key(word: word, name: name.isEmpty ? package : "\(package).\(name)")
        result[key, default: []].append(tree.normalisedText(of: id))
      }
    }
    return result
  }

  private static func names(
    _ declaration: DeclarationView, _ tree: SyntaxTree
  ) -> (word: String, name: String, id: NodeID) {
    func name(_ token: TokenID?) -> String { token.map { tree.name(of: $0) } ?? "" }
    func text(_ token: TokenID?) -> String { token.map { tree.string(of: $0) } ?? "" }
    switch declaration {
    case .use(let view): return ("use", view.path?.joined ?? "", view.id)
    case .constant(let view): return ("let", name(view.name), view.id)
    case .type(let view): return ("type", name(view.name), view.id)
    case .fact(let view): return ("fact", view.path?.joined ?? "", view.id)
    case .action(let view): return ("action", view.path?.joined ?? "", view.id)
    case .otherwise(let view): return ("otherwise", "", view.id)
    case .rule(let view): return ("rule", name(view.name), view.id)
    case .threshold(let view): return ("threshold", name(view.name), view.id)
    case .monitor(let view): return ("monitor", "", view.id)
    case .waive(let view): return ("waive", view.path?.joined ?? "", view.id)
    case .test(let view): return ("test", text(view.title), view.id)
    case .prove(let view): return ("prove", text(view.title), view.id)
    case .program(let view):
      let names = view.names.map { tree[$0].isString ? text($0) : name($0) }
      return ("program", names.joined(separator: ", "), view.id)
    case .classification(let view): return ("classify", name(view.name), view.id)
    case .reading(let view): return ("reading", name(view.name), view.id)
    }
  }
}
