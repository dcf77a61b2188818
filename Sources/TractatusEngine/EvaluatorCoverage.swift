import TractatusValues

/// What one action found of one clause.
package struct ClauseTrace: Sendable {
  /// The clause's place among the program's, the same in every decision.
  package var clause: Int
  /// The rule's or threshold's qualified name.
  package var rule: String
  /// The type whose table the clause is in, qualified; `any` for the table of every type.
  package var type: String
  /// The clause's own tokens.
  package var text: String
  /// `file:line:column`.
  package var at: String
  /// The truth of guard and condition; of a requirement that is not met its guard's, else false.
  package var truth: Truth
  /// The truth of each row of the clause's table.
  package var rows: [Truth]
}

extension Evaluator {
  /// What an action finds of every clause of the tables of its types, or of one rule's with a
  /// focus, for coverage. Linear in these tables; nothing for an input error.
  package mutating func trace(
    _ input: borrowing ActionInput, options: EvaluationOptions = EvaluationOptions()
  ) -> [ClauseTrace] {
    let outcome = evaluate(input, options: options)
    if outcome.isError { return [] }
    var traces: [ClauseTrace] = []
    for instance in instances where !instance.isGuard {
      for table in [Int(instance.type), image.tables.count - 1] {
        for index in image.tables[table].clauses.range {
          let record = image.clauses[index]
          let isOfRule = record.kind <= ClauseKind.require.rawValue
          if let focus = options.focus, !isOfRule || Int(record.owner) != focus { continue }
          beginType(instance.type)
          traces.append(trace(index, record, instance, isOfRule: isOfRule, input))
        }
      }
    }
    return traces
  }

  private mutating func trace(
    _ index: Int, _ record: ClauseRecord, _ instance: TypeInstance, isOfRule: Bool,
    _ input: borrowing ActionInput
  ) -> ClauseTrace {
    var rows: [Truth] = []
    for row in image.formulas[at: record.formula].rows.range {
      rows.append(evaluate(literals: image.rows[row].literals, input) & instance.truth)
    }
    var truth = rows.reduce(Truth.false) { $0 | $1 }
    // What is required and not known is unmet.
    if record.required != noIndex, evaluate(formula: record.required, input) == .true {
      truth = .false
    }
    if liftsAnything(record), truth != .false { truth = truth & isClear(instance.type, input) }
    let isAny = Int(record.table) == image.tables.count - 1
    return ClauseTrace(
      clause: index,
      rule: image.string(
        isOfRule ? image.rules[at: record.owner].name : image.thresholds[at: record.owner].name),
      type: isAny ? "any" : image.string(image.actionTypes[at: record.table].name),
      text: image.string(record.text), at: image.string(record.place), truth: truth, rows: rows)
  }

  /// A trace of every clause of the program in which nothing has been found yet.
  package var untraced: [ClauseTrace] {
    image.clauses.indices.map { index in
      let record = image.clauses[index]
      let isOfRule = record.kind <= ClauseKind.require.rawValue
      let isAny = Int(record.table) == image.tables.count - 1
      return ClauseTrace(
        clause: index,
        rule: image.string(
          isOfRule ? image.rules[at: record.owner].name : image.thresholds[at: record.owner].name),
        type: isAny ? "any" : image.string(image.actionTypes[at: record.table].name),
        text: image.string(record.text), at: image.string(record.place), truth: .false,
        rows: image.formulas[at: record.formula].rows.range.map { _ in .false })
    }
  }
}
