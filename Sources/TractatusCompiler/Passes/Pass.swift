/// One rewriting of a policy on its way to a program.
///
/// A pass on conditions may use only laws of Kleene's logic: distributivity, De Morgan, absorption,
/// idempotence, and the meaning of exact tests on one attribute. `a and not a` is not false and
/// `a or not a` is not true, for both can be unknown.
package enum Pass: Sendable {
  /// Rewrites one condition before it becomes rows.
  case draft(name: String, @Sendable (Draft, inout TestTable) -> Draft)
  /// Rewrites the rows of one condition.
  case rows(name: String, @Sendable ([LoweredRow], inout TestTable) -> [LoweredRow])
  /// Rewrites the whole policy, after every condition has its rows.
  case policy(name: String, @Sendable (inout LoweredPolicy) -> Void)

  /// The pass's name, for tests and messages.
  package var name: String {
    switch self {
    case .draft(let name, _), .rows(let name, _), .policy(let name, _): name
    }
  }
}

/// Every pass in the order in which it runs: those on conditions, on rows, on the policy.
package enum Passes {
  /// The one list: a new pass is a file and a line here.
  package static let all: [Pass] = [
    .draft(name: "constant folding", ConstantFolding.apply),
    .draft(name: "flattening", Flattening.apply),
    .draft(name: "test merging", TestMerging.apply),
    .rows(name: "literal merging", LiteralMerging.apply),
    .rows(name: "row merging", RowMerging.apply),
    .rows(name: "row absorption", RowAbsorption.apply),
    .policy(name: "inactive rules", InactiveRules.apply),
    .policy(name: "dead clauses", DeadClauses.apply),
    .policy(name: "cause reduction", CauseReduction.apply),
    .policy(name: "pruning", Pruning.apply),
  ]
}
