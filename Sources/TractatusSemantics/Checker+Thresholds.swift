import TractatusSource
import TractatusSyntax
import TractatusValues

extension Checker {
  /// Collects the levels of every threshold, which are types of values.
  func declareThresholds() {
    for number in thresholds.indices {
      let view = thresholds[number].view
      var seen = SeenNames()
      for level in view.levels {
        guard let token = level.name else { continue }
        let name = view.tree.name(of: token)
        guard noteRepeated(name, at: view.tree.span(of: token), in: &seen) else { continue }
        thresholds[number].levels.values.append(name)
      }
    }
  }

  /// Checks every threshold, and finds the order in which they are measured.
  func checkThresholds() {
    policy.thresholds.reserveCapacity(thresholds.count)
    for number in thresholds.indices { policy.thresholds.append(threshold(number)) }
    let topology = Topology(policy.thresholds.map { dependencies(of: $0) })
    for cycle in topology.cycles {
      reportCycle(
        cycle.map { (thresholds[$0].name.name, thresholds[$0].span) },
        "thresholds are measured by each other")
    }
    policy.thresholdOrder = topology.order.map { ThresholdID($0) }
  }

  private func dependencies(of threshold: Threshold) -> [Int] {
    var needed: Set<Int> = []
    func note(_ operand: Operand) {
      switch operand.reference {
      case .level(let other), .thresholdScore(let other): needed.insert(Int(other.index))
      default: break
      }
    }
    for factor in threshold.factors { factor.value.forEachOperand(note) }
    for point in threshold.points { point.condition.forEachOperand(note) }
    return needed.sorted()
  }

  private func threshold(_ number: Int) -> Threshold {
    let symbol = thresholds[number]
    let view = symbol.view
    var result = Threshold(
      name: symbol.name, package: PackageID(symbol.package),
      title: view.title.map { view.tree.string(of: $0) } ?? symbol.name.name,
      isSealed: view.isSealed, isShadow: view.isShadow, on: .any, guardCondition: .constant(true),
      given: nil, base: .zero, factors: [], points: [], levels: [], unmeasured: nil,
      span: symbol.span)
    var types: [Int]?
    if let on = view.on {
      guard let (found, appliesTo) = appliesTo(on.types, from: symbol.package) else {
        return result
      }
      (types, result.on) = (found, appliesTo)
    }
    let scope = scope(package: symbol.package, types: types)
    result.guardCondition = oriented(
      guards(view.on?.whenGuard, view.on?.unlessGuard, scope, isShadow: view.isShadow),
      loosens: false)
    // A score is measured once for a call, whatever its types, so it reads roots alone.
    let roots = Scope(package: symbol.package, parameters: .roots)
    result.given = given(view, roots)
    result.base = base(view)
    result.factors = factors(view, roots)
    result.levels = levels(view, scope)
    // Where more means a milder verdict, adding loosens and subtracting restricts.
    let falls = (result.levels.first?.verdict ?? .allow) > (result.levels.last?.verdict ?? .allow)
    for point in view.points {
      let loosens = point.isSubtraction != falls
      if let point = self.point(point, roots, isShadow: view.isShadow, loosens: loosens) {
        result.points.append(point)
      }
    }
    result.unmeasured = unmeasured(view, scope)
    checkLevels(view, result)
    return result
  }

  private func given(_ view: ThresholdView, _ scope: Scope) -> Operand? {
    guard let given = view.givens.first, let path = given.path else { return nil }
    let names = NamePath(path)
    guard let attribute = attribute(names, scope, instead: "a ready score") else { return nil }
    guard case .score = attribute.operand.reference else {
      report(
        .wrongFactor, "a ready score is given under `scores`, such as `scores.\(path.joined)`",
        at: path.span)
      return nil
    }
    return attribute.operand
  }

  private func base(_ view: ThresholdView) -> Decimal {
    guard let base = view.bases.first, let token = base.number else { return .zero }
    return decimal(token, view.tree) ?? .zero
  }

  private func point(
    _ view: PointView, _ scope: Scope, isShadow: Bool, loosens: Bool
  ) -> Threshold.Point? {
    guard let token = view.number, let amount = decimal(token, view.tree),
      let written = view.condition
    else { return nil }
    let checked = condition(written, scope)
    reportUnguarded(checked, present: [])
    reportShadows(checked, unless: isShadow)
    return Threshold.Point(
      amount: view.isSubtraction ? amount.negated : amount,
      condition: oriented(checked, loosens: loosens))
  }

  // MARK: Levels

  private func levels(_ view: ThresholdView, _ scope: Scope) -> [Threshold.Level] {
    var seen: Set<String> = []
    return view.levels.compactMap { level in
      guard let token = level.name, let from = level.from, let limit = decimal(from, view.tree),
        seen.insert(view.tree.name(of: token)).inserted
      else { return nil }
      return Threshold.Level(
        name: view.tree.name(of: token), from: limit,
        verdict: level.verdict.flatMap { verdict($0, view.tree) },
        because: template(level.because, scope), span: level.span)
    }
  }

  private func unmeasured(_ view: ThresholdView, _ scope: Scope) -> Threshold.Unmeasured? {
    guard let first = view.unmeasured.first, let token = first.verdict,
      let verdict = verdict(token, view.tree)
    else { return nil }
    return Threshold.Unmeasured(
      verdict: verdict, because: template(first.because, scope), span: first.span)
  }

  /// Levels ascend from 0, their verdicts rise or fall, and what is not measured has a verdict.
  private func checkLevels(_ view: ThresholdView, _ threshold: Threshold) {
    let levels = threshold.levels
    if let first = levels.first, first.from != .zero {
      report(
        .levelsDoNotAscend, "the first level begins at 0%, so that every score lies in one",
        at: first.span)
    }
    for (lower, upper) in zip(levels, levels.dropFirst()) where upper.from <= lower.from {
      report(
        .levelsDoNotAscend,
        "level `\(upper.name)` begins no higher than `\(lower.name)` before it, so their order is "
          + "not that of the scale", at: upper.span)
    }
    if let last = levels.last, last.from > .one {
      report(.levelsDoNotAscend, "no score reaches a level above 100%", at: last.span)
    }
    var (rises, falls) = (false, false)
    for (lower, upper) in zip(levels, levels.dropFirst()) {
      let (left, right) = (lower.verdict ?? .allow, upper.verdict ?? .allow)
      if left < right { rises = true }
      if left > right { falls = true }
      if rises && falls {
        report(
          .verdictsNotMonotone,
          "the levels' verdicts rise along the scale or fall along it, never both: here they turn",
          at: upper.span)
        break
      }
    }
    if view.unmeasured.isEmpty, levels.contains(where: { $0.verdict != nil }) {
      report(
        .missingUnmeasured,
        "levels have verdicts, and nothing says which one holds when the score cannot be measured",
        at: threshold.span, notes: ["Write `unmeasured ask` or another verdict."])
    }
  }
}

extension Arithmetic {
  /// Calls `body` with every operand inside.
  func forEachOperand(_ body: (Operand) -> Void) {
    switch self {
    case .number: break
    case .operand(let operand), .count(let operand): body(operand)
    case .add(let left, let right), .subtract(let left, let right), .multiply(let left, let right),
      .divide(let left, let right):
      left.forEachOperand(body)
      right.forEachOperand(body)
    }
  }
}
