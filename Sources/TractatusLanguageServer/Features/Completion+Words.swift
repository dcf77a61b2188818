import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension Completion {
  // MARK: Values

  /// Adds the words of what is left of the operator.
  mutating func addExpectedWords() {
    guard prefix.isEmpty, case .enumeration(let words)? = expectedType else { return }
    for word in words.values {
      add(word, .enumMember, words.name.isEmpty ? "word" : words.name, rank: 0)
    }
  }

  /// The type of the attribute that is tested where the name stands.
  private var expectedType: ValueType? {
    guard let node = enclosing(.attributeCondition, .expect, .recordField) else { return nil }
    if tree.kind(of: node) == .recordField {
      return RecordFieldView(tree, node).flatMap { fieldType($0) }
    }
    guard let path = tree.children(of: node).lazy.compactMap({ PathView(tree, $0) }).first else {
      return nil
    }
    var type = file.names.resolve(path.names, scope).type
    if case .list(let element)? = type { type = element }
    return type
  }

  private func fieldType(_ field: RecordFieldView) -> ValueType? {
    guard let path = field.path else { return nil }
    if enclosing(.given) != nil {
      return file.names.resolve(path.names, NameScope(package: file.package)).type
    }
    return parameters.first { $0.name == path.joined }?.type
  }

  /// The parameters that the record around the name gives.
  private var parameters: [Parameter] {
    var names: [QualifiedName] = []
    if let node = enclosing(.example), let view = ExampleView(tree, node) {
      if let path = view.path {
        if case .actionType(let name)? = file.names.find(
          path.names, .actions, from: file.package)
        {
          names = [name]
        }
      } else {
        names = scope.types
      }
    } else if let node = enclosing(.testDeclaration), let view = TestView(tree, node),
      let path = view.actions.first?.path,
      case .actionType(let name)? = file.names.find(path.names, .actions, from: file.package)
    {
      names = [name]
    }
    return names.flatMap { file.names.actionTypes[$0]?.parameters ?? [] }
  }

  /// The name is a field of a record, or its value.
  mutating func collectRecord() {
    guard let field = RecordFieldView(tree, nodes[1]) else { return }
    if field.path?.id != nodes[0] {
      addExpectedWords()
      add([.true, .false], rank: 7)
      return
    }
    addRecordKeys()
  }

  private mutating func addRecordKeys() {
    if enclosing(.given) != nil {
      let typed = prefix
      if typed.isEmpty {
        for (name, meaning) in BuiltInNames.roots {
          add(name, .property, "root", meaning: meaning, rank: 1)
        }
        return
      }
      for (name, attribute) in BuiltInNames.attributes where name.hasPrefix(typed[0] + ".") {
        add(
          String(name.dropFirst(typed[0].utf8.count + 1)), .property, attribute.type.spelt, rank: 1)
      }
      guard typed == ["facts"] else { return }
      for fact in file.names.facts.values {
        add(fact.name, .property, fact.type.spelt, rank: 1)
      }
      return
    }
    for parameter in parameters {
      let optional = parameter.isOptional ? " optional" : ""
      add(parameter.name, .field, parameter.type.spelt + optional, rank: 1)
    }
  }

  /// Adds the words that a key of metadata takes.
  mutating func addMetadataWords() {
    guard let view = MetadataView(tree, nodes[1]), let token = view.name else { return }
    let key = tree.name(of: token)
    if key == "replaces" {
      for package in file.names.seen(from: file.package) {
        for name in package.rules { add(name, .method, "rule of \(package.name)", rank: 1) }
      }
    } else if key == "active" {
      add([.true, .false], rank: 1)
    } else if key == "urgency" {
      for word in BuiltInNames.urgency { add(word, .enumMember, key, rank: 1) }
    } else {
      for word in BuiltInNames.metadata.first(where: { $0.key == key })?.value.words ?? [] {
        add(word, .enumMember, key, rank: 1)
      }
    }
  }

  // MARK: Words

  /// The name begins something: a declaration, a clause, or what goes on with a condition.
  mutating func collectWords() {
    addContinuations()
    guard let node = body else {
      addDeclarations()
      return
    }
    switch tree.kind(of: node) {
    case .actionDeclaration: add([.extract, .from, .otherwise, .optional], rank: 3)
    case .ruleDeclaration: addClauses(of: node)
    case .thresholdDeclaration:
      add([.on, .given, .base, .factor, .add, .subtract, .level, .unmeasured], rank: 3)
    case .monitorDeclaration: add([.component, .checkpoints, .report], rank: 3)
    case .testDeclaration: add([.given, .earlier, .action, .expect], rank: 3)
    case .proveDeclaration: add([.always, .never, .when, .unless], rank: 3)
    case .classifyDeclaration:
      add([.case, .otherwise, .base, .add, .subtract, .level, .store, .extract, .usual], rank: 3)
    case .classifyCase: add([.add, .subtract], rank: 3)
    case .readingDeclaration:
      add([.when, .unless, .extract, .on], rank: 3)
      add([.allow, .warn, .ask, .deny, .needs, .expect, .require, .offer, .check], rank: 4)
    case .deliberate: add([.tension, .framework, .review], rank: 3)
    case .programDeclaration, .programSubcommand:
      add(
        [
          .reads, .writes, .deletes, .sends, .connects, .executes, .sets, .escalates, .yields,
          .flag, .option, .subcommand, .operands, .first, .last, .other, .takes, .input, .after,
        ], rank: 3)
    case .record, .recordField: addRecordKeys()
    default: addDeclarations()
    }
  }

  /// The body in braces around the name: of a declaration, or inside one.
  private var body: NodeID? {
    nodes.first { node in
      switch tree.kind(of: node) {
      case .deliberate, .programSubcommand, .record, .classifyCase: return true
      case let kind where kind.isDeclaration:
        guard let brace = tree.firstToken(of: node, kind: .leftBrace) else { return false }
        return brace < token
      default: return false
      }
    }
  }

  private mutating func addDeclarations() {
    guard before != nil else {
      add([.policy], rank: 0)
      return
    }
    add(
      [
        .use, .let, .type, .fact, .action, .otherwise, .rule, .instruction, .boundary, .requirement,
        .threshold, .monitor, .waive, .test, .prove, .program, .classify, .reading, .sealed,
        .shadow, .closed,
      ], rank: 3)
    add([.version, .on, .from, .until, .because, .approved, .else, .optional], rank: 8)
  }

  private mutating func addClauses(of node: NodeID) {
    if before?.word?.isVerdict ?? false { add([.when, .unless, .because], rank: 1) }
    add(
      [
        .allow, .warn, .ask, .deny, .needs, .expect, .require, .offer, .check, .notify, .example,
      ], rank: 3)
    add([.when, .unless, .because, .correct, .instead, .else, .given], rank: 4)
    guard let view = RuleView(tree, node) else { return }
    if view.head == .boundary { add([.deliberate], rank: 3) }
    guard view.on.map({ tree.span(of: $0.id).start > tree[token].start }) ?? true else { return }
    add([.on], rank: 1)
    let head: PolicyRule.Kind = view.head == .instruction ? .instruction : .boundary
    let written = Set(view.metadata.compactMap { $0.name.map { tree.name(of: $0) } })
    for (key, entry) in BuiltInNames.metadata where !written.contains(key) {
      guard entry.kinds.isEmpty || entry.kinds.contains(head) && view.head != .rule else {
        continue
      }
      let label = kind(0) == .name ? key : key + ":"
      add(label, .property, "metadata", meaning: entry.meaning, rank: 2)
    }
  }

  /// What may follow a condition, or an attribute that is not yet tested.
  private mutating func addContinuations() {
    guard token.rawValue > 0 else { return }
    let last = TokenID(rawValue: token.rawValue - 1)
    var current = tree.root
    var around: [NodeID] = []
    while let next = tree.children(of: current).first(where: {
      let record = tree.nodes[Int($0.rawValue)]
      return record.firstToken <= last.rawValue && last.rawValue < record.tokenEnd
    }) {
      around.append(next)
      current = next
    }
    guard
      around.contains(where: { tree.kind(of: $0) == .condition || tree.kind(of: $0) == .expect })
    else { return }
    add([.and, .or], rank: 2)
    guard let node = around.last(where: { tree.kind(of: $0) == .attributeCondition }),
      let view = AttributeConditionView(tree, node), view.test == nil, let path = view.path
    else { return }
    addTests(of: file.names.resolve(path.names, scope).type)
  }

  private mutating func addTests(of type: ValueType?) {
    add([.not, .in], rank: 1)
    switch type {
    case .command?:
      add(
        [
          .runs, .reads, .writes, .deletes, .sends, .connects, .executes, .sets, .escalates, .pipes,
          .is, .only,
        ], rank: 1)
    case .path?, .host?, .url?:
      add([.within, .outside, .like, .matches, .starts, .ends, .contains], rank: 1)
    case .text?: add([.like, .matches, .mentions, .contains, .starts, .ends], rank: 1)
    case .list?: add([.contains], rank: 1)
    case .time?: add([.within], rank: 1)
    case .bool?, .int?, .number?, .enumeration?, .record?: break
    case nil:
      add([.within, .like, .matches, .mentions, .contains, .starts, .ends, .runs], rank: 2)
    }
  }
}
