import TractatusAdapters
import TractatusValues

/// What the options of `eval` ask for.
struct EvalSettings {
  /// The values of `--rules`.
  var rules: [String]
  /// The instruction history; nil for none.
  var instructions: InstructionOrigin?
  /// The file to read; nil for standard input.
  var path: String?
  /// nil for `auto`.
  var adapter: Adapter?
  var isStream: Bool
  /// How many threads judge a stream.
  var jobCount: Int
  var writesJSON: Bool
  var isQuiet: Bool
  var explains: Bool
  var style: Style
  var surroundings: Surroundings
  /// Where compiled rules are kept; nil for nowhere.
  var cache: CacheSettings?
  /// The session in which the actions happen; nil where each stands alone.
  var session: EvalSession?

  init(_ arguments: Arguments, _ console: Console) throws(UsageError) {
    guard arguments.operands.count <= 1 else {
      throw UsageError(message: "`eval` takes one action: `\(arguments.operands[1])` is too much")
    }
    rules = arguments.values("rules")
    instructions = InstructionOrigin(arguments)
    path = arguments.operands.first.flatMap { $0 == "-" ? nil : $0 }
    adapter = arguments.value("from").flatMap { Adapter.named($0) }
    isStream = arguments.has("stream")
    jobCount = try Self.jobCount(arguments)
    let format = arguments.value("format")
    if isStream, format == "text" {
      throw UsageError(message: "`--stream` writes JSON, one decision a line")
    }
    writesJSON = isStream || format == "json"
    isQuiet = arguments.has("quiet")
    explains = arguments.has("explain")
    style = Style(arguments, console)
    surroundings = try Surroundings(arguments, console)
    cache = CacheSettings(arguments, console)
    session = try EvalSession(arguments, console)
  }

  /// The most threads that a stream may be judged on.
  static let jobLimit = 256

  private static func jobCount(_ arguments: Arguments) throws(UsageError) -> Int {
    guard let text = arguments.value("jobs") else { return 1 }
    guard arguments.has("stream") else { throw UsageError(message: "`--jobs` needs `--stream`") }
    guard let count = Int(text), (0...jobLimit).contains(count) else {
      throw UsageError(message: "`--jobs` takes a number from 0 to \(jobLimit), not `\(text)`")
    }
    return count == 0 ? min(WorkThread.processorCount, jobLimit) : count
  }
}
