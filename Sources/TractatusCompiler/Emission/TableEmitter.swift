import TractatusSemantics

/// Writes every clause with its rows as conditions.
struct TableEmitter {
  private let policy: LoweredPolicy
  private let conditions: ConditionText
  private var lines: [String] = []

  init(_ policy: LoweredPolicy) {
    self.policy = policy
    conditions = ConditionText(policy)
  }

  func text() -> String {
    var emitter = self
    emitter.emit()
    return emitter.lines.joined("\n") + "\n"
  }

  private mutating func emit() {
    lines.append("digest \(policy.digest)")
    for table in policy.emittedTables {
      lines += ["", "action \(table.name) \(ConditionText.quoted(table.title))"]
      for clause in table.clauses { emit(clause) }
      if let otherwise = table.otherwise { lines.append("  otherwise \(otherwise.verdict.word)") }
    }
    for mapping in zip(policy.checked.actionMappings, policy.actionMappings) { emit(mapping) }
  }

  private mutating func emit(_ clause: LoweredClause) {
    let (rule, part) = policy.name(of: clause.origin)
    lines.append("  \(clause.verdict.word) by \(rule)/\(part)")
    emit(clause.formula, as: clause.required == nil ? "when" : "where")
    if let required = clause.required { emit(required, as: "unless") }
    let reason = ConditionText.quoted(policy.text(of: clause.because, conditions))
    lines.append("    because \(reason)")
  }

  private mutating func emit(_ formula: LoweredFormula, as word: String) {
    if formula.rows.isEmpty { lines.append("    \(word) false") }
    for (index, row) in formula.rows.enumerated() {
      lines.append("    \(index == 0 ? word : "or") \(conditions.row(row))")
    }
  }

  private mutating func emit(_ mapping: (ActionMapping, LoweredFormula)) {
    let types = policy.checked.actionTypes
    let target = types[Int(mapping.0.type.index)].name.text
    let source = types[Int(mapping.0.source.index)].name.text
    lines += ["", "action \(target) from action \(source)"]
    emit(mapping.1, as: "when")
  }
}
