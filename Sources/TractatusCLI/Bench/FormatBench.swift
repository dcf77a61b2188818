import TractatusFormat
import TractatusJSON
import TractatusRulePacks
import TractatusSource
import TractatusSyntax

/// `tractatus bench --fmt`: what it costs to format rule files.
struct FormatBench {
  /// How the figures come about; part of every text report.
  static let method = """
    Formats the text of the built-in packs from bytes to bytes: reading it, laying it
    out, and comparing the tokens of the result with those before. Reading alone and
    copying the bytes alone are measured in the same run. Each figure is the best of
    all rounds.
    """

  private var byteCount = 0
  private var format = UInt64.max
  private var parse = UInt64.max
  private var copy = UInt64.max

  /// Measures.
  static func run(_ arguments: Arguments, rounds: Int, _ console: Console) -> ExitStatus {
    var bench = FormatBench()
    let sources = RulePacks.files.map { SourceText(name: $0.path, bytes: $0.bytes) }
    bench.byteCount = sources.reduce(0) { $0 + $1.bytes.count }
    // What is measured is used, so that it is not left out.
    var sink = 0
    for _ in 0...rounds { bench.measure(sources, &sink) }
    if sink < 0 { return .error }
    console.output.write(arguments.value("format") == "json" ? bench.json : bench.text)
    return .pass
  }

  private mutating func measure(_ sources: [SourceText], _ sink: inout Int) {
    let start = MonotonicClock.nanoseconds()
    var output: [UInt8] = []
    for source in sources {
      output.removeAll(keepingCapacity: true)
      output.append(contentsOf: source.bytes)
      sink &+= output.count
    }
    let copied = MonotonicClock.nanoseconds()
    for source in sources { sink &+= Parser.parse(source).nodeCount }
    let parsed = MonotonicClock.nanoseconds()
    for source in sources { sink &+= Formatter.format(Parser.parse(source)).bytes.count }
    let formatted = MonotonicClock.nanoseconds()
    copy = min(copy, copied - start)
    parse = min(parse, parsed - copied)
    format = min(format, formatted - parsed)
  }

  private var figures: [(name: String, key: String, time: UInt64)] {
    [("format", "format", format), ("read", "parse", parse), ("copy", "copy", copy)]
  }

  /// Megabytes a second, of 1,000,000 bytes.
  private func rate(_ time: UInt64) -> Int { byteCount * 1_000 / Int(clamping: max(1, time)) }

  private var text: String {
    var text = "\(Self.method)\n\n\(byteCount) bytes\n\n"
    for figure in figures {
      let name = figure.name + String(repeating: " ", count: max(0, 8 - figure.name.count))
      text += "  \(name) \(rate(figure.time)) MB/s\n"
    }
    return text
  }

  private var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.key("bytes")
    json.number(byteCount)
    for figure in figures {
      json.key("\(figure.key)_ns")
      json.number(Int(clamping: figure.time))
    }
    json.endObject()
    return String(decoding: json.bytes, as: UTF8.self) + "\n"
  }
}
