import TractatusSource
import TractatusSyntax

/// One rule file of a run, parsed.
struct RuleFile {
  let tree: SyntaxTree
  /// The package that the file declares; empty without a readable `policy`.
  let package: String
  /// The packages that it uses, as written.
  let uses: [String]
  /// The rules root that it was found under; built-in files have one of their own.
  let root: Int
  /// Whether it is a built-in file, byte for byte.
  let isBuiltIn: Bool

  init(_ source: SourceText, root: Int, isBuiltIn: Bool) {
    tree = Parser.parse(source)
    self.root = root
    self.isBuiltIn = isBuiltIn
    let view = FileView(tree, tree.root)
    package = view?.policy?.path?.joined ?? ""
    uses =
      view?.declarations.compactMap { declaration in
        if case .use(let use) = declaration { use.path?.joined } else { nil }
      } ?? []
  }
}
