import TractatusCompiler
import TractatusEngine
import TractatusValues

/// Looks for an action of a type on which what gives verdicts stays below one of them, beside what
/// else is asked.
///
/// It demands of a clause that it stay quiet only once the evaluator has shown that it speaks (as
/// counterexamples refine abstractions: Clarke et al. 2000), so that a proof names few clauses of
/// many. With fewer demands there are more actions: `never` is a proof at every step.
struct VerdictSearch: ~Copyable {
  /// What was found.
  enum Result {
    case never
    case confirmed(Witness)
    /// Nothing excludes it, and the evaluator confirmed none: the tests on which it depends.
    case possible([Int], document: [UInt8]?)
    case notDecided(String)
  }

  private let model: AnalysisModel
  private let builder: WitnessBuilder
  private var solver: Solver
  private var run: WitnessRun
  /// Another version, whose decisions are asked for besides.
  private var other: WitnessRun?

  /// By type: tools whose calls of it sealed rules on `unmapped` judge, too.
  private let guardedTools: [Int: [CallShape.Source]]
  /// By query: an action that it asks for, once it was looked for.
  private var earlierActions: [Int: [UInt8]?] = [:]

  /// Most actions that come before another.
  private static let storyLimit = 300
  /// Most tools by whose names an action is tried, beside that of its type.
  private static let toolLimit = 4
  /// Most demands that are added one by one.
  private static let roundLimit = 64

  init(
    _ model: AnalysisModel, _ program: Program, beside other: Program? = nil,
    _ texts: CandidateTexts = CandidateTexts()
  ) {
    self.model = model
    builder = WitnessBuilder(model, texts)
    solver = Solver(model, texts.languages)
    run = WitnessRun(program)
    if let other { self.other = WitnessRun(other) }
    guardedTools = Self.guardedTools(model.policy)
    // What two versions decide is compared in sessions that both have kept whole.
    solver.implications.sessionsAreWhole = other != nil
  }

  /// Looks for an action.
  ///
  /// - Parameters:
  ///   - base: what holds in any case.
  ///   - demands: contributions that stay below `level`; nil for none.
  ///   - types: of which documents are made.
  ///   - isWanted: whether a document shows it, by its verdict, and that of the other version.
  mutating func find(
    _ base: Question, _ demands: [Contribution], below level: Verdict?, types: [Int],
    isWanted: (inout WitnessRun, [UInt8], Verdict, Verdict?) -> Bool
  ) -> Result {
    let result = search(base, demands, below: level, types: types, isWanted: isWanted)
    guard case .possible = result else { return result }
    // What one way of meeting the question did not show another may.
    for part in base.alternatives {
      let next = search(part, demands, below: level, types: types, isWanted: isWanted)
      if case .confirmed = next { return next }
    }
    return result
  }

  private mutating func search(
    _ base: Question, _ demands: [Contribution], below level: Verdict?, types: [Int],
    isWanted: (inout WitnessRun, [UInt8], Verdict, Verdict?) -> Bool
  ) -> Result {
    var question = base
    var open: [Int: Int] = [:]
    var rest: [Int] = []
    if let level {
      for (index, demand) in demands.enumerated() {
        guard let alternatives = demand.below(level) else { continue }
        // Few, and they hold back most: the defaults.
        guard let clause = demand.clause else {
          question.add(oneOf: alternatives)
          continue
        }
        open[clause] = index
        rest.append(index)
      }
    }
    var rounds = 0
    while true {
      switch solver.find(question) {
      case .never: return .never
      case .notDecided(let reason): return .notDecided(reason)
      case .witness(let assignment):
        let limit = rest.isEmpty ? WitnessBuilder.lastLimit : WitnessBuilder.documentLimit
        let documents = types.flatMap { actions(for: assignment, type: $0, limit: limit) }
        var speaking: Set<Int> = []
        for earlier in stories(of: assignment) {
          guard run.begin(after: earlier), other?.begin(after: earlier) ?? true else { continue }
          for document in documents {
            guard let verdict = run.verdict(of: document) else { continue }
            let beside = other?.verdict(of: document)
            if isWanted(&run, document, verdict, beside ?? nil),
              let decision = run.decide(document)
            {
              return .confirmed(
                Witness(document: document, decision: decision, earlier: earlier))
            }
            for trace in run.clauses(of: document) where trace.truth != .false {
              if let demand = open[trace.clause] { speaking.insert(demand) }
            }
          }
        }
        if run.begin(after: nil), !(other?.begin(after: nil) ?? true) { continue }
        if rest.isEmpty {
          return .possible(assignment.dependsOnFree, document: documents.first)
        }
        rounds += 1
        let isLast = speaking.isEmpty || rounds > Self.roundLimit
        let next = isLast ? rest : speaking.sorted()
        for index in next {
          if let level, let alternatives = demands[index].below(level) {
            question.add(oneOf: alternatives)
          }
          if let clause = demands[index].clause { open[clause] = nil }
        }
        rest = isLast ? [] : rest.filter { !speaking.contains($0) }
      }
    }
  }

  private static func guardedTools(_ policy: LoweredPolicy) -> [Int: [CallShape.Source]] {
    let checked = policy.checked
    guard let unmapped = checked.unmapped else { return [:] }
    let packages = Set(
      policy.tables[unmapped].clauses.compactMap { checked.sealedPackage(of: $0.origin) })
    var result: [Int: [CallShape.Source]] = [:]
    for type in checked.actionTypes.indices where type != unmapped {
      for package in packages.sorted() {
        for mapping in checked.foreignMappings(of: type, to: package) {
          result[type, default: []] += CallShape.Source.all(of: mapping)
        }
      }
      result[type] = result[type].map { Array($0.prefix(toolLimit)) }
    }
    return result
  }

  /// Actions of a type that are as an assignment says; where sealed rules on `unmapped` may judge
  /// what a tool is mapped to, also as calls of tools.
  private func actions(for assignment: Assignment, type: Int, limit: Int) -> [[UInt8]] {
    let named = builder.documents(for: assignment, type: type, limit: limit)
    guard let tools = guardedTools[type] else { return named }
    let trees = builder.trees(for: assignment, type: type, limit: limit).prefix(limit)
    let checked = model.policy.checked
    return named + trees.flatMap { tree in tools.map { tree.called(as: $0, by: [checked]).json } }
  }

  // MARK: What came before

  /// What may have come before, for versions that are compared: nobody knows, nothing, and what the
  /// tests of it ask for.
  private mutating func stories(of assignment: Assignment) -> [[[UInt8]]?] {
    guard other != nil, !model.policy.histories.isEmpty else { return [nil] }
    var story: [[UInt8]] = []
    for (test, truths) in assignment.tests.sorted(by: { $0.key < $1.key })
    where truths.contains(.isTrue) && !truths.contains(.isFalse) {
      guard case .history(let number, _, let ranges) = model.policy.tests[test],
        let least = ranges.first?.lower, let document = earlier(of: number)
      else { continue }
      let count = Int(clamping: max(1, least / Decimal.scale + (least % Decimal.scale > 0 ? 1 : 0)))
      if count + story.count > Self.storyLimit { continue }
      story += Array(repeating: document, count: count)
    }
    return story.isEmpty ? [nil, []] : [nil, [], story]
  }

  /// An action that a query asks for; nil where none was found.
  private mutating func earlier(of number: Int) -> [UInt8]? {
    if let known = earlierActions[number] { return known }
    let history = model.policy.histories[number]
    var question = Question()
    question.goals = [Goal(history.formula, .isTrue)]
    var found: [UInt8]?
    if case .witness(let assignment) = solver.find(question) {
      let documents = builder.trees(for: assignment, type: history.type, limit: 4).map { tree in
        // It happened just now, by whatever its window is measured.
        var tree = tree
        for (path, value) in Surroundings.now where tree.value(at: path) == nil {
          tree.set(value, at: path)
        }
        return tree.json
      }
      for document in documents where found == nil {
        for run in [0, 1] {
          guard
            let (_, update) = run == 0
              ? self.run.decideAndFeed(document) : other?.decideAndFeed(document),
            update.feeds.contains(where: { $0.query == history.name && $0.isCertain })
          else { continue }
          found = document
        }
      }
    }
    earlierActions[number] = .some(found)
    return found
  }

  /// The verdict on an action; nil for an input error.
  mutating func verdict(of document: [UInt8]) -> Verdict? { run.verdict(of: document) }

  /// The decision on an action; nil for an input error.
  mutating func decide(_ document: [UInt8]) -> Decision? { run.decide(document) }

  /// Whether a rule's only clause may hold of an action, as judged alone.
  mutating func holds(_ rule: Int, of document: [UInt8]) -> Bool {
    Self.holds(rule, of: document, &run)
  }

  /// The same of a run.
  static func holds(_ rule: Int, of document: [UInt8], _ run: inout WitnessRun) -> Bool {
    run.clauses(of: document, rule: rule).contains { $0.truth != .false }
  }
}
