import TractatusPatterns

/// Spells what is known of words and texts of a command: what is not known as a shell would.
struct CommandSpelling {
  let line: ShellLine

  /// A word of the line.
  func word(_ index: Int) -> String {
    line.words.indices.contains(index) ? text(line.words[index].parts) : ""
  }

  /// A text that a command is given.
  func text(_ text: CommandText) -> String { self.text(text.parts) }

  private func text(_ parts: Range<Int>) -> String {
    var result = ""
    for index in parts where line.parts.indices.contains(index) {
      let part = line.parts[index]
      switch part.kind {
      case .literal, .glob: result += bytes(part.range)
      case .home: result += "~"
      case .userHome: result += "~" + bytes(part.range)
      case .workingDirectory: result += "$PWD"
      case .number: result += "$((…))"
      case .variable: result += "${" + bytes(part.range) + "}"
      case .substitution: result += "$(…)"
      case .processInput: result += "<(…)"
      case .processOutput: result += ">(…)"
      case .shape: result += bytes(part.range)
      case .below: result += "[/…]"
      case .names, .folders, .unknown: result += "…"
      }
    }
    return result
  }

  /// Known bytes of the line.
  func bytes(_ range: Range<Int>) -> String {
    guard range.upperBound <= line.text.count else { return "" }
    return String(decoding: line.text[range], as: UTF8.self)
  }

  /// Known bytes of the line.
  func bytes(_ range: Range<UInt32>) -> String {
    bytes(Int(range.lowerBound)..<Int(range.upperBound))
  }
}
