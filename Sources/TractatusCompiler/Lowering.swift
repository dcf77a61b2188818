import TractatusSemantics
import TractatusSource
import TractatusValues

/// Lowers a checked policy: every clause as each type sees it, over shared tests, as rows.
package struct Lowering {
  /// Rows of all tables, mappings, waivers and scores of one policy.
  package static let totalRowLimit = 1_000_000

  /// Fixed bounds; tests take smaller ones.
  package struct Limits: Sendable {
    /// Rows of one condition.
    package var rows = RowExpansion.rowLimit
    /// Rows, and clauses, of the whole policy.
    package var totalRows = Lowering.totalRowLimit
    /// Makes the limits of `grammar/semantics.md`.
    package init() {}
  }

  var conditions: ConditionLowering
  var lowered: LoweredPolicy
  private var diagnostics: [Diagnostic] = []
  private var rowCount = 0
  private let limits: Limits
  private let checked: CheckedPolicy
  /// By package: whether for its sealed rules some program counts as not declared, besides.
  private let hasUnseenPrograms: [Bool]
  /// By package: whether its `allow` clauses lift something sealed.
  private let hasSealedDefaults: [Bool]

  /// Lowers a policy and runs the passes over it.
  ///
  /// Linear in the size of the policy times the types that each rule names, but for the rows of one
  /// condition, which `limits.rows` bounds. A policy that is too large yields a diagnostic at the
  /// rule that went past the limit, and what was lowered up to there.
  package static func lower(
    _ policy: CheckedPolicy, passes: [Pass] = Passes.all, limits: Limits = Limits()
  ) -> (LoweredPolicy, [Diagnostic]) {
    var lowering = Lowering(policy, passes: passes, limits: limits)
    lowering.lowerClauses()
    lowering.lowerMappings()
    lowering.lowerWaivers()
    lowering.lowerDefaults()
    lowering.lowerOpacity()
    lowering.lowerHistories()
    lowering.lowered.attributes = lowering.conditions.table.attributes
    lowering.lowered.tests = lowering.conditions.table.tests
    lowering.nameHistories()
    for case .policy(_, let apply) in passes { apply(&lowering.lowered) }
    return (lowering.lowered, lowering.diagnostics)
  }

  private init(_ policy: CheckedPolicy, passes: [Pass], limits: Limits) {
    conditions = ConditionLowering(policy, passes: passes, rowLimit: limits.rows)
    lowered = LoweredPolicy(checked: policy)
    lowered.tables = [LoweredTable](repeating: LoweredTable(), count: policy.actionTypes.count)
    self.limits = limits
    checked = policy
    hasUnseenPrograms = policy.packagesWithUnseenPrograms()
    hasSealedDefaults = policy.packagesWithSealedDefaults()
  }

  private var isFull: Bool { rowCount > limits.totalRows }

  /// Counts the rows of a formula that belongs to `span`, and says when they are too many.
  private mutating func counted(_ formula: LoweredFormula, at span: SourceSpan) -> LoweredFormula {
    if conditions.takeIsTooLarge() {
      diagnostics.append(
        Diagnostic(
          .conditionTooLarge,
          "the condition has more than \(ConditionLowering.nodeLimit) tests and operators, or "
            + "more than \(ConditionLowering.depthLimit) levels, once named conditions stand for "
            + "what they name",
          at: span))
    }
    let wasFull = isFull
    rowCount += formula.rows.count + 1
    if isFull, !wasFull {
      diagnostics.append(
        Diagnostic(
          .tableTooLarge,
          "the decision tables of the policy pass \(limits.totalRows) rows here, the most that a "
            + "program holds",
          at: span))
    }
    return formula
  }

  // MARK: Clauses

  /// Rules first, then thresholds, each table in that order.
  private mutating func lowerClauses() {
    for index in checked.rules.indices where !isFull { lowerRule(index) }
    for id in checked.thresholdOrder where !isFull { lowerThreshold(Int(id.index)) }
    if isFull { lowered.thresholds = [] }
  }

  /// The types that something applies to; `[nil]` for `on any`.
  private func types(_ on: AppliesTo) -> [Int?] {
    switch on {
    case .any: [nil]
    case .types(let types): types.map { Int($0.index) }
    }
  }

  private mutating func append(_ clause: LoweredClause, type: Int?) {
    if let type {
      lowered.tables[type].clauses.append(clause)
    } else {
      lowered.anyTable.clauses.append(clause)
    }
  }

  private mutating func lowerRule(_ index: Int) {
    let rule = checked.rules[index]
    for type in types(rule.on) {
      for (position, clause) in rule.clauses.enumerated() {
        if isFull { return }
        append(
          lowerClause(clause, of: rule, origin: .rule(index, clause: position), type: type),
          type: type)
      }
    }
  }

  private mutating func lowerClause(
    _ clause: Clause, of rule: PolicyRule, origin: LoweredClause.Origin, type: Int?
  ) -> LoweredClause {
    var required: LoweredFormula?
    var expectAttribute: Int?
    var guards: [Condition]
    conditions.visiblePackage = visiblePackage(
      rule.package, isSealed: rule.isSealed || (clause.lifts && hasSealedDefaults(rule.package)))
    defer { conditions.visiblePackage = nil }
    switch clause.kind {
    case .require:
      guards = [rule.guardCondition]
      required = counted(conditions.formula([clause.condition], type: type), at: clause.span)
    case .effect:
      guards = [rule.guardCondition, clause.condition]
      if clause.lifts, let type, !clause.condition.testsOpacity {
        guards += CommandOpacity.guards(checked.actionTypes[type].parameters)
      }
    case .expect(let expectation):
      guards = [rule.guardCondition, clause.condition]
      expectAttribute = conditions.attribute(expectation.attribute, type: type)
    }
    let formula = counted(conditions.formula(guards, type: type), at: clause.span)
    return LoweredClause(
      origin: origin, verdict: clause.verdict, formula: formula, required: required,
      because: conditions.template(
        clause.because, fallback: rule.title, name: rule.name.name, type: type),
      expectAttribute: expectAttribute)
  }

  /// The package whose view of programs counts for a sealed rule; nil where all are seen.
  private func visiblePackage(_ package: PackageID, isSealed: Bool) -> Int? {
    isSealed && hasUnseenPrograms[Int(package.index)] ? Int(package.index) : nil
  }

  private func hasSealedDefaults(_ package: PackageID) -> Bool {
    hasSealedDefaults[Int(package.index)]
  }

  private mutating func lowerThreshold(_ index: Int) {
    let threshold = checked.thresholds[index]
    conditions.visiblePackage = visiblePackage(threshold.package, isSealed: threshold.isSealed)
    defer { conditions.visiblePackage = nil }
    var factors: [LoweredArithmetic] = []
    for factor in threshold.factors {
      factors.append(conditions.arithmetic(factor.value) ?? .number(.zero))
    }
    var points: [LoweredFormula] = []
    for point in threshold.points {
      points.append(counted(conditions.formula([point.condition], type: nil), at: threshold.span))
    }
    let given = threshold.given.flatMap { conditions.attribute($0, type: nil) }
    lowered.thresholds.append(
      LoweredThreshold(threshold: index, given: given, factors: factors, points: points))
    for type in types(threshold.on) where !isFull {
      lowerVerdicts(of: threshold, index, type: type)
    }
  }

  /// The verdicts of a threshold's levels, and of its being unmeasured, as clauses.
  private mutating func lowerVerdicts(of threshold: Threshold, _ index: Int, type: Int?) {
    let operand = Operand(
      reference: .level(ThresholdID(index)),
      type: .enumeration(
        Enumeration(name: threshold.name.text, values: threshold.levels.map(\.name))))
    guard let attribute = conditions.attribute(operand, type: nil) else { return }
    for (position, level) in threshold.levels.enumerated() {
      guard let verdict = level.verdict else { continue }
      appendVerdict(
        verdict, .measuredLevel(position), of: threshold, because: level.because, span: level.span,
        origin: .level(threshold: index, level: position), attribute: attribute, type: type)
    }
    if let unmeasured = threshold.unmeasured {
      appendVerdict(
        unmeasured.verdict, .unmeasured, of: threshold, because: unmeasured.because,
        span: unmeasured.span, origin: .unmeasured(threshold: index), attribute: attribute,
        type: type)
    }
  }

  private mutating func appendVerdict(
    _ verdict: Verdict, _ predicate: ExactPredicate, of threshold: Threshold, because: Template?,
    span: SourceSpan, origin: LoweredClause.Origin, attribute: Int, type: Int?
  ) {
    let formula = counted(
      conditions.formula([threshold.guardCondition], and: (attribute, predicate), type: type),
      at: span)
    append(
      LoweredClause(
        origin: origin, verdict: verdict, formula: formula, required: nil,
        because: conditions.template(
          because, fallback: threshold.title, name: threshold.name.name, type: type),
        expectAttribute: nil),
      type: type)
  }

  // MARK: Mappings, waivers, defaults

  private mutating func lowerMappings() {
    for mapping in checked.actionMappings {
      // What a package below declares must not take a type from what is judged by that type.
      conditions.visiblePackage = visiblePackage(mapping.package, isSealed: true)
      defer { conditions.visiblePackage = nil }
      lowered.actionMappings.append(
        counted(
          conditions.formula([mapping.condition], type: Int(mapping.source.index)),
          at: mapping.span))
    }
  }

  private mutating func lowerWaivers() {
    for (index, waiver) in checked.waivers.enumerated() where !isFull {
      var formulas: [(type: Int, formula: LoweredFormula)] = []
      for type in types(waiver.on) {
        formulas.append(
          (type ?? -1, counted(conditions.formula([waiver.condition], type: type), at: waiver.span))
        )
      }
      lowered.waivers.append(LoweredWaiver(waiver: index, formulas: formulas))
    }
  }

  /// The tests that take out `allow` clauses under `on any`, where there are such clauses.
  private mutating func lowerOpacity() {
    lowered.opacityTests = Array(repeating: [], count: checked.actionTypes.count)
    let isNeeded = checked.rules.contains { rule in
      rule.on == .any && rule.clauses.contains(where: \.lifts)
    }
    guard isNeeded else { return }
    for (index, type) in checked.actionTypes.enumerated() {
      for condition in CommandOpacity.guards(type.parameters) {
        let formula = conditions.formula([condition], type: index)
        lowered.opacityTests[index] += formula.rows.flatMap(\.literals).map(\.test)
      }
    }
  }

  private mutating func lowerDefaults() {
    for (index, type) in checked.actionTypes.enumerated() {
      let template = type.otherwise.map { otherwise in
        conditions.template(
          otherwise.because, fallback: type.title, name: type.name.name, type: index)
      }
      lowered.typeDefaults.append(template)
    }
    for package in checked.packages {
      let template = package.otherwise.map { otherwise in
        conditions.template(
          otherwise.because, fallback: package.title, name: package.name, type: nil)
      }
      lowered.packageDefaults.append(template)
    }
  }
}

extension Clause {
  /// Whether it is an `allow` clause.
  var lifts: Bool {
    if case .effect = kind { return verdict == .allow }
    return false
  }
}
