import TractatusSource

extension Parser {
  /// Parses a program, whose word is at hand.
  mutating func parseProgram() -> SyntaxKind {
    bump()
    parseProgramNames("the program's name", after: "program")
    parseTitle()
    parseCommands("the program")
    return .programDeclaration
  }

  /// Parses names or strings with commas between them.
  private mutating func parseProgramNames(_ what: String, after previous: String) {
    repeat {
      if kind == .string {
        let node = open(.name)
        bump()
        close(node)
      } else {
        parseName(what, after: previous)
      }
    } while accept(.comma)
  }

  /// Parses the braces of a program or subcommand.
  private mutating func parseCommands(_ what: String) {
    guard enter() else { return }
    defer { leave() }
    var subcommand: Int?
    parseBody(.program, of: what) { $0.parseProgramPart(after: &subcommand) }
  }

  private mutating func parseProgramPart(after subcommand: inout Int?) {
    switch word {
    case .flag:
      subcommand = nil
      let node = open(.programFlag)
      bump()
      parseSpellings(after: "flag")
      parseEffects()
      close(node)
    case .option:
      subcommand = nil
      parseProgramOption()
    case .subcommand:
      subcommand = index
      let node = open(.programSubcommand)
      bump()
      parseProgramNames("the subcommand's name", after: "subcommand")
      parseCommands("the subcommand")
      close(node)
    default:
      if let subcommand {
        report(
          .unexpectedClause,
          "\(found) after a subcommand could be the program's or the subcommand's",
          at: span(of: index), secondary: [LabelledSpan(span(of: subcommand), "the subcommand")],
          notes: ["what the program itself does stands before its flags, options, subcommands"])
      }
      parseProgramEffect()
    }
  }

  private mutating func parseProgramOption() {
    let node = open(.programOption)
    bump()
    parseSpellings(after: "option")
    expect(.takes, "and what the option takes")
    parseName("a type, such as `path` or `text`,", after: "takes")
    if accept(.until) { parseValue("the word, or a list of words, that ends the argument") }
    if word == .for {
      bump()
      expect(.first, "`operand` after `for`")
      expect(.operand, "after `first`")
    }
    parseEffects()
    close(node)
  }

  /// Parses one or more spellings of an option.
  private mutating func parseSpellings(after previous: String) {
    relexOptions(after: index - 1, as: previous)
    guard kind == .spelling || kind == .string else {
      report(
        .expectedLiteral,
        "expected the spelling of an option, such as `-f` or `--force`, after `\(previous)`, "
          + "found \(found)",
        notes: kind == .word ? ["an option is spelt with its dash, or as a string"] : [])
      missing()
      return
    }
    while kind == .spelling || kind == .string {
      bump()
      if kind == .comma, next.kind == .spelling || next.kind == .string {
        let comma = span(of: index)
        report(
          .expectedToken, "spellings of one option stand beside each other, without `,`",
          at: comma, fixIts: [FixIt("remove `,`", replacing: comma, with: "")])
        skipUnexpectedToken()
      }
    }
  }

  /// Makes dashes and names that touch one option each, after a word that was misspelt, so that
  /// the lexer took the dashes for signs. O(tokens): the run of spellings is replaced at once.
  private mutating func relexOptions(after head: Int, as word: String) {
    guard kind == .minus, text(of: head) != word else { return }
    var options: [Token] = []
    var place = index
    while tokens[place].kind == .minus || tokens[place].kind == .string {
      let first = tokens[place]
      var last = place
      if first.kind == .minus {
        while tokens[last + 1].start == tokens[last].end,
          tokens[last + 1].kind == .minus || tokens[last + 1].kind == .word
        {
          last += 1
        }
        guard tokens[last].kind == .word else { break }
      }
      let kind = first.kind == .minus ? TokenKind.spelling : .string
      options.append(Token(kind: kind, word: nil, start: first.start, end: tokens[last].end))
      place = last + 1
    }
    tokens.replaceSubrange(index..<place, with: options)
  }

  private mutating func parseEffects() {
    while let word, word.isEffect || word == .escalates || word == .yields {
      parseProgramEffect()
    }
  }

  /// Parses `verb [target]`, `escalates` or `yields …`.
  private mutating func parseProgramEffect() {
    let node = open(.programEffect)
    let verb = text(of: index)
    let head = word
    bump()
    switch head {
    case .escalates: break
    case .yields: parseYield()
    default: parseProgramTarget(after: verb)
    }
    close(node)
  }

  /// Parses what stands after `yields`.
  private mutating func parseYield() {
    switch word {
    case .like:
      bump()
      expectString("a pattern of the words that are printed")
      if accept(.without) { expect(.operands, "after `without`") }
    case .below:
      bump()
      parseProgramTarget(after: "below")
    case .cwd, .input, .operands, .first, .last, .other: parseProgramTarget(after: "yields")
    case .anything, .numbers, .named: bump()
    default:
      report(
        .expectedToken,
        "expected what the program prints after `yields`, found \(found)", at: span(of: index),
        notes: [
          "it is `like \"…\"`, `below operands`, `below cwd`, `operands`, `cwd`, `input`, "
            + "`numbers` or `anything`"
        ])
    }
  }

  private mutating func parseProgramTarget(after verb: String) {
    if word == nil, !isFirstOnLine(index),
      let near = misspelt([.operands, .operand, .first, .last, .other, .input, .after])
    {
      correct(to: near)
    }
    switch word {
    case .operands:
      bump()
    case .first, .last:
      let place = text(of: index)
      bump()
      expect(.operand, "after `\(place)`")
    case .other:
      bump()
      expect(.operands, "after `other`")
    case .operand:
      report(
        .expectedToken, "`\(verb)` is followed by `operands`, `first operand` or `last operand`",
        at: span(of: index),
        fixIts: [FixIt("write `operands`", replacing: span(of: index), with: "operands")])
      bump()
    case .cwd, .input:
      bump()
      return
    case .after:
      bump()
      expectString("the text before the target")
      return
    default: return
    }
    _ = accept(.joined)
    _ = accept(.extended)
  }
}
