import TractatusSemantics

/// The forms in which `tractatus build --emit` shows the decision tables.
package enum Emission: String, Sendable, CaseIterable {
  /// Clauses with their rows as conditions, by action type.
  case table
  /// Attributes, tests and rows by number: what the program is assembled from.
  case ir
  /// The same as `table`, as one JSON object.
  case json
  /// One table an action type: a line a row, a column an attribute.
  case markdown

  /// The policy's decision tables in this form, with a final newline.
  ///
  /// The order is that of names, never of a hash table.
  package func text(of policy: LoweredPolicy) -> String {
    switch self {
    case .table: TableEmitter(policy).text()
    case .ir: IntermediateEmitter(policy).text()
    case .json: JSONEmitter(policy).text()
    case .markdown: MarkdownEmitter(policy).text()
    }
  }
}

/// One table under its heading.
struct EmittedTable {
  /// The qualified name of the action type; `any` for clauses under `on any`.
  var name: String
  var title: String
  var otherwise: Otherwise?
  var clauses: [LoweredClause]
}

extension LoweredPolicy {
  /// Every table that says something, `on any` first, then by action type.
  var emittedTables: [EmittedTable] {
    var result: [EmittedTable] = []
    if !anyTable.clauses.isEmpty {
      result.append(
        EmittedTable(
          name: "any", title: "Every action", otherwise: nil, clauses: anyTable.clauses))
    }
    for (type, table) in zip(checked.actionTypes, tables)
    where !table.clauses.isEmpty || type.otherwise != nil {
      result.append(
        EmittedTable(
          name: type.name.text, title: type.title, otherwise: type.otherwise,
          clauses: table.clauses))
    }
    return result
  }

  /// The qualified name of a clause's rule or threshold, and which clause of it that is.
  func name(of origin: LoweredClause.Origin) -> (rule: String, part: String) {
    switch origin {
    case .rule(let rule, let clause): (checked.rules[rule].name.text, String(clause))
    case .level(let threshold, let level):
      (checked.thresholds[threshold].name.text, checked.thresholds[threshold].levels[level].name)
    case .unmeasured(let threshold): (checked.thresholds[threshold].name.text, "unmeasured")
    }
  }

  /// A reason as a rule file would write it, without quotes.
  func text(of template: LoweredTemplate, _ conditions: ConditionText) -> String {
    template.segments.map { segment in
      switch segment {
      case .text(let text): text
      case .value(nil): "{absent}"
      case .value(let attribute?): "{\(conditions.attribute(attribute))}"
      }
    }.joined()
  }
}
