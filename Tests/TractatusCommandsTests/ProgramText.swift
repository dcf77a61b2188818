import TractatusPatterns

/// Reads `program` declarations as test data has them, in the language's own spelling.
///
/// It knows no more than well-formed declarations, for the language's parser belongs to another
/// target.
struct ProgramText {
  private var tokens: [String] = []
  private var at = 0

  /// The declarations in a text, all of one package; what is no declaration is skipped.
  static func programs(_ text: String, package: UInt32 = 0) -> [ProgramDescription] {
    var reader = ProgramText()
    reader.tokens = tokens(text)
    var result: [ProgramDescription] = []
    while reader.at < reader.tokens.count {
      if reader.take("program") {
        let names = reader.names()
        result.append(
          ProgramDescription(package: package, names: names, body: reader.body()))
      } else {
        reader.at += 1
      }
    }
    return result
  }

  static func table(_ text: String) -> ProgramTable { ProgramTable(programs(text)) }

  private static func tokens(_ text: String) -> [String] {
    var result: [String] = []
    for line in text.split(separator: "\n") {
      if line.drop(while: { $0 == " " }).hasPrefix("//") { continue }
      var rest = line[...]
      while let first = rest.first {
        if first == " " || first == "\t" {
          rest.removeFirst()
        } else if "{}[],".contains(first) {
          result.append(String(rest.removeFirst()))
        } else if first == "\"" {
          rest.removeFirst()
          var word = "\""
          while let next = rest.popFirst(), next != "\"" { word.append(next) }
          result.append(word)
        } else {
          let word = rest.prefix { !" \t{}[],\"".contains($0) }
          rest = rest.dropFirst(word.count)
          result.append(String(word))
        }
      }
    }
    return result
  }

  private var next: String { at < tokens.count ? tokens[at] : "" }

  private mutating func take(_ word: String) -> Bool {
    guard next == word else { return false }
    at += 1
    return true
  }

  private mutating func name() -> String {
    let word = next
    at += 1
    return word.hasPrefix("\"") ? String(word.dropFirst()) : word
  }

  private mutating func names() -> [String] {
    var names = [name()]
    while take(",") { names.append(name()) }
    // A title.
    if next.hasPrefix("\"") { at += 1 }
    return names
  }

  private mutating func body() -> ProgramDescription.Body {
    var body = ProgramDescription.Body()
    guard take("{") else { return body }
    while at < tokens.count, !take("}") {
      switch next {
      case "flag", "option":
        body.options.append(option())
      case "subcommand":
        at += 1
        let names = names()
        body.subcommands.append(.init(names: names, body: self.body()))
      default:
        guard let effect = effect(.operands) else {
          at += 1
          continue
        }
        if body.options.isEmpty && body.subcommands.isEmpty {
          body.effects.append(effect)
        } else {
          body.options[body.options.count - 1].effects.append(effect)
        }
      }
    }
    return body
  }

  private mutating func option() -> ProgramDescription.Option {
    let isFlag = next == "flag"
    at += 1
    var spellings: [String] = []
    while next.hasPrefix("-") || next.hasPrefix("\"") { spellings.append(name()) }
    var option = ProgramDescription.Option(spellings: spellings, argument: .none)
    if !isFlag, take("takes") {
      let types: [String: ProgramDescription.ArgumentType] = [
        "text": .text, "path": .path, "url": .url, "host": .host, "command": .command,
        "glob": .glob, "placeholder": .placeholder,
      ]
      option.argument = .word(types[name()] ?? .text)
      if take("until") {
        _ = take("[")
        var words: [String] = []
        while !take("]"), at < tokens.count { if !take(",") { words.append(name()) } }
        option.argument = .until(words)
      }
    }
    if take("for") {
      at += 2
      option.replacesFirstOperand = true
    }
    while let effect = effect(.argument) { option.effects.append(effect) }
    return option
  }

  private mutating func yield() -> ProgramDescription.Effect {
    var yield = ProgramDescription.Effect(.yields, .argument)
    yield.isJoined = take("below")
    if take("numbers") {
      yield.isJoined = true
    } else if take("like") {
      yield.target = .after(name())
      if take("without") { yield.isExtended = take("operands") }
    } else if take("named") {
      yield.isExtended = true
    } else if take("operands") {
      yield.target = .operands
    } else if take("other") {
      yield.target = .otherOperands
      _ = take("operands")
    } else if take("cwd") {
      yield.target = .cwd
    } else if take("input") {
      yield.target = .input
    } else {
      _ = take("anything")
    }
    return yield
  }

  private mutating func effect(_ target: ProgramDescription.Target) -> ProgramDescription.Effect? {
    let verbs: [String: CommandEffectFact.Verb] = [
      "reads": .reads, "writes": .writes, "deletes": .deletes, "sends": .sends,
      "connects": .connects, "executes": .executes, "sets": .sets, "escalates": .escalates,
    ]
    if take("yields") { return yield() }
    guard let verb = verbs[next] else { return nil }
    at += 1
    if verb == .escalates { return .init(.escalates, .none) }
    var effect = ProgramDescription.Effect(verb, target)
    switch next {
    case "operands": effect.target = .operands
    case "first": effect.target = .firstOperand
    case "last": effect.target = .lastOperand
    case "other": effect.target = .otherOperands
    case "cwd": effect.target = .cwd
    case "input": effect.target = .input
    case "after":
      at += 1
      effect.target = .after(name())
      return effect
    default: return effect
    }
    at +=
      effect.target == .firstOperand || effect.target == .lastOperand
        || effect.target == .otherOperands ? 2 : 1
    if take("joined") { effect.isJoined = true }
    if take("extended") { effect.isExtended = true }
    return effect
  }
}
