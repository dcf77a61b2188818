import TractatusSource
import TractatusSyntax

/// A declaration as lists of symbols show it.
struct DeclaredSymbol {
  var name: String
  var detail: String
  /// The number of the protocol's *SymbolKind*.
  var kind: Int
  var node: NodeID
  var nameSpan: SourceSpan
  var children: [DeclaredSymbol] = []

  /// The kinds of the protocol that are used.
  enum Kind {
    static let package = 4
    static let type = 5
    static let field = 8
    static let enumeration = 10
    static let function = 12
    static let variable = 13
    static let constant = 14
    static let enumMember = 22
    static let structure = 23
    static let event = 24
    static let method = 6
    static let property = 7
  }

  init(
    _ name: String, _ detail: String, _ kind: Int, _ view: some SyntaxView, at token: TokenID?
  ) {
    self.name = name.isEmpty ? "?" : name
    (self.detail, self.kind, node) = (detail, kind, view.id)
    nameSpan = token.map { view.tree.span(of: $0) } ?? view.span
  }

  /// The declarations of a file, in its order.
  static func all(of tree: SyntaxTree) -> [DeclaredSymbol] {
    tree.children(of: tree.root).compactMap { node in
      DeclarationView(tree, node).flatMap { symbol($0, tree) }
    }
  }

  private static func symbol(_ view: DeclarationView, _ tree: SyntaxTree) -> DeclaredSymbol? {
    func name(_ token: TokenID?) -> String { token.map { tree.name(of: $0) } ?? "" }
    func text(_ token: TokenID?) -> String { token.map { tree.string(of: $0) } ?? "" }
    switch view {
    case .use, .otherwise: return nil
    case .constant(let view):
      let kind = view.condition == nil ? Kind.constant : Kind.function
      return DeclaredSymbol(name(view.name), "let", kind, view, at: view.name)
    case .type(let view):
      var symbol = DeclaredSymbol(name(view.name), "type", Kind.type, view, at: view.name)
      if case .enumeration(let shape)? = view.shape {
        symbol.kind = Kind.enumeration
        symbol.children = shape.names.map { token in
          var word = DeclaredSymbol(name(token), "", Kind.enumMember, shape, at: token)
          word.nameSpan = tree.span(of: token)
          return word
        }
      }
      return symbol
    case .fact(let view):
      return DeclaredSymbol(
        view.path?.joined ?? "", "fact", Kind.property, view, at: view.path?.segments.first)
    case .action(let view):
      var symbol = DeclaredSymbol(
        view.path?.joined ?? "", text(view.title), Kind.structure, view,
        at: view.path?.segments.last)
      symbol.children = view.fields.map {
        DeclaredSymbol(name($0.name), "parameter", Kind.field, $0, at: $0.name)
      }
      return symbol
    case .rule(let view):
      let head = view.head?.rawValue ?? "rule"
      let title = text(view.title)
      return DeclaredSymbol(
        name(view.name), title.isEmpty ? head : "\(head): \(title)", Kind.method, view,
        at: view.name)
    case .threshold(let view): return threshold(view)
    case .monitor(let view):
      var symbol = DeclaredSymbol("monitor", "", Kind.event, view, at: nil)
      symbol.children = view.components.map {
        DeclaredSymbol(name($0.name), "component", Kind.variable, $0, at: $0.name)
      }
      return symbol
    case .waive(let view):
      return DeclaredSymbol(
        "waive " + (view.path?.joined ?? ""), "", Kind.event, view, at: view.path?.segments.last)
    case .test(let view):
      return DeclaredSymbol(text(view.title), "test", Kind.function, view, at: view.title)
    case .prove(let view):
      return DeclaredSymbol(text(view.title), "prove", Kind.function, view, at: view.title)
    case .classification(let view):
      return DeclaredSymbol(name(view.name), "classify", Kind.function, view, at: view.name)
    case .reading(let view):
      let title = text(view.title)
      return DeclaredSymbol(
        name(view.name), title.isEmpty ? "reading" : "reading: \(title)", Kind.method, view,
        at: view.name)
    case .program(let view):
      let names = view.names.map { tree[$0].isString ? text($0) : name($0) }
      return DeclaredSymbol(
        names.joined(separator: ", "), "program", Kind.function, view, at: view.names.first)
    }
  }

  private static func threshold(_ view: ThresholdView) -> DeclaredSymbol {
    let tree = view.tree
    func part(
      _ token: TokenID?, _ detail: String, _ kind: Int, _ view: some SyntaxView
    )
      -> DeclaredSymbol
    {
      DeclaredSymbol(token.map { tree.name(of: $0) } ?? "", detail, kind, view, at: token)
    }
    let title = view.title.map { tree.string(of: $0) } ?? ""
    var symbol = part(view.name, title, Kind.enumeration, view)
    symbol.children = view.factors.map { part($0.name, "factor", Kind.property, $0) }
    symbol.children += view.levels.map { part($0.name, "level", Kind.enumMember, $0) }
    return symbol
  }
}
