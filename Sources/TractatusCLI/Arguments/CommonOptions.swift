extension Option {
  /// Words as help lists them.
  ///
  /// PERF: every start of the program lists some, and the first `joined` of a process looks through
  /// all conformances.
  static func listed(_ words: [String], separator: String = ", ") -> String {
    var text = ""
    for word in words {
      if !text.isEmpty { text += separator }
      text += word
    }
    return text
  }

  /// `--rules`.
  static let rules = Option(
    "rules", value: "PATH", repeats: true,
    "a rule file, folder, image or built-in pack (default: rules, else tractatus.core)")

  /// `--instructions`.
  static let instructions = Option(
    "instructions", value: "FILE",
    "a history of instructions (JSON), which readings make rules of")

  /// `--color`.
  static let color = Option(
    "color", value: "WHEN", choices: ["auto", "always", "never"],
    "colours: auto, always or never (NO_COLOR is honoured)")

  /// `--format` of commands that tell of findings.
  static let reportFormat = format("text", "json", "sarif", "github", "junit", "compact")

  /// `--format` with the formats that a command has; the first is the default.
  static func format(_ choices: String...) -> Option {
    let listed = listed(choices)
    return Option(
      "format", value: "FORMAT", choices: choices, "\(listed) (default: \(choices[0]))")
  }
}
