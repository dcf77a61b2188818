import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension NameWalk {
  /// Visits what is inside a node.
  mutating func visitChildren(_ node: NodeID, _ scope: NameScope) {
    for child in tree.children(of: node) { visit(child, scope) }
  }

  /// Visits a node below a declaration. The depth is that of the tree, which the parser limits.
  mutating func visit(_ node: NodeID, _ scope: NameScope) {
    switch tree.kind(of: node) {
    case .name: break
    case .types:
      for path in TypesView(tree, node)?.paths ?? [] { note(path, in: [.actions], scope) }
    case .namedShape:
      if let path = NamedShapeView(tree, node)?.path { note(path, in: [.types], scope) }
    case .metadata: visitMetadata(node, scope)
    case .extract:
      let view = ExtractView(tree, node)
      if let token = view?.name { note(token, parameters(tree.name(of: token), scope)) }
      noteAttribute(view?.path, scope)
    case .fieldMapping:
      if let token = FieldMappingView(tree, node)?.name {
        note(token, parameters(tree.name(of: token), scope))
      }
    case .actionSource: visitSource(node, scope)
    case .expect: visitExpect(node, scope)
    case .example: visitExample(node, scope)
    case .given:
      if let record = GivenView(tree, node)?.record { visitGiven(record, scope) }
    case .because:
      if let text = BecauseView(tree, node)?.text { visitReason(text, scope) }
    case .framework: break
    case .attributeCondition: visitAttribute(node, scope)
    case .quantifiedCondition: visitQuantifier(node, scope)
    case .previously: visitPreviously(node, scope)
    case .countCondition where CountConditionView(tree, node)?.previously != nil:
      visitChildren(node, scope)
    case .countCondition:
      let view = CountConditionView(tree, node)
      noteAttribute(view?.path, scope)
      if let test = view?.test { visit(test, of: .int(bounds: NumberBounds()), scope) }
    case .path:
      if let path = PathView(tree, node) { noteAttribute(path, scope) }
    case .record, .recordField: break
    default: visitChildren(node, scope)
    }
  }

  private func parameters(_ name: String, _ scope: NameScope) -> [NamedThing] {
    scope.types.map { .parameter($0, name) }.filter { table.sites[$0] != nil }
  }

  /// The names in the parentheses are the earlier action's, those after `this.` the current one's.
  private mutating func visitPreviously(_ node: NodeID, _ outer: NameScope) {
    guard let view = PreviouslyView(tree, node) else { return }
    note(view.path, in: [.actions], outer)
    if let since = view.since { note(since, in: [.actions], outer) }
    var scope = NameScope(package: outer.package)
    scope.current = outer.types
    if let path = view.path,
      case .actionType(let name)? = table.find(path.names, .actions, from: outer.package)
    {
      scope.types = [name]
    }
    if let condition = view.condition { visit(condition.id, scope) }
  }

  private mutating func visitSource(_ node: NodeID, _ outer: NameScope) {
    guard let view = ActionSourceView(tree, node) else { return }
    note(view.path, in: [.actions], outer)
    var scope = NameScope(package: outer.package)
    if let path = view.path,
      case .actionType(let name)? = table.find(path.names, .actions, from: outer.package)
    {
      scope.types = [name]
    }
    if let condition = view.condition { visit(condition.id, scope) }
  }

  private mutating func visitAttribute(_ node: NodeID, _ scope: NameScope) {
    guard let view = AttributeConditionView(tree, node) else { return }
    let type = noteAttribute(view.path, scope)
    if let test = view.test { visit(test, of: type, scope) }
  }

  private mutating func visitQuantifier(_ node: NodeID, _ outer: NameScope) {
    guard let view = QuantifiedConditionView(tree, node) else { return }
    let list = noteAttribute(view.path, outer)
    guard let token = view.name else { return visitChildren(node, outer) }
    let element: ValueType?
    switch list {
    case .list(let type)?: element = type
    case .command?: element = .command
    default: element = nil
    }
    let thing = NamedThing.element(UInt32(clamping: file), tree[token].start)
    note(token, [thing], isDeclaration: true, type: element)
    var scope = outer
    scope.variables.append(
      NameScope.Variable(name: tree.name(of: token), type: element, thing: thing))
    if let condition = view.condition { visit(condition.id, scope) }
  }

  private mutating func visitExpect(_ node: NodeID, _ scope: NameScope) {
    guard let view = ExpectView(tree, node) else { return }
    let type = noteAttribute(view.path, scope)
    if let test = view.test { visit(test, of: type, scope) }
    if let value = view.insteadOf { visit(value, as: type, scope) }
    for part in [view.whenGuard, view.unlessGuard] {
      if let part { visitChildren(part.id, scope) }
    }
    if let because = view.because { visit(because.id, scope) }
  }

  /// Visits a test of an attribute of a type.
  private mutating func visit(
    _ test: TestOfAttributeView, of type: ValueType?, _ scope: NameScope
  ) {
    switch test {
    case .comparison(let view):
      if let value = view.value { visit(value, as: type, scope) }
    case .membership(let view):
      for value in [view.low, view.high] {
        if let value { visit(value, as: type, scope) }
      }
    case .text(let view):
      guard let value = view.terms else { return }
      if case .list(let element)? = type, view.operation == .contains {
        visit(value, as: element, scope)
      } else {
        visit(value, as: nil, scope)
      }
    case .runs(let view): noteProgram(view.programs, scope)
    case .pipes(let view):
      noteProgram(view.from, scope)
      noteProgram(view.into, scope)
    case .window, .place, .state, .effect: visitChildren(test.id, scope)
    }
    if case .runs(let view) = test {
      for child in tree.children(of: view.id) where child != view.programs?.id {
        visit(child, scope)
      }
    }
  }

  /// Notes the programs of which the names are spelt.
  private mutating func noteProgram(_ value: ValueView?, _ scope: NameScope) {
    switch value {
    case .literal(let view)?:
      guard let token = view.token, tree[token].isString else { return }
      let name = tree.string(of: token).prefix { $0 != " " }
      guard table.sites[.program(String(name))] != nil else { return }
      note(token, [.program(String(name))])
    case .list(let view)?: for element in view.elements { noteProgram(element, scope) }
    case .path(let path)?: noteAttribute(path, scope)
    case .record?, nil: break
    }
  }

  /// Visits a value where one of a type is expected.
  mutating func visit(_ value: ValueView, as type: ValueType?, _ scope: NameScope) {
    switch value {
    case .literal: break
    case .list(let list):
      var element = type
      if case .list(let inner)? = type { element = inner }
      for value in list.elements { visit(value, as: element, scope) }
    case .record(let record):
      for field in record.fields {
        guard let path = field.path else { continue }
        var inner: ValueType?
        if case .record(let fields)? = type,
          let found = fields.first(where: { $0.name == path.joined })
        {
          note(path.span, [.field(found.name)], type: found.type, isOptional: found.isOptional)
          inner = found.type
        }
        if let value = field.value { visit(value, as: inner, scope) }
      }
    case .path(let path):
      if case .enumeration(let words)? = type, path.names.count == 1,
        words.values.contains(path.joined)
      {
        note(path.span, word(path.joined, of: words), type: type)
      } else {
        noteAttribute(path, scope)
      }
    }
  }

  /// What a word of an enumeration is: a level, where the enumeration is a threshold's.
  private func word(_ name: String, of words: Enumeration) -> [NamedThing] {
    if let dot = words.name.lastIndex(of: ".") {
      let owner = QualifiedName(
        package: String(words.name[..<dot]),
        name: String(words.name[words.name.index(after: dot)...]))
      if table.sites[.threshold(owner)] != nil { return [.level(owner, name)] }
      return [.word(words.name, name)]
    }
    if ClassificationNames.words(of: words.name) != nil { return [.metadataWord(words.name, name)] }
    return [.field(name)]
  }

  // MARK: Parts of rules

  private mutating func visitMetadata(_ node: NodeID, _ scope: NameScope) {
    guard let view = MetadataView(tree, node), let token = view.name else { return }
    let key = tree.name(of: token)
    note(token, [.metadataKey(key)])
    guard let value = view.value else { return }
    let values: [ValueView] = if case .list(let list) = value { list.elements } else { [value] }
    for case .path(let path) in values {
      if key == "replaces" {
        note(path, in: [.rules], scope)
      } else {
        note(path.span, [.metadataWord(key, path.joined)])
      }
    }
  }

  private mutating func visitExample(_ node: NodeID, _ scope: NameScope) {
    guard let view = ExampleView(tree, node) else { return }
    note(view.path, in: [.actions], scope)
    var type = scope.types.count == 1 ? scope.types.first : nil
    if let path = view.path,
      case .actionType(let name)? = table.find(path.names, .actions, from: scope.package)
    {
      type = name
    }
    if let record = view.record { visitParameters(record, type, scope) }
    if let record = view.given?.record { visitGiven(record, scope) }
  }

  /// Visits the parameters that an example gives.
  mutating func visitParameters(
    _ record: RecordView, _ type: QualifiedName?, _ scope: NameScope
  ) {
    let inner = NameScope(package: scope.package)
    for field in record.fields {
      guard let path = field.path else { continue }
      var valueType: ValueType?
      if let type, table.sites[.parameter(type, path.joined)] != nil {
        let parameter = table.actionTypes[type]?.parameters.first { $0.name == path.joined }
        valueType = parameter?.type
        note(
          path.span, [.parameter(type, path.joined)], type: valueType,
          isOptional: parameter?.isOptional ?? false)
      }
      if let value = field.value { visit(value, as: valueType, inner) }
    }
  }

  private mutating func visitGiven(_ record: RecordView, _ scope: NameScope) {
    let inner = NameScope(package: scope.package)
    for field in record.fields {
      let type = noteAttribute(field.path, inner)
      if let value = field.value { visit(value, as: type, inner) }
    }
  }

  /// Visits the attributes that a reason shows.
  private mutating func visitReason(_ token: TokenID, _ scope: NameScope) {
    guard tree.bytes(of: token).contains(UInt8(ascii: "{")) else { return }
    for case .attribute(let names, let span) in tree.parts(of: token) {
      let resolved = table.resolve(names, scope)
      var spans: [SourceSpan] = []
      var start = span.start
      for name in names {
        let end = start + UInt32(clamping: name.utf8.count)
        spans.append(SourceSpan(source: span.source, start: start, end: end))
        start = end + 1
      }
      // With white space inside the names stand elsewhere; then only the whole is sure.
      guard spans.last?.end == span.end else { continue }
      noteParts(spans, resolved)
    }
  }

  private mutating func noteParts(_ spans: [SourceSpan], _ resolved: ResolvedPath) {
    for (index, things) in resolved.things.enumerated() where index < spans.count {
      if case .fact? = things.first { continue }
      let isEnd = index == spans.count - 1
      note(
        spans[index], things, type: isEnd ? resolved.type : nil,
        isOptional: isEnd && resolved.isOptional)
    }
  }
}
