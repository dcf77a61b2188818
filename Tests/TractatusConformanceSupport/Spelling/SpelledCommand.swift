/// A simple command of a line that is rewritten: one stage of a pipeline.
package struct SpelledCommand: Sendable {
  /// Where its bytes go or come from.
  package struct Redirection: Sendable, Hashable {
    package var sign: String
    package var target: SpelledWord
    /// Whether it stands before the words.
    package var isFirst = false
    package init(_ sign: String, _ target: SpelledWord) {
      self.sign = sign
      self.target = target
    }
  }

  /// The assignments before the program, as they are spelled.
  package var assignments: [String] = []
  /// The program, what wraps it, and the words that it is given.
  package var words: [SpelledWord] = []
  /// The index in `words` of the program that does it, after what wraps it.
  package var program = 0
  /// The redirections.
  package var redirections: [Redirection] = []

  package init() {}

  /// A command out of a table: words between blanks, and redirections whose sign is a word.
  package init(_ words: [String]) {
    var words = words[...]
    while let word = words.popFirst() {
      if ["<", ">", ">>", ">&"].contains(word), let target = words.popFirst() {
        redirections.append(Redirection(word, SpelledWord(target)))
      } else {
        self.words.append(SpelledWord(word))
      }
    }
  }

  /// Whether only the shell itself can run it: a builtin, or the name of a function or an alias.
  package var isOfShell = false

  /// Whether a program can run the command.
  var mayBeWrapped: Bool {
    guard !isOfShell, let first = words.first else { return false }
    let names = ["eval", "exec", "command", "builtin", "source", ".", "trap", "mapfile", "fc"]
    return !names.contains(first.text ?? "")
  }

  /// The base name of the program, if it is known.
  package var name: String? {
    guard program < words.count else { return nil }
    return words[program].text.map { String($0.split(separator: "/").last ?? "") }
  }

  /// The command as it stands on a line.
  package func source(blank: String, isTight: Bool) -> String {
    func spelled(_ this: Redirection) -> String {
      this.sign + (isTight ? "" : " ") + this.target.source
    }
    var parts = redirections.filter(\.isFirst).map(spelled)
    parts += assignments
    parts += words.map(\.source)
    parts += redirections.filter { !$0.isFirst }.map(spelled)
    return parts.joined(separator: blank)
  }
}
