extension Option {
  /// `--rules`.
  static let rules = Option(
    "rules", value: "PATH", repeats: true,
    "a rule file, folder, program image or built-in pack (default: rules, else tractatus.core)")

  /// `--color`.
  static let color = Option(
    "color", value: "WHEN", choices: ["auto", "always", "never"],
    "colours: auto, always or never (NO_COLOR is honoured)")

  /// `--format` with the formats that a command has; the first is the default.
  static func format(_ choices: String...) -> Option {
    let listed = choices.joined(separator: ", ")
    return Option(
      "format", value: "FORMAT", choices: choices, "\(listed) (default: \(choices[0]))")
  }
}
