import TractatusEngine
import TractatusSemantics
import TractatusValues

extension Assembler {
  /// The decision tables: one for each action type, and the one of clauses on any.
  mutating func addTables() {
    var tables = lowered.tables
    tables.append(lowered.anyTable)
    for (place, table) in tables.enumerated() {
      var record = TableRecord()
      let first = pools.sections.clauses.count
      var access = TableAccess()
      for clause in table.clauses { add(clause, table: place, to: &access) }
      record.clauses = Extent(start: first, count: pools.sections.clauses.count - first)
      record.always = pools.words(access.always)
      record.perType = pools.words(access.perType)
      record.probes = add(access)
      pools.sections.tables.append(record)
    }
    for (test, rows) in accessRows.sorted(by: { $0.key < $1.key }) {
      pools.sections.tests[test].rows = pools.words(rows)
    }
  }

  /// The attributes through which rows of a table are reached.
  private mutating func add(_ access: TableAccess) -> Extent {
    let start = pools.sections.probes.count
    for (attribute, rows) in access.rows.sorted(by: { $0.key < $1.key }) {
      var probe = ProbeRecord()
      probe.attribute = UInt32(clamping: attribute)
      probe.rows = pools.words(rows)
      pools.sections.probes.append(probe)
    }
    return Extent(start: start, count: pools.sections.probes.count - start)
  }

  private mutating func add(
    _ clause: LoweredClause, table: Int, to access: inout TableAccess
  ) {
    let index = pools.sections.clauses.count
    var record = ClauseRecord()
    record.verdict = UInt32(clause.verdict.rawValue)
    record.table = UInt32(clamping: table)
    record.template = template(clause.because)
    let firstRow = pools.sections.rows.count
    record.formula = add(clause.formula, clause: index, table: table)
    record.required = clause.required.map { add($0, clause: nil, table: nil) } ?? noIndex
    describe(clause, in: &record)
    pools.sections.clauses.append(record)
    let rows = pools.sections.rows.indices.suffix(from: firstRow)
      .prefix(clause.formula.rows.count)
    if dependsOnType(clause.formula) {
      access.perType.append(index)
      return
    }
    for (row, lowered) in zip(rows, clause.formula.rows) {
      if let test = choose(lowered), let cover = covers[test] {
        accessRows[test, default: []].append(row)
        if cover.points.count == 1 {
          access.rows[attribute(of: cover.points[0]), default: []].append(row)
        } else {
          for attribute in Set(cover.points.map { attribute(of: $0) }) {
            access.rows[attribute, default: []].append(row)
          }
        }
      } else {
        access.always.append(row)
      }
    }
  }

  private func dependsOnType(_ formula: LoweredFormula) -> Bool {
    formula.rows.contains { row in row.literals.contains { profile.isPerType[$0.test] } }
  }

  /// The literal by which a row is reached: of the positive ones that indexes reach the one that
  /// they reach least often; nil when there is none.
  private func choose(_ row: LoweredRow) -> Int? {
    var best: (test: Int, share: Double)?
    for literal in row.literals where !literal.isNegated {
      guard let cover = covers[literal.test], !cover.points.isEmpty else { continue }
      if best.map({ cover.share < $0.share }) ?? true { best = (literal.test, cover.share) }
    }
    return best?.test
  }

  /// The attribute of something by which rows are reached.
  func attribute(of point: AccessCover.Point) -> Int {
    switch point {
    case .query(let attribute, _): attribute
    case .test(let test): attribute(of: test)
    }
  }

  /// The attribute of a test by which rows are reached.
  private func attribute(of test: Int) -> Int {
    switch lowered.tests[test] {
    case .exact(let attribute, _), .forms(let attribute, _, _), .place(let attribute, _),
      .command(let attribute, _):
      attribute
    default: 0
    }
  }

  /// A formula: its rows one after the other, the literals of each in the order in which it is
  /// best to check them.
  mutating func add(_ formula: LoweredFormula, clause: Int?, table: Int?) -> UInt32 {
    var record = FormulaRecord()
    let start = pools.sections.rows.count
    for row in formula.rows {
      let literals = row.literals.sorted { left, right in
        let one = (profile.cost[left.test], rank(left), left.test)
        let two = (profile.cost[right.test], rank(right), right.test)
        return one < two
      }
      var record = RowRecord()
      record.clause = clause.map { UInt32(clamping: $0) } ?? noIndex
      record.table = table.map { UInt32(clamping: $0) } ?? noIndex
      record.literals = pools.words(literals.map { 2 * $0.test + ($0.isNegated ? 1 : 0) })
      pools.sections.rows.append(record)
    }
    record.rows = Extent(start: start, count: formula.rows.count)
    record.tests = pools.words(formula.tests)
    pools.sections.formulas.append(record)
    return UInt32(clamping: pools.sections.formulas.count - 1)
  }

  /// How soon a literal should be checked: what is true least often comes first.
  private func rank(_ literal: LoweredLiteral) -> Double {
    literal.isNegated ? 1 - profile.share[literal.test] : profile.share[literal.test]
  }

  // MARK: What a clause says

  private mutating func describe(_ clause: LoweredClause, in record: inout ClauseRecord) {
    switch clause.origin {
    case .rule(let rule, let place):
      let source = checked.rules[rule].clauses[place]
      record.owner = UInt32(clamping: rule)
      record.text = pools.text(source.text)
      record.place = self.place(source.span)
      switch source.kind {
      case .effect(let final, let conflict):
        record.kind = ClauseKind.effect.rawValue
        record.finalDecision = final == nil ? 0 : final == .judgment ? 1 : 2
        record.conflict = conflict.map { Self.code($0).rawValue } ?? 0
      case .require: record.kind = ClauseKind.require.rawValue
      case .expect(let expectation):
        record.kind = ClauseKind.expect.rawValue
        if let attribute = clause.expectAttribute {
          record.expectation = add(expectation, attribute: attribute)
        }
      }
    case .level(let threshold, let level):
      record.kind = ClauseKind.level.rawValue
      record.owner = UInt32(clamping: thresholdPlaces[threshold])
      record.place = self.place(checked.thresholds[threshold].levels[level].span)
    case .unmeasured(let threshold):
      record.kind = ClauseKind.unmeasured.rawValue
      record.owner = UInt32(clamping: thresholdPlaces[threshold])
      let declared = checked.thresholds[threshold]
      record.place = self.place(declared.unmeasured?.span ?? declared.span)
    }
  }

  private static func code(_ type: ConflictType) -> ConflictCode {
    switch type {
    case .trainingPatternOverride: .trainingPatternOverride
    case .valuesConflict: .valuesConflict
    case .semanticConflict: .semanticConflict
    case .parameterConflict: .parameterConflict
    }
  }

  private mutating func add(_ expectation: Expectation, attribute: Int) -> UInt32 {
    var record = ExpectationRecord()
    record.attribute = UInt32(clamping: attribute)
    record.name = pools.text(expectation.attributeName)
    record.expected = pools.constant(expectation.expected)
    record.insteadOf = pools.constant(expectation.insteadOf)
    record.testText = pools.text(expectation.testText)
    record.isCorrecting = expectation.isCorrecting ? 1 : 0
    record.conflict = Self.code(expectation.conflictType).rawValue
    record.confidence = pools.number(expectation.confidence?.raw)
    pools.sections.expectations.append(record)
    return UInt32(clamping: pools.sections.expectations.count - 1)
  }
}

/// How the rows of one table are reached.
struct TableAccess {
  /// By attribute.
  var rows: [Int: [Int]] = [:]
  var always: [Int] = []
  /// Clauses.
  var perType: [Int] = []
}
