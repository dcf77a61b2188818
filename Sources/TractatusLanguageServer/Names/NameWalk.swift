import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// Finds every name of a file and what it stands for.
struct NameWalk {
  let table: NameTable
  let file: Int
  let tree: SyntaxTree
  var uses: [NameUse] = []

  init(_ table: NameTable, file: Int) {
    (self.table, self.file) = (table, file)
    tree = table.files[file].tree
  }

  /// The scope of a declaration's own level.
  private var packageScope: NameScope { NameScope(package: table.packageOfFile[file]) }

  /// Walks the whole file.
  mutating func run() {
    for node in tree.children(of: tree.root) {
      if let policy = PolicyView(tree, node) {
        if let path = policy.path { note(path, as: .package(path.joined), isDeclaration: true) }
      } else if let declaration = DeclarationView(tree, node) {
        visit(declaration)
      } else {
        visitChildren(node, packageScope)
      }
    }
    uses.sort { ($0.start, $0.end) < ($1.start, $1.end) }
  }

  // MARK: Notes

  /// Notes a name.
  mutating func note(
    _ token: TokenID?, _ things: [NamedThing], isDeclaration: Bool = false,
    type: ValueType? = nil, isOptional: Bool = false
  ) {
    guard let token, !things.isEmpty else { return }
    note(
      tree.span(of: token), things, isDeclaration: isDeclaration, type: type,
      isOptional: isOptional)
  }

  mutating func note(
    _ span: SourceSpan, _ things: [NamedThing], isDeclaration: Bool = false,
    type: ValueType? = nil, isOptional: Bool = false
  ) {
    guard !things.isEmpty, !span.isEmpty else { return }
    uses.append(
      NameUse(
        start: span.start, end: span.end, things: things, isDeclaration: isDeclaration,
        type: type, isOptional: isOptional))
  }

  /// Notes a path as one name.
  private mutating func note(_ path: PathView, as thing: NamedThing, isDeclaration: Bool = false) {
    note(path.span, [thing], isDeclaration: isDeclaration)
  }

  /// Notes a path of which the last name is something, and those before it are its package.
  mutating func note(_ path: PathView?, in spaces: [NameTable.Space], _ scope: NameScope) {
    guard let path, let last = path.segments.last else { return }
    for space in spaces {
      guard let thing = table.find(path.names, space, from: scope.package) else { continue }
      if path.segments.count > 1, let first = path.segments.first {
        let before = path.segments[path.segments.count - 2]
        let owner = path.names.dropLast().joined(separator: ".")
        note(tree.span(of: first).joined(with: tree.span(of: before)), [.package(owner)])
      }
      note(last, [thing])
      return
    }
  }

  /// Notes an attribute, and gives its type.
  @discardableResult
  mutating func noteAttribute(_ path: PathView?, _ scope: NameScope) -> ValueType? {
    guard let path else { return nil }
    var names = path.names
    var spans = path.segments.map { tree.span(of: $0) }
    var scope = scope
    if names.count > 1, names[0] == "this" {
      names.removeFirst()
      spans.removeFirst()
      scope.types = scope.current
    }
    let resolved = table.resolve(names, scope)
    note(spans, resolved)
    return resolved.type
  }

  private mutating func note(_ spans: [SourceSpan], _ resolved: ResolvedPath) {
    var index = 0
    while index < min(spans.count, resolved.things.count) {
      let things = resolved.things[index]
      var last = index
      // The names of a fact or package are one.
      while last + 1 < spans.count, isDotted(things), resolved.things[last + 1] == things {
        last += 1
      }
      let isEnd = last == spans.count - 1
      note(
        spans[index].joined(with: spans[last]), things, type: isEnd ? resolved.type : nil,
        isOptional: isEnd && resolved.isOptional)
      index = last + 1
    }
  }

  private func isDotted(_ things: [NamedThing]) -> Bool {
    switch things.first {
    case .fact?, .package?: true
    default: false
    }
  }

  // MARK: Declarations

  private mutating func visit(_ declaration: DeclarationView) {
    var scope = packageScope
    let package = scope.package
    func qualified(_ token: TokenID) -> QualifiedName {
      QualifiedName(package: package, name: tree.name(of: token))
    }
    switch declaration {
    case .use(let view):
      if let path = view.path { note(path, as: .package(path.joined)) }
    case .constant(let view):
      if let token = view.name {
        note(token, [.constant(qualified(token))], isDeclaration: true)
      }
      scope.types = types(view.types, scope)
      visitChildren(view.id, scope)
    case .type(let view):
      if let token = view.name {
        note(token, [.valueType(qualified(token))], isDeclaration: true)
        if case .enumeration(let shape)? = view.shape {
          for word in shape.names {
            note(
              word, [.word(qualified(token).text, tree.name(of: word))], isDeclaration: true)
          }
        }
      }
      visitChildren(view.id, scope)
    case .fact(let view):
      if let path = view.path { note(path, as: .fact(path.joined), isDeclaration: true) }
      visitChildren(view.id, scope)
    case .action(let view): visit(view, scope)
    case .otherwise(let view): visitChildren(view.id, scope)
    case .rule(let view):
      if let token = view.name {
        note(token, [.policyRule(qualified(token))], isDeclaration: true)
      }
      scope.types = types(view.on?.types, scope)
      visitChildren(view.id, scope)
    case .threshold(let view):
      if let token = view.name { declare(view, qualified(token), token) }
      scope.types = types(view.on?.types, scope)
      visitChildren(view.id, scope)
    case .monitor(let view):
      for component in view.components {
        guard let token = component.name else { continue }
        note(token, [.component(tree.name(of: token))], isDeclaration: true)
      }
    case .waive(let view): visit(view, scope)
    case .test(let view): visit(view, scope)
    case .prove(let view):
      for claim in view.claims {
        scope.types = types(claim.types, scope)
        visitChildren(claim.id, scope)
      }
    case .program(let view):
      for token in view.names {
        let name = tree[token].isString ? tree.string(of: token) : tree.name(of: token)
        note(token, [.program(name)], isDeclaration: true)
      }
    case .classification(let view): visit(view, scope)
    case .reading(let view): visit(view, scope)
    }
  }

  private mutating func declare(_ view: ThresholdView, _ name: QualifiedName, _ token: TokenID) {
    note(token, [.threshold(name)], isDeclaration: true)
    for level in view.levels {
      guard let token = level.name else { continue }
      note(token, [.level(name, tree.name(of: token))], isDeclaration: true)
    }
    for factor in view.factors {
      guard let token = factor.name else { continue }
      note(token, [.factor(name, tree.name(of: token))], isDeclaration: true)
    }
  }

  private mutating func visit(_ view: ActionView, _ outer: NameScope) {
    var scope = outer
    guard let path = view.path else { return visitChildren(view.id, scope) }
    if path.segments.count == 1, let token = path.segments.first {
      let name = QualifiedName(package: scope.package, name: tree.name(of: token))
      note(token, [.actionType(name)], isDeclaration: true)
      scope.types = [name]
      for field in view.fields {
        guard let token = field.name else { continue }
        note(token, [.parameter(name, tree.name(of: token))], isDeclaration: true)
      }
    } else {
      note(path, in: [.actions], scope)
      if case .actionType(let name)? = table.find(path.names, .actions, from: scope.package) {
        scope.types = [name]
      }
    }
    for child in tree.children(of: view.id) where child != path.id {
      visit(child, scope)
    }
  }

  private mutating func visit(_ view: WaiveView, _ outer: NameScope) {
    var scope = outer
    note(view.path, in: [.rules], scope)
    scope.types = types(view.types, scope)
    if view.types == nil, let path = view.path,
      case .policyRule(let name)? = table.find(path.names, .rules, from: scope.package)
    {
      scope.types = typesOfRule(name)
    }
    for child in tree.children(of: view.id) where child != view.path?.id {
      visit(child, scope)
    }
  }

  private mutating func visit(_ view: TestView, _ scope: NameScope) {
    for child in tree.children(of: view.id) {
      if let action = TestActionView(tree, child) {
        note(action.path, in: [.actions], scope)
        if let record = action.record { visitParameters(record, type(action.path, scope), scope) }
      } else if let expectation = TestExpectationView(tree, child) {
        for path in expectation.rules {
          if table.packages[path.joined] != nil {
            note(path, as: .package(path.joined))
          } else {
            note(path, in: [.rules, .actions], scope)
          }
        }
        if let record = expectation.correcting {
          visitParameters(record, type(view.actions.first?.path, scope), scope)
        }
      } else {
        visit(child, scope)
      }
    }
  }

  // MARK: Instructions

  private mutating func visit(_ view: ClassifyView, _ outer: NameScope) {
    guard let token = view.name else { return visitChildren(view.id, outer) }
    let name = tree.name(of: token)
    let full = QualifiedName(package: outer.package, name: name)
    note(token, [.classification(full)], isDeclaration: true)
    for word in view.cases.map(\.name) + view.otherwises.map(\.name) {
      note(word, [.metadataWord(name, word.map { tree.name(of: $0) } ?? "")])
    }
    visitChildren(view.id, table.classificationScope(outer.package))
  }

  private mutating func visit(_ view: ReadingView, _ outer: NameScope) {
    if let token = view.name {
      let name = QualifiedName(package: outer.package, name: tree.name(of: token))
      note(token, [.reading(name)], isDeclaration: true)
    }
    var scope = outer
    scope.types = types(view.on?.types, scope)
    scope.variables = table.classificationScope(outer.package).variables.filter {
      $0.name == ClassificationNames.text
    }
    for field in view.fields {
      guard let token = field.name else { continue }
      let thing = NamedThing.element(UInt32(clamping: file), tree[token].start)
      note(token, [thing], isDeclaration: true)
      scope.variables.append(
        NameScope.Variable(name: tree.name(of: token), type: nil, thing: thing))
    }
    for extract in view.extracts {
      guard let token = extract.name,
        let variable = scope.variables.last(where: { $0.name == tree.name(of: token) })
      else { continue }
      note(token, [variable.thing])
    }
    visitChildren(view.id, scope)
  }

  // MARK: Types

  private func type(_ path: PathView?, _ scope: NameScope) -> QualifiedName? {
    guard let path,
      case .actionType(let name)? = table.find(path.names, .actions, from: scope.package)
    else { return nil }
    return name
  }

  private func types(_ view: TypesView?, _ scope: NameScope) -> [QualifiedName] {
    (view?.paths ?? []).compactMap { type($0, scope) }
  }

  /// The action types that a declared rule is on.
  private func typesOfRule(_ name: QualifiedName) -> [QualifiedName] {
    guard let site = table.sites[.policyRule(name)]?.first else { return [] }
    let other = table.files[site.file].tree
    guard let view = RuleView(other, site.node) else { return [] }
    return types(view.on?.types, NameScope(package: name.package))
  }
}
