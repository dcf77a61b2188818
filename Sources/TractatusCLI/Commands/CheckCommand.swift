import TractatusSource
import TractatusTestRunner

extension Command {
  /// `tractatus check`.
  static let check = Command(
    "check", group: .author,
    summary: "parse, resolve and type-check rule files, and run their examples",
    operands: "[PATH…]",
    options: [.rules, .instructions, .reportFormat, .color],
    details: """
      PATH is the same as --rules PATH. Files of `tractatus.*` packages are taken in
      the built-in ones' place.

      Exit status: 0 no error, 1 an example fails, 2 the policy does not compile.
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
    let diagnostics =
      (work.compilation.diagnostics + TestRunner.diagnostics(results)).sortedForDisplay()
    var report = AuthoringReport(
      entries: diagnostics.map { ReportEntry($0) }, work: work, suite: "tractatus check")
    report.counts.append(
      AuthoringReport.Count(noun: "example", key: "examples", count: results.count))
    report.notes = work.compilation.instructions.map(\.summary)
    report.write(arguments, console)
    if work.compilation.hasErrors { return .error }
    return diagnostics.hasErrors ? .fail : .pass
  }
}
