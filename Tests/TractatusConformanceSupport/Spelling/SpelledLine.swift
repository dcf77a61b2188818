/// A command line that is rewritten step by step: a pipeline of simple commands, or the text of a
/// compound command, with what stands around it.
package struct SpelledLine: Sendable {
  /// Whole commands before it, with what ends them.
  package var before = ""
  /// The commands of the pipeline; none when `compound` is the text.
  package var commands: [SpelledCommand] = []
  /// What joins them.
  package var pipe = " | "
  /// The text of a compound command.
  package var compound: String?
  /// What follows on the same line.
  package var after = ""
  /// Here-documents: from the line break before the first body to the last delimiter.
  package var documents = ""
  /// What stands between words.
  package var blank = " "
  /// Whether a redirection's sign and target stand together.
  package var isTight = false
  /// Whether `after` ends in a comment, which only a line break ends.
  package var endsInComment = false
  /// Whether some rewrite hides what is run from every reader, so that asking is enough.
  package var isHidden = false
  /// Whether words come out of variables that the line sets.
  package var hasVariables = false
  /// Whether what the line begins with may not run, so that variables may keep another value.
  package var isConditional = false
  /// Whether relative paths in it matter, so that it must stay in its directory.
  package var isRelative = false
  /// Whether it defines an alias, which lines after its own know, and no compound command around.
  package var hasAlias = false
  /// The rewrites it has been through.
  package var rewrites: [String] = []

  /// A line out of a table.
  ///
  /// Words stand between single blanks; `|` joins two commands. A word in single quotes may hold
  /// blanks.
  package init(_ text: String) {
    var words: [String] = []
    var commands: [[String]] = []
    var isQuoted = false
    var word = ""
    for letter in text + " " {
      if letter == "'" { isQuoted.toggle() }
      if letter != " " || isQuoted {
        word.append(letter)
      } else if word == "|" {
        commands.append(words)
        words = []
        word = ""
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    self.commands = (commands + [words]).map { SpelledCommand($0) }
    isRelative = text.contains("..") || text.contains(" .")
  }

  /// The line without the bodies of its here-documents.
  package var line: String {
    let text =
      compound
      ?? commands.map { $0.source(blank: blank, isTight: isTight) }.joined(separator: pipe)
    return before + text + after
  }

  /// The whole text.
  package var text: String { line + documents }

  /// Whether asking is enough where the command as it stands is denied.
  package var mayAsk: Bool { isHidden || hasVariables && isConditional }

  /// Whether a command before it would not run in the same shell, so that it sets nothing for it.
  var isApart: Bool {
    before.hasPrefix("coproc") || before.hasSuffix("|") || before.hasSuffix("|&")
  }

  /// Whether only a line break ends the text.
  var needsBreak: Bool { endsInComment || !documents.isEmpty }

  /// The text where anything may stand around it: parentheses, say.
  var enclosed: String {
    (text.hasPrefix("(") ? " " : "") + (needsBreak ? text + "\n" : text)
  }

  /// The text with what ends a command.
  var closed: String {
    if needsBreak { return text + "\n" }
    if line.hasSuffix("\n") { return line }
    let isEnded = line.hasSuffix("&") || line.hasSuffix(";") && !line.hasSuffix("\\;")
    return isEnded ? line + " " : line + ";"
  }

  /// A name that the line does not hold yet.
  func fresh(_ prefix: String) -> String {
    for number in 1..<100
    where !line.contains("\(prefix)\(number)")
      && !documents.contains(
        "\(prefix)\(number)")
    {
      return "\(prefix)\(number)"
    }
    return prefix
  }

  /// The line with other commands and nothing around them.
  func replaced(by commands: [SpelledCommand]) -> SpelledLine {
    var result = self
    result.before = ""
    result.commands = commands
    result.pipe = " | "
    result.compound = nil
    result.after = ""
    result.documents = ""
    result.blank = " "
    result.isTight = false
    result.endsInComment = false
    result.hasAlias = false
    return result
  }

  /// The line as a compound command.
  func replaced(by text: String) -> SpelledLine {
    var result = replaced(by: [])
    result.compound = text
    return result
  }

  /// Puts a template's places in: `@L` the line and what ends it, `@T` the line where a closing
  /// parenthesis may follow, `@S` in single quotes, `@D` in double quotes, `@Q` as it stands
  /// between backquotes, `@H` in a here-document that expands, `@R` in one that does not, `@B` in
  /// base 64, `@O` in octal escapes, `@J` in a string of other languages, `@F` a fresh name, `@E` a
  /// fresh delimiter.
  func filled(_ template: String) -> String {
    var result = ""
    var letters = template[...]
    while let letter = letters.popFirst() {
      guard letter == "@", let place = letters.first, let value = value(of: place) else {
        result.append(letter)
        continue
      }
      letters.removeFirst()
      result += value
    }
    return result
  }

  private func value(of place: Character) -> String? {
    switch place {
    case "L": closed
    case "T": enclosed
    case "S": SpelledWord.single(text).source
    case "D": SpelledWord.double(text).source
    case "Q": SpelledWord.escaped(enclosed, "\\`")
    case "H": SpelledWord.escaped(text, "\\$`")
    case "R": text
    case "B": Self.base64(Array(text.utf8))
    case "O": text.utf8.map { "\\" + Self.octal($0) }.joined()
    case "J":
      SpelledWord.escaped(text, "\\\"").split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: "\\n")
    case "F": fresh("n")
    case "E": fresh("E")
    default: nil
    }
  }

  static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var result = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        result.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : "=")
      }
    }
    return result
  }
}
