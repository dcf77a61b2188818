import TractatusJSON
import TractatusValues

/// An entry of a report before it is sorted.
struct Statement {
  var state: ClauseState
  var verdict: Verdict
  var rule: String
  var kind: String
  var type: String
  var reason: String
  var place: String
  var clauseText: String
  var conflict: Conflict?
  var finalDecision: UInt32 = 0
  var causes: [String] = []
  var isShadow = false
  /// The program's rule, or none.
  var ruleIndex = noIndex
}

extension Evaluator {
  /// The full report of the outcome that the last `evaluate` gave for the same input.
  package mutating func report(
    _ outcome: Outcome, of input: borrowing ActionInput
  ) -> Decision {
    var decision = Decision()
    if outcome.isError {
      decision.verdict = .deny
      decision.error = describeProblem(input)
      return decision
    }
    var statements: [Statement] = []
    if outcome.isCorrected {
      statements = correctedStatements(input)
      decision.isCorrected = true
      decision.correctedAction = correction.changes
    }
    for result in results where result.disposition != .waived {
      statements.append(statement(of: result, input))
    }
    for result in defaultResults { statements.append(statement(of: result, input)) }
    decision.verdict = outcome.verdict
    decision.isGranted = outcome.isGranted
    if !outcome.isCorrected {
      let clauses = results.filter { $0.state == .fired && $0.disposition == .counts }
      decision.correctedAction = agreedChanges(clauses.map(\.clause))
    }
    decision.types = instances.filter { !$0.isGuard }
      .map { image.string(image.actionTypes[at: $0.type].name) }
      .sorted(by: ReportOrder.precedes)
    fill(&decision, with: statements)
    decision.thresholds = thresholdReports(input)
    decision.waived = waivedEntries()
    decision.policy = program.identity
    return decision
  }

  /// The conflicts that were corrected, as they were before.
  private mutating func correctedStatements(_ input: borrowing ActionInput) -> [Statement] {
    let corrected = correction.clauses
    correction.isActive = false
    judge(input)
    var statements: [Statement] = []
    for result in results where result.state == .fired && result.disposition == .counts {
      let type = instances[at: result.instance].type
      guard corrected.contains(where: { $0.clause == result.clause && $0.type == type }) else {
        continue
      }
      var said = statement(of: result, input)
      said.verdict = .warn
      statements.append(said)
    }
    correction.isActive = true
    judge(input)
    return statements
  }

  // MARK: Statements

  private mutating func statement(
    of result: ClauseResult, _ input: borrowing ActionInput
  ) -> Statement {
    let clause = image.clauses[at: result.clause]
    let instance = instances[at: result.instance]
    let isOfRule = clause.kind <= ClauseKind.require.rawValue
    beginType(instance.type)
    var said = Statement(
      state: result.state, verdict: verdict(of: result),
      rule: image.string(
        isOfRule ? image.rules[at: clause.owner].name : image.thresholds[at: clause.owner].name),
      kind: isOfRule ? Self.kindWord(image.rules[at: clause.owner].kind) : "threshold",
      type: image.string(image.actionTypes[at: instance.type].name), reason: "",
      place: image.string(clause.place), clauseText: image.string(clause.text))
    said.isShadow = result.disposition == .shadow
    if isOfRule { said.ruleIndex = clause.owner }
    if result.state == .unknown {
      said.causes = causes(of: clause, instance, input)
      return said
    }
    said.reason = render(clause.template, input)
    guard result.state == .fired else { return said }
    said.finalDecision = clause.finalDecision
    if clause.expectation != noIndex {
      said.conflict = conflict(image.expectations[at: clause.expectation], input)
    } else if let code = ConflictCode(rawValue: clause.conflict) {
      said.conflict = Conflict(
        type: code.word, attribute: nil, expected: nil, actual: nil, confidence: nil)
    }
    return said
  }

  private mutating func statement(
    of result: DefaultResult, _ input: borrowing ActionInput
  ) -> Statement {
    let record = image.otherwises[at: result.otherwise]
    let instance = instances[at: result.instance]
    let type = image.actionTypes[at: instance.type]
    let own = Verdict(rawValue: UInt8(truncatingIfNeeded: record.verdict)) ?? .deny
    beginType(instance.type)
    var name = image.string(type.name)
    if result.isPackage && record.package != noIndex {
      name = image.string(image.packages[at: record.package].name)
    }
    var said = Statement(
      state: result.isUnknown ? .unknown : .fired,
      verdict: result.isUnknown ? Self.unknownVerdict(own) : own, rule: name, kind: "otherwise",
      type: image.string(type.name), reason: "", place: image.string(record.place),
      clauseText: "")
    if result.isUnknown {
      said.causes = causes(ofMembership: instance, input)
    } else {
      said.reason = render(record.template, input)
    }
    return said
  }

  private static func kindWord(_ kind: UInt32) -> String {
    switch kind {
    case 1: "instruction"
    case 2: "boundary"
    case 3: "requirement"
    default: "rule"
    }
  }

  private mutating func conflict(
    _ expectation: ExpectationRecord, _ input: borrowing ActionInput
  ) -> Conflict {
    let actual = value(of: expectation.attribute, input)
    let type = image.attributes[at: expectation.attribute].valueType
    var code = ConflictCode(rawValue: expectation.conflict) ?? .parameterConflict
    if expectation.insteadOf != noIndex && actual.state == .known {
      let constants = constants
      let usual = convert(
        constants, Value.constants, constantNodes[at: expectation.insteadOf], to: type,
        keepsText: true)
      let tape = tape(of: actual.document, input)
      if let usual, areEqual(usual, constants, actual, tape, type: type) {
        code = .trainingPatternOverride
      }
    }
    return Conflict(
      type: code.word, attribute: image.string(expectation.name),
      expected: expectation.expected == noIndex
        ? .text(image.string(expectation.testText)) : reportConstant(expectation.expected),
      actual: actual.state == .known ? reportValue(actual, type, input) : nil,
      confidence: expectation.confidence == noIndex
        ? nil : Decimal(raw: image.numbers[at: expectation.confidence]))
  }

  // MARK: Lists

  private mutating func fill(_ decision: inout Decision, with statements: [Statement]) {
    let counted = Self.ordered(statements.filter { !$0.isShadow })
    let shadow = Self.ordered(statements.filter(\.isShadow))
    decision.fired = Self.fired(counted)
    decision.unmet = Self.unmet(counted)
    decision.unknown = Self.unknown(counted)
    decision.shadow =
      Self.fired(shadow).map { .fired($0) } + Self.unmet(shadow).map { .unmet($0) }
      + Self.unknown(shadow).map { .unknown($0) }
    let final = counted.first { $0.state == .fired && $0.finalDecision != 0 }?.finalDecision
    decision.finalDecisionRequires = final.map { $0 == 1 ? "human_judgment" : "human_approval" }
    decision.requiresHuman =
      decision.verdict == .ask || final != nil
      || decision.fired.contains { $0.conflict?.type == ConflictCode.valuesConflict.word }
    decision.reason = Self.reason(of: decision)
    addObligations(&decision, counted)
  }

  /// The order of every list: severity, then rule, type and the clause's own text.
  private static func ordered(_ statements: [Statement]) -> [Statement] {
    statements.sorted { left, right in
      if left.verdict != right.verdict { return left.verdict > right.verdict }
      return ReportOrder.precedes(
        [left.rule, left.type, left.clauseText, left.reason, left.place],
        [right.rule, right.type, right.clauseText, right.reason, right.place])
    }
  }

  private static func fired(_ statements: [Statement]) -> [FiredEntry] {
    statements.filter { $0.state == .fired }.map { said in
      FiredEntry(
        rule: said.rule, kind: said.kind, type: said.type, verdict: said.verdict,
        reason: said.reason, at: said.place, conflict: said.conflict,
        clauseText: said.clauseText)
    }
  }

  private static func unmet(_ statements: [Statement]) -> [UnmetEntry] {
    statements.filter { $0.state == .unmet }.map { said in
      UnmetEntry(
        rule: said.rule, type: said.type, require: said.clauseText, verdict: said.verdict,
        reason: said.reason, at: said.place)
    }
  }

  private static func unknown(_ statements: [Statement]) -> [UnknownEntry] {
    var entries: [UnknownEntry] = []
    for said in statements where said.state == .unknown {
      let causes = said.causes.isEmpty ? ["a condition could not be decided"] : said.causes
      for cause in causes {
        let place = entries.firstIndex { ReportOrder.equal($0.cause, cause) } ?? entries.count
        if place == entries.count {
          entries.append(UnknownEntry(cause: cause, verdict: .allow, rules: []))
        }
        entries[place].verdict = max(entries[place].verdict, said.verdict)
        entries[place].rules.append(said.rule)
      }
    }
    for index in entries.indices {
      entries[index].rules = ReportOrder.sortedUnique(entries[index].rules)
    }
    return entries.sorted { left, right in
      left.verdict != right.verdict
        ? left.verdict > right.verdict : ReportOrder.precedes(left.cause, right.cause)
    }
  }

  private static func reason(of decision: Decision) -> String {
    let verdict = decision.verdict
    if let entry = decision.fired.first(where: { $0.verdict == verdict }) { return entry.reason }
    if let entry = decision.unmet.first(where: { $0.verdict == verdict }) { return entry.reason }
    if let entry = decision.unknown.first(where: { $0.verdict == verdict }) {
      return "cannot be known: " + entry.cause
    }
    return "no rule matched"
  }

  /// Offers, checks, notices and plans of the rules that restrict, in the order of the rules.
  private func addObligations(_ decision: inout Decision, _ statements: [Statement]) {
    let restricting = statements.filter { $0.ruleIndex != noIndex && $0.verdict > .allow }
    let fired = Set(restricting.filter { $0.state == .fired }.map(\.ruleIndex))
    var known = (offers: Set<[UInt8]>(), checks: Set<[UInt8]>(), notices: Set<[UInt8]>())
    for index in Set(restricting.map(\.ruleIndex)).sorted() {
      let rule = image.rules[at: index]
      Self.add(image.strings(rule.offers), to: &decision.offers, &known.offers)
      Self.add(image.strings(rule.checks), to: &decision.checks, &known.checks)
      Self.add(image.strings(rule.notifies), to: &decision.notify, &known.notices)
      guard fired.contains(index), rule.deliberation != noIndex,
        case .record(let plan) = reportConstant(rule.deliberation)
      else { continue }
      decision.deliberation.append(
        DeliberationPlan(
          boundary: image.string(rule.name),
          section: rule.section.isEmpty ? nil : image.string(rule.section),
          domain: rule.domain.isEmpty ? nil : image.string(rule.domain), plan: plan))
    }
  }

  /// Adds texts to a list, each once by its bytes.
  private static func add(
    _ texts: [String], to list: inout [String], _ known: inout Set<[UInt8]>
  ) {
    for text in texts where known.insert(Array(text.utf8)).inserted { list.append(text) }
  }

  private func waivedEntries() -> [WaivedEntry] {
    var entries: [WaivedEntry] = []
    var known: Set<[UInt32]> = []
    for result in results where result.disposition == .waived {
      let waiver = image.waivers[at: result.waiver]
      let clause = image.clauses[at: result.clause]
      let type = image.actionTypes[at: instances[at: result.instance].type]
      let entry = WaivedEntry(
        rule: image.string(image.rules[at: clause.owner].name), type: image.string(type.name),
        reason: image.string(waiver.reason), approvedBy: image.strings(waiver.approvedBy),
        until: image.string(waiver.untilText))
      // A waiver is listed once for each type, however many clauses it takes out.
      if known.insert([result.waiver, result.instance]).inserted { entries.append(entry) }
    }
    return entries.sorted { left, right in
      ReportOrder.precedes(
        [left.rule, left.type, left.reason, left.until, left.approvedBy.joined(separator: "\n")],
        [
          right.rule, right.type, right.reason, right.until,
          right.approvedBy.joined(separator: "\n"),
        ])
    }
  }
}
