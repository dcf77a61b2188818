import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `cannot-fire`.
  static let cannotFire = LintRule(
    112, "cannot-fire", .error, "A policy rule that cannot fire for an action type that it names.",
    why: """
      Every clause tests a parameter that the type lacks, or another `action.type`. A test of what is absent is false, \
      so the rule reads as if it protected the type, and does not.
      """,
    avoid: """
      rule internal_hosts "Internal hosts stay internal" {
          on deploy, read_file
          deny when host? within "acme.internal" because "The host is internal."
      }
      """,
    prefer: """
      rule internal_hosts "Internal hosts stay internal" {
          on deploy
          deny when host? within "acme.internal" because "The host is internal."
      }
      """,
    needsCheck: true
  ) { run in
    for file in run.files {
      for view in file.views(.ruleDeclaration, RuleView.self) {
        guard let index = run.policyRules.index(of: view), let on = view.on?.types else { continue }
        let rule = run.policy.rules[index]
        guard case .types = rule.on, !rule.clauses.isEmpty else { continue }
        for path in on.paths {
          let types = run.scopes.actionTypes(named: path, in: file.package)
          guard types.count == 1, let type = types.first else { continue }
          let isDead = rule.clauses.allSatisfy { clause in
            let guardTruth = truth(rule.guardCondition, type)
            if guardTruth == false { return true }
            let isRequired = if case .require = clause.kind { true } else { false }
            return truth(clause.condition, type) == isRequired
          }
          if isDead {
            run.report(
              "this rule cannot fire for `\(path.joined)`: it tests what `\(path.joined)` does not have",
              at: path.span)
          }
        }
      }
    }
  }

  /// What a condition is for every action of a type; nil where that depends on the action.
  private static func truth(_ condition: Condition, _ type: ActionType) -> Bool? {
    switch condition {
    case .constant(let value): return value
    case .test(let test): return truth(test, type)
    case .not(let part): return truth(part, type).map { !$0 }
    case .and(let parts):
      let truths = parts.map { truth($0, type) }
      if truths.contains(false) { return false }
      return truths.allSatisfy { $0 == true } ? true : nil
    case .or(let parts):
      let truths = parts.map { truth($0, type) }
      if truths.contains(true) { return true }
      return truths.allSatisfy { $0 == false } ? false : nil
    case .quantified(let quantified): return isMissing(quantified.list, type) ? false : nil
    }
  }

  private static func truth(_ test: Test, _ type: ActionType) -> Bool? {
    if isMissing(test.operand, type) { return false }
    if let right = test.predicate.operand, isMissing(right, type) { return false }
    guard test.operand.reference == .actionType else { return nil }
    switch test.predicate {
    case .equalsText(let texts): return texts.contains { $0 == type.name.text }
    case .present: return true
    default: return nil
    }
  }

  private static func isMissing(_ operand: Operand, _ type: ActionType) -> Bool {
    guard case .parameter(let name, _) = operand.reference else { return false }
    return !type.parameters.contains { $0.name == name }
  }
}
