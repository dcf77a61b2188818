/// A word of a command line: how it is spelled, and what it stands for.
package struct SpelledWord: Sendable, Hashable {
  /// As it stands on the line, with its quotes.
  package var source: String
  /// What the program is given; nil when the shell puts it together from more than letters.
  package var text: String?

  package init(source: String, text: String?) {
    self.source = source
    self.text = text
  }

  /// A word out of a table: plain letters, or a text in single quotes, or something that expands.
  package init(_ source: String) {
    self.source = source
    if source.hasPrefix("'"), source.hasSuffix("'"), source.count > 1 {
      text = String(source.dropFirst().dropLast())
    } else {
      text = source.contains(where: { "~$*?{}[]'\"\\`".contains($0) }) ? nil : source
    }
  }

  /// A text as a word that is quoted only if it must be.
  package static func plain(_ text: String) -> SpelledWord {
    let isPlain =
      !text.isEmpty
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=@%+,".contains($0)) }
    return isPlain ? SpelledWord(source: text, text: text) : single(text)
  }

  /// A text in single quotes.
  package static func single(_ text: String) -> SpelledWord {
    let escaped = text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: #"'\''"#)
    return SpelledWord(source: "'\(escaped)'", text: text)
  }

  /// A text in double quotes.
  package static func double(_ text: String) -> SpelledWord {
    SpelledWord(source: "\"\(escaped(text, #"\"$`"#))\"", text: text)
  }

  /// A text with a backslash before each of some letters.
  package static func escaped(_ text: String, _ letters: String) -> String {
    var result = ""
    for letter in text {
      if letters.contains(letter) { result.append("\\") }
      result.append(letter)
    }
    return result
  }
}
