import TractatusSource
import TractatusSyntax

extension Checker {
  /// Enters every declared name into its package's tables and numbers the symbols by name.
  func declareSymbols() {
    var found = Declarations()
    for number in packages.indices {
      for file in packages[number].files {
        let tree = files[file].tree
        for node in tree.children(of: tree.root) {
          guard let declaration = DeclarationView(tree, node) else { continue }
          collect(declaration, package: number, into: &found)
        }
      }
    }
    types = found.types.sorted {
      (packages[$0.package].name, $0.name) < (packages[$1.package].name, $1.name)
    }
    lets = found.lets.sorted {
      (packages[$0.package].name, $0.name) < (packages[$1.package].name, $1.name)
    }
    thresholds = found.thresholds.sorted { $0.name < $1.name }
    rules = found.rules.sorted { $0.name < $1.name }
    classifications = found.classifications.sorted { $0.name < $1.name }
    readings = found.readings.sorted { $0.name < $1.name }
    let unmapped = QualifiedName(package: "", name: "unmapped")
    actions =
      (found.actions + [ActionSymbol(package: nil, name: unmapped, span: builtInSpan, view: nil)])
      .sorted { $0.name < $1.name }
    enterNumbers()
  }

  /// A span for what no file declares.
  var builtInSpan: SourceSpan {
    SourceSpan(source: SourceID(rawValue: .max), start: 0, end: 0)
  }

  private func enterNumbers() {
    for (number, type) in types.enumerated() {
      packages[type.package].tables[Namespace.types.rawValue][type.name] = .own(number)
    }
    for (number, symbol) in lets.enumerated() {
      packages[symbol.package].tables[Namespace.values.rawValue][symbol.name] = .own(number)
    }
    for (number, symbol) in rules.enumerated() {
      packages[symbol.package].tables[Namespace.rules.rawValue][symbol.name.name] = .own(number)
    }
    for (number, symbol) in classifications.enumerated() {
      packages[symbol.package].tables[Namespace.classifications.rawValue][symbol.name.name] =
        .own(number)
    }
    for (number, symbol) in thresholds.enumerated() {
      for space in [Namespace.rules, .values] {
        packages[symbol.package].tables[space.rawValue][symbol.name.name] = .threshold(number)
      }
    }
    for (number, symbol) in actions.enumerated() {
      guard let package = symbol.package else {
        unmapped = number
        continue
      }
      packages[package].tables[Namespace.actions.rawValue][symbol.name.name] = .own(number)
    }
  }

  private func collect(
    _ declaration: DeclarationView, package: Int, into found: inout Declarations
  ) {
    switch declaration {
    case .use: break
    case .constant(let view):
      guard let (name, span) = declared(view.name, view, in: [.values], package) else { return }
      found.lets.append(LetSymbol(package: package, name: name, span: span, view: view))
    case .type(let view):
      guard let (name, span) = declared(view.name, view, in: [.types], package) else { return }
      found.types.append(TypeSymbol(package: package, name: name, span: span, view: view))
    case .rule(let view):
      guard let (name, span) = declared(view.name, view, in: [.rules], package) else { return }
      found.rules.append(
        RuleSymbol(package: package, name: qualified(name, package), span: span, view: view))
    case .threshold(let view):
      guard let (name, span) = declared(view.name, view, in: [.rules, .values], package) else {
        return
      }
      let full = qualified(name, package)
      found.thresholds.append(
        ThresholdSymbol(
          package: package, name: full, span: span, view: view,
          levels: Enumeration(name: full.text, values: [])))
    case .action(let view): collect(view, package: package, into: &found)
    case .fact(let view): packages[package].facts.append(view)
    case .otherwise(let view): packages[package].otherwises.append(view)
    case .monitor(let view): packages[package].monitors.append(view)
    case .waive(let view): waives.append((package, view))
    case .test(let view): tests.append((package, view))
    case .prove(let view): proofs.append((package, view))
    case .program(let view): programs.append((package, view))
    case .classification(let view):
      guard let (name, span) = declared(view.name, view, in: [.classifications], package) else {
        return
      }
      found.classifications.append(
        ClassificationSymbol(
          package: package, name: qualified(name, package), span: span, view: view))
    case .reading(let view):
      guard let (name, span) = declared(view.name, view, in: [.readings], package) else { return }
      found.readings.append(
        ClassificationSymbol(
          package: package, name: qualified(name, package), span: span, view: view))
    }
  }

  private func collect(_ view: ActionView, package: Int, into found: inout Declarations) {
    guard let path = view.path, let token = path.segments.first else { return }
    if path.segments.count > 1 {
      actionExtensions.append(ActionExtension(package: package, view: view))
    } else if let (name, span) = declared(token, view, in: [.actions], package) {
      found.actions.append(
        ActionSymbol(package: package, name: qualified(name, package), span: span, view: view))
    }
  }

  private func qualified(_ name: String, _ package: Int) -> QualifiedName {
    QualifiedName(package: packages[package].name, name: name)
  }

  /// Notes that a name is declared, or reports that it already is; nil then.
  private func declared(
    _ token: TokenID?, _ view: some SyntaxView, in spaces: [Namespace], _ package: Int
  ) -> (String, SourceSpan)? {
    guard let token else { return nil }
    let name = view.tree.name(of: token)
    let span = view.tree.span(of: token)
    for space in spaces {
      if let first = packages[package].spans[space.rawValue][name] {
        report(
          .redeclared,
          "`\(name)` is declared already, and a name means what its one declaration says",
          at: span, secondary: [LabelledSpan(first, "the first declaration")])
        return nil
      }
    }
    for space in spaces { packages[package].spans[space.rawValue][name] = span }
    guard !isBuiltIn(name, in: spaces) else {
      report(
        .builtInName, "`\(name)` is built in, and what is built in keeps its meaning", at: span)
      return nil
    }
    return (name, span)
  }

  private func isBuiltIn(_ name: String, in spaces: [Namespace]) -> Bool {
    if spaces.contains(.types) { return builtInType(name) != nil }
    if spaces.contains(.actions) { return name == "unmapped" || name == "any" }
    return spaces.contains(.values) && Roots.names.contains(name)
  }
}

/// Symbols before they are numbered.
private struct Declarations {
  var types: [TypeSymbol] = []
  var actions: [ActionSymbol] = []
  var lets: [LetSymbol] = []
  var thresholds: [ThresholdSymbol] = []
  var rules: [RuleSymbol] = []
  var classifications: [ClassificationSymbol<ClassifyView>] = []
  var readings: [ClassificationSymbol<ReadingView>] = []
}
