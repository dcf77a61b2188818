import TractatusSource
import TractatusSyntax
import TractatusValues

extension Checker {
  /// Checks a condition; what is optional in it may still want a guard.
  func condition(_ view: ConditionView, _ scope: Scope) -> CheckedCondition {
    let parts = view.operands.map { unary($0, scope) }
    guard !parts.isEmpty else { return .broken }
    return limited(
      CheckedCondition.joined(parts, isAnd: view.connective != .or), at: view.span)
  }

  /// A condition within the limits, or a diagnostic.
  private func limited(_ checked: CheckedCondition, at span: SourceSpan) -> CheckedCondition {
    guard
      checked.size > DeclarationLimits.conditionSize
        || checked.depth > DeclarationLimits.conditionDepth
    else { return checked }
    report(
      .writtenOutTooLarge,
      "with the named conditions written out, this has more than "
        + "\(DeclarationLimits.conditionSize) parts or \(DeclarationLimits.conditionDepth) levels",
      at: span)
    return .broken
  }

  func unary(_ view: UnaryConditionView, _ scope: Scope) -> CheckedCondition {
    switch view {
    case .not(let inner): return inner.operand.map { unary($0, scope).negated } ?? .broken
    case .group(let inner): return inner.condition.map { condition($0, scope) } ?? .broken
    case .literal(let literal): return CheckedCondition(.constant(literal.isTrue))
    case .has(let inner): return has(inner, scope)
    case .quantified(let inner): return quantified(inner, scope)
    case .count(let inner):
      if let previously = inner.previously { return count(inner, of: previously, scope) }
      return count(inner, scope)
    case .previously(let inner): return previously(inner, scope)
    case .attribute(let inner): return attribute(inner, scope)
    }
  }

  // MARK: Presence

  private func has(_ view: HasConditionView, _ scope: Scope) -> CheckedCondition {
    guard let path = view.path,
      let attribute = attribute(NamePath(path), scope, instead: "whether it is there")
    else { return .broken }
    guard isUsable(attribute, at: path.span) else { return .broken }
    var result = CheckedCondition(
      .test(Test(operand: attribute.operand, predicate: .present)))
    result.whenTrue = Set(attribute.needs)
    note(attribute, at: path.span, in: &result)
    return result
  }

  /// The attribute of a path, or nil after a diagnostic.
  func attribute(_ path: NamePath, _ scope: Scope, instead purpose: String) -> Attribute? {
    switch meaning(of: path, scope) {
    case .failed: return nil
    case .attribute(let attribute): return attribute
    case .constant(let number):
      if !lets[number].isBroken {
        report(
          .notAttribute,
          "`\(path.joined)` is a `let`, and \(purpose) can be asked of an attribute alone",
          at: path.span, secondary: [LabelledSpan(lets[number].span, "declared here")])
      }
      return nil
    }
  }

  private func note(
    _ attribute: Attribute, at span: SourceSpan, in result: inout CheckedCondition
  ) {
    if let shadow = attribute.shadow {
      result.shadows.append(ShadowUse(threshold: shadow, span: span))
    }
  }

  // MARK: Attributes

  private func attribute(
    _ view: AttributeConditionView, _ scope: Scope
  ) -> CheckedCondition {
    guard let path = view.path else { return .broken }
    let names = NamePath(path)
    guard !names.names.isEmpty else { return .broken }
    switch meaning(of: names, scope) {
    case .failed: return .broken
    case .constant(let number): return named(number, view, names, scope)
    case .attribute(let attribute):
      guard let test = view.test else { return bare(attribute, view, names) }
      guard let checked = predicate(test, of: attribute, scope) else { return .broken }
      return assemble(
        attribute, checked, at: names.span, isPresentTest: view.isPresentTest,
        isNegated: view.isNegated)
    }
  }

  /// An attribute alone, which is `== true` of a truth value.
  private func bare(
    _ attribute: Attribute, _ view: AttributeConditionView, _ path: NamePath
  ) -> CheckedCondition {
    guard isUsable(attribute, at: path.span) else { return .broken }
    guard attribute.operand.type == .bool else {
      report(
        .notCondition,
        "`\(path.joined)` is \(attribute.operand.type.described), not a truth value, so something "
          + "must be asked of it", at: path.span)
      return .broken
    }
    return assemble(
      attribute, CheckedTest(.inRanges([OrdinalRange(1, 1)])), at: path.span,
      isPresentTest: view.isPresentTest, isNegated: false)
  }

  /// A test of an attribute as a condition, with `?` and `not`.
  func assemble(
    _ attribute: Attribute, _ test: CheckedTest, at span: SourceSpan, isPresentTest: Bool,
    isNegated: Bool
  ) -> CheckedCondition {
    let present = Condition.test(Test(operand: attribute.operand, predicate: .present))
    let plain = Condition.test(Test(operand: attribute.operand, predicate: test.predicate))
    var result: CheckedCondition
    switch (test.isInverted, isNegated) {
    case (false, false): result = CheckedCondition(plain)
    case (true, false):
      // `!=` of a text is false of an absent one, unlike `not … ==`.
      result = CheckedCondition(
        attribute.needs.isEmpty ? .not(plain) : .and([present, .not(plain)]))
    case (false, true):
      result = CheckedCondition(isPresentTest ? .and([present, .not(plain)]) : .not(plain))
    case (true, true):
      result = CheckedCondition(
        isPresentTest || attribute.needs.isEmpty
          ? .and([present, plain]) : .or([.not(present), plain]))
    }
    if case .test = result.condition {} else { (result.size, result.depth) = (4, 3) }
    if isPresentTest {
      result.whenTrue = Set(attribute.needs)
    } else if !attribute.needs.isEmpty {
      let end = SourceSpan(source: span.source, start: span.end, end: span.end)
      result.uses.append(
        OptionalUse(needs: attribute.needs, name: attribute.name, span: span, fixAt: end))
    }
    if let right = test.right, let rightSpan = test.rightSpan {
      if !right.needs.isEmpty {
        result.uses.append(
          OptionalUse(needs: right.needs, name: right.name, span: rightSpan, fixAt: nil))
      }
      note(right, at: rightSpan, in: &result)
    }
    note(attribute, at: span, in: &result)
    for var some in test.somes {
      if isNegated { some.isPositive.toggle() }
      result.somes.append(some)
    }
    return result
  }

  // MARK: Lists

  private func quantified(
    _ view: QuantifiedConditionView, _ scope: Scope
  ) -> CheckedCondition {
    guard let path = view.path, let token = view.name, let body = view.condition else {
      return .broken
    }
    let name = view.tree.name(of: token)
    let list = attribute(NamePath(path), scope, instead: "its elements")
    let isFree = checkVariable(name, at: view.tree.span(of: token), scope)
    guard let list else { return .broken }
    guard let variable = variable(name, of: list, at: path.span), isFree else { return .broken }
    let depth = scope.variables.count
    var inner = scope
    inner.variables.append(variable)
    let checked = condition(body, inner)
    reportHistory(checked.condition, at: body.span)
    var result = CheckedCondition(
      .quantified(
        Quantified(
          isUniversal: view.isAll, list: list.operand, depth: depth,
          condition: checked.condition)))
    result.isBroken = checked.isBroken
    result.size = checked.size + 1
    result.depth = checked.depth + 1
    result.shadows = checked.shadows
    result.somes = checked.somes
    if variable.isSimpleCommand, !view.isAll, let word = view.quantifier {
      result.somes.append(
        SomeTest(
          span: view.tree.span(of: word), advice: .write("all", replacing: view.tree.span(of: word))
        ))
    }
    result.uses = checked.uses
    result.whenTrue = checked.whenTrue.filter { reference in
      if case .element(let other, _) = reference { other < depth } else { true }
    }
    guardUse(of: list, at: path.span, in: &result)
    return result
  }

  /// The element of a list or a command line, or nil after a diagnostic.
  private func variable(
    _ name: String, of list: Attribute, at span: SourceSpan
  ) -> ScopedVariable? {
    if case .list(let element) = list.operand.type {
      return ScopedVariable(name: name, type: element)
    }
    if list.operand.type == .command, isCommandLine(list, at: span) {
      return ScopedVariable(name: name, type: .command, isSimpleCommand: true)
    }
    if list.operand.type != .command {
      report(
        .wrongOperator,
        "`\(list.name)` is \(list.operand.type.described), and only a list or a command has "
          + "elements", at: span)
    }
    return nil
  }

  private func guardUse(
    of attribute: Attribute, at span: SourceSpan, in result: inout CheckedCondition
  ) {
    guard !attribute.needs.isEmpty else { return }
    result.uses.append(
      OptionalUse(needs: attribute.needs, name: attribute.name, span: span, fixAt: nil))
  }

  /// Whether a quantifier's name means nothing else here; reports it otherwise.
  private func checkVariable(_ name: String, at span: SourceSpan, _ scope: Scope) -> Bool {
    var meaning: String?
    if Roots.names.contains(name) { meaning = "a root" }
    if scope.parameter(name) != nil { meaning = "a parameter" }
    if scope.variables.contains(where: { $0.name == name }) { meaning = "another element" }
    if case .symbol = findVisible(name, .values, from: scope.package) {
      meaning = "a visible value"
    }
    guard let meaning else { return true }
    report(
      .shadowedName, "`\(name)` is \(meaning) already, and no name means two things", at: span)
    return false
  }

  private func count(_ view: CountConditionView, _ scope: Scope) -> CheckedCondition {
    guard let path = view.path, let test = view.test,
      let list = attribute(NamePath(path), scope, instead: "how many there are")
    else { return .broken }
    guard case .list = list.operand.type else {
      report(
        .wrongOperator,
        "`\(list.name)` is \(list.operand.type.described), and only the elements of "
          + "a list are counted", at: path.span)
      return .broken
    }
    let number = Attribute(
      operand: Operand(reference: list.operand.reference, type: .int(bounds: NumberBounds())),
      name: "count(\(list.name))")
    guard let checked = predicate(test, of: number, scope) else { return .broken }
    guard case .inRanges(let ranges) = checked.predicate else {
      report(
        .notConstant, "a count is compared with constants alone", at: span(of: test))
      return .broken
    }
    var result = CheckedCondition(
      .test(Test(operand: list.operand, predicate: .count(ranges))))
    guardUse(of: list, at: path.span, in: &result)
    return view.isNegated ? result.negated : result
  }

  // MARK: Named conditions

  /// A `let` where a condition stands.
  private func named(
    _ number: Int, _ view: AttributeConditionView, _ path: NamePath, _ scope: Scope
  ) -> CheckedCondition {
    let symbol = lets[number]
    guard !symbol.isBroken else { return .broken }
    guard view.test == nil, !view.isPresentTest else {
      report(
        .notAttribute, "`\(path.joined)` is a `let`, and only attributes are tested", at: path.span,
        secondary: [LabelledSpan(symbol.span, "declared here")])
      return .broken
    }
    if let value = truthValue(of: number) { return CheckedCondition(.constant(value)) }
    guard symbol.isCondition else {
      report(
        .notCondition, "`\(path.joined)` is a constant, not a condition", at: path.span,
        secondary: [LabelledSpan(symbol.span, "declared here")])
      return .broken
    }
    guard let known = symbol.condition, fits(symbol, path, scope) else { return .broken }
    var result = known
    result.condition = known.condition.shifted(by: scope.variables.count)
    result.uses = []
    result.somes = known.somes.map { $0.named(path.joined, at: path.span) }
    result.shadows = known.shadows.map { ShadowUse(threshold: $0.threshold, span: path.span) }
    return result
  }

  /// Whether a named condition may be used for all types of a place.
  private func fits(_ symbol: LetSymbol, _ path: NamePath, _ scope: Scope) -> Bool {
    guard let types = symbol.types else { return true }
    let names = types.map { actions[$0].name.name }
    guard let table = scope.table, !table.isAny,
      Set(types).isSuperset(of: table.types)
    else {
      report(
        .notCondition,
        "`\(path.joined)` is a condition on \(ValueType.listed(names)), and this place is not "
          + "about these types alone", at: path.span,
        secondary: [LabelledSpan(symbol.span, "declared here")])
      return false
    }
    return true
  }

  /// The value of `let x = true`; nil for any other.
  private func truthValue(of number: Int) -> Bool? {
    guard case .literal(let literal)? = lets[number].view.value, let token = literal.token else {
      return nil
    }
    switch literal.tree[token].word {
    case .true: return true
    case .false: return false
    default: return nil
    }
  }
}
