import TractatusSource
import TractatusSyntax
import TractatusValues

extension Checker {
  /// A verdict, or `needs human …`, with its guards.
  func effect(_ view: EffectView, _ context: RuleContext) -> Clause? {
    var final: FinalDecision?
    if view.isJudgment { final = .judgment }
    if view.isApproval { final = .approval }
    let written = view.verdict.flatMap { verdict($0, view.tree) }
    guard let verdict = final == nil ? written : .ask else { return nil }
    let checked = guards(
      view.whenGuard, view.unlessGuard, context.scope, isShadow: context.isShadow,
      present: context.guardCondition.whenTrue)
    var conflict: ConflictType?
    if context.kind == .instruction, verdict == .deny { conflict = .semanticConflict }
    if context.kind == .boundary, verdict == .deny || verdict == .warn {
      conflict = .valuesConflict
    }
    return Clause(
      kind: .effect(final: final, conflict: conflict), verdict: verdict,
      condition: effectCondition(checked, verdict, context),
      because: template(view.because, context.scope),
      text: view.tree.normalisedText(of: view.id), span: view.span)
  }

  /// The condition of a verdict, by what its truth does there.
  private func effectCondition(
    _ checked: CheckedCondition, _ verdict: Verdict, _ context: RuleContext
  ) -> Condition {
    guard verdict == .allow else { return oriented(checked, loosens: false) }
    let own = oriented(checked, loosens: true)
    return context.allowGuard.map { .conjunction([$0, own]) } ?? own
  }

  /// `require condition else verdict`.
  func require(_ view: RequireView, _ context: RuleContext) -> Clause? {
    guard let written = view.condition else { return nil }
    let checked = condition(written, context.scope)
    reportUnguarded(checked, present: context.guardCondition.whenTrue)
    reportShadows(checked, unless: context.isShadow)
    let verdict = view.elseVerdict.flatMap { self.verdict($0, view.tree) } ?? .deny
    return Clause(
      kind: .require, verdict: verdict, condition: oriented(checked, loosens: true),
      because: template(view.because, context.scope),
      text: view.tree.normalisedText(of: written.id), span: view.span)
  }

  /// `expect a test …`.
  func expect(_ view: ExpectView, _ context: RuleContext) -> Clause? {
    guard let path = view.path, let test = view.test else { return nil }
    let scope = context.scope
    let checkedGuards = guards(
      view.whenGuard, view.unlessGuard, scope, isShadow: context.isShadow,
      present: context.guardCondition.whenTrue)
    let because = template(view.because, scope)
    guard let attribute = attribute(NamePath(path), scope, instead: "a value"),
      isExpectable(attribute, test, at: path.span),
      let checked = predicate(test, of: attribute, scope)
    else { return nil }
    var inner = assemble(
      attribute, checked, at: path.span, isPresentTest: false, isNegated: view.isNegated)
    reportShadows(inner, unless: context.isShadow)
    reportRightSide(checked, context)
    inner.uses = []
    let present = Condition.test(Test(operand: attribute.operand, predicate: .present))
    let verdict = expectationVerdict(context)
    let expectation = Expectation(
      attribute: attribute.operand, attributeName: path.joined,
      expected: expectedValue(test, attribute, view, scope),
      testText: (view.isNegated ? "not " : "") + text(of: test, view.tree),
      insteadOf: view.insteadOf.flatMap {
        constant($0, attribute.operand.type, scope, ConstantReader())
      },
      isCorrecting: view.isCorrecting,
      conflictType: context.kind == .boundary ? .valuesConflict : .parameterConflict,
      confidence: context.metadata.explicitness)
    checkCorrecting(view, attribute, expectation)
    let isOwn = oriented(checkedGuards, loosens: false)
    let conflict = oriented(inner.negated, loosens: false)
    expectations.append(
      ExpectationSymbol(
        rule: context.number, span: view.span, attribute: attribute.operand,
        name: path.joined, appliesTo: context.appliesTo,
        guardCondition: .conjunction([context.guardCondition.condition, isOwn]),
        demand: ValueDemand(checked, isNegated: view.isNegated, type: attribute.operand.type)))
    return Clause(
      kind: .expect(expectation), verdict: verdict,
      condition: .conjunction([isOwn, present, conflict]), because: because,
      text: view.tree.normalisedText(of: view.id), span: view.span)
  }

  private func isExpectable(
    _ attribute: Attribute, _ test: TestOfAttributeView, at span: SourceSpan
  ) -> Bool {
    if case .component = attribute.operand.reference, case .window = test {
      report(
        .wrongOperator, "the use of a component is no value to expect; write `require`", at: span)
      return false
    }
    return true
  }

  private func reportRightSide(_ test: CheckedTest, _ context: RuleContext) {
    guard let right = test.right, let span = test.rightSpan, !right.needs.isEmpty else { return }
    var use = CheckedCondition(.constant(true))
    use.uses = [OptionalUse(needs: right.needs, name: right.name, span: span, fixAt: nil)]
    reportUnguarded(use, present: context.guardCondition.whenTrue)
  }

  private func text(of test: TestOfAttributeView, _ tree: SyntaxTree) -> String {
    tree.normalisedText(of: test.id)
  }

  /// The value of `==`, where it is a constant that an action can have.
  private func expectedValue(
    _ test: TestOfAttributeView, _ attribute: Attribute, _ view: ExpectView, _ scope: Scope
  ) -> ConstantValue? {
    guard case .comparison(let comparison) = test, !view.isNegated,
      comparison.operation.map({ view.tree[$0].kind }) == .equalEqual,
      let value = comparison.value
    else { return nil }
    // Another attribute, or a date's whole day, is no single value.
    switch plain(value, attribute.operand.type, scope) {
    case .attribute, .failed: return nil
    case .literal(let literal):
      if let token = literal.token, literal.tree[token].kind == .date { return nil }
    case .list, .word: break
    }
    return constant(value, attribute.operand.type, scope, ConstantReader())
  }

  private func checkCorrecting(
    _ view: ExpectView, _ attribute: Attribute, _ expectation: Expectation
  ) {
    guard view.isCorrecting else { return }
    if case .parameter(_, let fields) = attribute.operand.reference, fields.isEmpty {
      guard expectation.expected == nil else { return }
      report(
        .misplacedCorrect, "`correct` writes one constant value, and this names none",
        at: view.span)
    } else {
      report(
        .misplacedCorrect,
        "`correct` writes a parameter of the action, and `\(attribute.name)` is none", at: view.span
      )
    }
  }

  /// The verdict of an expectation that is not met.
  private func expectationVerdict(_ context: RuleContext) -> Verdict {
    guard context.kind == .instruction else { return .deny }
    let persistence = context.metadata.persistence ?? "high"
    let verification = context.metadata.verification ?? "mandatory"
    var verdict = Verdict.allow
    if persistence == "medium" || verification == "required" { verdict = .warn }
    if persistence == "high" || persistence == "critical" || verification == "mandatory" {
      verdict = .deny
    }
    let half = Decimal(raw: Decimal.scale / 2) ?? .zero
    if let explicitness = context.metadata.explicitness, explicitness < half {
      verdict = max(verdict, .ask)
    }
    return verdict
  }
}
