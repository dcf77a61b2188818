import TractatusSource
import TractatusSyntax
import TractatusValues

extension Checker {
  /// `previously …`: at least one such action.
  func previously(_ view: PreviouslyView, _ scope: Scope) -> CheckedCondition {
    let one = Decimal.scale
    let ranges = [OrdinalRange(one, Decimal.rawLimit - 1)]
    return history(view, ranges, scope)
  }

  /// `count(previously …) > 3`.
  func count(
    _ view: CountConditionView, of inner: PreviouslyView, _ scope: Scope
  ) -> CheckedCondition {
    let number = Attribute(
      operand: Operand(reference: .at, type: .int(bounds: NumberBounds())),
      name: "count(previously …)")
    guard let test = view.test, let checked = predicate(test, of: number, scope) else {
      return .broken
    }
    guard case .inRanges(let ranges) = checked.predicate else {
      report(.notConstant, "a count is compared with constants alone", at: span(of: test))
      return .broken
    }
    let result = history(inner, ranges, scope, at: span(of: test))
    return view.isNegated ? result.negated : result
  }

  /// The test that the number of earlier actions lies in ranges.
  private func history(
    _ view: PreviouslyView, _ ranges: [OrdinalRange], _ scope: Scope, at test: SourceSpan? = nil
  ) -> CheckedCondition {
    guard !scope.isEarlier else {
      report(
        .misplacedHistory,
        "what came before an earlier action is not kept, so `previously` does not stand in another",
        at: view.span)
      return .broken
    }
    guard let path = view.path,
      case .own(let number) = resolve(
        NamePath(path), .actions, from: scope.package, code: .undeclaredActionType)
    else { return .broken }
    var inner = self.scope(package: scope.package, types: [number])
    inner.isEarlier = true
    var query = HistoryQuery(
      type: ActionTypeID(number), condition: .constant(true), keys: [], window: nil, since: nil)
    var result = CheckedCondition(.constant(true))
    if let condition = view.condition {
      guard let checked = self.condition(condition, inner, beside: scope, &query.keys) else {
        return .broken
      }
      result = checked
      query.condition = checked.condition
    }
    if let window = view.window {
      guard let found = windows([window])?.first else { return .broken }
      query.window = found
    }
    if let since = view.since {
      guard
        case .own(let end) = resolve(
          NamePath(since), .actions, from: scope.package, code: .undeclaredActionType)
      else { return .broken }
      query.since = ActionTypeID(end)
    }
    guard isKept(ranges, query, at: test ?? view.span) else { return .broken }
    var outer = CheckedCondition(
      .test(
        Test(
          operand: Operand(reference: .history(query), type: .int(bounds: NumberBounds())),
          predicate: .inRanges(ranges))))
    outer.size = result.size + 1
    outer.depth = result.depth + 1
    outer.shadows = result.shadows
    outer.isBroken = result.isBroken
    outer.somes = result.somes.map { some in
      var some = some
      if ranges.fall { some.isPositive.toggle() }
      return some
    }
    return outer
  }

  /// Whether a count may be compared with such numbers: that many are kept.
  private func isKept(
    _ ranges: [OrdinalRange], _ query: HistoryQuery, at span: SourceSpan
  ) -> Bool {
    let limit = query.keys.isEmpty ? ActionHistory.countLimit : ActionHistory.keyedCountLimit
    let greatest = ranges.greatestCount
    guard greatest / Decimal.scale > Ordinal(limit) else { return true }
    report(
      .misplacedHistory,
      "earlier actions are counted up to \(limit)"
        + (query.keys.isEmpty ? "" : " where `this` is used"), at: span)
    return false
  }

  /// The condition on an earlier action without its comparisons with the current one, which become
  /// keys; nil where one of them is wrong. What is optional in it needs no guard.
  private func condition(
    _ view: ConditionView, _ inner: Scope, beside scope: Scope, _ keys: inout [HistoryQuery.Key]
  ) -> CheckedCondition? {
    let operands = view.operands
    guard view.connective != .or else { return condition(view, inner) }
    var parts: [CheckedCondition] = []
    var isSound = true
    for operand in operands {
      guard case .attribute(let attribute) = operand, let value = attribute.current,
        !attribute.isNegated
      else {
        parts.append(unary(operand, inner))
        continue
      }
      if let key = key(attribute, value, inner, scope) { keys.append(key) } else { isSound = false }
    }
    guard isSound else { return nil }
    guard !parts.isEmpty else { return CheckedCondition(.constant(true)) }
    var result = CheckedCondition.joined(parts, isAnd: true)
    result.uses = []
    return result
  }

  /// `host == this.host`.
  private func key(
    _ view: AttributeConditionView, _ value: PathView, _ inner: Scope, _ scope: Scope
  ) -> HistoryQuery.Key? {
    guard let path = view.path, let test = view.test,
      let earlier = attribute(NamePath(path), inner, instead: "whether it is the same")
    else { return nil }
    var both = inner
    both.current = [scope]
    guard let checked = predicate(test, of: earlier, both) else { return nil }
    guard case .compare(.equal, let current) = checked.predicate else {
      report(
        .misplacedHistory, "the current action is compared with an earlier one by `==` alone",
        at: view.span)
      return nil
    }
    return HistoryQuery.Key(earlier: earlier.operand, current: current)
  }

  /// What `this.x` means: where an earlier action is compared with the current one, the current
  /// one's attribute.
  func this(_ path: NamePath, _ scope: Scope) -> PathMeaning {
    guard path.names.count > 1 else {
      report(
        .notAttribute,
        "`this` is the current action and no attribute; write which one is meant, `this.x`",
        at: path.span)
      return .failed
    }
    if let current = scope.current.first {
      var rest = NamePath(names: Array(path.names.dropFirst()), span: path.span)
      rest.spans = Array(path.spans.dropFirst())
      return meaning(of: rest, current)
    }
    report(
      .misplacedHistory,
      scope.isEarlier
        ? "the current action is compared with an earlier one by `x == this.y`, alone or beside "
          + "other conditions under `and`"
        : "`this` is the current action in a condition on an earlier one; outside of `previously` "
          + "bare names are the current action's",
      at: path.span,
      fixIts: scope.isEarlier
        ? []
        : [
          FixIt(
            "leave out `this.`", replacing: path.span,
            with: path.names.dropFirst().joined(separator: "."))
        ])
    return .failed
  }

  /// Reports tests of what came before under a quantifier: there is one answer for an action, not
  /// one for each element.
  func reportHistory(_ condition: Condition, at span: SourceSpan) {
    var isThere = false
    condition.forEachOperand { operand in
      if case .history = operand.reference { isThere = true }
    }
    guard isThere else { return }
    report(
      .misplacedHistory,
      "what came before is the same for each element, so `previously` stands beside `any` and "
        + "`all`, not in them", at: span)
  }
}

extension AttributeConditionView {
  /// The `this.x` that an attribute is compared with.
  fileprivate var current: PathView? {
    guard case .comparison(let test)? = test, case .path(let path)? = test.value,
      path.names.first == "this"
    else { return nil }
    return path
  }
}

extension [OrdinalRange] {
  /// The greatest number at which a test of a count turns.
  package var greatestCount: Ordinal {
    var greatest: Ordinal = 0
    let end = Decimal.rawLimit - 1
    for range in self {
      if range.lower > greatest { greatest = range.lower }
      if range.upper < end, range.upper > greatest { greatest = range.upper }
    }
    return greatest
  }
}
