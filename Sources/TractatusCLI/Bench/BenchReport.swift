import TractatusJSON
import TractatusValues

/// What `tractatus bench` prints.
struct BenchReport: Sendable {
  var actionCount: Int
  var rounds: Int
  var seed: Int
  var measurements: [BenchMeasurement] = []
  var floors = BenchFloors()

  /// How the figures come about; part of the help and of every text report.
  static let method = """
    Generates policies of several sizes (60 % of the rules equality and membership,
    20 % prefix, suffix, part and glob, 10 % regular expression, 10 % numeric
    bounds) and actions of \(BenchWorkload.actionByteCount) bytes, of which \
    \(BenchWorkload.hitPercentage) % meet a rule; compiles each policy from
    its source and decides every action from its JSON bytes to a verdict, on one
    thread, after one round of warming up. Percentiles time each decision alone, the
    clock's cost included; throughput times whole rounds. The floors are measured in
    the same run: adding up an action's bytes, and reading it as JSON.
    """

  var text: String {
    var text = "\(Self.method)\n\n"
    text += "\(actionCount) actions, \(rounds) rounds, seed \(seed)\n\n"
    let heads = [
      "rules", "compile", "image", "median", "p90", "p99", "ratio", "decisions/s", "hits", "growth",
    ]
    var rows = [heads]
    let first = measurements.first
    for one in measurements {
      rows.append([
        "\(one.ruleCount)", Self.milliseconds(one.compileTime), "\(one.imageByteCount / 1024) KiB",
        "\(one.median) ns", "\(one.p90) ns", "\(one.p99) ns",
        Self.ratio(one.median, to: first?.median ?? one.median), "\(one.throughput)",
        "\(one.hitsPerTenThousand / 100) %", "\(one.memoryGrowthKiB) KiB",
      ])
    }
    let widths = heads.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      for (cell, width) in zip(row, widths) {
        text += String(repeating: " ", count: width - cell.count + 2) + cell
      }
      text += "\n"
    }
    text += "\nfloors: scan \(Int(floors.scan)) ns, JSON \(Int(floors.parse)) ns an action\n"
    return text
  }

  var json: String {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in [
      ("actions", actionCount), ("action_bytes", BenchWorkload.actionByteCount),
      ("rounds", rounds), ("seed", seed), ("scan_ns", Int(floors.scan)),
      ("json_ns", Int(floors.parse)),
    ] {
      writer.key(name)
      writer.number(value)
    }
    writer.key("sizes")
    writer.beginArray()
    for one in measurements {
      writer.beginObject()
      for (name, value) in [
        ("rules", one.ruleCount), ("source_bytes", one.sourceByteCount),
        ("compile_us", Int(clamping: one.compileTime / 1_000)),
        ("image_bytes", one.imageByteCount), ("median_ns", Int(clamping: one.median)),
        ("p90_ns", Int(clamping: one.p90)), ("p99_ns", Int(clamping: one.p99)),
        ("decisions_per_second", one.throughput),
        ("hits_per_ten_thousand", one.hitsPerTenThousand),
        ("memory_growth_kib", one.memoryGrowthKiB),
      ] {
        writer.key(name)
        writer.number(value)
      }
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self) + "\n"
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
