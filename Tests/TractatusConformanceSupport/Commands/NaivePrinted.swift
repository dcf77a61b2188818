import TractatusPatterns

/// What `echo` and `printf` write: section 10.3.3 of the semantics.
extension NaiveCommandLine {
  /// What the command before another in its pipeline writes, where all of it is known.
  func printed(into index: Int) -> NaiveWord? {
    let command = line.commands[index]
    guard command.stage >= 0,
      !command.redirections.contains(where: { line.redirections[$0].descriptor == 0 })
    else { return nil }
    let stage = line.stages[Int(command.stage)]
    let source = line.commands.first { other in
      guard other.stage >= 0, other.parent == command.parent else { return false }
      let before = line.stages[Int(other.stage)]
      return before.pipeline == stage.pipeline && before.place == stage.place - 1
        && !before.sendsErrors
    }
    guard let source, source.kind == .simple, source.wordCount > 0, source.assignmentCount == 0,
      source.redirections.isEmpty,
      source.flags.isDisjoint(with: [.opaque, .mayCallFunction, .mayBeAlias])
    else { return nil }
    var words: [[Unicode.Scalar]] = []
    for place in source.words {
      guard let text = NaiveWord(place, of: line).text else { return nil }
      words.append(text)
    }
    switch words.removeFirst() {
    case Array("echo".unicodeScalars): return Self.echo(words).map { NaiveWord($0) }
    case Array("printf".unicodeScalars): return Self.format(words).map { NaiveWord($0) }
    default: return nil
    }
  }

  private static func echo(_ words: [[Unicode.Scalar]]) -> [Unicode.Scalar]? {
    var words = words
    var end: [Unicode.Scalar] = ["\n"]
    if words.first == ["-", "n"] {
      words.removeFirst()
      end = []
    }
    if words.first?.first == "-" || words.contains(where: { $0.contains("\\") }) { return nil }
    return Array(words.joined(separator: [" "])) + end
  }

  private static func format(_ words: [[Unicode.Scalar]]) -> [Unicode.Scalar]? {
    guard let format = words.first, format.first != "-" else { return nil }
    var rest = words.dropFirst()
    var result: [Unicode.Scalar] = []
    repeat {
      let before = rest.count
      var signs = format[...]
      while let sign = signs.popFirst() {
        guard sign == "%" || sign == "\\" else {
          result.append(sign)
          continue
        }
        switch (sign, signs.popFirst()) {
        case ("%", "s"): result += rest.popFirst() ?? []
        case ("%", "%"), ("\\", "\\"): result.append(sign)
        case ("\\", "n"): result.append("\n")
        case ("\\", "t"): result.append("\t")
        default: return nil
        }
      }
      if !rest.isEmpty, rest.count == before { return nil }
    } while !rest.isEmpty
    return result
  }
}
