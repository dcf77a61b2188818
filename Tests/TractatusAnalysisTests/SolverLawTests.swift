import Testing
import TractatusCompiler
import TractatusConformanceSupport
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

@testable import TractatusAnalysis

/// What the solver proves, no action contradicts.
@Suite struct SolverLawTests {
  /// What a clause's trace is said to be; of a requirement its guard, where it is not met.
  private static func goals(
    _ clause: LoweredClause, _ truth: Truth
  ) -> (all: [Goal], choices: [[[Goal]]]) {
    let own = Goal(clause.formula, TruthSet(truth))
    guard let required = clause.required else { return ([own], []) }
    if truth == .false { return ([], [[[own], [Goal(required, .isTrue)]]]) }
    return ([own, Goal(required, .notTrue)], [])
  }

  @Test("no proof about two clauses is contradicted by an action", arguments: [false, true])
  func pairs(isAboutCommands: Bool) {
    for seed in AnalysedPolicy.seeds(isAboutCommands ? 4 : 16) {
      let shape: GeneratedShape = isAboutCommands ? .commands : .free
      guard let policy = AnalysedPolicy(seed: seed, shape, actions: 60) else { continue }
      let clauses = policy.lowered.tables.flatMap(\.clauses)
      // Two types of one call need not be both for certain.
      let tables = policy.lowered.tables.enumerated().flatMap { type, table in
        table.clauses.map { _ in type }
      }
      var run = WitnessRun(policy.program)
      let traces = policy.actions.map { document in
        Dictionary(
          run.clauses(of: document).map { ($0.clause, $0.truth) },
          uniquingKeysWith: { first, other in max(first, other) })
      }
      var solver = Solver(AnalysisModel(policy.lowered))
      var random = SplitMix64(seed: seed)
      for _ in 0..<400 where !clauses.isEmpty {
        let one = Int(random.next() % UInt64(clauses.count))
        let other = Int(random.next() % UInt64(clauses.count))
        guard tables[one] == tables[other] else { continue }
        let truth = Truth.allCases[Int(random.next() % 3)]
        let goals = Self.goals(clauses[one], .true)
        let others = Self.goals(clauses[other], truth)
        let answer = solver.find(
          goals.all + others.all, choosing: others.choices, steps: 5_000)
        guard case .never = answer else { continue }
        for (index, trace) in traces.enumerated()
        where trace[one] == .true && !Self.isLifting(other, clauses) {
          guard let found = trace[other], found == truth else { continue }
          let action = String(decoding: policy.actions[index], as: UTF8.self)
          Issue.record("seed \(seed): clauses \(one), \(other) \(found.word): \(action)")
          return
        }
      }
    }
  }

  /// Whether a clause's trace is also taken out by commands that are opaque.
  private static func isLifting(_ clause: Int, _ clauses: [LoweredClause]) -> Bool {
    clauses[clause].verdict == .allow
  }

  @Test("what may happen, mostly does: witnesses of single clauses are confirmed")
  func witnesses() {
    var confirmed = 0
    var asked = 0
    for seed in AnalysedPolicy.seeds(6) {
      guard let policy = AnalysedPolicy(seed: seed, .free, actions: 0) else { continue }
      let model = AnalysisModel(policy.lowered)
      var solver = Solver(model)
      let builder = WitnessBuilder(model)
      var run = WitnessRun(policy.program)
      var number = 0
      for (type, table) in policy.lowered.tables.enumerated() {
        for clause in table.clauses {
          if case .witness(let assignment) = solver.find(Self.goals(clause, .true).all) {
            asked += 1
            let isShown = builder.documents(for: assignment, type: type).contains { document in
              run.clauses(of: document).contains { $0.clause == number && $0.truth == .true }
            }
            if isShown { confirmed += 1 }
          }
          number += 1
        }
      }
    }
    #expect(confirmed * 10 > asked * 5)
  }
}
