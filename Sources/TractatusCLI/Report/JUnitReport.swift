import TractatusAnalysis
import TractatusSource
import TractatusTestRunner

/// Results in the XML that JUnit's Ant task writes and continuous checks read: suites of cases,
/// each with its failures.
struct JUnitReport {
  /// One case: a file that was checked, or an example or test that was run.
  private struct Case {
    var name: String
    var file: String
    var line: Int?
    /// What failed, and the words that say so.
    var failures: [(message: String, text: String)] = []
  }

  /// The suites by their names, in the order of their first cases.
  private var suites: [(name: String, cases: [Case])] = []

  /// The report of examples, tests and proofs: a suite for each package.
  init(_ results: [TestResult], _ proofs: [ProofResult] = [], sources: SourceSet) {
    var places = DiagnosticPlaces(sources)
    var numbers: [String: Int] = [:]
    for result in results {
      let place = places.place(of: result.span)
      var one = Case(
        name: "\(result.kind.rawValue) \(result.name)", file: place?.file ?? "",
        line: place?.start.line)
      if !result.isPassed {
        let text = [result.place] + FailureText(result).lines
        one.failures = [(result.summary, text.joined(separator: "\n"))]
      }
      add(one, to: result.package, &numbers)
    }
    for proof in proofs {
      let place = places.place(of: proof.span)
      var one = Case(
        name: "prove \(proof.name)", file: place?.file ?? "", line: place?.start.line)
      one.failures = ProofReport.diagnostics([proof]).map { diagnostic in
        (diagnostic.message, ([diagnostic.message] + diagnostic.notes).joined(separator: "\n"))
      }
      add(one, to: proof.package, &numbers)
    }
  }

  private mutating func add(_ one: Case, to suite: String, _ numbers: inout [String: Int]) {
    let number = numbers[suite] ?? suites.count
    numbers[suite] = number
    if number == suites.count { suites.append((suite, [])) }
    suites[number].cases.append(one)
  }

  /// The report of a check or of linting: a case for each file, with the errors and warnings in it;
  /// what has no place, or lies in a file that was not named, is a case of its own.
  init(_ entries: [ReportEntry], suite: String, files: [String], sources: SourceSet) {
    var places = DiagnosticPlaces(sources)
    var cases = files.map { Case(name: $0, file: $0) }
    var numbers: [String: Int] = [:]
    for (number, file) in files.enumerated() { numbers[file] = number }
    for entry in entries where entry.severity != .note {
      let place = places.place(of: entry.span)
      let file = place?.file ?? ""
      let number = numbers[file] ?? cases.count
      numbers[file] = number
      if number == cases.count {
        cases.append(Case(name: file.isEmpty ? "policy" : file, file: file))
      }
      var head = "\(entry.severity.name)[\(entry.label)]"
      if let place { head = "\(file):\(place.start.line):\(place.start.column): \(head)" }
      let text = ([head + ": " + entry.message] + entry.notes).joined(separator: "\n")
      cases[number].failures.append((entry.message, text))
    }
    suites = [(suite, cases)]
  }

  /// The document, with a final newline.
  var text: String {
    let all = suites.flatMap(\.cases)
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"tractatus\"\(Self.counts(all))>\n"
    for suite in suites {
      text += "  <testsuite name=\"\(Self.escaped(suite.name))\"\(Self.counts(suite.cases))>\n"
      for one in suite.cases { text += Self.element(one, of: suite.name) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func counts(_ cases: [Case]) -> String {
    let failures = cases.count { !$0.failures.isEmpty }
    return " tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"0\""
  }

  private static func element(_ one: Case, of suite: String) -> String {
    var text = "    <testcase classname=\"\(escaped(suite))\" name=\"\(escaped(one.name))\""
    if !one.file.isEmpty { text += " file=\"\(escaped(one.file))\"" }
    if let line = one.line { text += " line=\"\(line)\"" }
    if one.failures.isEmpty { return text + "/>\n" }
    text += ">\n"
    for failure in one.failures {
      text += "      <failure message=\"\(escaped(failure.message))\" type=\"failure\">"
      text += "\(escaped(failure.text, isAttribute: false))</failure>\n"
    }
    return text + "    </testcase>\n"
  }

  /// A text as XML 1.0 takes it: what it cannot hold (section 2.2) becomes a replacement character.
  static func escaped(_ text: String, isAttribute: Bool = true) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: escaped += "&amp;"
      case 0x3C: escaped += "&lt;"
      case 0x3E: escaped += "&gt;"
      case 0x22 where isAttribute: escaped += "&quot;"
      case 0x09 where isAttribute, 0x0A where isAttribute, 0x0D:
        escaped += "&#\(scalar.value);"
      case 0x09, 0x0A, 0x20...0xFFFD, 0x10000...0x10FFFF: escaped.unicodeScalars.append(scalar)
      default: escaped += "\u{FFFD}"
      }
    }
    return escaped
  }
}
