import TractatusSource
import TractatusSyntax
import TractatusValues

extension Checker {
  /// `example deny { … } given { … }` of a rule.
  func example(_ view: ExampleView, _ context: RuleContext) -> RuleExample? {
    let package = rules[context.number].package
    let given = view.given?.record.map { givenEntries($0, package: package) } ?? []
    guard let token = view.verdict, let verdict = verdict(token, view.tree),
      let type = exampleType(view, context), let record = view.record,
      let parameters = parameters(record, of: type, package: package)
    else { return nil }
    return RuleExample(
      verdict: verdict, type: ActionTypeID(type), parameters: parameters, given: given,
      span: view.span)
  }

  /// The type of an example: the one written, the rule's only one, or under `on any` `unmapped`.
  private func exampleType(_ view: ExampleView, _ context: RuleContext) -> Int? {
    let types: [Int]? =
      if case .types(let ids) = context.appliesTo { ids.map { Int($0.index) } } else { nil }
    guard let path = view.path else {
      guard let types else { return unmapped }
      if types.count == 1 { return types.first }
      report(
        .missingExampleType,
        "this rule is about several action types, so an example says which it is of", at: view.span,
        notes: [
          "Write one of \(ValueType.listed(types.map { actions[$0].name.name })) after the "
            + "verdict."
        ])
      return nil
    }
    let package = rules[context.number].package
    guard
      case .own(let number) = resolve(
        NamePath(path), .actions, from: package, code: .undeclaredActionType)
    else { return nil }
    guard let types, !types.contains(number) else { return number }
    report(
      .missingExampleType,
      "this rule is not about `\(path.joined)`, so it says nothing of such an example",
      at: path.span)
    return nil
  }

  /// The parameters of an action as an example or test gives them, by name; nil after a diagnostic.
  func parameters(
    _ view: RecordView, of number: Int, package: Int, isPartial: Bool = false
  ) -> [RecordEntry]? {
    let scope = Scope(package: package, parameters: .roots)
    var seen = SeenNames()
    var entries: [RecordEntry] = []
    var isComplete = true
    for field in view.fields {
      guard let path = field.path, let value = field.value else { continue }
      let names = NamePath(path)
      guard noteRepeated(names.joined, at: names.span, in: &seen) else { continue }
      guard let declared = parameter(names.joined, of: number, at: names.span) else {
        isComplete = false
        continue
      }
      let reader = ConstantReader(allowsNull: declared.isOptional, isInput: true)
      guard let constant = constant(value, declared.type, scope, reader) else {
        isComplete = false
        continue
      }
      entries.append(RecordEntry(name: declared.name, value: constant))
    }
    if !isPartial, !checkRequired(number, seen, at: view.span) { isComplete = false }
    return isComplete ? entries.sorted { $0.name < $1.name } : nil
  }

  /// Reports required parameters that are missing and that no extraction may fill.
  private func checkRequired(
    _ number: Int, _ seen: SeenNames, at span: SourceSpan
  ) -> Bool {
    let type = policy.actionTypes[number]
    var given = Set(type.extractions.map(\.parameter))
    given.formUnion(seen.names)
    let missing = type.parameters.filter { !$0.isOptional && !given.contains($0.name) }
    guard !missing.isEmpty else { return true }
    report(
      .incompleteExample,
      "an action `\(type.name.name)` needs its "
        + (missing.count == 1 ? "parameter " : "parameters ")
        + missing.map { "`\($0.name)`" }.joined(separator: ", "), at: span)
    return false
  }

  /// What the surroundings supply, by path.
  func givenEntries(_ view: RecordView, package: Int) -> [RecordEntry] {
    var seen = SeenNames()
    var entries: [RecordEntry] = []
    for field in view.fields {
      guard let path = field.path, let value = field.value else { continue }
      let names = NamePath(path)
      guard noteRepeated(names.joined, at: names.span, in: &seen),
        let constant = given(names, value, package: package)
      else { continue }
      entries.append(RecordEntry(name: names.joined, value: constant))
    }
    return entries.sorted { $0.name < $1.name }
  }

  private func given(_ path: NamePath, _ value: ValueView, package: Int) -> ConstantValue? {
    let scope = Scope(package: package, parameters: .roots)
    if path.first == "components" { return components(path, value, scope) }
    guard isShort(path) else { return nil }
    guard Roots.names.contains(path.first) else {
      let near = near(to: path.first, among: Roots.names)
      report(
        .unknownName,
        "`given` says what the surroundings supply, and `\(path.first)` is no root"
          + suggestion(near), at: path.span(of: 0),
        notes: near == nil ? ["A parameter of the action belongs into its own braces."] : [],
        fixIts: fixIt(near, at: path.span(of: 0)))
      return nil
    }
    if path.names == ["action", "type"] {
      report(.unknownName, "`action.type` follows from the action itself", at: path.span)
      return nil
    }
    guard case .attribute(let attribute) = root(path, scope) else { return nil }
    let reader = ConstantReader(allowsNull: !attribute.needs.isEmpty, isInput: true)
    return constant(value, attribute.operand.type, scope, reader)
  }

  /// `components: {}`, or the last use of one component.
  private func components(
    _ path: NamePath, _ value: ValueView, _ scope: Scope
  ) -> ConstantValue? {
    guard path.names.count > 1 else {
      if case .record(let record) = value, record.fields.isEmpty { return .record([]) }
      report(
        .wrongValue,
        "write each component by its name, `components.X: { message: 1 }`, or `components: {}` for "
          + "none", at: span(of: value))
      return nil
    }
    guard case .attribute = root(path, scope) else { return nil }
    let count = ValueType.int(bounds: NumberBounds(lower: .zero))
    let type = ValueType.record([
      RecordField(name: "message", type: count, isOptional: true),
      RecordField(name: "timestamp", type: .time(bounds: TimeBounds()), isOptional: true),
      RecordField(name: "tokens", type: count, isOptional: true),
    ])
    return constant(value, type, scope, ConstantReader(isInput: true))
  }
}
