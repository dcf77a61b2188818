import Glibc
import TractatusJSON

/// `tractatus bench --hook`: what a tool call waits for the hook, as processes.
struct HookBench {
  /// How the figures come about; part of every text report.
  static let method = """
    Starts this very executable as a client does: `hook claude-code` with the event of
    a Bash call on standard input, in a project of its own with \(ruleCount) rules, the packs for
    commands and a session; each decides, reads and writes the session's state and
    appends to the log. First one after the other, in turn with `/bin/true`; then
    \(parallelCount) of each at once, each timed from its start to its end.
    """
  /// What the hook is held against.
  private static let floor = ["/bin/true"]
  /// The project's own rules.
  private static let ruleCount = 100
  /// How many processes run at once.
  private static let parallelCount = 8
  /// The packs beside the project's rules.
  private static let packs = [
    "tractatus.core", "tractatus.claude_code", "tractatus.shell", "tractatus.git",
    "tractatus.secrets", "tractatus.self_protection",
  ]

  private let program: String
  private let folder: String
  private let event: String
  private let environment: [String]

  /// Measures, and reports.
  static func run(
    _ arguments: Arguments, runCount: Int, _ console: Console
  ) -> ExitStatus {
    do throws(SystemError) {
      let folder = try ChildProcess.temporaryFolder()
      defer { ChildProcess.remove(folder) }
      let bench = try HookBench(in: folder)
      try bench.warm()
      let (floor, single) = try bench.measureSingle(runCount)
      let parallelFloor = try bench.measureParallel(runCount, Self.floor)
      let parallel = try bench.measureParallel(runCount, bench.words)
      let report = Report(
        runCount: runCount, floor: floor.sorted(), single: single.sorted(),
        parallelFloor: parallelFloor.sorted(), parallel: parallel.sorted())
      console.output.write(arguments.value("format") == "json" ? report.json : report.text)
      return .pass
    } catch {
      console.errors.line("tractatus: `bench --hook` \(error.explanation)")
      return .error
    }
  }

  private init(in folder: String) throws(SystemError) {
    guard let program = ChildProcess.ownPath() else { throw .notFound }
    self.program = program
    self.folder = folder
    event = folder + "/event.json"
    environment = [
      "HOME=\(folder)/home", "CLAUDE_PROJECT_DIR=\(folder)/project",
      "TRACTATUS_CACHE=\(folder)/home/cache",
    ]
    for name in ["/home", "/project", "/project/rules"] { FileWriter.makeFolder(folder + name) }
    // A client starts a hook in its project; and a cache below the current folder is not used.
    guard unsafe chdir(folder + "/project") == 0 else { throw SystemError.last(errno) }
    let workload = BenchWorkload(ruleCount: Self.ruleCount, seed: 1)
    try FileWriter.replace(folder + "/project/rules/own.tract", with: workload.files[0])
    let call =
      #"{"command":"npm test -- --watch=false && git status","description":"Run the tests"}"#
    try write(event, name: "PreToolUse", #","tool_name":"Bash","tool_input":\#(call)"#)
    try write(folder + "/start.json", name: "SessionStart", #","source":"startup""#)
  }

  private func write(
    _ path: String, name: String, _ members: String
  ) throws(SystemError) {
    let text = """
      {"session_id":"bench","cwd":"\(folder)/project","hook_event_name":"\(name)"\(members)}

      """
    try FileWriter.replace(path, with: Array(text.utf8))
  }

  private var words: [String] {
    [program, "hook", "claude-code", "--budget", "60000", "--rules", "rules"]
      + Self.packs.flatMap { ["--rules", $0] }
  }

  /// Begins the session and fills the cache.
  private func warm() throws(SystemError) {
    for input in [folder + "/start.json", event, event] {
      let run = try ChildProcess.run(words, environment: environment, input: input)
      guard run.status == 0 else { throw .failed("`hook claude-code` ends with \(run.status)") }
    }
  }

  /// The nanoseconds of `/bin/true` and of the hook, in turn.
  private func measureSingle(
    _ count: Int
  ) throws(SystemError) -> (floor: [UInt64], hook: [UInt64]) {
    var (floor, hook): ([UInt64], [UInt64]) = ([], [])
    for _ in 0..<count {
      floor.append(
        try ChildProcess.run(Self.floor, environment: environment, input: event).wallTime)
      hook.append(
        try ChildProcess.run(words, environment: environment, input: event).wallTime)
    }
    return (floor, hook)
  }

  /// The nanoseconds of processes that run at once.
  private func measureParallel(
    _ count: Int, _ words: [String]
  ) throws(SystemError) -> [UInt64] {
    let shares = WorkerThreads.map(
      Array(0..<Self.parallelCount), threadCount: Self.parallelCount
    ) { [self] _ -> [UInt64]? in
      var times: [UInt64] = []
      for _ in 0..<(count + Self.parallelCount - 1) / Self.parallelCount {
        guard let run = try? ChildProcess.run(words, environment: environment, input: event),
          run.status == 0
        else { return nil }
        times.append(run.wallTime)
      }
      return times
    }
    var times: [UInt64] = []
    for share in shares {
      guard let share else { throw .failed("`\(words[0])` fails beside others") }
      times += share
    }
    return times
  }

  /// Sorted times, and what is said of them.
  private struct Report {
    var runCount: Int
    var floor: [UInt64]
    var single: [UInt64]
    var parallelFloor: [UInt64]
    var parallel: [UInt64]

    private static func at(_ share: Int, of times: [UInt64]) -> UInt64 {
      times.isEmpty ? 0 : times[min(times.count - 1, times.count * share / 100)]
    }

    var text: String {
      func line(_ name: String, _ times: [UInt64]) -> String {
        let median = Self.at(50, of: times)
        let cells = [
          ColdBench.milliseconds(median), BenchReport.ratio(median, to: Self.at(50, of: floor)),
          ColdBench.milliseconds(Self.at(99, of: times)),
        ]
        let padding = String(repeating: " ", count: max(0, 27 - name.count))
        return name + padding
          + cells.map { String(repeating: " ", count: max(0, 11 - $0.count)) + $0 }.joined() + "\n"
      }
      return "\(HookBench.method)\n\n\(runCount) processes of each kind\n\n"
        + "                                median      ratio        p99\n"
        + line("/bin/true", floor) + line("hook, one at a time", single)
        + line("/bin/true, \(HookBench.parallelCount) at once", parallelFloor)
        + line("hook, \(HookBench.parallelCount) at once", parallel)
    }

    var json: String {
      var json = JSONWriter()
      json.beginObject()
      json.key("rounds")
      json.number(runCount)
      for (name, times) in [
        ("true", floor), ("hook", single), ("parallel_true", parallelFloor),
        ("parallel", parallel),
      ] {
        for (suffix, share) in [("median", 50), ("p99", 99)] {
          json.key("\(name)_\(suffix)_us")
          json.number(Int(clamping: Self.at(share, of: times) / 1_000))
        }
      }
      json.endObject()
      return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }
  }
}
