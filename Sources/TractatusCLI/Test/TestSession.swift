import TractatusAnalysis
import TractatusCompiler
import TractatusEngine
import TractatusSource
import TractatusTestRunner

/// One run of `test`: what is run, by how many threads, and what becomes of it.
struct TestSession {
  /// Fewer cases than this are not worth a second thread.
  private static let casesPerThread = 64

  let arguments: Arguments
  let console: Console
  let style: Style
  let compilation: CompilationResult
  let program: Program
  let sources: Set<SourceID>

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitStatus {
    let work: Authoring
    do throws(RuleProblem) {
      work = try Authoring(arguments)
    } catch {
      return console.complain(error)
    }
    let style = Style(arguments, console)
    guard let program = work.compilation.program, !work.compilation.hasErrors else {
      var renderer = DiagnosticRenderer(
        sources: work.compilation.sources, usesColour: style.usesColour)
      let errors = work.compilation.diagnostics.filter { $0.severity == .error }
      console.errors.write(renderer.render(errors))
      console.complain(
        "the policy does not compile", code: DiagnosticCode.unusablePolicy.identifier)
      return .error
    }
    let session = TestSession(
      arguments: arguments, console: console, style: style, compilation: work.compilation,
      program: program, sources: work.testedSources)
    return try arguments.has("mutate") ? session.mutate() : session.test()
  }

  // MARK: Testing

  private func test() throws(UsageError) -> ExitStatus {
    for name in ["limit", "seed", "min-score"] where arguments.value(name) != nil {
      throw UsageError(message: "`--\(name)` belongs to `--mutate`")
    }
    var cases = TestCase.all(of: compilation, sources: sources)
    var proofs = Prover.prove(compilation, sources: sources)
    let filters = arguments.values("filter")
    if !filters.isEmpty {
      cases = cases.filter { $0.fits(filters) }
      proofs = proofs.filter { $0.fits(filters) }
      if cases.isEmpty, proofs.isEmpty {
        let words = filters.map { "`\($0)`" }.joined(separator: " or ")
        throw UsageError(message: "no test's name holds \(words)")
      }
    }
    if arguments.value("coverage") != nil {
      let (results, coverage) = TestRunner.cover(
        cases, by: program, sources: compilation.sources, counting: sources)
      return write(results, proofs, CoverageReport(coverage: coverage))
    }
    return write(run(cases), proofs, nil)
  }

  private func write(
    _ results: [TestResult], _ proofs: [ProofResult], _ coverage: CoverageReport?
  ) -> ExitStatus {
    TestReport.write(
      results, proofs, coverage, arguments, compilation.sources, style: style, console)
    let isPassed = results.allSatisfy(\.isPassed) && proofs.allSatisfy(\.isProved)
    return isPassed ? .pass : .fail
  }

  /// Runs cases on as many threads as are worth it; the results are in the order of the cases.
  private func run(_ cases: [TestCase]) -> [TestResult] {
    let program = program
    var pieces: [[TestCase]] = []
    for start in stride(from: 0, to: cases.count, by: Self.casesPerThread) {
      pieces.append(Array(cases[start..<min(start + Self.casesPerThread, cases.count)]))
    }
    return WorkerThreads.map(pieces) { TestRunner.run($0, by: program, explains: true) }
      .flatMap { $0 }
  }

  // MARK: Mutating

  private func mutate() throws(UsageError) -> ExitStatus {
    guard arguments.value("coverage") == nil else {
      throw UsageError(message: "`--mutate` and `--coverage` are two runs")
    }
    let form = arguments.value("format") ?? "text"
    guard form == "text" || form == "json" else {
      throw UsageError(message: "`--mutate` reports as text or json, not as \(form)")
    }
    let limit = try arguments.number("limit", default: 1_000, in: 1...1_000_000)
    let seed = try arguments.number("seed", default: 1, in: 0...Int(Int32.max))
    let least = try arguments.number("min-score", default: 0, in: 0...100)
    let cases = TestCase.all(of: compilation, sources: sources)
    let failed = run(cases).filter { !$0.isPassed }
    guard failed.isEmpty else {
      console.errors.write(TestReport.failures(failed, style: style))
      console.errors.line("tractatus: the tests must pass before rules are changed")
      return .fail
    }
    guard let run = MutationRun(compilation, cases: cases, sources: sources) else {
      return console.complain(RuleProblem(message: "the policy does not compile"))
    }
    let filters = arguments.values("filter")
    let candidates = run.mutations.indices.filter { index in
      filters.isEmpty || filters.contains { run.mutations[index].owner.contains($0) }
    }
    if candidates.isEmpty, !filters.isEmpty {
      let words = filters.map { "`\($0)`" }.joined(separator: " or ")
      throw UsageError(message: "no rule's name holds \(words)")
    }
    let chosen = MutationRun.sample(candidates, limit: limit, seed: UInt64(seed))
    let judgements = WorkerThreads.map(chosen) { run.judge(run.mutations[$0]) }
    let report = MutationReport(
      run: run, score: MutationScore(Array(zip(chosen, judgements))), caseCount: cases.count,
      judgedCount: chosen.count, candidateCount: candidates.count, seed: seed)
    console.output.write(form == "json" ? report.json : Array(report.text(style).utf8))
    if form == "json" { console.output.line() }
    return report.score.perMille < least * 10 ? .fail : .pass
  }
}
