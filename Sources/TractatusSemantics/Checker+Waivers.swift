import TractatusSource
import TractatusSyntax
import TractatusValues

extension Checker {
  /// Checks every `waive`.
  func checkWaivers() {
    var found: [(waiver: Waiver, text: String)] = []
    for (package, view) in waives {
      if let waiver = waiver(view, package: package) {
        found.append((waiver, view.tree.normalisedText(of: view.id)))
      }
    }
    found.sort { left, right in
      (left.waiver.package.index, left.text, left.waiver.span)
        < (right.waiver.package.index, right.text, right.waiver.span)
    }
    policy.waivers = found.map(\.waiver)
  }

  private func waiver(_ view: WaiveView, package: Int) -> Waiver? {
    guard let path = view.path else { return nil }
    let names = NamePath(path)
    let rule = ruleNumber(names, from: package, "waived")
    var isSound = true
    if let rule { isSound = checkSeal(rule, from: package, "waived", at: names.span) }
    let dates = dates(of: view)
    guard let rule, isSound else { return nil }
    var on = policy.rules[rule].on
    if let types = view.types {
      guard let (_, appliesTo) = appliesTo(types, from: package) else { return nil }
      on = appliesTo
      checkOverlap(on, rule, at: types.span)
    }
    let numbers: [Int]? = if case .types(let ids) = on { ids.map { Int($0.index) } } else { nil }
    let scope = scope(package: package, types: numbers)
    let checked = guards(view.whenGuard, view.unlessGuard, scope, isShadow: false)
    guard let (from, until, untilText) = dates else { return nil }
    let because = view.because?.text.map { view.tree.string(of: $0) } ?? ""
    return Waiver(
      package: PackageID(package), rule: RuleID(rule), on: on,
      condition: oriented(checked, loosens: true),
      from: from, until: until, untilText: untilText, because: because,
      approvedBy: view.approvers.map { view.tree.string(of: $0) }, span: view.span)
  }

  private func checkOverlap(_ on: AppliesTo, _ rule: Int, at span: SourceSpan) {
    guard case .types(let waived) = on, case .types(let judged) = policy.rules[rule].on,
      Set(waived).isDisjoint(with: judged)
    else { return }
    report(
      .undeclaredActionType,
      "`\(rules[rule].name.name)` is about none of these types, so this waives nothing", at: span)
  }

  /// The first and the last instant of a waiver, or nil after a diagnostic.
  private func dates(of view: WaiveView) -> (Instant, Instant, String)? {
    guard let first = view.from, let last = view.until,
      let from = date(first, view.tree), let until = date(last, view.tree)
    else { return nil }
    let days = from.days(to: until)
    guard days >= 0 else {
      report(
        .wrongDates, "this waiver ends before it begins", at: view.tree.span(of: last),
        secondary: [LabelledSpan(view.tree.span(of: first), "it begins here")])
      return nil
    }
    guard days <= Limits.waiverDays else {
      report(
        .wrongDates,
        "this waiver lasts \(days) days, and after \(Limits.waiverDays) an exemption is to be "
          + "approved again", at: view.tree.span(of: last),
        secondary: [LabelledSpan(view.tree.span(of: first), "it begins here")])
      return nil
    }
    return (from.firstInstant, until.lastInstant, until.description)
  }

  private func date(_ token: TokenID, _ tree: SyntaxTree) -> CalendarDate? {
    let bytes = Array(tree.bytes(of: token))
    return CalendarDate(bytes.span)
  }
}
