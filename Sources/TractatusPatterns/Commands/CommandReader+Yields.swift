import TractatusValues

/// What the words are known to be that a command prints: pieces of the line's.
struct CommandYield: Sendable {
  /// The pieces of each word, as indices of the line's `parts`.
  var parts: Range<Int>
}

extension CommandReader {
  /// The most commands that one may look up, one through the other, for what it reads.
  private static var passLimit: Int { 8 }

  /// What the words are that commands print, a range of `line.commands` with all inside them; nil
  /// where that is not declared.
  ///
  /// Linear in the commands; each substitution is looked at once.
  mutating func yielded(by commands: Range<Int>) -> CommandYield? {
    guard let first = commands.first else { return nil }
    while yieldMemory.count < facts.line.commands.count { yieldMemory.append(Self.yieldsUnknown) }
    if yieldMemory[first].count >= 0 { return Self.yield(yieldMemory[first]) }
    yieldMemory[first].count = 0
    guard let last = lastOfPipeline(commands) else { return nil }
    let result = yielded(by: last, passes: 0)
    if let result {
      yieldMemory[first] = (Int32(clamping: result.parts.lowerBound), Int32(result.parts.count))
    }
    return result
  }

  /// Marks a command that was not looked at yet.
  private static var yieldsUnknown: (first: Int32, count: Int32) { (0, -1) }

  private static func yield(_ entry: (first: Int32, count: Int32)) -> CommandYield? {
    entry.count == 0 ? nil : CommandYield(parts: Int(entry.first)..<Int(entry.first + entry.count))
  }

  /// The last command of a substitution that is one pipeline of simple commands.
  private mutating func lastOfPipeline(_ commands: Range<Int>) -> Int? {
    var last = -1
    for index in commands {
      step()
      let command = facts.line.commands[index]
      guard Int(command.parent) < commands.lowerBound else { continue }
      if last >= 0, !follows(command, facts.line.commands[last]) { return nil }
      last = index
    }
    return last < 0 ? nil : last
  }

  /// Whether a command is the next stage of another's pipeline.
  private mutating func follows(_ command: ShellCommand, _ other: ShellCommand) -> Bool {
    guard command.stage >= 0, other.stage >= 0, command.parent == other.parent else { return false }
    let (stage, before) = (
      facts.line.stages[Int(command.stage)], facts.line.stages[Int(other.stage)]
    )
    return stage.pipeline == before.pipeline && stage.place == before.place + 1
      && !before.sendsErrors
  }

  /// The simple command whose output a command reads down a pipe.
  mutating func upstream(of index: Int) -> Int? {
    let command = facts.line.commands[index]
    guard command.stage >= 0 else { return nil }
    var before = index - 1
    while before >= 0, before > Int(command.parent) {
      step()
      let other = facts.line.commands[before]
      if other.parent == command.parent { return follows(command, other) ? before : nil }
      before -= 1
    }
    return nil
  }

  /// What the words are that a command finds in its standard input.
  mutating func yielded(into index: Int, passes: Int = 0) -> CommandYield? {
    guard programs.yields, case .piped = input(of: index, 0), let source = upstream(of: index)
    else { return nil }
    for redirection in facts.line.commands[index].redirections
    where facts.line.redirections[redirection].descriptor == 0 { return nil }
    return yielded(by: source, passes: passes + 1)
  }

  /// What the words are that a simple command prints.
  private mutating func yielded(by index: Int, passes: Int) -> CommandYield? {
    let command = facts.line.commands[index]
    guard command.kind == .simple, command.wordCount > 0, command.assignmentCount == 0,
      command.flags.isDisjoint(with: [.opaque, .mayCallFunction, .mayBeAlias]),
      passes <= Self.passLimit, depth < 16
    else { return nil }
    // Its errors may go where what it prints does.
    for redirection in command.redirections
    where facts.line.redirections[redirection].operation == .duplicateOutput { return nil }
    depth += 1
    defer { depth -= 1 }
    let mark = yieldMark
    var frame = CommandFrame(
      command: Int32(truncatingIfNeeded: index), parent: -1, flags: [],
      words: words.count..<words.count, isOutermost: false, isShell: false)
    let first = words.count
    for word in command.words { words.append(text(ofWord: word)) }
    frame.words = first..<words.count
    frame.firstChild = children.count
    frame.firstBody = facts.bodies.count
    frame.firstOption = facts.options.count
    frame.firstOperand = facts.operands.count
    var invocation = CommandInvocation()
    var result: CommandYield?
    if let program = name(&invocation, &frame) {
      enter(body: programs.body(of: program), &frame)
      frame.words = (first + 1)..<words.count
      readWords(&frame)
      if facts.opacities.count == mark.opacities, printsWords(invocation, &frame) {
        result = yielded(&frame, passes: passes, ofOutput: true)
      }
    }
    restore(mark)
    return result
  }

  /// Whether a program is not `printf`, or its format prints each operand as a word.
  private mutating func printsWords(
    _ invocation: CommandInvocation, _ frame: inout CommandFrame
  ) -> Bool {
    let name = Int(invocation.name.lowerBound)..<Int(invocation.name.upperBound)
    guard isText(name, "printf") else { return true }
    guard frame.firstOperand < facts.operands.count,
      let format = facts.knownText(facts.operands[frame.firstOperand].text)
    else { return false }
    return isText(format, "%s\\n") || isText(format, "%s\\0") || isText(format, "%s ")
  }

  /// What the words are that a program prints whose words have been read.
  ///
  /// - Parameter ofOutput: whether of its output, and not what it fills into commands that it runs.
  mutating func yielded(
    _ frame: inout CommandFrame, passes: Int = 0, ofOutput: Bool
  ) -> CommandYield? {
    // To a package that does not see all that was met, the program may print something else.
    guard frame.body >= 0, frame.unseen == 0,
      frame.flags.isDisjoint(with: [
        .hasUnknownOption, .hasUndeclaredOption, .hasUnknownArgument, .nameUnknown, .mayBeOther,
      ])
    else { return nil }
    // Some programs print what is no option of theirs as it is.
    for index in frame.firstOperand..<facts.operands.count
    where mayBeginWithDash(facts.operands[index].text) { return nil }
    var union = YieldUnion()
    var isChanged = false
    var name = -1
    for index in frame.firstOption..<facts.options.count {
      let option = facts.options[index]
      guard option.option >= 0 else { return nil }
      let declared = programs.option(Int(option.option))
      if !ofOutput, declared.argument == ProgramTable.untilArgument { continue }
      for effect in declared.effects
      where programs.effect(effect).verb == .yields && isSeen(effect, &frame) {
        if programs.effect(effect).isName {
          name = name == -1 ? index : -2
          continue
        }
        guard option.certainty == .true,
          add(programs.effect(effect), &frame, passes, to: &union)
        else { return nil }
        isChanged = true
      }
    }
    if isChanged { return settle(union) }
    if name >= 0, let named = named(name, &frame) { return named }
    for index in programs.effects(of: frame.body)
    where programs.effect(index).verb == .yields && isSeen(index, &frame) {
      guard add(programs.effect(index), &frame, passes, to: &union) else { return nil }
    }
    return settle(union)
  }

  // MARK: Alternatives

  /// What several declarations, or several operands, say together of the words.
  private struct YieldUnion {
    /// The pieces of the first.
    var parts = 0..<0
    var count = 0
    /// Whether each is names below the present directory.
    var areNames = true
    /// Whether none begins with a dash.
    var areOperands = true
  }

  /// Adds what one declaration says; false where that is nothing.
  private mutating func add(
    _ effect: ProgramEffectRecord, _ frame: inout CommandFrame, _ passes: Int,
    to union: inout YieldUnion
  ) -> Bool {
    let operands = frame.firstOperand..<facts.operands.count
    if effect.isExtended, !operands.isEmpty { return true }
    switch effect.target {
    case .after: return add(pattern: effect.text, to: &union)
    case .cwd where effect.isJoined:
      addPiece(ShellPart(kind: .names, isQuoted: true), to: &union)
      return true
    case .cwd:
      guard !directories.changes else { return false }
      addPiece(ShellPart(kind: .workingDirectory, isQuoted: true), to: &union)
      union.areNames = false
      return true
    case .operands, .otherOperands, .firstOperand, .lastOperand:
      return add(operands, effect, &frame, to: &union)
    case .input:
      guard readsInput(operands, &frame),
        let source = yielded(into: Int(frame.command), passes: passes)
      else { return false }
      add(source.parts, to: &union)
      return true
    case .argument where effect.isJoined:
      // A length of 1 says that there is no sign.
      addPiece(ShellPart(kind: .number, isQuoted: true, count: 1), to: &union)
      union.areNames = false
      return true
    case .argument, .none: return false
    }
  }

  /// Whether a program has no operand that it reads instead of its input.
  private mutating func readsInput(_ operands: Range<Int>, _ frame: inout CommandFrame) -> Bool {
    // What goes down into directories reads those.
    if isRecursive(&frame) || mayBeRecursive(&frame) { return false }
    var skipped = 0
    for index in programs.effects(of: frame.body) {
      let effect = programs.effect(index)
      if effect.verb == .reads, effect.target == .otherOperands, !frame.replacesFirst {
        skipped = 1
      }
    }
    return operands.count <= skipped
  }

  /// Adds words of a pattern.
  private mutating func add(pattern: Range<Int>, to union: inout YieldUnion) -> Bool {
    textBudget -= pattern.count
    guard textBudget > 0, !pattern.isEmpty else { return false }
    let start = facts.line.text.count
    for offset in pattern { facts.line.text.append(programs.texts[offset]) }
    var literal = 0
    while literal < pattern.count, !isPattern(facts.line.text[start + literal]) { literal += 1 }
    let first = facts.line.parts.count
    if literal > 0 { appendPiece(.literal, start, literal) }
    if literal < pattern.count { appendPiece(.shape, start + literal, pattern.count - literal) }
    union.areNames = false
    add(first..<facts.line.parts.count, to: &union)
    return true
  }

  private mutating func isPattern(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
  }

  mutating func appendPiece(_ kind: ShellPart.Kind, _ start: Int, _ count: Int) {
    facts.line.parts.append(
      ShellPart(
        kind: kind, isQuoted: true, start: UInt32(truncatingIfNeeded: start),
        count: UInt32(truncatingIfNeeded: count)))
  }

  /// Adds operands, or what lies below them.
  private mutating func add(
    _ operands: Range<Int>, _ effect: ProgramEffectRecord, _ frame: inout CommandFrame,
    to union: inout YieldUnion
  ) -> Bool {
    var range = operands
    switch effect.target {
    case .firstOperand: range = range.prefix(1)
    case .lastOperand: range = range.suffix(1)
    case .otherOperands where !frame.replacesFirst: range = range.dropFirst()
    default: break
    }
    if range.isEmpty {
      guard effect.isJoined else { return true }
      addPiece(ShellPart(kind: .names, isQuoted: true), to: &union)
      return true
    }
    for index in range {
      step()
      let operand = facts.operands[index]
      guard operand.certainty == .true else { return false }
      let first = facts.line.parts.count
      textBudget -= Int(operand.text.partCount)
      guard textBudget > 0 else { return false }
      for at in operand.text.parts {
        let part = facts.line.parts[at]
        if part.kind == .literal, isSplit(part.range, isBelow: effect.isJoined) { return false }
        switch part.kind {
        case .literal, .glob, .home, .userHome, .workingDirectory: facts.line.parts.append(part)
        default: return false
        }
      }
      guard operand.text.partCount > 0, !mayBeginWithDash(operand.text) else { return false }
      if !isPlainRelative(operand.text) { union.areNames = false }
      if effect.isJoined { facts.line.parts.append(ShellPart(kind: .below, isQuoted: true)) }
      add(first..<facts.line.parts.count, to: &union)
    }
    return true
  }

  /// Whether a text would be split, or changed, where it is printed and taken for words again.
  private mutating func isSplit(_ range: Range<Int>, isBelow: Bool) -> Bool {
    for offset in range {
      let byte = facts.line.text[offset]
      if byte <= 0x20 || byte == UInt8(ascii: "\\") || !isBelow && isPattern(byte) { return true }
    }
    return false
  }

  /// Whether a text is a relative path without `..`.
  private mutating func isPlainRelative(_ text: CommandText) -> Bool {
    let first = facts.line.parts[Int(text.firstPart)]
    if first.kind != .literal && first.kind != .glob { return false }
    if first.kind == .literal, let byte = first.range.first.map({ facts.line.text[$0] }),
      byte == UInt8(ascii: "/") || byte == UInt8(ascii: "~")
    {
      return false
    }
    var dots = 0
    for index in text.parts {
      let part = facts.line.parts[index]
      guard part.kind == .literal || part.kind == .glob else { return false }
      for offset in part.range {
        dots = facts.line.text[offset] == UInt8(ascii: ".") ? dots + 1 : 0
        if dots > 1 { return false }
      }
    }
    return true
  }

  private mutating func addPiece(_ part: ShellPart, to union: inout YieldUnion) {
    facts.line.parts.append(part)
    add((facts.line.parts.count - 1)..<facts.line.parts.count, to: &union)
  }

  private mutating func add(_ parts: Range<Int>, to union: inout YieldUnion) {
    var text = CommandText()
    text.firstPart = UInt32(truncatingIfNeeded: parts.lowerBound)
    text.partCount = UInt32(truncatingIfNeeded: parts.count)
    if union.count == 0 { union.parts = parts }
    union.count += 1
    if mayBeginWithDash(text) { union.areOperands = false }
    let isNames = facts.line.parts[parts.lowerBound].kind == .names && parts.count == 1
    if !isNames, !isPlainRelative(text.before(.below, facts.line)) { union.areNames = false }
  }

  /// What all that was added has in common.
  private mutating func settle(_ union: YieldUnion) -> CommandYield? {
    if union.count == 0 { return nil }
    if union.count == 1 { return CommandYield(parts: union.parts) }
    guard union.areNames else { return nil }
    var part = ShellPart(kind: .names, isQuoted: true)
    if union.areOperands { part.count = 1 }
    facts.line.parts.append(part)
    return CommandYield(parts: (facts.line.parts.count - 1)..<facts.line.parts.count)
  }

  // MARK: Words

  /// Puts what programs are declared to print in the place of substitutions in a word.
  mutating func shape(_ text: CommandText) -> CommandText {
    guard programs.yields, text.flags.contains(.hasUnknown),
      text.parts.contains(where: { facts.line.parts[$0].kind == .substitution })
    else { return text }
    if text.partCount == 1 { return shapeWhole(text) }
    let source = text.parts
    textBudget -= source.count
    guard textBudget > 0 else { return text }
    // What is printed is found first, for that adds pieces of its own.
    for index in source where facts.line.parts[index].kind == .substitution {
      _ = yielded(by: facts.line.parts[index].range)
    }
    let first = facts.line.parts.count
    var isShaped = true
    for index in source {
      var part = facts.line.parts[index]
      if part.kind == .substitution, let yield = yielded(by: part.range) {
        // It may print nothing, so that what is before and behind it are the word.
        let inner = facts.line.parts[yield.parts.lowerBound]
        let isPlain =
          yield.parts.count == 1
          && (index > source.lowerBound
            && (!endsName(first) || inner.kind == .shape && endsAtSlash(first))
            || index == source.lowerBound && inner.kind == .number && beginsPlainly(index + 1))
        if inner.kind == .workingDirectory
          || isPlain && (inner.kind == .shape || inner.kind == .number)
        {
          part = inner
          part.isQuoted = false
        }
      }
      if part.isUnknown, part.kind != .shape, part.kind != .number { isShaped = false }
      facts.line.parts.append(part)
    }
    var result = text
    result.firstPart = UInt32(truncatingIfNeeded: first)
    result.partCount = UInt32(truncatingIfNeeded: facts.line.parts.count - first)
    result = settled(result)
    if text.flags.contains(.mayBeMany), result.flags.contains(.hasUnknown) {
      result.flags.insert(.mayBeMany)
    }
    if isShaped { result.flags.insert(.isShaped) }
    return result
  }

  /// Whether a piece is known text that begins neither an option nor a path from elsewhere.
  private mutating func beginsPlainly(_ index: Int) -> Bool {
    let part = facts.line.parts[index]
    guard part.kind == .literal, let first = part.range.first else { return false }
    switch facts.line.text[first] {
    case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "~"), UInt8(ascii: "."): return false
    default: return true
    }
  }

  /// Whether the pieces from one on end with a slash.
  private mutating func endsAtSlash(_ first: Int) -> Bool {
    guard let last = facts.line.parts.last, facts.line.parts.count > first, last.kind == .literal
    else { return false }
    return facts.line.text[last.range.upperBound - 1] == UInt8(ascii: "/")
  }

  /// Whether the pieces from one on end where a name of a file does.
  private mutating func endsName(_ first: Int) -> Bool {
    guard let last = facts.line.parts.last, facts.line.parts.count > first,
      last.kind == .literal
    else { return true }
    return facts.line.text[last.range.upperBound - 1] == UInt8(ascii: "/")
  }

  /// Puts what a program is declared to print in the place of a substitution that is all of a word.
  private mutating func shapeWhole(_ text: CommandText) -> CommandText {
    let part = facts.line.parts[Int(text.firstPart)]
    guard let yield = yielded(by: part.range) else { return text }
    // Between quotes several words are one, which begins as the first of them does.
    let isOne = part.isQuoted || !text.flags.contains(.mayBeMany)
    var parts = yield.parts
    if isOne, facts.line.parts[parts.lowerBound].kind == .number {
      // Between quotes several numbers are digits and line ends.
      parts = facts.line.parts.count..<(facts.line.parts.count + 1)
      let start = facts.line.text.count
      facts.line.text += Self.digits
      appendPiece(.shape, start, Self.digits.count)
    } else if isOne, let pattern = repeated(yield) {
      // Several are such bytes and line ends.
      parts = facts.line.parts.count..<(facts.line.parts.count + 1)
      let start = facts.line.text.count
      for offset in pattern { facts.line.text.append(facts.line.text[offset]) }
      facts.line.text[facts.line.text.count - 1] = UInt8(ascii: "*")
      appendPiece(.shape, start, pattern.count)
    } else if isOne, !isJoinable(yield) {
      return text
    }
    var result = text
    result.firstPart = UInt32(truncatingIfNeeded: parts.lowerBound)
    result.partCount = UInt32(truncatingIfNeeded: parts.count)
    result = settled(result)
    result.flags.insert(.isShaped)
    if !isOne { result.flags.insert([.mayBeMany, .hasUnknown, .isYield]) }
    return result
  }

  private static let digits = Array("[0-9]*".utf8)

  /// The pattern of words that are all bytes of one class, `[…]+`.
  private mutating func repeated(_ yield: CommandYield) -> Range<Int>? {
    let part = facts.line.parts[yield.parts.lowerBound]
    guard yield.parts.count == 1, part.kind == .shape, let last = part.range.last,
      facts.line.text[last] == UInt8(ascii: "+")
    else { return nil }
    return part.range
  }

  /// Whether several words that are printed are, joined, what one of them is.
  private mutating func isJoinable(_ yield: CommandYield) -> Bool {
    switch facts.line.parts[yield.parts.upperBound - 1].kind {
    case .shape, .names, .workingDirectory: yield.parts.count <= 2
    case .literal: yield.parts.count == 1
    default: false
    }
  }
}

extension CommandText {
  /// The text up to a piece of a kind, if that is its last.
  fileprivate func before(_ kind: ShellPart.Kind, _ line: borrowing ShellLine) -> CommandText {
    var text = self
    if partCount > 1, line.parts[parts.upperBound - 1].kind == kind { text.partCount -= 1 }
    return text
  }
}
