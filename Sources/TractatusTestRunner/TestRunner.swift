import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Runs examples and tests through the evaluator of a program.
package struct TestRunner: ~Copyable {
  private var evaluator: Evaluator
  /// Whether failures say why the rules that were expected to fire did not.
  private let explains: Bool

  /// A runner of cases by a program.
  ///
  /// - Parameter explains: whether results that failed carry explanations.
  package init(_ program: Program, explains: Bool = false) {
    evaluator = Evaluator(program)
    self.explains = explains
  }

  /// Runs what the compilation's own sources hold, in the order of places; empty when it has no
  /// program.
  ///
  /// - Parameters:
  ///   - sources: whose examples and tests are run; by default those that the compilation says.
  ///   - kinds: whether examples, tests or both are run.
  package static func run(
    _ compilation: CompilationResult, sources: Set<SourceID>? = nil,
    kinds: Set<TestResult.Kind> = [.example, .test]
  ) -> [TestResult] {
    guard let program = compilation.program else { return [] }
    return run(TestCase.all(of: compilation, sources: sources, kinds: kinds), by: program)
  }

  /// Runs cases in their order.
  package static func run(
    _ cases: [TestCase], by program: Program, explains: Bool = false
  ) -> [TestResult] {
    var runner = TestRunner(program, explains: explains)
    return cases.map { runner.run($0) }
  }

  /// Runs cases, and says which rules, clauses and rows of the sources they reached.
  package static func cover(
    _ cases: [TestCase], by program: Program, sources: SourceSet, counting: Set<SourceID>
  ) -> (results: [TestResult], coverage: TestCoverage) {
    var runner = TestRunner(program, explains: true)
    let files = sources.sources.filter { counting.contains($0.id) }.map(\.name)
    var coverage = TestCoverage(runner.evaluator.untraced, files: Set(files))
    var results: [TestResult] = []
    for one in cases {
      coverage.add(runner.trace(one))
      results.append(runner.run(one))
    }
    return (results, coverage)
  }

  /// A diagnostic for each example that failed, for `check`.
  package static func diagnostics(_ results: [TestResult]) -> [Diagnostic] {
    results.filter { $0.kind == .example && !$0.isPassed }.map { result in
      var notes: [String] = []
      for cause in result.decision.unknown.map(\.cause) { notes.append("Not known: \(cause).") }
      return Diagnostic(
        .exampleFails, "the example fails (\(result.summary))", at: result.span, notes: notes)
    }
  }

  // MARK: One case

  /// What one case finds of the clauses of the tables that its action is judged by.
  package mutating func trace(_ one: TestCase) -> [ClauseTrace] {
    var input = ActionInput()
    do {
      try begin(one)
      try input.readNative(one.document.span)
    } catch {
      return []
    }
    return evaluator.trace(input, options: EvaluationOptions(focus: one.focus?.index))
  }

  /// Begins a new session in which what a case says came before has happened, whatever its
  /// verdicts are.
  private mutating func begin(_ one: TestCase) throws(DecisionError) {
    var session = ActionHistory()
    var input = ActionInput()
    for document in one.earlier {
      evaluator.history = .session(session)
      try input.readNative(document.span)
      let decision = evaluator.decide(input)
      if let error = decision.error { throw error }
      session.record(evaluator.historyUpdate(of: input), as: .happened)
    }
    evaluator.history = .session(session)
  }

  /// Runs one case.
  package mutating func run(_ one: TestCase) -> TestResult {
    var input = ActionInput()
    var decision = Decision()
    do {
      try begin(one)
      try input.readNative(one.document.span)
      decision = evaluator.decide(input, options: EvaluationOptions(focus: one.focus?.index))
    } catch {
      decision.verdict = .deny
      decision.error = error
    }
    var result = TestResult(one, decision)
    if explains, !result.isPassed, decision.error == nil {
      let rules = result.unexplained
      result.considered = evaluator.explain(input).filter { rules.contains($0.rule) }
    }
    return result
  }
}
