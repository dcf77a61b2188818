import TractatusSemantics
import TractatusSource

extension LintRule {
  /// `duplicate-condition`.
  static let duplicateCondition = LintRule(
    114, "duplicate-condition", .warning, "Two clauses for the same actions and condition.",
    why: """
      Both fire together, and the more severe verdict wins, so the other one only doubles the report. Mostly one \
      condition was copied to be changed, and was not.
      """,
    avoid: """
      rule production "Production is a person's" {
          on deploy
          deny when environment == production because "Production is frozen."
          ask when environment == production because "This is production."
      }
      """,
    prefer: """
      rule production "Production is a person's" {
          on deploy
          deny when environment == production because "Production is frozen."
          ask when environment == staging because "This is staging."
      }
      """,
    needsCheck: true
  ) { run in
    var seen: [Key: (verdict: Int, span: SourceSpan)] = [:]
    var clauses: [(rule: PolicyRule, clause: Clause)] = []
    for rule in run.policy.rules where rule.isActive && !rule.isShadow {
      if rule.since != nil || rule.until != nil { continue }
      for clause in rule.clauses { clauses.append((rule, clause)) }
    }
    clauses.sort { $0.clause.span < $1.clause.span }
    for (rule, clause) in clauses {
      let key = Key(rule, clause)
      let verdict = Int(clause.verdict.rawValue)
      guard let first = seen[key] else {
        seen[key] = (verdict, clause.span)
        continue
      }
      let isWeaker = verdict <= first.verdict
      let span = isWeaker ? clause.span : first.span
      let other = isWeaker ? first.span : clause.span
      run.report(
        verdict == first.verdict
          ? "another clause says the same of the same actions"
          : "another clause has the same condition and a more severe verdict",
        at: run.head(span), secondary: [LabelledSpan(run.head(other), "this one")])
      if !isWeaker { seen[key] = (verdict, clause.span) }
    }
  }

  private struct Key: Hashable {
    var on: AppliesTo
    var guardCondition: Condition
    var condition: Condition
    var kind: Int
    /// An `expect` reports what it expects, and a boundary's clause is no instruction's.
    var text: String
    var ruleKind: PolicyRule.Kind

    init(_ rule: PolicyRule, _ clause: Clause) {
      on = rule.on
      guardCondition = rule.guardCondition
      condition = clause.condition
      ruleKind = rule.kind
      text = ""
      switch clause.kind {
      case .effect: kind = 0
      case .expect: (kind, text) = (1, clause.text)
      case .require: kind = 2
      }
    }
  }
}
