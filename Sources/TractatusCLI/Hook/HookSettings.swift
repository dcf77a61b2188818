/// What the options of `hook CLIENT` ask for.
struct HookSettings {
  /// The time that a hook takes at most, unless told otherwise, in milliseconds.
  static let defaultBudget = 2_000
  /// The times that may be asked for, in milliseconds.
  static let budgets = 10...600_000

  /// The values of `--rules`.
  var rules: [String]
  /// The project's root, absolute: the client's own word, else what `--project` says; nil without.
  var project: String?
  /// In milliseconds.
  var budget: Int
  /// Whether decisions are only written down.
  var isShadow: Bool
  var style: Style
  /// Where compiled rules are kept; nil for nowhere.
  var cache: CacheSettings?

  init(_ arguments: Arguments, _ console: Console) throws(UsageError) {
    rules = arguments.values("rules")
    project = console.environment("CLAUDE_PROJECT_DIR") ?? arguments.value("project")
    budget = try Self.budget(arguments) ?? Self.defaultBudget
    isShadow = arguments.has("shadow")
    style = Style(usesColour: false)
    cache = CacheSettings(arguments, console)
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
