import TractatusFormat
import TractatusJSON
import TractatusSource
import TractatusSyntax

/// `tractatus bench --cold`: what a process costs that starts, decides one action and ends.
struct ColdBench {
  /// One way to decide.
  private struct Series {
    var name: String
    /// What the name is in JSON.
    var key: String
    var words: [String]
    var wallTimes: [UInt64] = []
    var processorTimes: [UInt64] = []
    /// The exit statuses that are right.
    var statuses: ClosedRange<Int32> = 0...1
  }

  /// How the figures come about; part of every text report.
  static let method = """
    Starts this very executable over and over, each time as a new process with
    nothing to read and its output thrown away, and waits for it: each round runs
    every way once, so that all meet the same machine. The floor is `/bin/true`. Times
    are medians over the rounds of the wall clock, from before the start to after the
    end, and of the processor time that the system accounts to the process; other
    work on the machine shows in the first. The last two ways compile \(sourceLineCount) lines of
    generated rules and decide by them: in the canonical layout, and one rule a line.
    """
  /// Lines of source that the last way compiles.
  private static let sourceLineCount = 2_000

  private let runCount: Int
  private let isStatic: Bool
  private var series: [Series] = []

  /// Measures; nil after a complaint.
  static func run(
    _ arguments: Arguments, runCount: Int, _ console: Console
  ) throws(UsageError) -> ExitStatus {
    guard arguments.operands.count <= 1 else {
      throw UsageError(message: "`bench --cold` takes one action")
    }
    do throws(SystemError) {
      let folder = try ChildProcess.temporaryFolder()
      defer { ChildProcess.remove(folder) }
      var bench = try ColdBench(arguments, runCount: runCount, folder: folder)
      if let problem = try bench.measure(folder) {
        console.errors.line("tractatus: \(problem)")
        return .error
      }
      console.output.write(arguments.value("format") == "json" ? bench.json : bench.text)
      return .pass
    } catch {
      console.errors.line("tractatus: `bench --cold` \(error.explanation)")
      return .error
    }
  }

  private init(_ arguments: Arguments, runCount: Int, folder: String) throws(SystemError) {
    guard let program = ChildProcess.ownPath() else { throw .notFound }
    self.runCount = runCount
    isStatic = BuildIdentity.isStatic(try FileReader.head(of: program, count: 16_384))
    let action = arguments.operands.first ?? "rules/examples/connect-default-port.json"
    let given = arguments.values("rules")
    let rules = (given.isEmpty ? ["rules"] : given).flatMap { ["--rules", $0] }
    let image = folder + "/policy.tbc"
    let eval = [program, "eval", "--quiet"]
    series = [
      Series(name: "/bin/true", key: "true", words: ["/bin/true"], statuses: 0...0),
      Series(name: "tractatus version", key: "version", words: [program, "version"]),
      Series(
        name: "eval from a program image", key: "image",
        words: eval + ["--rules", image, action]),
      Series(name: "eval from the cache", key: "cache", words: eval + rules + [action]),
      Series(
        name: "eval from the sources", key: "sources",
        words: eval + ["--no-cache"] + rules + [action]),
      try Self.generated(eval + ["--no-cache"], in: folder, isFormatted: true),
      try Self.generated(eval + ["--no-cache"], in: folder, isFormatted: false),
    ]
    let build = try ChildProcess.run(
      [program, "build", "-o", image] + rules, environment: [])
    if build.status != 0 { throw .failed("`tractatus build` ends with \(build.status)") }
  }

  /// Writes the rules and the action of one of the last ways.
  private static func generated(
    _ words: [String], in folder: String, isFormatted: Bool
  ) throws(SystemError) -> Series {
    // The head, which declares the action's type, takes six lines.
    let workload = BenchWorkload(ruleCount: sourceLineCount - 6, seed: 1)
    let name = isFormatted ? "formatted" : "generated"
    let (rules, action) = ("\(folder)/\(name).tract", folder + "/action.json")
    let bytes = workload.files[0]
    try FileWriter.replace(rules, with: isFormatted ? firstLines(of: bytes) : bytes)
    try FileWriter.replace(action, with: workload.actions(1)[0])
    return Series(
      name: isFormatted ? "eval from \(sourceLineCount) lines" : "  of a rule each",
      key: isFormatted ? "lines" : "rules", words: words + ["--rules", rules, action])
  }

  /// The first lines of rules in the canonical layout, up to the end of a rule.
  private static func firstLines(of bytes: [UInt8]) -> [UInt8] {
    let formatted = Formatter.format(
      Parser.parse(SourceText(name: "generated.tract", bytes: bytes))
    ).bytes
    var (lineCount, end, start) = (0, 0, 0)
    for (offset, byte) in formatted.enumerated() where byte == UInt8(ascii: "\n") {
      lineCount += 1
      if lineCount > sourceLineCount { break }
      if formatted[start] == UInt8(ascii: "}") { end = offset + 1 }
      start = offset + 1
    }
    return Array(formatted[..<end])
  }

  /// Runs everything; says what went wrong, if something did.
  private mutating func measure(_ folder: String) throws(SystemError) -> String? {
    // A home of its own, so that the first run fills the cache and the others find it.
    let environment = ["HOME=\(folder)", "TRACTATUS_CACHE=\(folder)/cache"]
    // Two rounds to warm up.
    for round in 0..<runCount + 2 {
      for position in series.indices {
        let run = try ChildProcess.run(series[position].words, environment: environment)
        guard series[position].statuses.contains(run.status) else {
          let command = series[position].words.dropFirst().joined(separator: " ")
          return "`tractatus \(command)` ends with \(run.status)"
        }
        if round < 2 { continue }
        series[position].wallTimes.append(run.wallTime)
        series[position].processorTimes.append(run.processorTime)
      }
    }
    return nil
  }

  // MARK: Report

  private static func median(_ times: [UInt64]) -> UInt64 {
    times.isEmpty ? 0 : times.sorted()[times.count / 2]
  }

  private var linkage: String { isStatic ? "static" : "dynamic" }

  private var text: String {
    var text = "\(Self.method)\n\n\(runCount) rounds; this executable is linked "
    text += "\(isStatic ? "statically" : "dynamically")\n\n"
    var rows = [["", "wall", "ratio", "processor", "ratio"]]
    let floor = series[0]
    for one in series {
      let (wall, processor) = (Self.median(one.wallTimes), Self.median(one.processorTimes))
      rows.append([
        one.name, Self.milliseconds(wall),
        BenchReport.ratio(wall, to: Self.median(floor.wallTimes)),
        Self.milliseconds(processor),
        BenchReport.ratio(processor, to: Self.median(floor.processorTimes)),
      ])
    }
    for row in rows {
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: max(0, (column == 0 ? 27 : 11) - cell.count))
        text += column == 0 ? cell + padding : padding + cell
      }
      text += "\n"
    }
    return text
  }

  private var json: String {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("linked")
    writer.string(linkage)
    writer.key("rounds")
    writer.number(runCount)
    for one in series {
      for (suffix, times) in [("wall_us", one.wallTimes), ("cpu_us", one.processorTimes)] {
        writer.key("\(one.key)_\(suffix)")
        writer.number(Int(clamping: Self.median(times) / 1_000))
      }
    }
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self) + "\n"
  }

  static func milliseconds(_ nanoseconds: UInt64) -> String {
    let hundredths = nanoseconds / 10_000
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) ms"
  }
}
