/// An option that a command takes.
package struct Option: Sendable {
  /// The name without dashes.
  package var name: String
  /// What help calls the value; nil for a flag.
  package var value: String?
  /// The only values taken; empty for any.
  package var choices: [String]
  /// Whether it may be given several times.
  package var repeats: Bool
  /// A one-letter spelling (`o` for `-o`).
  package var short: Character?
  /// One line of help.
  package var summary: String

  /// An option with a value.
  package init(
    _ name: String, value: String, choices: [String] = [], repeats: Bool = false,
    short: Character? = nil, _ summary: String
  ) {
    self.name = name
    self.value = value
    self.choices = choices
    self.repeats = repeats
    self.short = short
    self.summary = summary
  }

  /// A flag.
  package init(flag name: String, short: Character? = nil, _ summary: String) {
    self.name = name
    value = nil
    choices = []
    repeats = false
    self.short = short
    self.summary = summary
  }

  /// As help shows it: `--rules PATH`, `-o, --output FILE`.
  package var spelling: String {
    let long = value.map { "--\(name) \($0)" } ?? "--\(name)"
    return short.map { "-\($0), \(long)" } ?? long
  }
}
