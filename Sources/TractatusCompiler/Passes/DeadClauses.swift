/// Removes clauses that can say nothing: those whose condition is false whatever the action, and
/// requirements that are always met.
enum DeadClauses {
  /// Filters every table, O(clauses).
  @Sendable static func apply(_ policy: inout LoweredPolicy) {
    policy.filterClauses { clause in
      !clause.formula.rows.isEmpty && clause.required?.isAlwaysTrue != true
    }
  }
}

extension LoweredFormula {
  /// Whether a row without literals makes the formula true for every action.
  package var isAlwaysTrue: Bool { rows.contains { $0.literals.isEmpty } }
}

extension LoweredPolicy {
  /// Keeps the clauses of every table for which `isKept` holds.
  mutating func filterClauses(_ isKept: (LoweredClause) -> Bool) {
    for index in tables.indices { tables[index].clauses.removeAll { !isKept($0) } }
    anyTable.clauses.removeAll { !isKept($0) }
  }

  /// Rewrites every formula of clauses, scores, mappings and waivers.
  mutating func rewriteFormulas(_ rewrite: (inout LoweredFormula) -> Void) {
    func visit(_ clauses: inout [LoweredClause]) {
      for index in clauses.indices {
        rewrite(&clauses[index].formula)
        if var required = clauses[index].required {
          clauses[index].required = nil
          rewrite(&required)
          clauses[index].required = required
        }
      }
    }
    for index in tables.indices { visit(&tables[index].clauses) }
    visit(&anyTable.clauses)
    for index in thresholds.indices {
      for point in thresholds[index].points.indices { rewrite(&thresholds[index].points[point]) }
    }
    for index in actionMappings.indices { rewrite(&actionMappings[index]) }
    for index in histories.indices { rewrite(&histories[index].formula) }
    for index in waivers.indices {
      for formula in waivers[index].formulas.indices {
        rewrite(&waivers[index].formulas[formula].formula)
      }
    }
  }
}
