import TractatusAnalysis
import TractatusEngine
import TractatusJSON
import TractatusSource
import TractatusTestRunner

/// What `test` prints.
enum TestReport {
  /// Writes the results and the coverage in the forms that were asked for.
  static func write(
    _ results: [TestResult], _ proofs: [ProofResult], _ coverage: CoverageReport?,
    _ arguments: Arguments, _ sources: SourceSet, style: Style, _ console: Console
  ) {
    var places = DiagnosticPlaces(sources)
    switch (coverage, arguments.value("coverage")) {
    case (let coverage?, "json"?):
      console.output.write(coverage.json)
      console.output.line()
      console.errors.write(failures(results, style: style))
      console.errors.write(ProofReport.failures(proofs, places: &places, style: style))
    case (let coverage?, "lcov"?):
      console.output.write(coverage.lcov)
      console.errors.write(failures(results, style: style))
      console.errors.write(ProofReport.failures(proofs, places: &places, style: style))
    default:
      write(results, proofs, arguments, sources, style: style, console)
      if let coverage { console.output.write(coverage.text(style)) }
    }
  }

  private static func write(
    _ results: [TestResult], _ proofs: [ProofResult], _ arguments: Arguments,
    _ sources: SourceSet, style: Style, _ console: Console
  ) {
    let diagnostics = (diagnostics(results) + ProofReport.diagnostics(proofs)).sortedForDisplay()
    var failures = DiagnosticReport(diagnostics.map { ReportEntry($0) }, sources: sources)
    var places = DiagnosticPlaces(sources)
    switch arguments.value("format") {
    case "json":
      console.output.write(json(results, proofs, places: &places))
      console.output.line()
    case "sarif":
      console.output.write(failures.sarif())
      console.output.line()
    case "github": console.output.write(failures.github())
    case "compact": console.output.write(failures.compact())
    case "junit": console.output.write(JUnitReport(results, proofs, sources: sources).text)
    default: console.output.write(text(results, proofs, places: &places, style: style))
    }
  }

  /// The failures with what differs, and a line of totals.
  static func text(
    _ results: [TestResult], _ proofs: [ProofResult], places: inout DiagnosticPlaces,
    style: Style
  ) -> String {
    let text =
      failures(results, style: style)
      + ProofReport.failures(proofs, places: &places, style: style)
    let failed = results.count { !$0.isPassed } + proofs.count { !$0.isProved }
    let passed = results.count + proofs.count - failed
    let words = failed == 0 ? "\(passed) passed" : "\(passed) passed, \(failed) failed"
    return text + style.paint(words, failed == 0 ? .good : .bad) + "\n"
  }

  /// The failures with what differs.
  static func failures(_ results: [TestResult], style: Style) -> String {
    var text = ""
    for result in results where !result.isPassed {
      let name = SourceLineExcerpt.visible(result.name)
      text += "\(style.paint("FAIL", .bad))  \(result.place): \(result.kind.rawValue) \(name)\n"
      for line in FailureText(result).lines { text += "      \(line)\n" }
    }
    return text
  }

  /// The failures as diagnostics at the examples and tests, in the order of display.
  static func diagnostics(_ results: [TestResult]) -> [Diagnostic] {
    results.filter { !$0.isPassed }.map { result in
      Diagnostic(
        .exampleFails, "the \(result.kind.rawValue) fails (\(result.summary))", at: result.span,
        notes: ["because: \(result.decision.reason)"])
    }
    .sortedForDisplay()
  }

  /// All results as one JSON object.
  static func json(
    _ results: [TestResult], _ proofs: [ProofResult], places: inout DiagnosticPlaces
  ) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("passed")
    json.number(results.count { $0.isPassed } + proofs.count { $0.isProved })
    json.key("failed")
    json.number(results.count { !$0.isPassed } + proofs.count { !$0.isProved })
    json.key("results")
    json.beginArray()
    for result in results { write(result, to: &json) }
    for proof in proofs {
      ProofReport.write(proof, at: places.text(of: proof.span), to: &json)
    }
    json.endArray()
    json.endObject()
    return json.bytes
  }

  private static func write(_ result: TestResult, to json: inout JSONWriter) {
    json.beginObject()
    for (key, text) in [
      ("kind", result.kind.rawValue), ("name", result.name), ("package", result.package),
      ("at", result.place), ("expected", result.expected.word), ("actual", result.actual.word),
    ] {
      json.key(key)
      json.string(text)
    }
    json.key("passed")
    json.bool(result.isPassed)
    if !result.isPassed {
      for (key, rules): (StaticString, [String]) in [
        ("expected_by", result.expectedRules), ("actual_by", result.actualRules),
      ] where !rules.isEmpty {
        json.key(key)
        json.beginArray()
        for rule in rules { json.string(rule) }
        json.endArray()
      }
      json.key("differences")
      json.beginArray()
      for difference in result.differences {
        json.beginObject()
        json.key("what")
        json.string(difference.what)
        json.key("expected")
        json.string(difference.expected)
        json.key("actual")
        json.string(difference.actual)
        json.endObject()
      }
      json.endArray()
      var decision = DecisionWriter.json(result.decision)
      if !result.considered.isEmpty {
        ExplanationReport.splice(result.considered, into: &decision)
      }
      json.key("decision")
      json.raw(decision.span)
    }
    json.endObject()
  }
}
