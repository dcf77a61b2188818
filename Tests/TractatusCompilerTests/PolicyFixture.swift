import TractatusSemantics
import TractatusSource
import TractatusValues

@testable import TractatusCompiler

/// Small checked policies built by hand: one action type `call`, rules whose conditions tests give.
enum PolicyFixture {
  static let span = SourceSpan(source: SourceID(rawValue: 0), start: 0, end: 0)
  static let environment = ValueType.enumeration(
    Enumeration(name: "t.environment", values: ["dev", "staging", "production"]))

  static let parameters: [Parameter] = [
    Parameter(name: "environment", type: environment, isOptional: false),
    Parameter(name: "flag", type: .bool, isOptional: true),
    Parameter(name: "name", type: .text, isOptional: true),
    Parameter(name: "port", type: .int(bounds: NumberBounds()), isOptional: true),
    Parameter(name: "size", type: .number(bounds: NumberBounds()), isOptional: true),
    Parameter(name: "tags", type: .list(.text), isOptional: true),
  ]

  static func policy(
    parameters: [Parameter] = parameters, rules: [PolicyRule] = [], thresholds: [Threshold] = []
  ) -> CheckedPolicy {
    var policy = CheckedPolicy()
    policy.packages = [
      CheckedPackage(name: "t", title: "Test", version: "1", uses: [], otherwise: nil)
    ]
    policy.actionTypes = [
      ActionType(
        name: QualifiedName(package: "t", name: "call"), package: PackageID(0), title: "Call",
        isClosed: false, isSealed: false, parameters: parameters, extractions: [], otherwise: nil,
        span: span),
      ActionType(
        name: QualifiedName(package: "t", name: "other"), package: PackageID(0), title: "Other",
        isClosed: false, isSealed: false, parameters: [], extractions: [], otherwise: nil,
        span: span),
    ]
    policy.rules = rules
    policy.thresholds = thresholds
    policy.thresholdOrder = thresholds.indices.map { ThresholdID($0) }
    return policy
  }

  static func rule(
    _ name: String, on: AppliesTo = .types([ActionTypeID(0)]), when guardCondition: Condition,
    _ clauses: [Clause], title: String = "A title", isActive: Bool = true
  ) -> PolicyRule {
    PolicyRule(
      name: QualifiedName(package: "t", name: name), package: PackageID(0), kind: .rule,
      title: title, isSealed: false, isShadow: false, isActive: isActive, since: nil, until: nil,
      on: on, guardCondition: guardCondition, clauses: clauses, offers: [], checks: [],
      notifies: [], deliberation: nil, replaces: [], metadata: [], examples: [], span: span)
  }

  static func deny(_ condition: Condition, because: Template? = nil) -> Clause {
    Clause(
      kind: .effect(final: nil, conflict: nil), verdict: .deny, condition: condition,
      because: because, text: "deny", span: span)
  }

  static func require(_ condition: Condition) -> Clause {
    Clause(
      kind: .require, verdict: .deny, condition: condition, because: nil, text: "require",
      span: span)
  }

  static func operand(_ name: String) -> Operand {
    let type = parameters.first { $0.name == name }?.type ?? .text
    return Operand(reference: .parameter(name, fields: []), type: type)
  }

  static func test(_ name: String, _ predicate: Predicate) -> Condition {
    .test(Test(operand: operand(name), predicate: predicate))
  }

  static func number(_ value: Int) -> Ordinal { Ordinal(value) * Decimal.scale }

  static func port(_ values: Int...) -> Condition {
    test("port", .inRanges(values.sorted().map { OrdinalRange(number($0), number($0)) }))
  }

  /// A policy of one rule with one `deny`, lowered; its formula is the first clause's.
  static func lowered(
    _ condition: Condition, passes: [Pass] = Passes.all, rows: Int = RowExpansion.rowLimit
  ) -> LoweredPolicy {
    var limits = Lowering.Limits()
    limits.rows = rows
    let policy = policy(rules: [rule("r", when: .constant(true), [deny(condition)])])
    return Lowering.lower(policy, passes: passes, limits: limits).0
  }
}
