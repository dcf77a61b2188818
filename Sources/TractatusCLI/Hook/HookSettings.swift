/// What the options of `hook CLIENT` ask for.
struct HookSettings {
  /// The time that a hook takes at most, unless told otherwise, in milliseconds.
  static let defaultBudget = 2_000
  /// The times that may be asked for, in milliseconds.
  static let budgets = 10...600_000

  /// The state folder of a project, unless told otherwise.
  static let defaultState = ".claude"

  /// The values of `--rules`.
  var rules: [String]
  /// The project's root, absolute: the client's own word, else what `--project` says; nil without.
  var project: String?
  /// In milliseconds.
  var budget: Int
  /// Whether decisions are only written down.
  var isShadow: Bool
  /// The state folder as `--state` names it, below the project unless absolute.
  var state: String
  /// The file of the decision log, absolute; nil for the one in the state folder.
  var log: String?
  var style: Style
  /// Where compiled rules are kept; nil for nowhere.
  var cache: CacheSettings?

  init(_ arguments: Arguments, _ console: Console) throws(UsageError) {
    rules = arguments.values("rules")
    project = console.environment("CLAUDE_PROJECT_DIR") ?? arguments.value("project")
    budget = try Self.budget(arguments) ?? Self.defaultBudget
    isShadow = arguments.has("shadow")
    state = arguments.value("state") ?? Self.defaultState
    log = arguments.value("log")
    if let log, !log.hasPrefix("/") {
      throw UsageError(message: "`--log` takes an absolute path, not `\(log)`")
    }
    style = Style(usesColour: false)
    cache = CacheSettings(arguments, console)
    cache?.mapsEntries = true
  }

  /// The path of the state folder of a project.
  func stateFolder(of project: String) -> String {
    state.hasPrefix("/") ? state : project + "/" + state
  }

  /// The value of `--budget`.
  static func budget(_ arguments: Arguments) throws(UsageError) -> Int? {
    guard let text = arguments.value("budget") else { return nil }
    guard let number = Int(text), budgets.contains(number) else {
      throw UsageError(
        message: "`--budget` takes \(budgets.lowerBound) to \(budgets.upperBound) milliseconds, "
          + "not `\(text)`")
    }
    return number
  }
}
