import TractatusAnalysis
import TractatusSource
import TractatusTestRunner

extension Command {
  /// `tractatus check`.
  static let check = Command(
    "check", group: .author,
    summary: "parse, resolve and type-check rule files, run their examples and proofs",
    operands: "[PATH…]",
    options: [.rules, .instructions, .reportFormat, .color],
    details: """
      PATH is the same as --rules PATH. Files of `tractatus.*` packages are taken in
      the built-in ones' place.

      A `prove` is proved of all actions, or it fails: an action contradicts it, which
      is shown; or one may, as far as can be told; or it is too large to decide.

      Exit status: 0 no error, 1 an example or a proof fails, 2 the policy does not
      compile.
      """,
    example: "tractatus check --format github rules"
  ) { arguments, console throws(UsageError) in
    let work: Authoring
    do throws(RuleProblem) {
      work = try Authoring(arguments)
    } catch {
      return console.complain(error)
    }
    let results = TestRunner.run(
      work.compilation, sources: work.testedSources, kinds: [.example])
    let proofs = Prover.prove(work.compilation, sources: work.testedSources)
    let diagnostics =
      (work.compilation.diagnostics + TestRunner.diagnostics(results)
      + ProofReport.diagnostics(proofs)).sortedForDisplay()
    var report = AuthoringReport(
      entries: diagnostics.map { ReportEntry($0) }, work: work, suite: "tractatus check")
    report.counts.append(
      AuthoringReport.Count(noun: "example", key: "examples", count: results.count))
    if !proofs.isEmpty {
      report.counts.append(
        AuthoringReport.Count(noun: "proof", key: "proofs", count: proofs.count))
    }
    report.notes = work.compilation.instructions.map(\.summary)
    report.write(arguments, console)
    if work.compilation.hasErrors { return .error }
    return diagnostics.hasErrors ? .fail : .pass
  }
}
