import TractatusCompiler
import TractatusLinter
import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusTestRunner
import TractatusValues

/// One run of `tractatus lint`.
struct LintSession {
  /// The file that is taken when no configuration is named.
  static let configurationName = ".tractatus-lint"
  /// The largest configuration and baseline: 4 MiB.
  static let fileLimit = 4 << 20

  private let arguments: Arguments
  private let console: Console
  private let configuration: LintConfiguration
  private let today: CalendarDate?

  static func run(
    _ arguments: Arguments, _ console: Console
  ) throws(UsageError) -> ExitStatus {
    if arguments.has("write-baseline"), arguments.value("baseline") == nil {
      throw UsageError(message: "`--write-baseline` needs `--baseline FILE`, which it writes")
    }
    let today: CalendarDate?
    if let text = arguments.value("now") {
      guard let date = CalendarDate(Array(text.utf8).span) else {
        throw UsageError(message: "`--now` takes a date such as 2026-12-31, not `\(text)`")
      }
      today = date
    } else {
      today = WallClock.today()
    }
    let work: Authoring
    do throws(RuleProblem) {
      work = try Authoring(arguments)
      let configuration = try LintSettings.configuration(arguments)
      let session = LintSession(
        arguments: arguments, console: console, configuration: configuration, today: today)
      return try session.run(work)
    } catch {
      return console.complain(error)
    }
  }

  private func run(_ work: Authoring) throws(RuleProblem) -> ExitStatus {
    var compilation = work.compilation
    var remarks: [String] = []
    if arguments.has("fix") || arguments.has("fix-decisions") {
      // What is built in has no file.
      let files = compilation.files.filter { !$0.isBuiltIn }.map(\.source.id)
      let fixing = LintFixing(
        compilation, linted: work.testedSources.intersection(files), today: today,
        configuration: configuration,
        isDeciding: arguments.has("fix-decisions"))
      try LintSettings.write(fixing, original: compilation.sources)
      compilation = fixing.compilation
      remarks.append("\(fixing.count) fixed")
      for fixed in fixing.fixedErrors {
        let place = SourceLineExcerpt.visible(fixed.place)
        console.errors.line("fixed[\(fixed.code)] \(place): \(fixed.title)")
      }
    }
    let input = LintInput(
      files: compilation.files, policy: compilation.checked, hasErrors: compilation.hasErrors,
      linted: work.testedSources, today: today, configuration: configuration)
    var findings = Linter.lint(input).findings
    if arguments.has("write-baseline"), let path = arguments.value("baseline") {
      try LintSettings.write(LintBaseline.text(of: findings, compilation.sources), to: path)
      console.output.line("\(AuthoringReport.counted(findings.count, "finding")) in `\(path)`")
      return compilation.hasErrors ? .error : .pass
    }
    if let path = arguments.value("baseline") {
      let known = LintBaseline(reading: try LintSettings.read(path))
      let new = findings.filter { !known.contains($0) }
      if new.count < findings.count { remarks.append("\(findings.count - new.count) known") }
      findings = new
    }
    let results = TestRunner.run(compilation, sources: work.testedSources, kinds: [.example])
    let diagnostics = compilation.diagnostics + TestRunner.diagnostics(results)
    var report = AuthoringReport(
      entries: (diagnostics.map { ReportEntry($0) } + findings.map { ReportEntry($0) })
        .sortedForDisplay(),
      work: work, suite: "tractatus lint", sources: compilation.sources)
    report.counts.append(
      AuthoringReport.Count(noun: "example", key: "examples", count: results.count))
    report.remarks = remarks
    report.listKey = "findings"
    report.write(arguments, console)
    if compilation.hasErrors { return .error }
    let level = LintSettings.level(arguments)
    return diagnostics.hasErrors || findings.contains { $0.severity >= level } ? .fail : .pass
  }
}
