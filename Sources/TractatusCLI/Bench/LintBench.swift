import TractatusJSON
import TractatusLinter
import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// `tractatus bench --lint`: what it costs to run all lint rules on generated policies.
struct LintBench {
  /// How the figures come about; part of every text report.
  static let method = """
    Generates policies of each size as `bench` does, with reasons, instructions that
    expect values, and examples beside them, and times, of the better of three
    runs, parsing and checking, and after it all lint rules.
    """

  private struct Measurement {
    var ruleCount: Int
    var byteCount: Int
    var check: UInt64
    var lint: UInt64
    var findings: Int
  }

  private var measurements: [Measurement] = []

  /// Measures.
  static func run(_ arguments: Arguments, sizes: [Int], _ console: Console) -> ExitStatus {
    var bench = LintBench()
    for size in sizes { bench.measure(size) }
    console.output.write(arguments.value("format") == "json" ? bench.json : bench.text)
    return .pass
  }

  private mutating func measure(_ size: Int) {
    let files = Self.policy(size)
    var best = Measurement(
      ruleCount: size, byteCount: files.reduce(0) { $0 + $1.count }, check: .max, lint: .max,
      findings: 0)
    for _ in 0..<3 {
      let start = MonotonicClock.nanoseconds()
      var sources = SourceSet()
      let parsed = files.enumerated().map { number, bytes in
        ParsedFile(parsing: sources.add(name: BenchSubject.name(ofFile: number), bytes: bytes))
      }
      let input = LintInput(files: parsed, today: WallClock.today())
      let middle = MonotonicClock.nanoseconds()
      let result = Linter.lint(input)
      let end = MonotonicClock.nanoseconds()
      best.check = min(best.check, middle - start)
      best.lint = min(best.lint, end - middle)
      best.findings = result.findings.count
    }
    measurements.append(best)
  }

  /// The workload's rules, and of five rules one more as an instruction with examples.
  private static func policy(_ size: Int) -> [[UInt8]] {
    let count = size - size / 5
    var text = "policy bench.generated \"Generated for measuring\" version \"1.0.0\"\n\n"
    for index in 0..<(size / 5) {
      text += """
        instruction i\(index) "Account \(index)" {
            persistence: high
            verification: required
            on call when user == "lead-\(index)" and size > \(index)
            expect account == \(index) because "The account of lead-\(index) is \(index)."
            deny when path matches /^\\/srv\\/(?:a|b)\(index)\\/[^\\/]+$/
                because "This is not lead-\(index)'s."
            offer "Ask lead-\(index)."
        }

        """
    }
    return BenchWorkload(ruleCount: count, seed: 1).files + [Array(text.utf8)]
  }

  private var text: String {
    var text = Self.method + "\n\n"
    for one in measurements {
      text += "\(one.ruleCount) rules, \(one.byteCount / 1_000) kB: "
      text += "parse and check \(Self.milliseconds(one.check)), "
      text += "lint \(Self.milliseconds(one.lint)), \(one.findings) findings\n"
    }
    return text
  }

  private var json: String {
    var json = JSONWriter()
    json.beginArray()
    for one in measurements {
      json.beginObject()
      json.key("rules")
      json.number(one.ruleCount)
      json.key("bytes")
      json.number(one.byteCount)
      json.key("check_ns")
      json.number(Int(clamping: one.check))
      json.key("lint_ns")
      json.number(Int(clamping: one.lint))
      json.key("findings")
      json.number(one.findings)
      json.endObject()
    }
    json.endArray()
    return String(decoding: json.bytes, as: UTF8.self) + "\n"
  }

  private static func milliseconds(_ nanoseconds: UInt64) -> String {
    let tenths = nanoseconds / 100_000
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}
