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
  /// Of an action type, whether other calls are of it, or carry what they did not.
  private(set) var changesCalls = false

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
      var change = DeclarationChange(kind: kind, word: key.word, name: key.name)
      change.changesCalls = changesCalls(from: before[key], to: after[key])
      changes.append(change)
    }
    return changes.sorted { ($0.word, $0.name) < ($1.word, $1.name) }
  }

  /// Whether two versions of an action type differ in what decides which calls are of it and what
  /// these carry, save for optional parameters, which only those who test them see.
  private static func changesCalls(from old: [String]?, to new: [String]?) -> Bool {
    guard let old, let new else { return true }
    func parts(_ texts: [String]) -> [String] {
      texts.map { text in
        text.split(separator: "\u{0}", maxSplits: 1).last.map(String.init) ?? ""
      }.sorted()
    }
    return parts(old) != parts(new)
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
        var text = tree.normalisedText(of: id)
        if case .action(let action) = declaration {
          let parts =
            action.fields.filter { !$0.isOptional }.map(\.id) + action.extracts.map(\.id)
          let sources = action.toolSources.map(\.id) + action.actionSources.map(\.id)
          text += "\u{0}\(action.isClosed) "
          text += (parts + sources).map { tree.normalisedText(of: $0) }.sorted()
            .joined(separator: " ")
        }
        result[key, default: []].append(text)
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

  /// Whether decisions may change by it though no clause does: what attributes and calls are. What
  /// programs do, and what scores are made of, is compared by itself.
  package var isContext: Bool {
    switch word {
    case "action": changesCalls
    // What nobody tests changes nothing, and what is tested shows in the tests.
    case "fact": kind == .changed
    default: false
    }
  }
}
