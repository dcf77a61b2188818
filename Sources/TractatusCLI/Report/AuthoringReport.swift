import TractatusJSON
import TractatusSource

/// What `check` and `lint` print: entries, in the form that `--format` names, and totals.
struct AuthoringReport {
  /// Something that was counted.
  struct Count {
    /// The noun in the singular.
    var noun: String
    /// The key in JSON.
    var key: StaticString
    var count: Int
  }

  /// What was found, in the order in which it is shown.
  var entries: [ReportEntry]
  var sources: SourceSet
  /// The files that were named, and the command, for reports by file.
  var files: [String]
  var suite: String
  /// What was looked at, in the order in which it is shown.
  var counts: [Count] = []
  /// Further sentence parts of the summary, such as what was fixed.
  var remarks: [String] = []
  /// Lines above the summary, such as what became of stored instructions.
  var notes: [String] = []
  /// How the list is called in JSON.
  var listKey: StaticString = "diagnostics"

  /// A report of a command on what it worked on; `sources` where fixing made others.
  init(
    entries: [ReportEntry], work: Authoring, suite: String, sources: SourceSet? = nil
  ) {
    self.entries = entries
    self.suite = suite
    self.sources = sources ?? work.compilation.sources
    files = work.testedSources.sorted().compactMap { work.compilation.sources[$0]?.name }
    counts = [Count(noun: "file", key: "files", count: work.fileCount)]
  }

  /// Writes the report.
  func write(_ arguments: Arguments, _ console: Console) {
    var report = DiagnosticReport(entries, sources: sources)
    switch arguments.value("format") {
    case "json":
      console.output.write(json(&report))
      console.output.line()
    case "sarif":
      console.output.write(report.sarif())
      console.output.line()
    case "github": console.output.write(report.github())
    case "junit":
      let report = JUnitReport(entries, suite: suite, files: files, sources: sources)
      console.output.write(report.text)
    case "compact": console.output.write(report.compact())
    default:
      var renderer = DiagnosticRenderer(
        sources: sources, usesColour: Style(arguments, console).usesColour)
      console.errors.write(renderer.render(entries))
      for note in notes { console.output.line(note) }
      console.output.line(summary)
    }
  }

  private func json(_ report: inout DiagnosticReport) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    for count in counts {
      json.key(count.key)
      json.number(count.count)
    }
    json.key("errors")
    json.number(count(.error))
    json.key("warnings")
    json.number(count(.warning))
    if !notes.isEmpty {
      json.key("instructions")
      json.beginArray()
      for note in notes { json.string(note) }
      json.endArray()
    }
    json.key(listKey)
    report.writeList(to: &json)
    json.endObject()
    return json.bytes
  }

  /// One line of totals.
  private var summary: String {
    var found: [String] = []
    for (severity, noun): (DiagnosticSeverity, String) in [
      (.error, "error"), (.warning, "warning"), (.note, "note"),
    ] where count(severity) > 0 {
      found.append(Self.counted(count(severity), noun))
    }
    if found.isEmpty { found = ["no errors"] }
    let looked = counts.map { Self.counted($0.count, $0.noun) }.joined(separator: ", ")
    return "\(looked): \((found + remarks).joined(separator: ", "))"
  }

  private func count(_ severity: DiagnosticSeverity) -> Int {
    entries.count { $0.severity == severity }
  }

  /// A number with its noun.
  static func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }
}
