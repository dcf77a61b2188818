/// Colours for people's eyes, or none.
package struct Style: Sendable {
  /// What a colour stands for.
  enum Tint: String {
    case bad = "\u{1B}[1;31m"
    case doubtful = "\u{1B}[1;33m"
    case good = "\u{1B}[1;32m"
    case heading = "\u{1B}[1m"
    case faint = "\u{1B}[2m"
  }

  /// Whether colours are written.
  package let usesColour: Bool

  /// A style that writes colours or not.
  package init(usesColour: Bool) {
    self.usesColour = usesColour
  }

  /// The style that `--color`, `NO_COLOR` and the terminal ask for.
  init(_ arguments: Arguments, _ console: Console) {
    switch arguments.value("color") {
    case "always": usesColour = true
    case "never": usesColour = false
    default: usesColour = console.isTerminal && console.environment("NO_COLOR") == nil
    }
  }

  /// A text in a colour.
  func paint(_ text: String, _ tint: Tint) -> String {
    usesColour ? tint.rawValue + text + "\u{1B}[0m" : text
  }
}
