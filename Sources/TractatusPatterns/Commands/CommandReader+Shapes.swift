import TractatusValues

extension CommandReader {
  /// Whether a word is an operand for sure: it is there, and is no option.
  mutating func certainty(
    of word: CommandText, _ leading: Range<Int>, _ frame: inout CommandFrame
  ) -> Truth {
    if word.flags.contains(.isKnown) { return .true }
    if !leading.isEmpty, !word.flags.contains([.isYield, .mayBeMany]) { return .true }
    guard word.partCount > 0, !word.flags.contains(.isFilled) else { return .true }
    let first = facts.line.parts[Int(word.firstPart)]
    switch first.kind {
    case .variable, .substitution, .unknown:
      return frame.optionsEnded && !word.flags.contains(.mayBeMany) ? .true : .unknown
    case .names, .shape:
      if word.flags.contains(.mayBeMany) { return .unknown }
      return frame.optionsEnded || !mayBeginWithDash(word) ? .true : .unknown
    default: return word.flags.contains([.isYield, .mayBeMany]) ? .unknown : .true
    }
  }

  /// Notes what a word is that a program is declared to print: an option only if it can begin with
  /// a dash.
  mutating func meetShaped(_ word: CommandText, _ frame: inout CommandFrame) {
    frame.isDoubtful = true
    if frame.certainOperands == 0 && !frame.replacesFirst { frame.programIsDoubtful = true }
    if mayBeginWithDash(word) { frame.flags.insert(.hasUnknownOption) }
    guard word.flags.contains(.mayBeMany), !word.flags.contains(.isYield) else { return }
    // Split, it is what stands before with the first word, words, and the last with what follows.
    var printed = -1
    for index in word.parts where facts.line.parts[index].isUnknown {
      guard printed < 0 else {
        frame.flags.insert(.hasUnknownOption)
        return facts.operands.append(
          CommandOperand(text: unknownText(many: true), certainty: .unknown))
      }
      printed = index
    }
    guard printed >= 0 else { return }
    let (first, end) = (word.parts.lowerBound, word.parts.upperBound)
    if printed + 1 < end {
      if printed > first { appendSplit(first..<(printed + 1), word, &frame) }
      appendSplit(printed..<end, word, &frame)
    }
    appendSplit(printed..<(printed + 1), word, &frame)
  }

  /// Notes an operand that a word may be split into.
  private mutating func appendSplit(
    _ parts: Range<Int>, _ word: CommandText, _ frame: inout CommandFrame
  ) {
    var rest = word
    rest.firstPart = UInt32(truncatingIfNeeded: parts.lowerBound)
    rest.partCount = UInt32(truncatingIfNeeded: parts.count)
    rest = settled(rest)
    rest.flags.insert([.hasUnknown, .mayBeMany, .isShaped, .isYield])
    rest.base = frame.base
    if mayBeginWithDash(rest) { frame.flags.insert(.hasUnknownOption) }
    facts.operands.append(CommandOperand(text: rest, certainty: .unknown))
  }

  /// Notes which options a pattern of file names, or what is filled in, may be.
  mutating func meetPattern(_ word: CommandText, _ frame: inout CommandFrame) {
    let isFilled = word.flags.contains([.isFilled, .isShaped])
    guard isFilled || word.flags.contains(.hasGlob), mayBeginWithDash(word) else { return }
    if !isFilled, holdsMark(word) {
      frame.flags.insert(.hasUnknownArgument)
      return
    }
    frame.flags.insert(.hasUnknownOption)
    frame.isDoubtful = true
    if frame.certainOperands == 0 && !frame.replacesFirst { frame.programIsDoubtful = true }
  }

  /// Whether known text of a word has a dot or a slash, so that the word spells no flag.
  private mutating func holdsMark(_ word: CommandText) -> Bool {
    for index in word.parts {
      let part = facts.line.parts[index]
      guard part.kind == .literal else { continue }
      for offset in part.range {
        let byte = facts.line.text[offset]
        if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") { return true }
      }
    }
    return false
  }

  /// What the operands are that an invocation fills into the commands that it runs.
  mutating func filler(_ frame: inout CommandFrame) -> CommandYield? {
    if frame.runsOperands < 0 { return yielded(&frame, ofOutput: false) }
    guard programs.effect(frame.runsOperands).isExtended,
      frame.flags.isDisjoint(with: [.hasUnknownOption, .hasUndeclaredOption, .hasUnknownArgument])
    else { return nil }
    for index in frame.firstOption..<facts.options.count {
      let option = facts.options[index]
      guard option.option >= 0, frame.unseen == 0 else { return nil }
      // An option may say where the operands come from instead, or how they are split.
      for effect in programs.option(Int(option.option)).effects {
        let verb = programs.effect(effect).verb
        if verb == .yields || verb == .reads { return nil }
      }
    }
    return yielded(into: Int(frame.command))
  }

  /// Whether a text may begin with a dash.
  mutating func mayBeginWithDash(_ text: CommandText) -> Bool {
    guard text.partCount > 0 else { return false }
    let part = facts.line.parts[Int(text.firstPart)]
    switch part.kind {
    case .literal: return facts.line.text[part.range.lowerBound] == UInt8(ascii: "-")
    case .home, .userHome, .workingDirectory, .processInput, .processOutput, .below: return false
    case .names, .number: return part.count == 0
    case .folders, .variable, .substitution, .unknown: return true
    case .glob, .shape:
      return Self.globMayBeginWithDash(facts.line.text.span.extracting(part.range))
    }
  }

  /// Whether what a pattern of names matches may begin with a dash.
  static func globMayBeginWithDash(_ pattern: Span<UInt8>) -> Bool {
    switch pattern[0] {
    case UInt8(ascii: "["):
      let end = PathBuilder.bracketEnd(pattern, 0)
      return ByteClass.bracket(pattern.extracting(0..<end)).contains(UInt8(ascii: "-"))
    case UInt8(ascii: "*"), UInt8(ascii: "?"): return true
    default: return false
    }
  }
}
