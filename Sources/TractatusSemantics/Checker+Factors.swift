import TractatusSource
import TractatusSyntax
import TractatusValues

extension Checker {
  /// The factors of a threshold, by name; their weights add up to 100 %.
  func factors(_ view: ThresholdView, _ scope: Scope) -> [Threshold.Factor] {
    var seen = SeenNames()
    var found: [Threshold.Factor] = []
    var total: Decimal? = .zero
    for factor in view.factors {
      guard let token = factor.name, let weightToken = factor.weight,
        let weight = decimal(weightToken, view.tree)
      else {
        total = nil
        continue
      }
      let name = view.tree.name(of: token)
      guard noteRepeated(name, at: view.tree.span(of: token), in: &seen) else {
        total = nil
        continue
      }
      total = total.flatMap { $0.adding(weight) }
      guard let sum = factor.sum else { continue }
      var budget = DeclarationLimits.factorOperands
      guard let value = arithmetic(sum, scope, isShadow: view.isShadow, &budget) else { continue }
      found.append(
        Threshold.Factor(
          name: name, weight: weight, value: value,
          fallback: factor.elseNumber.flatMap { decimal($0, view.tree) }))
    }
    if let total, !view.factors.isEmpty, total != .one { reportWeights(total, view) }
    return found.sorted { $0.name < $1.name }
  }

  private func reportWeights(_ total: Decimal, _ view: ThresholdView) {
    let hundred = Decimal(100)
    let shown = total.multiplied(by: hundred)?.description ?? "more"
    let first = view.factors.first?.weight.map { view.tree.span(of: $0) } ?? view.span
    let others = view.factors.dropFirst().compactMap { factor in
      factor.weight.map { LabelledSpan(view.tree.span(of: $0), "and this weight") }
    }
    report(
      .weightsDoNotAddUp,
      "the weights of the factors add up to \(shown)%, and a score needs 100%", at: first,
      secondary: others)
  }

  private func arithmetic(
    _ view: SumView, _ scope: Scope, isShadow: Bool, _ budget: inout Int
  ) -> Arithmetic? {
    var result: Arithmetic?
    for (index, product) in view.products.enumerated() {
      guard let right = arithmetic(product, scope, isShadow: isShadow, &budget) else { return nil }
      guard let left = result else {
        result = right
        continue
      }
      let isDifference =
        index - 1 < view.operators.count && view.tree[view.operators[index - 1]].kind == .minus
      result = isDifference ? .subtract(left, right) : .add(left, right)
    }
    return result
  }

  private func arithmetic(
    _ view: ProductView, _ scope: Scope, isShadow: Bool, _ budget: inout Int
  ) -> Arithmetic? {
    var result: Arithmetic?
    for (index, operand) in view.operands.enumerated() {
      budget -= 1
      if budget == -1 {
        report(
          .writtenOutTooLarge,
          "a factor has at most \(DeclarationLimits.factorOperands) operands", at: operand.span)
      }
      guard budget >= 0, let right = arithmetic(operand, scope, isShadow: isShadow, &budget) else {
        return nil
      }
      guard let left = result else {
        result = right
        continue
      }
      let isQuotient =
        index - 1 < view.operators.count && view.tree[view.operators[index - 1]].kind == .slash
      result = isQuotient ? .divide(left, right) : .multiply(left, right)
    }
    return result
  }

  private func arithmetic(
    _ view: OperandView, _ scope: Scope, isShadow: Bool, _ budget: inout Int
  ) -> Arithmetic? {
    if let sum = view.sum { return arithmetic(sum, scope, isShadow: isShadow, &budget) }
    if let token = view.number { return decimal(token, view.tree).map { .number($0) } }
    guard let path = view.path else { return nil }
    let names = NamePath(path)
    if let number = constantNumber(names, scope) { return .number(number) }
    guard let attribute = attribute(names, scope, instead: "a number"),
      isUsable(attribute, at: path.span)
    else { return nil }
    if let shadow = attribute.shadow {
      var use = CheckedCondition(.constant(true))
      use.shadows = [ShadowUse(threshold: shadow, span: path.span)]
      reportShadows(use, unless: isShadow)
    }
    switch (attribute.operand.type, view.isCount) {
    case (.list, true): return .count(attribute.operand)
    case (.int, false), (.number, false): return .operand(attribute.operand)
    default:
      let described = "`\(path.joined)` is \(attribute.operand.type.described)"
      report(
        .wrongFactor,
        view.isCount
          ? "\(described), and only the elements of a list are counted"
          : "\(described), and a factor is made of numbers", at: path.span)
      return nil
    }
  }

  /// The number that a `let` stands for.
  private func constantNumber(_ path: NamePath, _ scope: Scope) -> Decimal? {
    guard case .symbol(.own(let number)) = find(path.names, .values, from: scope.package),
      case .literal(let literal)? = lets[number].view.value, let token = literal.token,
      literal.tree[token].isNumeric, literal.unit == nil
    else { return nil }
    return decimal(token, literal.tree, isNegative: literal.isNegative)
  }
}
