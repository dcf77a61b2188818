import TractatusAdapters
import TractatusEngine
import TractatusJSON

/// What deciding by one policy costs.
struct BenchMeasurement: Sendable {
  var ruleCount = 0
  /// From source bytes to a program, in nanoseconds; nil for a program read from an image.
  var compileTime: UInt64?
  var sourceByteCount = 0
  var imageByteCount = 0
  /// Bytes of an action, on average.
  var actionByteCount = 0
  /// Nanoseconds of one decision, JSON bytes to verdict, at these ranks.
  var median: UInt64 = 0
  var p90: UInt64 = 0
  var p99: UInt64 = 0
  /// Decisions a second over whole rounds, on one core, without the clock's own cost.
  var throughput = 0
  /// The same with each decision's report written as JSON.
  var reportThroughput = 0
  /// Of the actions, how many in ten thousand were not allowed.
  var hitsPerTenThousand = 0
  /// The most KiB that the process has held so far, compiling included.
  var peakMemoryKiB = 0
  /// KiB by which that grew over all measured decisions.
  var memoryGrowthKiB = 0

  /// Decides each action `rounds` times, three times over, and measures; one warm-up round goes
  /// before.
  static func measure(_ subject: BenchSubject, rounds: Int) -> BenchMeasurement {
    var measurement = BenchMeasurement()
    let actions = subject.actions
    let count = actions.count * rounds
    measurement.ruleCount = subject.program.sections.rules.count
    measurement.compileTime = subject.compileTime
    measurement.sourceByteCount = subject.sourceByteCount
    measurement.actionByteCount = actions.reduce(0) { $0 + $1.count } / max(1, actions.count)
    var image: [UInt8] = []
    subject.program.write(into: &image)
    measurement.imageByteCount = image.count
    image = []

    var judge = BenchJudge(subject.program)
    var hits = 0
    for action in actions {
      if judge.blocks(action) { hits += 1 }
      judge.report(action)
    }
    measurement.hitsPerTenThousand = hits * 10_000 / max(1, actions.count)
    let memoryBefore = MonotonicClock.peakMemoryKiB()
    // INVARIANT: what is decided is used, so that the work is not left out.
    var sink = 0
    let start = MonotonicClock.nanoseconds()
    for _ in 0..<rounds {
      for action in actions where judge.blocks(action) { sink += 1 }
    }
    let middle = MonotonicClock.nanoseconds()
    for _ in 0..<rounds {
      for action in actions { sink += judge.report(action) }
    }
    let end = MonotonicClock.nanoseconds()
    measurement.throughput = rate(count, middle - start)
    measurement.reportThroughput = rate(count, sink < 0 ? 0 : end - middle)
    measurement.takeTimes(&judge, actions, rounds: rounds)
    measurement.peakMemoryKiB = MonotonicClock.peakMemoryKiB()
    measurement.memoryGrowthKiB = measurement.peakMemoryKiB - memoryBefore
    return measurement
  }

  /// How often all decisions are timed; the ranks are those of the pass with the lowest median.
  ///
  /// Where a core is shared with what other machines do, everything on it may take 1.7 times as
  /// long, for parts of a second. What the decisions cost shows in the pass that had the core.
  static let passes = 5

  /// Times each decision alone.
  private mutating func takeTimes(_ judge: inout BenchJudge, _ actions: [[UInt8]], rounds: Int) {
    // A time of 2^32 nanoseconds or more counts as that.
    var times = [UInt32](repeating: 0, count: actions.count * rounds)
    var sink = 0
    for pass in 0..<Self.passes {
      var slot = 0
      for _ in 0..<rounds {
        for action in actions {
          let begin = MonotonicClock.nanoseconds()
          if judge.blocks(action) { sink += 1 }
          times[slot] = UInt32(clamping: MonotonicClock.nanoseconds() - begin)
          slot += 1
        }
      }
      if sink < 0 { times.removeAll() }
      times.sort()
      let middle = Self.rank(times, 50)
      if pass > 0 && middle >= median { continue }
      median = middle
      p90 = Self.rank(times, 90)
      p99 = Self.rank(times, 99)
    }
  }

  private static func rank(_ times: [UInt32], _ percent: Int) -> UInt64 {
    times.isEmpty ? 0 : UInt64(times[min(times.count - 1, times.count * percent / 100)])
  }

  private static func rate(_ count: Int, _ nanoseconds: UInt64) -> Int {
    Int(clamping: UInt64(clamping: count) &* 1_000_000_000 / max(1, nanoseconds))
  }
}

/// Decides documents as `eval --stream` does.
struct BenchJudge: ~Copyable {
  private var evaluator: Evaluator
  private var input = ActionInput()
  private var reports = ReportMemory()
  private var output: [UInt8] = []

  init(_ program: Program) {
    evaluator = Evaluator(program)
  }

  /// Whether some call of a document is not simply allowed; a document without one is not.
  mutating func blocks(_ document: [UInt8]) -> Bool {
    do {
      if try Adapter.readPlain(document.span, into: &input) {
        return evaluator.evaluate(input).verdict != .allow
      }
      return try blocksCalls()
    } catch {
      return true
    }
  }

  /// Decides a document and writes the report; gives its length.
  @discardableResult
  mutating func report(_ document: [UInt8]) -> Int {
    output.removeAll(keepingCapacity: true)
    do {
      if try Adapter.readPlain(document.span, into: &input) {
        report()
        return output.count
      }
      guard case .calls(let calls) = try Adapter.calls(of: input.call, as: nil).document else {
        return 0
      }
      for call in calls {
        try call.select(in: &input)
        report()
      }
    } catch {
      return 0
    }
    return output.count
  }

  private mutating func report() {
    let outcome = evaluator.evaluate(input)
    reports.write(outcome, of: input, by: &evaluator, to: &output)
  }

  private mutating func blocksCalls() throws -> Bool {
    guard case .calls(let calls) = try Adapter.calls(of: input.call, as: nil).document else {
      return false
    }
    var blocks = false
    for call in calls {
      try call.select(in: &input)
      if evaluator.evaluate(input).verdict != .allow { blocks = true }
    }
    return blocks
  }
}
