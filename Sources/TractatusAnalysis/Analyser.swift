import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Says what a policy means: what of it says nothing, contradicts itself or is covered by the rest,
/// each proved or shown on an action that the evaluator confirms.
///
/// Questions are asked of clauses one by one, and of pairs that an index or a witness brings
/// together, never of all pairs.
package final class Analyser {
  let compilation: CompilationResult
  let lowered: LoweredPolicy
  let checked: CheckedPolicy
  let model: AnalysisModel
  let builder: WitnessBuilder
  var solver: Solver
  var run: WitnessRun
  /// The sources of which findings are reported.
  let sources: Set<SourceID>
  /// Every clause of the program, by number.
  private(set) var clauses: [AnalysedClause] = []
  /// By action type, and at the end `on any`: the numbers of its clauses.
  private(set) var tables: [Range<Int>] = []
  /// Clauses by rule, place and type as a decision names them.
  private(set) var places: [String: [Int]] = [:]
  /// By clause: what the evaluator confirmed that it fires on.
  var witnesses: [Int: Witness] = [:]
  /// By clause: an action that may make it fire.
  var candidates: [Int: Assignment] = [:]
  /// Clauses that never fire, and those of them that are never unknown.
  var dead: Set<Int> = []
  var silent: Set<Int> = []
  var findings: [AnalysisFinding] = []
  private var undecided: [String: (count: Int, names: [String])] = [:]
  /// What the questions at hand are about.
  var subject = ""
  var unlistedOverlaps = 0
  var skippedPairs = 0

  /// Analyses a compilation; nil where it has no program.
  ///
  /// - Parameters:
  ///   - sources: whose findings are reported; by default those that the compilation says.
  ///   - clients: names of clients (`ClientAbility.all`) that must honour every clause.
  package static func analyse(
    _ compilation: CompilationResult, sources: Set<SourceID>? = nil, clients: [String] = []
  ) -> AnalysisResult? {
    guard let lowered = compilation.lowered, let program = compilation.program else { return nil }
    let analyser = Analyser(
      compilation, lowered, program, sources: sources ?? compilation.testedSources)
    analyser.analyseClauses()
    analyser.analyseMissingClauses()
    analyser.analyseShadows()
    analyser.analyseExpectations()
    analyser.analyseOverlaps()
    analyser.analyseTypes()
    analyser.analyseThresholds()
    analyser.analyseWaivers()
    analyser.analyseParts()
    analyser.analyseSpellings()
    for client in ClientAbility.all where clients.contains(client.name) {
      analyser.analyse(client)
    }
    return analyser.result
  }

  private init(
    _ compilation: CompilationResult, _ lowered: LoweredPolicy, _ program: Program,
    sources: Set<SourceID>
  ) {
    self.compilation = compilation
    self.lowered = lowered
    self.sources = sources
    checked = lowered.checked
    model = AnalysisModel(lowered)
    builder = WitnessBuilder(model)
    solver = Solver(model)
    run = WitnessRun(program)
    for (type, table) in (lowered.tables + [lowered.anyTable]).enumerated() {
      let first = clauses.count
      for clause in table.clauses {
        clauses.append(analysed(clause, type: type < lowered.tables.count ? type : nil))
      }
      tables.append(first..<clauses.count)
    }
    for trace in run.allClauses {
      places[Self.place(trace.rule, trace.at, trace.type), default: []].append(trace.clause)
    }
  }

  private func analysed(_ clause: LoweredClause, type: Int?) -> AnalysedClause {
    var rule: Int?
    let span: SourceSpan
    switch clause.origin {
    case .rule(let index, let place):
      rule = index
      span = checked.rules[index].clauses[place].span
    case .level(let threshold, let level):
      span = checked.thresholds[threshold].levels[level].span
    case .unmeasured(let threshold):
      span = checked.thresholds[threshold].unmeasured?.span ?? checked.thresholds[threshold].span
    }
    return AnalysedClause(
      number: clauses.count, type: type, clause: clause, rule: rule, span: span)
  }

  private var result: AnalysisResult {
    let sorted = findings.sorted { left, right in
      if left.span != right.span { return left.span < right.span }
      if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
      return left.message.utf8.lexicographicallyPrecedes(right.message.utf8)
    }
    return AnalysisResult(
      findings: sorted,
      undecided: undecided.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { (reason: $0.key, count: $0.value.count, names: $0.value.names) },
      unlistedOverlaps: unlistedOverlaps, skippedPairs: skippedPairs)
  }

  // MARK: What every analysis uses

  /// How `places` names a clause.
  static func place(_ rule: String, _ at: String, _ type: String) -> String {
    "\(rule)\u{0}\(at)\u{0}\(type)"
  }

  /// Whether findings at a place are reported.
  func isReported(_ span: SourceSpan) -> Bool { sources.contains(span.source) }

  func report(_ finding: AnalysisFinding) {
    if isReported(finding.span) { findings.append(finding) }
  }

  /// Whether no action is as the goals want it: proved. What is not decided is counted.
  func isNever(_ goals: [Goal]) -> Bool {
    switch solver.find(goals) {
    case .never: return true
    case .witness: return false
    case .notDecided(let reason):
      noteUndecided(reason)
      return false
    }
  }

  /// Counts a question that was not decided.
  func noteUndecided(_ reason: String) {
    var known = undecided[reason] ?? (0, [])
    known.count += 1
    if !subject.isEmpty, !known.names.contains(subject) { known.names.append(subject) }
    undecided[reason] = known
  }

  /// The numbers of the clauses that a decision says gave a verdict.
  func speaking(_ decision: Decision) -> [Int] {
    let entries =
      decision.fired.map { ($0.rule, $0.at, $0.type) }
      + decision.unmet.map { ($0.rule, $0.at, $0.type) }
    return entries.flatMap { rule, at, type in
      (places[Self.place(rule, at, type)] ?? []) + (places[Self.place(rule, at, "any")] ?? [])
    }
  }

  /// The type as which a clause is shown: its own, else one of its package, else the first.
  func shownType(_ clause: AnalysedClause) -> Int {
    if let type = clause.type { return type }
    let package = clause.rule.map { checked.rules[$0].package }
    return checked.actionTypes.firstIndex { $0.package != nil && $0.package == package }
      ?? checked.actionTypes.firstIndex { $0.package != nil } ?? 0
  }

  /// An action on which a clause fires, confirmed; nil where none was found.
  func witness(_ assignment: Assignment, firing clause: AnalysedClause) -> Witness? {
    let documents = builder.documents(for: assignment, type: shownType(clause))
    for document in documents {
      guard let decision = run.decide(document) else { continue }
      if speaking(decision).contains(clause.number) {
        return Witness(document: document, decision: decision)
      }
      // A shadow rule, or one that a waiver takes out, speaks elsewhere.
      if let rule = clause.rule, !isPlain(rule),
        run.clauses(of: document, rule: rule).contains(where: {
          $0.clause == clause.number && $0.truth == .true
        })
      {
        return Witness(document: document, decision: decision)
      }
    }
    return nil
  }

  /// An action on which some of these clauses fires, confirmed; nil where none was found.
  func witness(ofSome clauses: [AnalysedClause]) -> Witness? {
    for clause in clauses {
      if let known = witnesses[clause.number] { return known }
      if let candidate = candidates[clause.number],
        let witness = witness(candidate, firing: clause)
      {
        witnesses[clause.number] = witness
        return witness
      }
    }
    return nil
  }

  /// Rules that say what they say at all times: live whatever `at` is, counted, not replaced, not
  /// waived.
  private lazy var plainRules: [Bool] = {
    var isPlain = checked.rules.map { rule in
      rule.isActive && !rule.isShadow && rule.since == nil && rule.until == nil
    }
    for rule in checked.rules {
      for replaced in rule.replaces { isPlain[Int(replaced.index)] = false }
    }
    for waiver in checked.waivers { isPlain[Int(waiver.rule.index)] = false }
    return isPlain
  }()

  func isPlain(_ rule: Int) -> Bool { plainRules[rule] }

  /// A rule's name in messages: without its package where that is the reader's own.
  func name(_ rule: Int, beside other: Int? = nil) -> String {
    let own = checked.rules[rule]
    if let other, checked.rules[other].package == own.package { return own.name.name }
    return own.name.text
  }

  /// A type's name in messages.
  func name(ofType type: Int) -> String { checked.actionTypes[type].name.name }

  /// Types as a list in messages.
  func names(ofTypes types: [Int]) -> String {
    types.map { "`\(name(ofType: $0))`" }.joined(separator: ", ")
  }
}
