import TractatusAnalysis
import TractatusLinter
import TractatusSource

extension Command {
  /// `tractatus analyse`.
  static let analyse = Command(
    "analyse", group: .analyse,
    summary: "find what in rules never fires, is covered, contradicts or is passed by",
    operands: "[PATH…]",
    options: [
      .rules,
      Option(
        "fail-on", value: "LEVEL", choices: ["error", "warning", "note"],
        "the least grave finding that fails: error, warning (default) or note"),
      Option(
        "client", value: "NAME", choices: ClientAbility.all.map(\.name), repeats: true,
        "a client that must be able to do what every clause wants"),
      Option(flag: "quiet-notes", "leave out notes: overlaps, gaps and parts that say nothing"),
      Option(flag: "list", "list the kinds of finding"),
      .reportFormat,
      .color,
    ],
    details: """
      PATH is the same as --rules PATH. Each finding is proved for all actions, or shown
      on an action that the evaluator confirms; what no such action was found for is
      called possible, and what is too large is counted as not decided.

      Exit status: 0 nothing at or above --fail-on, 1 a finding is, 2 the policy does
      not compile.
      """,
    example: "tractatus analyse rules --format json"
  ) { arguments, console throws(UsageError) in
    if arguments.has("list") {
      for kind in AnalysisKind.allCases {
        console.output.line("\(kind.code) \(kind.name): \(kind.title)")
      }
      return .pass
    }
    do throws(RuleProblem) {
      return try AnalyseSession.run(arguments, console)
    } catch {
      return console.complain(error)
    }
  }
}

/// One run of `tractatus analyse`.
enum AnalyseSession {
  /// The lint rules that find dead and idle patterns, which are part of an analysis.
  private static let patternRules: Set<String> = [
    "dead-pattern", "always-matching-pattern", "boundary-before-sign", "class-for-alternation",
    "covered-entry", "duplicate-entry",
  ]

  static func run(_ arguments: Arguments, _ console: Console) throws(RuleProblem) -> ExitStatus {
    let work = try Authoring(arguments)
    let compilation = work.compilation
    var entries = compilation.diagnostics.map { ReportEntry($0) }
    var remarks: [String] = []
    if let result = Analyser.analyse(
      compilation, sources: work.testedSources, clients: arguments.values("client"))
    {
      entries += result.findings.map(\.entry)
      remarks = self.remarks(on: result)
    }
    entries += patternFindings(work)
    if arguments.has("quiet-notes") { entries.removeAll { $0.severity == .note } }
    let sorted = entries.sortedForDisplay()
    var report = AuthoringReport(entries: sorted, work: work, suite: "tractatus analyse")
    report.counts.append(
      AuthoringReport.Count(
        noun: "rule", key: "rules", count: compilation.checked.rules.count))
    report.remarks = remarks
    report.listKey = "findings"
    report.write(arguments, console)
    if compilation.hasErrors { return .error }
    let level = LintSettings.level(arguments)
    return sorted.contains { $0.severity >= level } ? .fail : .pass
  }

  private static func patternFindings(_ work: Authoring) -> [ReportEntry] {
    let input = LintInput(
      files: work.compilation.files, policy: work.compilation.checked,
      hasErrors: work.compilation.hasErrors, linted: work.testedSources)
    return Linter.lint(input).findings.filter { patternRules.contains($0.rule) }
      .map { ReportEntry($0) }
  }

  private static func remarks(on result: AnalysisResult) -> [String] {
    var remarks = result.undecided.map { open in
      let names = open.names.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
      let rest = open.names.count > 3 ? " and \(open.names.count - 3) more" : ""
      return "\(open.count) not decided (\(open.reason)\(names.isEmpty ? "" : ": ")\(names)\(rest))"
    }
    if result.unlistedOverlaps > 0 {
      let noun = result.unlistedOverlaps == 1 ? "overlap" : "overlaps"
      remarks.append("\(result.unlistedOverlaps) more \(noun) not listed")
    }
    if result.skippedPairs > 0 {
      let noun = result.skippedPairs == 1 ? "pair" : "pairs"
      remarks.append("\(result.skippedPairs) \(noun) of clauses not looked at for overlaps")
    }
    return remarks
  }
}
