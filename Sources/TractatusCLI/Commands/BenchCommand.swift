import TractatusCompiler
import TractatusEngine
import TractatusJSON
import TractatusSemantics
import TractatusSource
import TractatusValues

extension Command {
  /// `tractatus bench`.
  static let bench = Command(
    "bench", group: .decide,
    summary: "measure compiling and deciding on generated rules, or a cold start",
    operands: "[ACTION.json]",
    options: [
      Option(flag: "cold", "measure processes that decide one action (default: an example's)"),
      Option(flag: "commands", "measure command lines: reading them, and 1,000 rules on them"),
      Option("runs", value: "N", "processes of each kind, 1 to 100000 (default: 200)"),
      .rules,
      Option("sizes", value: "N,N…", "numbers of rules (default: 10,100,1000,10000)"),
      Option("actions", value: "N", "different actions, 1 to 100000 (default: 2000)"),
      Option("rounds", value: "N", "times each action is decided, 1 to 1000 (default: 20)"),
      Option("seed", value: "N", "seed of the actions (default: 1)"),
      Option("format", value: "FORMAT", choices: ["text", "json"], "text (default) or json"),
    ],
    details: BenchReport.method + "\n\nWith --cold:\n" + ColdBench.method
      + "\n\nWith --commands:\n" + CommandBench.method, run: BenchCommand.run)
}

/// Measures one size after the other, and the floors.
enum BenchCommand {
  static func run(
    _ arguments: Arguments, _ console: Console
  ) throws(UsageError) -> ExitStatus {
    if arguments.has("cold") {
      let runs = try number("runs", arguments, default: 200, in: 1...100_000)
      return try ColdBench.run(arguments, runCount: runs, console)
    }
    if arguments.has("commands") {
      let rounds = try number("rounds", arguments, default: 2_000, in: 1...100_000)
      return CommandBench.run(arguments, rounds: rounds, console)
    }
    let sizes = try sizes(arguments.value("sizes") ?? "10,100,1000,10000")
    let actionCount = try number("actions", arguments, default: 2_000, in: 1...100_000)
    let rounds = try number("rounds", arguments, default: 20, in: 1...1_000)
    let seed = try number("seed", arguments, default: 1, in: 0...Int(Int32.max))

    var report = BenchReport(actionCount: actionCount, rounds: rounds, seed: seed)
    for size in sizes {
      let workload = BenchWorkload(ruleCount: size, seed: UInt64(seed))
      let source = workload.policy
      let start = MonotonicClock.nanoseconds()
      guard let program = compile(source) else {
        console.errors.line("tractatus: the generated policy of \(size) rules does not compile")
        return .error
      }
      let compileTime = MonotonicClock.nanoseconds() - start
      let actions = workload.actions(actionCount)
      var measurement = BenchMeasurement.measure(
        program, actions: actions, rounds: rounds, ruleCount: size)
      measurement.compileTime = compileTime
      measurement.sourceByteCount = source.count
      var image: [UInt8] = []
      program.write(into: &image)
      measurement.imageByteCount = image.count
      report.measurements.append(measurement)
      if report.measurements.count == sizes.count {
        report.floors = BenchFloors.measure(actions, rounds: rounds)
      }
    }
    console.output.write(arguments.value("format") == "json" ? report.json : report.text)
    return .pass
  }

  private static func compile(_ source: [UInt8]) -> Program? {
    var sources = SourceSet()
    let text = sources.add(name: "generated.tract", bytes: source)
    return Compilation.compile(files: [ParsedFile(parsing: text)], sources: sources).program
  }

  private static func sizes(_ text: String) throws(UsageError) -> [Int] {
    var sizes: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let size = Int(part), (1...100_000).contains(size) else {
        throw UsageError(message: "`--sizes` takes numbers from 1 to 100000, not `\(part)`")
      }
      sizes.append(size)
    }
    return sizes
  }

  private static func number(
    _ name: String, _ arguments: Arguments, default value: Int, in range: ClosedRange<Int>
  ) throws(UsageError) -> Int {
    guard let text = arguments.value(name) else { return value }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        message: "`--\(name)` takes a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
