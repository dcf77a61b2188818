import TractatusValues

extension CommandReader {
  /// Splits the words of an invocation into options and operands.
  mutating func readWords(_ frame: inout CommandFrame) {
    var index = frame.words.lowerBound
    while index < frame.words.upperBound {
      step()
      let word = words[index]
      if !frame.optionsEnded, let next = readOption(index, word, &frame) {
        index = next
      } else {
        index = readOperand(index, word, &frame)
      }
    }
    noteHiddenProgram(&frame)
  }

  /// Notes that the program which runs is not known where no word is left for it, but an option
  /// that nobody declares may have had a word before those for its argument:
  /// `sudo -Zu rm -r /etc`.
  private mutating func noteHiddenProgram(_ frame: inout CommandFrame) {
    let skipped = frame.replacesFirst ? 0 : frame.skippedOperands
    guard frame.runsOperands >= 0, frame.hidingWord >= 0, frame.certainOperands <= skipped,
      frame.hidingWord + 1 < frame.words.upperBound
    else { return }
    note(.unknownProgram, &frame)
  }

  /// The known text that a text begins with, as a range of the line's text.
  mutating func leadingText(_ text: CommandText) -> Range<Int> {
    guard text.partCount > 0 else { return 0..<0 }
    let part = facts.line.parts[Int(text.firstPart)]
    return part.kind == .literal ? part.range : 0..<0
  }

  /// Reads a word that is an option, with its argument; gives the index of the word after, or nil
  /// when it is none.
  private mutating func readOption(
    _ index: Int, _ word: CommandText, _ frame: inout CommandFrame
  ) -> Int? {
    let prefix = leadingText(word)
    guard let first = prefix.first else { return nil }
    let isDash = facts.line.text[first] == UInt8(ascii: "-")
    let isKnown = word.flags.contains(.isKnown)
    if !isDash {
      if let next = readPlus(index, word, prefix, &frame) { return next }
      guard frame.body >= 0 && hasBareSpellings(&frame) else { return nil }
    } else if isKnown && prefix.count == 2 && facts.line.text[first + 1] == UInt8(ascii: "-") {
      frame.optionsEnded = true
      return index + 1
    }
    if frame.body >= 0 {
      if isKnown, let option = option(spelled: prefix, &frame) {
        return take(option, spelling: word, nil, index, .true, &frame)
      }
      if let next = readAssigned(index, word, prefix, &frame) { return next }
    }
    guard isDash, prefix.count > 1 || !isKnown else { return nil }
    if frame.body >= 0 {
      let isLong = prefix.count > 1 && facts.line.text[first + 1] == UInt8(ascii: "-")
      if isLong {
        if let next = readAbbreviated(index, word, prefix, &frame) { return next }
      } else if let next = readBundle(index, word, prefix, &frame) {
        return next
      }
    }
    return readUndeclared(index, word, prefix, &frame)
  }

  /// Whether an option without dashes is declared.
  private mutating func hasBareSpellings(_ frame: inout CommandFrame) -> Bool {
    var at = facts.bodies.count
    while at > frame.firstBody {
      at -= 1
      let traits = traits(of: Int(facts.bodies[at]), &frame)
      if traits & ProgramTable.bareTrait != 0 { return true }
    }
    return false
  }

  /// The option that a range of the line's text spells, in the innermost body that has it.
  private mutating func option(spelled range: Range<Int>, _ frame: inout CommandFrame) -> Int? {
    var at = facts.bodies.count
    while at > frame.firstBody {
      at -= 1
      let found = programs.optionEntry(
        spelled: facts.line.text.span.extracting(range), in: Int(facts.bodies[at]))
      if let found, sees(found.mask, &frame) { return found.option }
    }
    return nil
  }

  /// The option that a letter behind a dash spells.
  private mutating func option(letter byte: UInt8, _ frame: inout CommandFrame) -> Int? {
    letter[1] = byte
    var at = facts.bodies.count
    while at > frame.firstBody {
      at -= 1
      let found = programs.optionEntry(spelled: letter.span, in: Int(facts.bodies[at]))
      if let found, sees(found.mask, &frame) { return found.option }
    }
    return nil
  }

  /// Where a range has its first `=`.
  mutating func equals(in range: Range<Int>) -> Int? {
    for offset in range where facts.line.text[offset] == UInt8(ascii: "=") { return offset }
    return nil
  }

  /// Reads an option with its argument in the same word, after `=`.
  private mutating func readAssigned(
    _ index: Int, _ word: CommandText, _ prefix: Range<Int>, _ frame: inout CommandFrame
  ) -> Int? {
    step(prefix.count / 8)
    guard let equals = equals(in: prefix), equals > prefix.lowerBound else { return nil }
    let found =
      option(spelled: prefix.lowerBound..<(equals + 1), &frame)
      ?? option(spelled: prefix.lowerBound..<equals, &frame)
    guard let found else { return nil }
    let spelling = cut(word, to: equals - prefix.lowerBound)
    let value = cut(word, from: equals + 1 - prefix.lowerBound)
    return take(found, spelling: spelling, value, index, .true, &frame)
  }

  /// Reads letters behind one dash: flags, and at the end perhaps one that takes the rest, or the
  /// next word.
  private mutating func readBundle(
    _ index: Int, _ word: CommandText, _ prefix: Range<Int>, _ frame: inout CommandFrame
  ) -> Int? {
    var certainty = Truth.true
    var isAny = false
    var seen: (UInt64, UInt64) = (0, 0)
    var offset = prefix.lowerBound + 1
    while offset < prefix.upperBound {
      let byte = facts.line.text[offset]
      offset += 1
      step()
      guard byte < 128 else {
        certainty = .unknown
        continue
      }
      let bit: UInt64 = 1 << UInt64(byte & 63)
      if (byte < 64 ? seen.0 : seen.1) & bit != 0 { continue }
      if byte < 64 { seen.0 |= bit } else { seen.1 |= bit }
      guard let found = option(letter: byte, &frame),
        programs.option(found).argument != ProgramTable.untilArgument
      else {
        // What follows may be its argument.
        certainty = .unknown
        continue
      }
      isAny = true
      if programs.option(found).argument == 0 {
        record(found, spelling: word, nil, certainty, &frame)
        continue
      }
      let rest = offset - prefix.lowerBound
      if awaitsCommand(found, offset..<prefix.upperBound, &frame) {
        record(found, spelling: word, nil, certainty, &frame)
        frame.awaitingOption = facts.options.count - 1
        continue
      }
      let isWhole = offset == prefix.upperBound && word.flags.contains(.isKnown)
      let value = isWhole ? nil : cut(word, from: rest)
      if certainty != .true { appendUndeclared(index, word, prefix, &frame) }
      return take(found, spelling: word, value, index, certainty, &frame)
    }
    guard isAny else { return nil }
    if certainty != .true { appendUndeclared(index, word, prefix, &frame) }
    if !word.flags.contains(.isKnown) { meetUnknown(word, &frame) }
    return index + 1
  }

  /// Reads an option that is not declared, or the beginning of one that is not known.
  private mutating func readUndeclared(
    _ index: Int, _ word: CommandText, _ prefix: Range<Int>, _ frame: inout CommandFrame
  ) -> Int {
    var option = CommandOption(option: -1, spelling: word)
    if let equals = equals(in: prefix) {
      option.spelling = cut(word, to: equals - prefix.lowerBound)
      option.value = cut(word, from: equals + 1 - prefix.lowerBound)
      option.hasValue = true
    } else {
      if !word.flags.contains(.isKnown) { meetUnknown(word, &frame) }
      mayHideProgram(index, prefix, &frame)
    }
    facts.options.append(option)
    frame.flags.insert(.hasUndeclaredOption)
    return index + 1
  }

  /// Notes that an option which is not declared may have for its argument the program that runs.
  private func mayHideProgram(_ index: Int, _ prefix: Range<Int>, _ frame: inout CommandFrame) {
    guard frame.certainOperands == 0, frame.hidingWord < 0 else { return }
    if !isNumber(prefix.dropFirst()) { frame.hidingWord = index }
  }

  private func isNumber(_ range: Range<Int>) -> Bool {
    range.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= facts.line.text[$0] }
  }

  /// Adds a word that may be an option which is not declared, besides others.
  private mutating func appendUndeclared(
    _ index: Int, _ word: CommandText, _ prefix: Range<Int>, _ frame: inout CommandFrame
  ) {
    mayHideProgram(index, prefix, &frame)
    facts.options.append(CommandOption(option: -1, spelling: word, certainty: .unknown))
    frame.flags.insert(.hasUndeclaredOption)
  }

  /// Notes that a word may be any option, and if it may be many words any operands.
  mutating func meetUnknown(_ word: CommandText, _ frame: inout CommandFrame) {
    if word.flags.contains(.isShaped) { return meetShaped(word, &frame) }
    frame.flags.insert(.hasUnknownOption)
    frame.isDoubtful = true
    if frame.certainOperands == 0 && !frame.replacesFirst { frame.programIsDoubtful = true }
    appendFurther(word)
  }

  /// Adds what else a word may become: split, it may give words other than the one it looks like.
  private mutating func appendFurther(_ word: CommandText) {
    if word.flags.contains(.mayBeMany) && (word.partCount > 1 || !leadingText(word).isEmpty) {
      facts.operands.append(CommandOperand(text: unknownText(many: true), certainty: .unknown))
    }
  }

  /// Reads the argument of a declared option; gives the index of the word after it.
  mutating func take(
    _ option: Int, spelling: CommandText, _ value: CommandText?, _ index: Int, _ certainty: Truth,
    _ frame: inout CommandFrame
  ) -> Int {
    let declared = programs.option(option)
    if declared.argument == ProgramTable.untilArgument {
      var end = index + 1
      while end < frame.words.upperBound, !ends(words[end], declared.terminators) { end += 1 }
      step(end - index)
      record(option, spelling: spelling, nil, certainty, &frame)
      if executes(declared) {
        children.append(
          CommandChild(kind: .words, words: (index + 1)..<end, hasPlaceholder: true))
      }
      return min(end + 1, frame.words.upperBound)
    }
    guard declared.argument != 0, value == nil else {
      record(option, spelling: spelling, value, certainty, &frame)
      return index + 1
    }
    let isLast = index + 1 >= frame.words.upperBound
    if isLast || isLetter(spelling) && awaitsCommand(option, 0..<0, &frame) {
      record(option, spelling: spelling, nil, certainty, &frame)
      if !isLast { frame.awaitingOption = facts.options.count - 1 }
      return index + 1
    }
    let next = words[index + 1]
    record(option, spelling: spelling, next, certainty, &frame)
    if next.flags.contains(.mayBeMany) {
      if next.flags.contains(.isYield) {
        facts.operands.append(CommandOperand(text: next, certainty: .unknown))
      }
      meetUnknown(next, &frame)
    }
    return index + 2
  }

  /// Whether a shell's option is a flag, as `-c` is, behind which the first operand is a command
  /// line: more options may come before that, or be letters behind it in the same word.
  private mutating func awaitsCommand(
    _ option: Int, _ rest: Range<Int>, _ frame: inout CommandFrame
  ) -> Bool {
    guard frame.traits.contains(.shell), programs.option(option).type == .command else {
      return false
    }
    return rest.allSatisfy { ShellByte.isName(facts.line.text[$0]) }
  }

  /// Whether an option is spelled by a dash and a letter.
  private mutating func isLetter(_ spelling: CommandText) -> Bool {
    facts.knownText(spelling)?.count == 2
  }

  /// Reads the first operand of a shell whose option takes it for a command line; what follows are
  /// that one's own words.
  private mutating func takeAwaited(
    _ index: Int, _ word: CommandText, _ frame: inout CommandFrame
  ) -> Int {
    let option = facts.options[frame.awaitingOption]
    facts.options.remove(at: frame.awaitingOption)
    frame.awaitingOption = -1
    frame.optionsEnded = true
    record(Int(option.option), spelling: option.spelling, word, option.certainty, &frame)
    if word.flags.contains(.mayBeMany) { meetUnknown(word, &frame) }
    return index + 1
  }

  /// Reads a shell's options that a plus turns off: `+e`, and with a word `+o`, `+O`.
  private mutating func readPlus(
    _ index: Int, _ word: CommandText, _ prefix: Range<Int>, _ frame: inout CommandFrame
  ) -> Int? {
    guard frame.traits.contains(.shell), frame.certainOperands == 0, prefix.count > 1,
      facts.line.text[prefix.lowerBound] == UInt8(ascii: "+")
    else { return nil }
    facts.options.append(CommandOption(option: -1, spelling: word))
    frame.flags.insert(.hasUndeclaredOption)
    let last = facts.line.text[prefix.upperBound - 1] | 0x20
    return min(index + (last == UInt8(ascii: "o") ? 2 : 1), frame.words.upperBound)
  }

  private mutating func executes(_ option: ProgramOptionRecord) -> Bool {
    for index in option.effects where programs.effect(index).verb == .executes { return true }
    return false
  }

  private mutating func ends(_ word: CommandText, _ terminators: Range<Int>) -> Bool {
    guard let known = facts.knownText(word) else { return false }
    for index in terminators {
      let text = programs.terminator(index)
      guard text.count == known.count else { continue }
      if equalsTableText(known, text) { return true }
    }
    return false
  }

  /// Whether a range of the line's text has the bytes of one of the table's, which is as long.
  mutating func equalsTableText(_ range: Range<Int>, _ text: Range<Int>) -> Bool {
    for offset in 0..<text.count
    where facts.line.text[range.lowerBound + offset] != programs.texts[text.lowerBound + offset] {
      return false
    }
    return true
  }

  /// Notes a declared option.
  private mutating func record(
    _ option: Int, spelling: CommandText, _ value: CommandText?, _ certainty: Truth,
    _ frame: inout CommandFrame
  ) {
    var entry = CommandOption(
      option: Int32(truncatingIfNeeded: option), spelling: spelling, certainty: certainty)
    let declared = programs.option(option)
    if var value {
      value.base = frame.base
      (entry.value, entry.hasValue) = (value, true)
    }
    facts.options.append(entry)
    if declared.replacesFirstOperand { frame.replacesFirst = true }
    if declared.argument == 0, frame.traits.contains([.executesInput, .takesCommand]),
      let known = facts.knownText(spelling),
      facts.line.text[known].contains(UInt8(ascii: "s")),
      self.option(letter: UInt8(ascii: "s"), &frame) == option
    {
      frame.forcesInput = true
    }
    for index in declared.effects {
      let effect = programs.effect(index)
      guard effect.verb == .executes, sees(effect.mask, &frame) else { continue }
      switch effect.target {
      case .input: frame.forcesInput = true
      case .operands, .otherOperands:
        frame.runsOperands = index
        frame.skippedOperands = effect.target == .operands ? 0 : 1
      default: break
      }
    }
  }

  /// Reads an operand, a subcommand, or the first of the words that the program runs; gives the
  /// index of the word after.
  private mutating func readOperand(
    _ index: Int, _ word: CommandText, _ frame: inout CommandFrame
  ) -> Int {
    var word = word
    word.base = frame.base
    let leading = leadingText(word)
    let isKnown = word.flags.contains(.isKnown)
    if isKnown, frame.body >= 0, entersSubcommand(leading, &frame) { return index + 1 }
    if frame.awaitingOption >= 0 { return takeAwaited(index, word, &frame) }
    if frame.traits.contains(.setsOperands), frame.certainOperands == 0,
      let name = assignedName(leading)
    {
      emit(.sets, .name, cut(word, to: name.count), .true, &frame)
      let value = cut(word, from: name.count + 1)
      facts.effects[facts.effects.count - 1].value = self.value(value, of: name)
      return index + 1
    }
    let certainty = certainty(of: word, leading, &frame)
    facts.operands.append(CommandOperand(text: word, certainty: certainty))
    if leading.isEmpty, !frame.optionsEnded { meetPattern(word, &frame) }
    if certainty == .true {
      frame.certainOperands += 1
      if word.flags.contains(.mayBeMany) {
        if frame.optionsEnded { appendFurther(word) } else { meetUnknown(word, &frame) }
      }
    } else if frame.optionsEnded {
      frame.isDoubtful = true
      appendFurther(word)
      if frame.certainOperands == 0 && !frame.replacesFirst { frame.programIsDoubtful = true }
    } else {
      meetUnknown(word, &frame)
    }
    if frame.runsOperands >= 0 { return runOperands(index, certainty, &frame) }
    // An interpreter takes what follows its program as that program's own.
    if frame.certainOperands == 1, certainty == .true,
      frame.traits.contains([.executesInput, .executesFirst])
    {
      frame.optionsEnded = true
    }
    return index + 1
  }

  /// Enters the subcommand that a word names, if it does.
  private mutating func entersSubcommand(_ text: Range<Int>, _ frame: inout CommandFrame) -> Bool {
    guard traits(of: frame.body, &frame) & ProgramTable.subcommandsTrait != 0 else { return false }
    let found = programs.subcommandEntry(
      named: facts.line.text.span.extracting(text), in: frame.body)
    guard let found, sees(found.mask, &frame) else { return false }
    enter(body: found.body, &frame)
    return true
  }

  /// The variable's name in `NAME=value`.
  mutating func assignedName(_ text: Range<Int>) -> Range<Int>? {
    guard let first = text.first, ShellByte.beginsName(facts.line.text[first]) else { return nil }
    var offset = first
    while offset < text.upperBound, ShellByte.isName(facts.line.text[offset]) { offset += 1 }
    guard offset < text.upperBound, facts.line.text[offset] == UInt8(ascii: "=") else { return nil }
    return first..<offset
  }

  /// Comes to an operand of a program that runs its operands; gives the index of the word after
  /// it, which is the end if that runs.
  private mutating func runOperands(
    _ index: Int, _ certainty: Truth, _ frame: inout CommandFrame
  ) -> Int {
    let skipped = frame.replacesFirst ? 0 : frame.skippedOperands
    guard certainty == .true else {
      // It may be the program.
      note(.unknownProgram, &frame)
      return index + 1
    }
    guard frame.certainOperands == skipped + 1 else { return index + 1 }
    if frame.hidingWord >= 0 { note(.unknownProgram, &frame) }
    let effect = programs.effect(frame.runsOperands)
    let end = frame.words.upperBound
    var child = CommandChild(kind: .words, words: index..<end, isExtended: effect.isExtended)
    if effect.isJoined { child.kind = .joined }
    if effect.isExtended { takePlaceholder(&child, &frame) }
    children.append(child)
    // The words are operands as well, as far as wrappers of wrappers do not repeat them for ever.
    if wordBudget >= end - index {
      for other in (index + 1)..<max(index + 1, end) {
        var operand = words[other]
        operand.base = frame.base
        facts.operands.append(CommandOperand(text: operand, certainty: .true))
      }
      wordBudget -= end - index
    } else {
      note(.tooDeep, &frame)
    }
    return end
  }

  /// Finds the text that stands for operands in what an extended program runs.
  private mutating func takePlaceholder(_ child: inout CommandChild, _ frame: inout CommandFrame) {
    child.hasPlaceholder = true
    for index in frame.firstOption..<facts.options.count {
      let option = facts.options[index]
      guard option.option >= 0, option.hasValue,
        programs.option(Int(option.option)).type == .placeholder
      else { continue }
      child.text = option.value
      child.isExtended = false
      if !option.value.flags.contains(.isKnown) { note(.unknownText, &frame) }
    }
  }
}
