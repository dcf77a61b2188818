extension Command {
  /// `tractatus bench`.
  static let bench = Command(
    "bench", group: .decide,
    summary: "measure compiling and deciding on generated rules, or a cold start",
    operands: "[ACTION.json]",
    options: [
      Option(flag: "cold", "measure processes that decide one action (default: an example's)"),
      Option(flag: "hook", "measure the hook as processes, one at a time and eight at once"),
      Option(flag: "commands", "measure command lines: reading them, and 1,000 rules on them"),
      Option(flag: "fmt", "measure formatting, beside a copy of the same bytes"),
      Option("bytes", value: "N", "length of the long command lines, 0: none (default: 1048576)"),
      Option(flag: "lint", "measure the lint rules (default sizes: 1000,10000)"),
      Option("runs", value: "N", "processes of each kind, 1 to 100000 (default: 200)"),
      .rules,
      Option("stream", value: "FILE", "measure these documents, one a line, with --rules"),
      Option("write", value: "DIR", "write the generated policy and actions, and measure nothing"),
      Option("sizes", value: "N,N…", "numbers of rules (default: 10,100,1000,10000)"),
      Option("actions", value: "N", "different actions, 1 to 100000 (default: 2000)"),
      Option("rounds", value: "N", "times each action is decided, 1 to 1000 (default: 20)"),
      Option("seed", value: "N", "seed of the actions (default: 1)"),
      Option("format", value: "FORMAT", choices: ["text", "json"], "text (default) or json"),
    ],
    details: BenchReport.method + "\n\nWith --cold:\n" + ColdBench.method
      + "\n\nWith --hook:\n" + HookBench.method + "\n\nWith --commands:\n" + CommandBench.method
      + "\n\nWith --fmt:\n"
      + FormatBench.method + "\n\nWith --lint:\n" + LintBench.method,
    example: "tractatus bench --sizes 10,1000", run: BenchCommand.run)
}

/// Measures one size after the other, and the floors.
enum BenchCommand {
  /// What each kind of measuring takes besides `--format`, by the option that asks for it; the last
  /// is that of generated rules.
  private static let kinds: [(name: String, takes: [String])] = [
    ("cold", ["runs", "rules"]), ("hook", ["runs"]), ("commands", ["rounds", "bytes", "sizes"]),
    ("fmt", ["rounds"]), ("lint", ["sizes"]), ("stream", ["rules", "rounds"]),
    ("write", ["sizes", "actions", "seed"]), ("", ["sizes", "actions", "rounds", "seed"]),
  ]

  /// Refuses what the kind that is asked for would pass over in silence.
  private static func check(_ arguments: Arguments) throws(UsageError) {
    guard let kind = kinds.first(where: { arguments.has($0.name) || $0.name.isEmpty }) else {
      return
    }
    let command = kind.name.isEmpty ? "`bench`" : "`bench --\(kind.name)`"
    if kind.name != "cold", !arguments.operands.isEmpty {
      throw UsageError(message: "\(command) takes no action")
    }
    let taken = kind.takes + [kind.name, "format"]
    for option in Command.bench.options where arguments.has(option.name) {
      guard taken.contains(option.name) else {
        let others = kinds.filter { $0.takes.contains(option.name) && !$0.name.isEmpty }
          .map { "`--\($0.name)`" }.joined(separator: ", ")
        throw UsageError(
          message: "\(command) takes no `--\(option.name)`"
            + (others.isEmpty ? "" : ", which is for \(others)"))
      }
    }
  }

  static func run(
    _ arguments: Arguments, _ console: Console
  ) throws(UsageError) -> ExitStatus {
    try check(arguments)
    if arguments.has("cold") {
      let runs = try arguments.number("runs", default: 200, in: 1...100_000)
      return try ColdBench.run(arguments, runCount: runs, console)
    }
    if arguments.has("hook") {
      let runs = try arguments.number("runs", default: 200, in: 1...100_000)
      return HookBench.run(arguments, runCount: runs, console)
    }
    if arguments.has("commands") {
      let rounds = try arguments.number("rounds", default: 2_000, in: 1...100_000)
      let bytes = try arguments.number("bytes", default: 1 << 20, in: 0...1 << 22)
      let sizes = try sizes(arguments.value("sizes") ?? "\(CommandBench.ruleCount)")
      return CommandBench.run(
        arguments, ruleCount: sizes.first ?? CommandBench.ruleCount, rounds: rounds,
        byteCount: bytes, console)
    }
    if arguments.has("fmt") {
      let rounds = try arguments.number("rounds", default: 20, in: 1...1_000)
      return FormatBench.run(arguments, rounds: rounds, console)
    }
    if arguments.has("lint") {
      let sizes = try sizes(arguments.value("sizes") ?? "1000,10000")
      return LintBench.run(arguments, sizes: sizes, console)
    }
    if let stream = arguments.value("stream") {
      return try measure(stream: stream, arguments, console)
    }
    let sizes = try sizes(arguments.value("sizes") ?? "10,100,1000,10000")
    let actionCount = try arguments.number("actions", default: 2_000, in: 1...100_000)
    let seed = try arguments.number("seed", default: 1, in: 0...Int(Int32.max))
    if let folder = arguments.value("write") {
      guard let size = sizes.first, sizes.count == 1 else {
        throw UsageError(message: "`bench --write` takes one size")
      }
      let workload = BenchWorkload(ruleCount: size, seed: UInt64(seed))
      return write(workload, actionCount, to: folder, console)
    }
    let rounds = try rounds(arguments)
    var report = BenchReport(actionCount: actionCount, rounds: rounds, seed: seed)
    for size in sizes {
      let workload = BenchWorkload(ruleCount: size, seed: UInt64(seed))
      guard let subject = BenchSubject(workload, actionCount: actionCount) else {
        console.errors.line("tractatus: the generated policy of \(size) rules does not compile")
        return .error
      }
      report.measurements.append(BenchMeasurement.measure(subject, rounds: rounds))
      if report.measurements.count == sizes.count {
        report.floors = BenchFloors.measure(subject, rounds: rounds)
      }
    }
    console.output.write(arguments.value("format") == "json" ? report.json : report.text)
    return .pass
  }

  /// Measures given rules on given documents.
  private static func measure(
    stream: String, _ arguments: Arguments, _ console: Console
  ) throws(UsageError) -> ExitStatus {
    let rounds = try rounds(arguments)
    do throws(PolicyFailure) {
      let subject = try BenchSubject(rules: arguments.values("rules"), stream: stream, console)
      var report = BenchReport(actionCount: subject.actions.count, rounds: rounds)
      report.measurements = [BenchMeasurement.measure(subject, rounds: rounds)]
      report.floors = BenchFloors.measure(subject, rounds: rounds)
      console.output.write(arguments.value("format") == "json" ? report.json : report.text)
      return .pass
    } catch {
      console.complain(error.reason, code: error.code.identifier)
      return .error
    }
  }

  /// Writes a generated policy and its actions to files of a folder.
  private static func write(
    _ workload: BenchWorkload, _ actionCount: Int, to folder: String, _ console: Console
  ) -> ExitStatus {
    var files = workload.files.enumerated().map { number, bytes in
      (name: BenchSubject.name(ofFile: number), bytes: bytes)
    }
    var lines: [UInt8] = []
    for action in workload.actions(actionCount) {
      lines += action
      lines.append(UInt8(ascii: "\n"))
    }
    files.append((name: "actions.jsonl", bytes: lines))
    for file in files {
      let path = folder + "/" + file.name
      do throws(SystemError) {
        try FileWriter.replace(path, with: file.bytes)
      } catch {
        console.errors.line("tractatus: `\(path)` cannot be written: \(error.writingFailure)")
        return .error
      }
    }
    return .pass
  }

  private static func rounds(_ arguments: Arguments) throws(UsageError) -> Int {
    try arguments.number("rounds", default: 20, in: 1...1_000)
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
}
