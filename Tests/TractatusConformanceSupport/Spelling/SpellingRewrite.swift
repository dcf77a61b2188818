/// One way to spell a command line otherwise that does the same.
package struct SpellingRewrite: Sendable {
  /// The class of hostile input that it belongs to.
  package var number: Int
  /// What it is called in messages.
  package var name: String
  /// Spells a line otherwise; nil where it does not fit.
  package var apply: @Sendable (SpelledLine) -> SpelledLine?

  init(_ number: Int, _ name: String, _ apply: @escaping @Sendable (SpelledLine) -> SpelledLine?) {
    self.number = number
    self.name = name
    self.apply = apply
  }

  /// Every rewrite, in the order of the classes.
  package static let all: [SpellingRewrite] =
    (separators + spacings + quotings + expansions + substitutions + interpreters + wrappers
    + optionsThatRun + environments + redirects + paths).enumerated()
    .sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }
    .map(\.element)

  /// Applies the rewrite and notes it.
  package func callAsFunction(_ line: SpelledLine) -> SpelledLine? {
    guard var result = apply(line), result.text != line.text else { return nil }
    result.rewrites.append("\(number) \(name)")
    return result
  }

  /// Rewrites the commands of a pipeline one by one; nil when none changes.
  static func each(
    _ number: Int, _ name: String, _ apply: @escaping @Sendable (inout SpelledCommand) -> Void
  ) -> SpellingRewrite {
    SpellingRewrite(number, name) { line in
      guard line.compound == nil else { return nil }
      var line = line
      for index in line.commands.indices { apply(&line.commands[index]) }
      return line
    }
  }

  /// Puts the whole line into a template that is a compound command or a list, or a line with a
  /// here-document whose delimiter is `@E`.
  static func frame(
    _ number: Int, _ template: String, mayAsk: Bool = false
  ) -> SpellingRewrite {
    SpellingRewrite(number, template) { line in
      if line.hasAlias, number < 6 { return nil }
      var text = line.filled(template)
      var documents = ""
      if template.hasSuffix("\n@E"), let end = text.firstIndex(of: "\n") {
        documents = String(text[end...])
        text = String(text[..<end])
      }
      var result = line.replaced(by: text)
      result.documents = documents
      result.hasAlias = template.hasPrefix("shopt -s expand_aliases")
      result.isHidden = line.isHidden || mayAsk
      return result
    }
  }

  /// Puts the whole line into one word of a simple command; a template's words stand between
  /// blanks, and `@W` is the word.
  static func text(_ number: Int, _ template: String, mayAsk: Bool = false) -> SpellingRewrite {
    SpellingRewrite(number, template) { line in
      var command = SpelledCommand()
      var parts = template.split(separator: " ")[...]
      while let part = parts.popFirst() {
        if part == "@W" {
          command.words.append(.single(line.text))
        } else if part == "<<<" || part == "<" {
          let target = parts.popFirst().map {
            $0.hasSuffix("@W") ? .single($0.dropLast(2) + line.text) : SpelledWord(String($0))
          }
          command.redirections.append(.init(String(part), target ?? .plain("")))
        } else if part.hasSuffix("@W") {
          let text = part.dropLast(2) + line.text
          command.words.append(.single(String(text)))
        } else {
          command.words.append(SpelledWord(String(part)))
        }
      }
      var result = line.replaced(by: [command])
      result.isHidden = line.isHidden || mayAsk
      return result
    }
  }

  /// Feeds the whole line to a program in a here-document.
  static func document(
    _ number: Int, _ program: String, isQuoted: Bool, mayAsk: Bool = false
  ) -> SpellingRewrite {
    let sign = isQuoted ? "<<'E'" : "<<E"
    return SpellingRewrite(number, "\(program) \(sign)") { line in
      let delimiter = line.fresh("E")
      let body = line.filled(isQuoted ? "@R" : "@H")
      var result = line.replaced(by: [
        SpelledCommand(program.split(separator: " ").map(String.init))
      ])
      result.after = isQuoted ? " <<'\(delimiter)'" : " <<\(delimiter)"
      result.documents = "\n\(body)\n\(delimiter)"
      result.isHidden = line.isHidden || mayAsk
      return result
    }
  }

  /// Puts words before the program of each command.
  static func wrapper(
    _ number: Int, _ words: String, mayAsk: Bool = false
  ) -> SpellingRewrite {
    let prefix = words.split(separator: " ").map { SpelledWord(String($0)) }
    return SpellingRewrite(number, words) { line in
      guard line.compound == nil else { return nil }
      var line = line
      for index in line.commands.indices where line.commands[index].mayBeWrapped {
        line.commands[index].words.insert(contentsOf: prefix, at: 0)
        line.commands[index].program += prefix.count
      }
      line.isHidden = line.isHidden || mayAsk
      return line
    }
  }
}
