import TractatusSemantics

/// Lowers single conditions of a policy, for those who ask what parts of rules mean.
package struct ConditionTable {
  private var lowering: ConditionLowering

  /// A table for the conditions of a policy.
  package init(_ policy: CheckedPolicy) {
    lowering = ConditionLowering(policy, passes: Passes.all, rowLimit: RowExpansion.rowLimit)
  }

  /// The rows of one condition as a type sees it; with `nil` only roots are read. Nil where it is
  /// too large.
  package mutating func formula(_ condition: Condition, type: Int?) -> LoweredFormula? {
    let formula = lowering.formula([condition], type: type)
    return lowering.takeIsTooLarge() ? nil : formula
  }

  /// A policy that has the tests and attributes of all conditions so far, and no clauses.
  package var policy: LoweredPolicy {
    var policy = LoweredPolicy(checked: lowering.policy)
    policy.tests = lowering.table.tests
    policy.attributes = lowering.table.attributes
    return policy
  }
}
