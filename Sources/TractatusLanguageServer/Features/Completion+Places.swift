import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension Completion {
  /// Collects what may stand in the place.
  mutating func collect() {
    if kind(0) == .path {
      collectPath()
      return
    }
    if let word = before?.word, let next = Self.following(word, kind(0)) {
      add(next, rank: 1)
      if word == .takes { addArgumentTypes() }
      return
    }
    if kind(0) == .name, kind(1) != .metadata { return }
    collectWords()
  }

  /// What must follow a word, whatever else; nil where that is open.
  private static func following(_ word: Word, _ kind: SyntaxKind) -> [Word]? {
    switch word {
    case .needs: [.human]
    case .human: [.judgment, .approval]
    case .starts, .ends: [.with]
    case .ignoring: [.case]
    case .approved: [.by]
    case .instead: [.of]
    case .one: [.of]
    case .list: [.of]
    case .sealed, .shadow, .closed:
      [
        .rule, .instruction, .boundary, .requirement, .threshold, .action, .otherwise, .sealed,
        .shadow, .closed,
      ]
    case .otherwise, .unmeasured, .example, .always, .never: [.allow, .warn, .ask, .deny]
    case .is: [.opaque, .undeclared]
    case .review: [.after]
    case .takes, .yields: word == .takes ? [] : yields
    case .first, .last: [.operand]
    case .other: [.operands]
    default: nil
    }
  }

  private static let yields: [Word] = [
    .like, .below, .operands, .first, .last, .other, .cwd, .input, .numbers, .named, .anything,
  ]

  private mutating func addArgumentTypes() {
    for name in ["text", "path", "url", "host", "command", "glob", "placeholder"] {
      add(name, .keyword, "argument", rank: 1)
    }
  }

  // MARK: Names

  /// The place is that of a name, or of a part of one.
  private mutating func collectPath() {
    switch kind(1) {
    case .useDeclaration: addPackages()
    case .types, .testAction, .earlierAction, .previously, .actionSource, .example:
      if kind(1) == .types, prefix.isEmpty { add([.any], rank: 2) }
      addNames(.actions)
    case .namedShape:
      addNames(.types)
      if prefix.isEmpty { add([.one, .list], rank: 4) }
    case .waiveDeclaration: addNames(.rules)
    case .testExpectation:
      addNames(.rules)
      addNames(.actions)
    case .metadata: addMetadataWords()
    case .recordField: collectRecord()
    case .fieldMapping, .factDeclaration, .policy, .actionDeclaration: break
    case .attributeCondition where tree.children(of: nodes[1]).first == nodes[0]:
      addAttributes()
      if prefix.isEmpty { add([.not, .has, .any, .all, .count, .true, .false], rank: 7) }
    case .hasCondition, .countCondition, .operand, .givenScore, .extract, .expect,
      .quantifiedCondition:
      addAttributes()
    default:
      addExpectedWords()
      addAttributes()
      if prefix.isEmpty { add([.true, .false], rank: 7) }
    }
  }

  private mutating func addPackages() {
    let typed = prefix
    for package in file.names.packages.keys.sorted() + builtInPackages {
      let parts = package.split(separator: ".").map(String.init)
      guard parts.count > typed.count, Array(parts[..<typed.count]) == typed else { continue }
      add(parts[typed.count...].joined(separator: "."), .module, "package", rank: 1)
    }
  }

  private var builtInPackages: [String] {
    var names: [String] = []
    for file in file.workspace.builtIns where !names.contains(file.package) {
      names.append(file.package)
    }
    return names
  }

  /// Adds the names of a kind that are seen, or those of the package that is typed.
  private mutating func addNames(_ space: NameTable.Space) {
    let typed = prefix
    if typed.isEmpty {
      for package in file.names.seen(from: file.package) { addNames(of: package, space) }
      if space == .actions { add("unmapped", .class, "action type", rank: 6) }
      if space == .types {
        for (name, meaning) in BuiltInNames.types {
          add(name, .class, "built-in type", meaning: meaning, rank: 3)
        }
      }
      addQualifiers(space)
    } else if let package = file.names.packages[typed.joined(separator: ".")] {
      addNames(of: package, space)
    } else {
      addQualifiers(space)
    }
  }

  private mutating func addNames(of package: PackageNames, _ space: NameTable.Space) {
    let rank = package.name == file.package ? 1 : 2
    switch space {
    case .types:
      for name in package.types { add(name, .enumeration, "type of \(package.name)", rank: rank) }
    case .actions:
      for name in package.actions {
        let full = QualifiedName(package: package.name, name: name)
        add(
          name, .class, "action type of \(package.name)",
          meaning: file.names.actionTypes[full]?.title ?? "", rank: rank)
      }
    case .rules:
      for name in package.rules { add(name, .method, "rule of \(package.name)", rank: rank) }
      for name in package.thresholds {
        add(name, .structure, "threshold of \(package.name)", rank: rank)
      }
    case .values:
      for name in package.constants {
        add(name, .constant, "let of \(package.name)", rank: rank + 2)
      }
      for name in package.thresholds {
        add(name, .structure, "threshold of \(package.name)", rank: rank + 2)
      }
    }
  }

  /// Adds the next part of the used packages' names.
  private mutating func addQualifiers(_ space: NameTable.Space) {
    let typed = prefix
    for package in file.names.seen(from: file.package) {
      let parts = package.name.split(separator: ".").map(String.init)
      guard parts.count > typed.count, Array(parts[..<typed.count]) == typed else { continue }
      add(parts[typed.count], .module, "package", rank: 8)
    }
  }

  // MARK: Attributes

  /// What bare names mean in the place.
  var scope: NameScope {
    var scope = NameScope(package: file.package)
    if let source = enclosing(.actionSource) {
      scope.types = types([ActionSourceView(tree, source)?.path].compactMap { $0 })
    } else if let node = nodes.first(where: { tree.kind(of: $0).isDeclaration }) {
      switch DeclarationView(tree, node) {
      case .rule(let view)?: scope.types = types(view.on?.types?.paths ?? [])
      case .threshold(let view)?: scope.types = types(view.on?.types?.paths ?? [])
      case .constant(let view)?: scope.types = types(view.types?.paths ?? [])
      case .waive(let view)?: scope.types = types(view.types?.paths ?? [])
      case .action(let view)?: scope.types = types([view.path].compactMap { $0 })
      case .classification?: scope = file.names.classificationScope(file.package)
      case .reading(let view)?: scope.types = types(view.on?.types?.paths ?? [])
      default: break
      }
    }
    for node in nodes.reversed() {
      guard let view = QuantifiedConditionView(tree, node), let token = view.name,
        view.path?.id != nodes.first
      else { continue }
      let list = view.path.map { file.names.resolve($0.names, scope).type } ?? nil
      var element: ValueType?
      if case .list(let inner)? = list { element = inner }
      if case .command? = list { element = .command }
      scope.variables.append(
        NameScope.Variable(
          name: tree.name(of: token), type: element, thing: .element(0, 0)))
    }
    return scope
  }

  private func types(_ paths: [PathView]) -> [QualifiedName] {
    paths.compactMap { path in
      guard case .actionType(let name)? = file.names.find(path.names, .actions, from: file.package)
      else { return nil }
      return name
    }
  }

  /// Adds attributes and values, or the fields of what is typed.
  private mutating func addAttributes() {
    let scope = scope
    let typed = prefix
    guard typed.isEmpty else {
      addFields(of: typed, scope)
      return
    }
    for variable in scope.variables {
      add(variable.name, .variable, variable.type?.spelt ?? "element", rank: 1)
    }
    for owner in scope.types {
      for parameter in file.names.actionTypes[owner]?.parameters ?? [] {
        let optional = parameter.isOptional ? " optional" : ""
        add(
          parameter.name, .field, parameter.type.spelt + optional,
          meaning: "parameter of \(owner.text)", rank: 1)
      }
    }
    for (name, meaning) in BuiltInNames.roots {
      add(
        name, .property, BuiltInNames.attributes[name]?.type.spelt ?? "root", meaning: meaning,
        rank: 5)
    }
    addNames(.values)
    for package in file.names.seen(from: file.package) {
      for component in package.components { add(component, .variable, "component", rank: 4) }
    }
  }

  private mutating func addFields(of typed: [String], _ scope: NameScope) {
    let seen = file.names.seen(from: file.package)
    switch typed[0] {
    case "facts":
      let rest = Array(typed.dropFirst())
      for package in seen {
        for fact in package.facts {
          let parts = fact.split(separator: ".").map(String.init)
          guard parts.count > rest.count, Array(parts[..<rest.count]) == rest else { continue }
          add(
            parts[rest.count...].joined(separator: "."), .property,
            file.names.facts[fact]?.type.spelt ?? "fact", rank: 1)
        }
      }
    case "components":
      for package in seen {
        for component in package.components { add(component, .variable, "component", rank: 1) }
      }
    default: break
    }
    for (name, attribute) in BuiltInNames.attributes where typed.count == 1 {
      guard name.hasPrefix(typed[0] + ".") else { continue }
      add(
        String(name.dropFirst(typed[0].count + 1)), .property, attribute.type.spelt,
        meaning: attribute.meaning, rank: 1)
    }
    let resolved = file.names.resolve(typed, scope)
    switch resolved.type {
    case .record(let fields)?:
      for field in fields { add(field.name, .field, field.type.spelt, rank: 1) }
    case .url?:
      for (name, type) in BuiltInNames.urlParts { add(name, .field, type.spelt, rank: 1) }
    default: break
    }
    if case .threshold? = resolved.things.last?.first { add("score", .field, "number", rank: 1) }
    if let package = file.names.packages[typed.joined(separator: ".")] {
      addNames(of: package, .values)
    } else {
      addQualifiers(.values)
    }
  }
}
