import TractatusSemantics

/// Writes one table an action type: a line for each row, a column for each attribute that a
/// test of one attribute reads, and a last one for tests of several attributes.
struct MarkdownEmitter {
  private let policy: LoweredPolicy
  private let conditions: ConditionText

  init(_ policy: LoweredPolicy) {
    self.policy = policy
    conditions = ConditionText(policy)
  }

  func text() -> String {
    var parts = ["# Decision tables\n\nDigest: `\(policy.digest)`\n"]
    for table in policy.emittedTables { parts.append(section(table)) }
    return parts.joined("\n")
  }

  /// One line of a table: a row of a clause, or what a requirement needs.
  private struct Line {
    var verdict: String
    var rule: String
    var cells: [Int: [String]] = [:]
    var rest: [String] = []
    var reason: String
  }

  private func section(_ table: EmittedTable) -> String {
    var lines: [Line] = []
    for clause in table.clauses { lines += self.lines(of: clause) }
    var named: [String: Int] = [:]
    for attribute in lines.flatMap({ $0.cells.keys }) {
      named[conditions.attribute(attribute)] = attribute
    }
    let columns = named.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let hasRest = lines.contains { !$0.rest.isEmpty }
    var heading = ["verdict", "rule"] + columns.map(\.key)
    if hasRest { heading.append("also") }
    heading.append("reason")
    var text = "## \(Self.cell(table.name))\n\n\(Self.cell(table.title))\n\n"
    text += Self.line(heading) + Self.line(heading.map { _ in "---" })
    for line in lines {
      var cells = [line.verdict, line.rule]
      cells += columns.map { (line.cells[$0.value] ?? []).joined(" and ") }
      if hasRest { cells.append(line.rest.joined(" and ")) }
      cells.append(line.reason)
      text += Self.line(cells.map(Self.cell))
    }
    if let otherwise = table.otherwise { text += "\nOtherwise: \(otherwise.verdict.word).\n" }
    return text
  }

  private func lines(of clause: LoweredClause) -> [Line] {
    let reason = policy.text(of: clause.because, conditions)
    return clause.formula.rows.map { row in
      var line = Line(
        verdict: clause.verdict.word, rule: policy.name(of: clause.origin).rule, reason: reason)
      for literal in row.literals {
        switch policy.tests[literal.test] {
        case .exact(let attribute, _), .forms(let attribute, _, _), .place(let attribute, _),
          .command(let attribute, _):
          line.cells[attribute, default: []].append(conditions.literal(literal))
        case .relation, .recent, .history, .quantified, .composite:
          line.rest.append(conditions.literal(literal))
        }
      }
      if let required = clause.required {
        let rows = required.rows.map(conditions.row)
        line.rest.append("not (\(rows.isEmpty ? "false" : rows.joined(" or ")))")
      }
      return line
    }
  }

  private static func line(_ cells: [String]) -> String { "| \(cells.joined(" | ")) |\n" }

  /// A text that stays within its cell.
  private static func cell(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "|": result += "\\|"
      case "\n", "\r": result += " "
      case "<": result += "&lt;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
