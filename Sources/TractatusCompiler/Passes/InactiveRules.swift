/// Removes the clauses of policy rules that `active: false` takes out.
enum InactiveRules {
  /// Filters every table, O(clauses).
  @Sendable static func apply(_ policy: inout LoweredPolicy) {
    let rules = policy.checked.rules
    guard rules.contains(where: { !$0.isActive }) else { return }
    policy.filterClauses { clause in
      guard case .rule(let rule, _) = clause.origin else { return true }
      return rules.indices.contains(rule) && rules[rule].isActive
    }
  }
}
