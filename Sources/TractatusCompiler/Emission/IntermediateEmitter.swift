import TractatusSemantics

/// Writes attributes, tests and rows by number, as the assembler takes them.
struct IntermediateEmitter {
  private let policy: LoweredPolicy
  private let conditions: ConditionText

  init(_ policy: LoweredPolicy) {
    self.policy = policy
    conditions = ConditionText(policy)
  }

  func text() -> String {
    var lines = ["digest \(policy.digest)", "", "attributes"]
    for index in policy.attributes.indices { lines.append("  a\(index) \(qualified(index))") }
    lines += ["", "tests"]
    for index in policy.tests.indices {
      lines.append("  t\(index) \(kind(policy.tests[index])) \(conditions.test(index))")
    }
    lines += thresholdLines()
    for table in policy.emittedTables {
      lines += ["", "table \(table.name)"]
      for clause in table.clauses { lines += self.lines(of: clause) }
    }
    for (mapping, formula) in zip(policy.checked.actionMappings, policy.actionMappings) {
      let types = policy.checked.actionTypes
      lines += [
        "",
        "mapping \(types[Int(mapping.source.index)].name.text) to "
          + types[Int(mapping.type.index)].name.text,
      ]
      lines += self.lines(of: formula, "rows")
    }
    for waiver in policy.waivers {
      let rule = policy.checked.waivers[waiver.waiver].rule
      lines += ["", "waiver of \(policy.checked.rules[Int(rule.index)].name.text)"]
      for (type, formula) in waiver.formulas {
        let name = type < 0 ? "any" : policy.checked.actionTypes[type].name.text
        lines += self.lines(of: formula, "on \(name)")
      }
    }
    return lines.joined("\n") + "\n"
  }

  private func qualified(_ index: Int) -> String {
    let name = conditions.attribute(index)
    guard case .parameter(let type, _, _) = policy.attributes[index].source else { return name }
    return "\(policy.checked.actionTypes[type].name.text): \(name)"
  }

  private func kind(_ test: LoweredTest) -> String {
    switch test {
    case .exact: "exact"
    case .relation: "relation"
    case .recent: "recent"
    case .history: "history"
    case .forms: "forms"
    case .place: "place"
    case .command: "command"
    case .quantified: "quantified"
    case .composite: "composite"
    }
  }

  private func thresholdLines() -> [String] {
    policy.thresholds.flatMap { lowered -> [String] in
      let threshold = policy.checked.thresholds[lowered.threshold]
      var lines = ["", "threshold \(threshold.name.text)"]
      if let given = lowered.given { lines.append("  given a\(given)") }
      for (factor, value) in zip(threshold.factors, lowered.factors) {
        lines.append(
          "  factor \(factor.name) \(factor.weight.description) = \(arithmetic(value))")
      }
      for (point, formula) in zip(threshold.points, lowered.points) {
        lines += self.lines(of: formula, "add \(point.amount.description)")
      }
      return lines
    }
  }

  private func arithmetic(_ arithmetic: LoweredArithmetic) -> String {
    switch arithmetic {
    case .number(let number): number.description
    case .attribute(let index): "a\(index)"
    case .count(let index): "count(a\(index))"
    case .add(let left, let right): "(\(self.arithmetic(left)) + \(self.arithmetic(right)))"
    case .subtract(let left, let right): "(\(self.arithmetic(left)) - \(self.arithmetic(right)))"
    case .multiply(let left, let right): "(\(self.arithmetic(left)) * \(self.arithmetic(right)))"
    case .divide(let left, let right): "(\(self.arithmetic(left)) / \(self.arithmetic(right)))"
    }
  }

  private func lines(of clause: LoweredClause) -> [String] {
    let (rule, part) = policy.name(of: clause.origin)
    var lines = ["  clause \(rule)/\(part) \(clause.verdict.word)"]
    if let attribute = clause.expectAttribute { lines[0] += " expects a\(attribute)" }
    lines += self.lines(of: clause.formula, "rows").map { "  " + $0 }
    if let required = clause.required {
      lines += self.lines(of: required, "required").map { "  " + $0 }
    }
    return lines
  }

  private func lines(of formula: LoweredFormula, _ name: String) -> [String] {
    let rows = formula.rows.map { row in
      row.literals.isEmpty
        ? "true" : row.literals.map { "\($0.isNegated ? "!" : "")t\($0.test)" }.joined(" ")
    }
    let causes = formula.tests.map { "t\($0)" }.joined(" ")
    var lines = ["  \(name) \(rows.isEmpty ? "false" : rows.joined(" | "))"]
    if !causes.isEmpty { lines.append("    causes \(causes)") }
    return lines
  }
}
