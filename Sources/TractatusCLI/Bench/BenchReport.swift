import TractatusJSON

/// What `tractatus bench` prints.
struct BenchReport: Sendable {
  var actionCount: Int
  var rounds: Int
  /// nil for a given stream.
  var seed: Int?
  var measurements: [BenchMeasurement] = []
  var floors = BenchFloors()

  /// How the figures come about; part of the help and of every text report.
  static let method = """
    Generates policies of several sizes (60 % of the rules equality and membership,
    20 % prefix, suffix, part and glob, 10 % regular expression, 10 % numeric
    bounds) and actions of \(BenchWorkload.actionByteCount) bytes, of which \
    \(BenchWorkload.hitPercentage) % meet a rule; or takes the
    rules of --rules and a document a line of --stream. Compiles each policy from its
    source and decides every action from its JSON bytes to a verdict, on one thread,
    after one round of warming up. Percentiles time each decision alone, the clock's
    cost included; of \(BenchMeasurement.passes) passes over all rounds they are those of the
    quickest, as the others show what shares the core. decisions/s times whole rounds,
    reports/s the same with each report written as JSON. Peak is the most memory that
    the process has held by then, growth how much of it the decisions took. The floors
    are measured in the same run on the same actions: reading the clock, copying an
    action's bytes, looking at each, reading them as JSON, and one pass of the largest
    pattern set over the action's command (or its longest text).
    """

  var text: String {
    var text = "\(Self.method)\n\n"
    text += "\(actionCount) actions, \(rounds) rounds"
    text += seed.map { ", seed \($0)\n\n" } ?? "\n\n"
    let heads = [
      "rules", "compile", "image", "median", "p90", "p99", "ratio", "decisions/s", "reports/s",
      "hits", "peak", "growth",
    ]
    var rows = [heads]
    let first = measurements.first
    for one in measurements {
      rows.append([
        "\(one.ruleCount)", one.compileTime.map { Self.milliseconds($0) } ?? "-",
        "\(one.imageByteCount / 1024) KiB", "\(one.median) ns", "\(one.p90) ns",
        "\(one.p99) ns", Self.ratio(one.median, to: first?.median ?? one.median),
        "\(one.throughput)", "\(one.reportThroughput)", "\(one.hitsPerTenThousand / 100) %",
        "\(one.peakMemoryKiB / 1024) MiB", "\(one.memoryGrowthKiB) KiB",
      ])
    }
    let widths = heads.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      for (cell, width) in zip(row, widths) {
        text += String(repeating: " ", count: width - cell.count + 2) + cell
      }
      text += "\n"
    }
    text += "\nfloors of an action: clock \(Int(floors.clock)) ns, copy \(Int(floors.copy)) ns, "
    text += "scan \(Int(floors.scan)) ns, JSON \(Int(floors.parse)) ns, "
    text += "automaton \(Int(floors.automaton)) ns\n"
    return text
  }

  var json: String {
    var writer = JSONWriter()
    writer.beginObject()
    var figures = [("actions", actionCount), ("rounds", rounds)]
    if let seed { figures.append(("seed", seed)) }
    figures += [
      ("clock_ns", Int(floors.clock)), ("copy_ns", Int(floors.copy)),
      ("scan_ns", Int(floors.scan)), ("json_ns", Int(floors.parse)),
      ("automaton_ns", Int(floors.automaton)),
    ]
    for (name, value) in figures {
      writer.key(name)
      writer.number(value)
    }
    writer.key("sizes")
    writer.beginArray()
    for one in measurements { Self.write(one, to: &writer) }
    writer.endArray()
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self) + "\n"
  }

  private static func write(_ one: BenchMeasurement, to writer: inout JSONWriter) {
    writer.beginObject()
    var figures = [("rules", one.ruleCount), ("source_bytes", one.sourceByteCount)]
    if let time = one.compileTime { figures.append(("compile_us", Int(clamping: time / 1_000))) }
    figures += [
      ("image_bytes", one.imageByteCount), ("action_bytes", one.actionByteCount),
      ("median_ns", Int(clamping: one.median)), ("p90_ns", Int(clamping: one.p90)),
      ("p99_ns", Int(clamping: one.p99)), ("decisions_per_second", one.throughput),
      ("reports_per_second", one.reportThroughput),
      ("hits_per_ten_thousand", one.hitsPerTenThousand), ("peak_kib", one.peakMemoryKiB),
      ("memory_growth_kib", one.memoryGrowthKiB),
    ]
    for (name, value) in figures {
      writer.key(name)
      writer.number(value)
    }
    writer.endObject()
  }

  private static func milliseconds(_ nanoseconds: UInt64) -> String {
    let tenths = nanoseconds / 100_000
    return "\(tenths / 10).\(tenths % 10) ms"
  }

  /// `1.25×`.
  static func ratio(_ value: UInt64, to base: UInt64) -> String {
    let hundredths = value * 100 / max(1, base)
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)×"
  }
}
