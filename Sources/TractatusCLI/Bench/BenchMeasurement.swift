import TractatusEngine
import TractatusJSON
import TractatusValues

/// What one size of policy costs.
struct BenchMeasurement: Sendable {
  var ruleCount = 0
  /// From source bytes to a program, in nanoseconds.
  var compileTime: UInt64 = 0
  var sourceByteCount = 0
  var imageByteCount = 0
  /// Nanoseconds of one decision, JSON bytes to verdict, at these ranks.
  var median: UInt64 = 0
  var p90: UInt64 = 0
  var p99: UInt64 = 0
  /// Decisions a second over the whole run, on one core, without the clock's own cost.
  var throughput = 0
  /// Of the actions, how many in ten thousand were not allowed.
  var hitsPerTenThousand = 0
  /// KiB by which the process grew over all measured decisions.
  var memoryGrowthKiB = 0

  /// Decides each action `rounds` times and measures; one warm-up round goes before.
  static func measure(
    _ program: Program, actions: [[UInt8]], rounds: Int, ruleCount: Int
  ) -> BenchMeasurement {
    var evaluator = Evaluator(program)
    var input = ActionInput()
    var hits = 0
    for action in actions where decide(action, &evaluator, &input) { hits += 1 }

    var measurement = BenchMeasurement()
    measurement.ruleCount = ruleCount
    measurement.hitsPerTenThousand = hits * 10_000 / max(1, actions.count)
    var times = [UInt64](repeating: 0, count: actions.count * rounds)
    let memoryBefore = MonotonicClock.peakMemoryKiB()
    var sink = 0
    let start = MonotonicClock.nanoseconds()
    for _ in 0..<rounds {
      for action in actions where decide(action, &evaluator, &input) { sink += 1 }
    }
    let total = MonotonicClock.nanoseconds() - start
    var slot = 0
    for _ in 0..<rounds {
      for action in actions {
        let begin = MonotonicClock.nanoseconds()
        if decide(action, &evaluator, &input) { sink += 1 }
        times[slot] = MonotonicClock.nanoseconds() - begin
        slot += 1
      }
    }
    measurement.memoryGrowthKiB = MonotonicClock.peakMemoryKiB() - memoryBefore
    times.sort()
    let count = times.count
    measurement.median = times[count / 2]
    measurement.p90 = times[count * 90 / 100]
    measurement.p99 = times[count * 99 / 100]
    // INVARIANT: every round decides alike, so `sink` keeps the work from being left out.
    measurement.throughput = sink < 0 ? 0 : count * 1_000_000_000 / Int(max(1, total))
    return measurement
  }

  private static func decide(
    _ action: [UInt8], _ evaluator: inout Evaluator, _ input: inout ActionInput
  ) -> Bool {
    do {
      try input.readNative(action.span)
    } catch {
      return true
    }
    return evaluator.evaluate(input).verdict != .allow
  }
}

/// What any decision must at least cost: the floors that the figures are compared with.
struct BenchFloors: Sendable {
  /// Nanoseconds to add up the bytes of an action.
  var scan = 0.0
  /// Nanoseconds to read an action onto a tape.
  var parse = 0.0

  /// Measures both over the actions.
  static func measure(_ actions: [[UInt8]], rounds: Int) -> BenchFloors {
    var floors = BenchFloors()
    let count = Double(max(1, actions.count * rounds))
    var sum: UInt64 = 0
    var start = MonotonicClock.nanoseconds()
    for _ in 0..<rounds {
      for action in actions {
        let span = action.span
        for index in span.indices { sum &+= UInt64(span[index]) }
      }
    }
    floors.scan = Double(MonotonicClock.nanoseconds() - start) / count
    var tape = JSONTape()
    start = MonotonicClock.nanoseconds()
    for _ in 0..<rounds {
      for action in actions {
        if (try? tape.parse(action.span)) == nil { sum &+= 1 }
      }
    }
    floors.parse = Double(MonotonicClock.nanoseconds() - start) / count
    // The sum is used, so that the scan is not left out.
    if sum == 0 { floors.scan = 0 }
    return floors
  }
}
