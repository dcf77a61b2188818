import TractatusAdapters
import TractatusValues

/// What the options of `eval` ask for.
struct EvalSettings {
  /// The values of `--rules`.
  var rules: [String]
  /// The file to read; nil for standard input.
  var path: String?
  /// nil for `auto`.
  var adapter: Adapter?
  var isStream: Bool
  var writesJSON: Bool
  var isQuiet: Bool
  var explains: Bool
  var style: Style
  var surroundings: Surroundings
  /// Where compiled rules are kept; nil for nowhere.
  var cache: CacheSettings?

  init(_ arguments: Arguments, _ console: Console) throws(UsageError) {
    guard arguments.operands.count <= 1 else {
      throw UsageError(message: "`eval` takes one action: `\(arguments.operands[1])` is too much")
    }
    rules = arguments.values("rules")
    path = arguments.operands.first.flatMap { $0 == "-" ? nil : $0 }
    adapter = arguments.value("from").flatMap { Adapter.named($0) }
    isStream = arguments.has("stream")
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
  }
}
