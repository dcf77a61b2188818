import TractatusCompiler
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Pairs of clauses that apply to one action.
extension Analyser {
  /// Most pairs of one table that are looked at, and most of them that are solved.
  private static let pairLimit = 2_000_000
  private static let solveLimit = 4_000
  /// Most overlaps that are listed.
  private static let overlapLimit = 200

  // MARK: Overlaps

  /// Lists clauses of different rules with different verdicts that apply to one action.
  func analyseOverlaps() {
    var listed: Set<[LoweredClause.Origin]> = []
    var found: [(low: Int, high: Int, witness: Witness?)] = []
    func note(_ one: Int, _ other: Int, _ witness: Witness?) {
      let (low, high) =
        clauses[one].clause.verdict < clauses[other].clause.verdict ? (one, other) : (other, one)
      guard listed.insert([clauses[low].clause.origin, clauses[high].clause.origin]).inserted
      else { return }
      found.append((low, high, witness))
    }
    // What fires on the witnesses of single clauses overlaps with them.
    for clause in clauses {
      guard let witness = witnesses[clause.number] else { continue }
      for other in speaking(witness.decision) where mayOverlap(clause, clauses[other]) {
        note(clause.number, other, witness)
      }
    }
    for table in tables where found.count <= Self.overlapLimit {
      overlaps(in: Array(table), listed, note)
    }
    found.sort { ($0.low, $0.high) < ($1.low, $1.high) }
    unlistedOverlaps = max(0, found.count - Self.overlapLimit)
    for overlap in found.prefix(Self.overlapLimit) {
      reportOverlap(clauses[overlap.low], clauses[overlap.high], overlap.witness)
    }
  }

  private func mayOverlap(_ one: AnalysedClause, _ other: AnalysedClause) -> Bool {
    guard let rule = one.rule, let otherRule = other.rule, rule != otherRule else { return false }
    guard one.clause.verdict != other.clause.verdict else { return false }
    return isPlain(rule) && isPlain(otherRule)
  }

  private func overlaps(
    in table: [Int], _ listed: Set<[LoweredClause.Origin]>, _ note: (Int, Int, Witness?) -> Void
  ) {
    let index = PairIndex(model: model)
    let members = table.filter { !dead.contains($0) && clauses[$0].rule != nil }
    let formulas = members.map { clauses[$0].clause.formula }
    var pairs = 0
    var solved = 0
    index.forEachPair(formulas) { one, other in
      pairs += 1
      if pairs > Self.pairLimit || solved >= Self.solveLimit {
        skippedPairs += 1
        return pairs <= Self.pairLimit
      }
      let left = clauses[members[one]]
      let right = clauses[members[other]]
      guard mayOverlap(left, right), isReported(left.span) || isReported(right.span),
        !listed.contains([left.clause.origin, right.clause.origin]),
        !listed.contains([right.clause.origin, left.clause.origin]),
        !index.areDisjoint(formulas[one], formulas[other])
      else { return true }
      solved += 1
      guard case .witness(let assignment) = solver.find(left.fires + right.fires, steps: 5_000)
      else { return true }
      let type = left.type ?? right.type ?? shownType(left)
      let confirmed = run.confirm(builder.documents(for: assignment, type: type)) { decision in
        let speaking = self.speaking(decision)
        return speaking.contains(left.number) && speaking.contains(right.number)
      }
      if let confirmed { note(left.number, right.number, confirmed) }
      return true
    }
  }

  private func reportOverlap(
    _ low: AnalysedClause, _ high: AnalysedClause, _ witness: Witness?
  ) {
    guard let rule = low.rule, let other = high.rule else { return }
    // Shown where the reader's own clause is.
    let (place, second) = isReported(low.span) ? (low, high) : (high, low)
    let type = (low.type ?? high.type).map { " one `\(name(ofType: $0))`" } ?? " one action"
    report(
      AnalysisFinding(
        .overlap, .shown,
        "`\(name(rule))` says `\(low.clause.verdict.word)` and `\(name(other, beside: rule))` says "
          + "`\(high.clause.verdict.word)` of\(type)",
        at: place.span, secondary: [LabelledSpan(second.span, "the other clause")],
        witness: witness))
  }

  // MARK: Expectations

  /// Finds pairs of expectations of one attribute that no value meets, where both apply.
  func analyseExpectations() {
    for table in tables {
      var byAttribute: [Int: [Int]] = [:]
      for number in table where !dead.contains(number) {
        guard let attribute = clauses[number].clause.expectAttribute,
          let rule = clauses[number].rule,
          isPlain(rule)
        else { continue }
        byAttribute[attribute, default: []].append(number)
      }
      for (attribute, members) in byAttribute.sorted(by: { $0.key < $1.key })
      where members.count > 1 {
        conflicts(among: members, of: attribute)
      }
    }
  }

  private func conflicts(among members: [Int], of attribute: Int) {
    // What each says beside the attribute decides which meet.
    let contexts = members.map { number in
      context(clauses[number].clause.formula, without: attribute)
    }
    let index = PairIndex(model: model)
    var solved = 0
    var reported: Set<[Int]> = []
    index.forEachPair(contexts) { one, other in
      let left = clauses[members[one]]
      let right = clauses[members[other]]
      guard let rule = left.rule, let otherRule = right.rule, rule != otherRule else { return true }
      guard !reported.contains([rule, otherRule]),
        !index.areDisjoint(contexts[one], contexts[other])
      else { return true }
      solved += 1
      if solved > Self.solveLimit {
        skippedPairs += 1
        return true
      }
      if let witness = conflict(left, right, attribute) {
        reported.insert([rule, otherRule])
        let (first, second) = left.span < right.span ? (left, right) : (right, left)
        reportConflict(first, second, attribute, witness)
      }
      return true
    }
  }

  /// The rows without what they say of an attribute.
  private func context(_ formula: LoweredFormula, without attribute: Int) -> LoweredFormula {
    LoweredFormula(
      rows: formula.rows.map { row in
        LoweredRow(
          literals: row.literals.filter { !model.attributes(of: $0.test).contains(attribute) })
      }, tests: [])
  }

  /// An action on which one of two expectations is disappointed whatever the attribute is; nil
  /// where there is a value for every action, or none was found.
  private func conflict(
    _ left: AnalysedClause, _ right: AnalysedClause, _ attribute: Int
  ) -> Witness? {
    for one in left.clause.formula.rows {
      for other in right.clause.formula.rows {
        let isOf: (LoweredLiteral) -> Bool = {
          self.model.attributes(of: $0.test) == [attribute]
        }
        let values = [one, other].map { row in
          LoweredExpression.and(row.literals.filter(isOf).map(\.expression))
        }
        // The attribute is there, and neither is disappointed: no such value.
        guard !values.contains(.and([])),
          case .never = solver.find(values.map { Goal($0, .isFalse) }, present: [attribute])
        else { continue }
        let others = (one.literals + other.literals).filter { !isOf($0) }
        let goals = [Goal(.and(others.map(\.expression)), .isTrue)]
        guard case .witness(let assignment) = solver.find(goals + left.fires) else { continue }
        let type = left.type ?? shownType(left)
        if let witness = run.confirm(
          builder.documents(for: assignment, type: type),
          where: { speaking($0).contains(left.number) })
        {
          return witness
        }
      }
    }
    return nil
  }

  private func reportConflict(
    _ first: AnalysedClause, _ second: AnalysedClause, _ attribute: Int, _ witness: Witness
  ) {
    guard let rule = first.rule, let other = second.rule else { return }
    let what = ConditionText(lowered).attribute(attribute)
    report(
      AnalysisFinding(
        .conflictingExpectations, .shown,
        "`\(name(rule))` and `\(name(other, beside: rule))` expect of `\(what)` what no value can be, "
          + "and both apply to some action",
        at: second.span, secondary: [LabelledSpan(first.span, "the other expectation")],
        notes: ["Write `replaces` in the newer one, or narrow one of them."], witness: witness))
  }
}

extension LoweredLiteral {
  /// The literal as an expression.
  var expression: LoweredExpression { isNegated ? .not(.test(test)) : .test(test) }
}
