import TractatusJSON
import TractatusSource
import TractatusTestRunner

extension Command {
  /// `tractatus check`.
  static let check = Command(
    "check", group: .author,
    summary: "parse, resolve and type-check rule files, and run their examples",
    operands: "[PATH…]",
    options: [.rules, .reportFormat, .color],
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
    CheckReport(work: work, diagnostics: diagnostics, exampleCount: results.count)
      .write(arguments, console)
    if work.compilation.hasErrors { return .error }
    return diagnostics.hasErrors ? .fail : .pass
  }
}

/// What `check` prints.
struct CheckReport {
  let work: Authoring
  let diagnostics: [Diagnostic]
  let exampleCount: Int

  func write(_ arguments: Arguments, _ console: Console) {
    var report = DiagnosticReport(diagnostics, sources: work.compilation.sources)
    switch arguments.value("format") {
    case "json":
      var json = JSONWriter()
      json.beginObject()
      json.key("files")
      json.number(work.fileCount)
      json.key("examples")
      json.number(exampleCount)
      json.key("errors")
      json.number(count(.error))
      json.key("warnings")
      json.number(count(.warning))
      json.key("diagnostics")
      report.writeList(to: &json)
      json.endObject()
      console.output.write(json.bytes)
      console.output.line()
    case "sarif":
      console.output.write(report.sarif())
      console.output.line()
    case "github":
      console.output.write(report.github())
    case "compact":
      console.output.write(report.compact())
    case "junit":
      let sources = work.compilation.sources
      let files = work.testedSources.sorted().compactMap { sources[$0]?.name }
      console.output.write(JUnitReport(diagnostics, files: files, sources: sources).text)
    default:
      var renderer = DiagnosticRenderer(
        sources: work.compilation.sources, usesColour: Style(arguments, console).usesColour)
      console.errors.write(renderer.render(diagnostics))
      console.output.line(summary)
    }
  }

  private var summary: String {
    let files = Self.counted(work.fileCount, "file")
    let examples = Self.counted(exampleCount, "example")
    let errors = count(.error)
    let warnings = count(.warning)
    var found: [String] = []
    if errors > 0 { found.append(Self.counted(errors, "error")) }
    if warnings > 0 { found.append(Self.counted(warnings, "warning")) }
    if found.isEmpty { found = ["no errors"] }
    return "\(files), \(examples): \(found.joined(separator: ", "))"
  }

  private func count(_ severity: DiagnosticSeverity) -> Int {
    diagnostics.count { $0.severity == severity }
  }

  /// A number with its noun.
  static func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }
}
