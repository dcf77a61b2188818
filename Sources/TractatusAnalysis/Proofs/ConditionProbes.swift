import TractatusCompiler
import TractatusSemantics
import TractatusSource
import TractatusValues

/// A condition that questions are asked of, beside those of the policy.
package struct ConditionProbe: Sendable {
  /// The condition, over parameters of the types and roots.
  package var condition: Condition
  /// The types whose parameters it reads.
  package var on: AppliesTo
  /// Makes a probe.
  package init(_ condition: Condition, on: AppliesTo) {
    self.condition = condition
    self.on = on
  }
}

/// A policy with conditions that it does not have itself, each the only clause of a shadow rule of
/// its own: so they share tests with the policy's clauses, the evaluator can be asked for their
/// truth, and no verdict is other than without them.
package struct ProbedPolicy: Sendable {
  /// The policy, lowered with its probes.
  package let lowered: LoweredPolicy
  /// What stands in the way of lowering it.
  package let diagnostics: [Diagnostic]
  /// The policy's own rules; the probes' come after them.
  package let ruleCount: Int
  private let dates: [OrdinalRange: Int]
  /// By rule and then type, -1 for every type; a formula that is missing is false.
  private let formulas: [Int: [Int: LoweredFormula]]

  /// Lowers a policy with probes, and with one for each span of dates of its rules and waivers.
  /// Linear in the policy.
  package init(_ checked: CheckedPolicy, _ probes: [ConditionProbe] = []) {
    var policy = checked
    ruleCount = checked.rules.count
    for probe in probes { Self.add(probe, to: &policy) }
    var dates: [OrdinalRange: Int] = [:]
    for range in Self.spans(of: checked) where dates[range] == nil {
      dates[range] = policy.rules.count
      let at = Operand(reference: .at, type: .time(bounds: TimeBounds()))
      let test = Condition.test(Test(operand: at, predicate: .inRanges([range])))
      Self.add(ConditionProbe(test, on: .any), to: &policy)
    }
    self.dates = dates
    (lowered, diagnostics) = Lowering.lower(policy)
    formulas = Self.formulas(of: lowered, from: checked.rules.count)
  }

  private static func add(_ probe: ConditionProbe, to policy: inout CheckedPolicy) {
    let span = SourceSpan(source: SourceID(rawValue: .max), start: 0, end: 0)
    let name = "probe \(policy.rules.count)"
    let clause = Clause(
      kind: .effect(final: nil, conflict: nil), verdict: .deny, condition: probe.condition,
      because: nil, text: "", span: span)
    policy.rules.append(
      PolicyRule(
        name: QualifiedName(package: "", name: name), package: PackageID(0), kind: .rule,
        title: name, isSealed: false, isShadow: true, isActive: true, since: nil, until: nil,
        on: probe.on, guardCondition: .constant(true), clauses: [clause], offers: [], checks: [],
        notifies: [], deliberation: nil, replaces: [], metadata: [], examples: [], span: span))
  }

  private static func spans(of policy: CheckedPolicy) -> [OrdinalRange] {
    policy.rules.compactMap(\.dates)
      + policy.waivers.map { OrdinalRange($0.from.ordinal, $0.until.ordinal) }
  }

  private static func formulas(
    of policy: LoweredPolicy, from first: Int
  ) -> [Int: [Int: LoweredFormula]] {
    var result: [Int: [Int: LoweredFormula]] = [:]
    func add(_ table: LoweredTable, _ type: Int) {
      for clause in table.clauses {
        guard case .rule(let rule, _) = clause.origin, rule >= first else { continue }
        result[rule, default: [:]][type] = clause.formula
      }
    }
    for (type, table) in policy.tables.enumerated() { add(table, type) }
    add(policy.anyTable, -1)
    return result
  }

  // MARK: Formulas

  /// The rule that a probe has become.
  package func rule(of probe: Int) -> Int { ruleCount + probe }

  /// A probe's condition as an action type sees it.
  package func expression(of probe: Int, type: Int) -> LoweredExpression {
    expression(ofRule: ruleCount + probe, type: type)
  }

  private func expression(ofRule rule: Int, type: Int) -> LoweredExpression {
    let known = formulas[rule]
    return (known?[type] ?? known?[-1])?.expression ?? .constant(false)
  }

  /// Whether the time of an action lies in a span: unknown without `at`.
  func isWithin(_ range: OrdinalRange) -> LoweredExpression {
    dates[range].map { expression(ofRule: $0, type: -1) } ?? .constant(false)
  }
}

extension PolicyRule {
  /// The span of its dates; nil where it has none.
  var dates: OrdinalRange? {
    if since == nil, until == nil { return nil }
    return OrdinalRange(
      since?.ordinal ?? Instant.ordinalRange.lowerBound,
      until?.ordinal ?? Instant.ordinalRange.upperBound)
  }
}
