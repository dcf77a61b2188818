import TractatusSemantics
import TractatusValues

/// Reading the words of an invocation: sections 10.2.3 to 10.2.5 of the semantics.
extension NaiveInvocation {
  /// Reads the words after the name as options, subcommands and operands.
  mutating func read() {
    var rest = words[...]
    var allAreOperands = false
    var waiting: Given?
    while let word = rest.popFirst() {
      if !allAreOperands {
        if word.string == "--" {
          allAreOperands = true
          continue
        }
        if let given = options(in: word, &rest) {
          for option in given {
            if option.option != nil, option.isWaiting {
              waiting = option
            } else {
              give(option)
            }
          }
          continue
        }
      }
      if enters(word) { continue }
      if var option = waiting {
        // The first operand is the command line, and all else are that one's own.
        option.argument = word
        option.isOwnWord = true
        give(option)
        waiting = nil
        allAreOperands = true
        continue
      }
      addOperand(word, allAreOperands: allAreOperands)
      if let program = programPlace, certainOperands == program + 1 {
        // What it runs, with all that follows.
        operands += rest.map { Operand(word: $0, certainty: .true) }
        return
      }
      if runsFileOrInput, certainOperands == 1 { allAreOperands = true }
    }
    if let option = waiting { give(option) }
  }

  private var certainOperands: Int { operands.filter { $0.certainty == .true }.count }

  private mutating func give(_ given: Given) {
    options.append(given)
    if given.isOwnWord, let argument = given.argument, argument.mayBeMany {
      meetUnknown(argument)
    }
  }

  /// Notes that a word may be any option, and several words.
  private mutating func meetUnknown(_ word: NaiveWord) {
    hasUnknownOption = true
    if certainOperands == 0, !isReplaced { mayRunOther = true }
    addFurther(word)
  }

  private mutating func addFurther(_ word: NaiveWord) {
    if word.mayBeMany, word.pieces.count > 1 {
      var further = NaiveWord.unknown
      further.mayBeMany = true
      operands.append(Operand(word: further, certainty: .unknown, isFurther: true))
    }
  }

  // MARK: Operands

  /// Enters the subcommand that a word names, if it does.
  private mutating func enters(_ word: NaiveWord) -> Bool {
    guard let text = word.string else { return false }
    let entered = levels.last?.subcommands.first { subcommand in
      subcommand.names.contains { NaiveProgram.same($0, text) }
    }
    guard let entered else { return false }
    levels.append(entered.program)
    path.append(entered)
    return true
  }

  private mutating func addOperand(_ word: NaiveWord, allAreOperands: Bool) {
    if setsOperands, certainOperands == 0, let name = word.assigned {
      var effect = NaiveEffect(verb: .sets, target: .text(NaiveWord(name)), certainty: .true)
      effect.value = word.dropping(name.unicodeScalars.count + 1)
      effect.valueBase = base
      effects.append(effect)
      return
    }
    if !allAreOperands, word.isPatternOfOptions {
      if word.holdsMark {
        hasUnknownArgument = true
      } else {
        hasUnknownOption = true
        if certainOperands == 0, !isReplaced { mayRunOther = true }
      }
    }
    let isUnsure = word.mayBeginWithDash && (!allAreOperands || word.mayBeMany)
    operands.append(Operand(word: word, certainty: isUnsure ? .unknown : .true))
    if allAreOperands {
      if isUnsure, certainOperands == 0, !isReplaced { mayRunOther = true }
      addFurther(word)
    } else if isUnsure || word.mayBeMany {
      meetUnknown(word)
    }
  }

  /// The effects of the levels entered and the options given.
  var activeEffects: [ProgramEffect] {
    levels.flatMap { $0.effects.map(\.effect) }
      + options.flatMap { $0.option?.effects.map(\.effect) ?? [] }
  }

  /// Whether an option stands in the place of the first operand.
  var isReplaced: Bool { options.contains { $0.option?.replacesFirstOperand ?? false } }

  private var setsOperands: Bool {
    levels.contains {
      $0.effects.contains { $0.effect.effect == .sets && $0.effect.target == .operands }
    }
  }

  /// How many operands stand before the program that it runs; nil where it runs none.
  private var programPlace: Int? {
    let run = activeEffects.last {
      $0.effect == .executes && [.operands, .otherOperands].contains($0.target)
    }
    return run.map { $0.target == .operands || isReplaced ? 0 : 1 }
  }

  private var runsFileOrInput: Bool {
    let effects = levels.flatMap { $0.effects.map(\.effect) }.filter { $0.effect == .executes }
    return effects.contains { $0.target == .firstOperand && !$0.isJoined }
      && effects.contains { $0.target == .input }
  }

  /// Whether it runs its input, and command lines: as shells do.
  var isShell: Bool {
    levels.contains { $0.effects.contains { $0.effect.target == .input } }
      && levels.contains { $0.takesLines }
  }

  // MARK: Options

  /// The option of a spelling, of the innermost level that has it.
  private func option(_ spelling: String) -> NaiveProgram.Option? {
    for level in levels.reversed() {
      let found = level.options.first { option in
        option.spellings.contains { NaiveProgram.same($0, spelling) }
      }
      if let found { return found }
    }
    return nil
  }

  /// Whether a word that has an argument of its own may give an option.
  func mayHaveArgument(_ spelling: String) -> Bool {
    guard hasUnknownArgument else { return false }
    return option(spelling)?.takesArgument ?? (spelling.utf8.count > 2)
  }

  private var spellings: [String] { levels.flatMap { $0.options.flatMap(\.spellings) } }

  /// The options that a word gives, with their arguments from the words that follow; nil where the
  /// word is an operand, or may be one.
  private mutating func options(
    in word: NaiveWord, _ rest: inout ArraySlice<NaiveWord>
  ) -> [Given]? {
    if let text = word.string, let option = option(text) {
      return [withArgument(Given(option: option, word: word, certainty: .true), &rest)]
    }
    let known = NaiveText.string(word.beginning)
    // `of=x`, `--x=v`
    if let sign = known.firstIndex(of: "="), sign != known.startIndex {
      let name = String(known[..<sign])
      if let option = option(name + "=") ?? (known.hasPrefix("-") ? option(name) : nil) {
        let argument = word.dropping(name.unicodeScalars.count + 1)
        return [Given(option: option, word: word, argument: argument, certainty: .true)]
      }
    }
    guard known.hasPrefix("-"), word.string != "-" else { return nil }
    if known.hasPrefix("--") { return long(word, known, &rest) }
    return bundle(word, known, &rest)
  }

  private func withArgument(_ given: Given, _ rest: inout ArraySlice<NaiveWord>) -> Given {
    var given = given
    switch given.option?.argument {
    case nil, .some(.none): break
    case .word(let type):
      if type == .command, isShell, given.word.string?.utf8.count == 2 {
        given.isWaiting = true
        break
      }
      given.argument = rest.popFirst()
      given.isOwnWord = given.argument != nil
    case .until(let ends):
      while let word = rest.popFirst() {
        if let text = word.string, ends.contains(where: { NaiveProgram.same($0, text) }) { break }
        given.command.append(word)
      }
    }
    return given
  }

  private mutating func undeclared(_ word: NaiveWord, _ certainty: Truth = .true) -> Given {
    hasUndeclaredOption = hasUndeclaredOption || program != nil
    var given = Given(option: nil, word: word, certainty: certainty)
    let known = NaiveText.string(word.beginning)
    if certainty == .true, let sign = known.firstIndex(of: "=") {
      let count = known[..<sign].unicodeScalars.count
      given.argument = word.dropping(count + 1)
      given.word = NaiveWord(Array(word.beginning.prefix(count)))
    } else if word.string == nil {
      meetUnknown(word)
    }
    return given
  }

  /// The beginning of a long option, perhaps with `=v`.
  private mutating func long(
    _ word: NaiveWord, _ known: String, _ rest: inout ArraySlice<NaiveWord>
  ) -> [Given] {
    var name = known
    var argument: NaiveWord?
    if let sign = known.firstIndex(of: "=") {
      name = String(known[..<sign])
      argument = word.dropping(name.unicodeScalars.count + 1)
    } else if word.string == nil {
      return [undeclared(word)]
    }
    var found: [NaiveProgram.Option] = []
    if name.count >= 4 {
      var seen: Set<[String]> = []
      for spelling in spellings where spelling.hasPrefix(name) {
        if let option = option(spelling), seen.insert(option.spellings).inserted {
          found.append(option)
        }
      }
    }
    guard !found.isEmpty else { return [undeclared(word)] }
    if found.count == 1 {
      var given = Given(option: found[0], word: word, argument: argument, certainty: .true)
      if argument == nil { given = withArgument(given, &rest) }
      return [given]
    }
    // What follows is the argument of those that take one, and an operand beside the others.
    let takers = argument == nil ? found.filter { $0.takesArgument && !$0.isUntil } : []
    let next = takers.isEmpty ? nil : rest.popFirst()
    if let next {
      if takers.count < found.count {
        operands.append(Operand(word: next, certainty: .unknown))
      }
      if next.mayBeMany { meetUnknown(next) }
    }
    return found.map { option in
      let takes = option.takesArgument && !option.isUntil
      return Given(
        option: option, word: word, argument: argument ?? (takes ? next : nil),
        certainty: .unknown)
    }
  }

  /// Letters after one dash.
  private mutating func bundle(
    _ word: NaiveWord, _ known: String, _ rest: inout ArraySlice<NaiveWord>
  ) -> [Given] {
    var given: [Given] = []
    var isSure = true
    var seen: Set<Unicode.Scalar> = []
    for (place, letter) in known.unicodeScalars.enumerated().dropFirst()
    where seen.insert(letter).inserted {
      guard let option = option("-" + String(letter)), !option.isUntil else {
        // What follows may be its argument.
        isSure = false
        continue
      }
      var one = Given(option: option, word: word, certainty: isSure ? .true : .unknown)
      guard option.takesArgument else {
        given.append(one)
        continue
      }
      let after = word.dropping(place + 1)
      if isShell, option.argument == .word(.command), after.areLetters {
        one.isWaiting = true
        given.append(one)
        continue
      }
      if after.pieces.isEmpty {
        one.argument = rest.popFirst()
        one.isOwnWord = one.argument != nil
      } else {
        one.argument = after
      }
      given.append(one)
      if !isSure { given.append(undeclared(word, .unknown)) }
      return given
    }
    if given.isEmpty { return [undeclared(word)] }
    if !isSure { given.append(undeclaredPart(word)) }
    if word.string == nil { meetUnknown(word) }
    return given
  }

  private mutating func undeclaredPart(_ word: NaiveWord) -> Given {
    hasUndeclaredOption = hasUndeclaredOption || program != nil
    return Given(option: nil, word: word, certainty: .unknown)
  }
}

extension NaiveWord {
  /// Whether all that is known of the word are letters, digits and lines.
  fileprivate var areLetters: Bool {
    pieces.allSatisfy { piece in
      guard case .known(let text) = piece else { return true }
      return text.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0))
      }
    }
  }

  /// Whether a pattern of file names at its front may give a dash.
  fileprivate var isPatternOfOptions: Bool {
    guard case .glob(let pattern)? = pieces.first else { return false }
    switch pattern.first {
    case "*", "?": return true
    case "[": return NaiveGlob(pattern, isPath: false).matches(["-"])
    default: return false
    }
  }

  /// Whether the word would be an option, whatever takes it.
  func mayBe(_ spelling: String) -> Truth {
    if let text = string {
      return NaiveInvocation.spells(self, spelling) | Truth(text.hasPrefix(spelling + "="))
    }
    if isPatternOfOptions, holdsMark { return spelling.utf8.count > 2 ? .unknown : .false }
    return mayBeginWithDash || isPatternOfOptions || beginning.first == "-" ? .unknown : .false
  }

  /// Whether a dot or a slash is spelt in it, so that it is no flag.
  fileprivate var holdsMark: Bool {
    pieces.contains { piece in
      if case .known(let text) = piece { text.contains(".") || text.contains("/") } else { false }
    }
  }

  /// The name in `NAME=value`.
  var assigned: String? {
    let known = NaiveText.string(beginning)
    guard let sign = known.firstIndex(of: "="), sign != known.startIndex else { return nil }
    let name = known[..<sign]
    let isName = name.utf8.allSatisfy { byte in
      (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || (0x30...0x39).contains(byte) || byte == 0x5F
    }
    return isName && !(0x30...0x39).contains(name.utf8.first ?? 0x30) ? String(name) : nil
  }
}
