import Testing
import TractatusEngine

@testable import TractatusConformanceSupport

/// A report that is kept is the one that would be made anew.
@Suite("The law of kept reports")
struct ReportLawTests {
  @Test(
    "what a memory of reports writes is the report of the decision",
    arguments: LawSettings.cases(LawSettings.runs / 3))
  func keptReportsAreReports(place: Int) {
    for seed in LawSettings.seeds(of: place) {
      let policy = PolicyGenerator.policy(seed: seed &+ 3_000_000)
      guard let program = Subject(policy.sources).program else { continue }
      var evaluator = Evaluator(program)
      var reports = ReportMemory()
      var input = ActionInput()
      var actions = ActionGenerator(policy, seed: seed)
      for _ in 0..<LawSettings.actions {
        let text = actions.action().written
        let bytes = Array(text.utf8)
        // The second time what was kept is written, if it was kept.
        for _ in 0..<2 where (try? input.readNative(bytes.span)) != nil {
          let wanted = DecisionWriter.json(evaluator.decide(input))
          var found: [UInt8] = []
          let outcome = evaluator.evaluate(input)
          reports.write(outcome, of: input, by: &evaluator, to: &found)
          guard found == wanted else {
            Issue.record("seed \(seed): \(text)")
            return
          }
        }
      }
    }
  }
}
