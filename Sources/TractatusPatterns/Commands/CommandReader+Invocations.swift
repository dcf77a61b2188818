import TractatusValues

extension CommandReader {
  /// Reads an invocation: as all packages together declare its program, and where one of them sees
  /// less of what was met, as that one does, too; so that no declaration hides a word from another
  /// package's rules.
  mutating func read(_ initial: CommandFrame) {
    var frame = initial
    let start = base
    readOnce(&frame)
    if frame.unseen == 0 { return }
    facts.invocations[Int(frame.index)].unseen = frame.unseen
    // INVARIANT: no directory is certain that some reading does not follow.
    if base != start { base = CommandBase.unknown }
    let end = base
    for reading in 0..<ProgramTable.readingLimit where frame.unseen >> UInt32(reading) & 1 != 0 {
      readingBudget -= 1
      guard readingBudget >= 0 else { return note(.tooDeep, &frame) }
      var other = initial
      other.reading = reading
      base = start
      readOnce(&other)
    }
    base = end
  }

  /// Reads an invocation in one way.
  private mutating func readOnce(_ frame: inout CommandFrame) {
    guard depth < Self.depthLimit else {
      frame.index = frame.parent
      return note(.tooDeep, &frame)
    }
    depth += 1
    defer { depth -= 1 }
    frame.index = Int32(truncatingIfNeeded: facts.invocations.count)
    frame.firstChild = children.count
    if frame.isOutermost { frame.base = base }
    if frame.flags.contains(.isElsewhere) { frame.base = CommandBase.unknown }
    var invocation = CommandInvocation()
    invocation.command = frame.command
    invocation.parent = frame.parent
    invocation.reading = UInt8(truncatingIfNeeded: frame.reading + 1)
    let (bodies, effects) = (facts.bodies.count, facts.effects.count)
    frame.firstBody = bodies
    frame.firstOption = facts.options.count
    frame.firstOperand = facts.operands.count
    let (options, operands) = (facts.options.count, facts.operands.count)
    let program = name(&invocation, &frame)
    facts.invocations.append(invocation)
    if frame.flags.contains(.nameUnknown) && !frame.flags.contains(.opaque) {
      note(.unknownProgram, &frame)
      frame.flags.insert(.opaque)
    }
    if frame.isOutermost {
      let command = Int(frame.command)
      readSurroundings(of: command, facts.line.commands[command], invocation: frame.index)
    }
    let name = facts.invocations[Int(frame.index)].name
    switch key(Int(name.lowerBound)..<Int(name.upperBound)) {
    case ShellName.source where name.count == 6, ShellName.dot where name.count == 1:
      // What they run is the shell's own language.
      frame.traits.insert(.takesCommand)
    default: break
    }
    if let program {
      enter(body: programs.body(of: program), &frame)
    }
    frame.words = (frame.words.lowerBound + 1)..<frame.words.upperBound
    readWords(&frame)
    let index = Int(frame.index)
    facts.invocations[index].bodies = bodies..<facts.bodies.count
    facts.invocations[index].options = options..<facts.options.count
    facts.invocations[index].operands = operands..<facts.operands.count
    emitEffects(&frame)
    facts.invocations[index].effects = effects..<facts.effects.count
    facts.invocations[index].flags.formUnion(frame.flags)
    followDirectory(&frame)
    if programs.yields, children.count > frame.firstChild { frame.filler = filler(&frame) }
    var child = frame.firstChild
    let end = children.count
    while child < end {
      run(children[child], &frame)
      child += 1
    }
    children.truncate(to: frame.firstChild)
  }

  /// Finds the program's base name, and what is declared of it; gives the program's number.
  mutating func name(
    _ invocation: inout CommandInvocation, _ frame: inout CommandFrame
  ) -> Int? {
    let text = words[frame.words.lowerBound]
    invocation.nameWord = text.word
    guard let known = nameText(text) else {
      frame.flags.insert(.nameUnknown)
      return nil
    }
    var start = known.upperBound
    while start > known.lowerBound, facts.line.text[start - 1] != UInt8(ascii: "/") { start -= 1 }
    step(known.upperBound - start)
    var end = known.upperBound
    if end - start > 4, isExecutable(end) { end -= 4 }
    invocation.name =
      UInt32(truncatingIfNeeded: start)..<UInt32(truncatingIfNeeded: end)
    let span = facts.line.text.span.extracting(start..<end)
    guard let program = programs.program(named: span) else { return nil }
    invocation.program = Int32(truncatingIfNeeded: program)
    return program
  }

  /// Whether the text up to an offset ends in `.exe`, in any case.
  private mutating func isExecutable(_ end: Int) -> Bool {
    let text = facts.line.text.span
    return text[end - 4] == UInt8(ascii: ".") && text[end - 3] | 0x20 == UInt8(ascii: "e")
      && text[end - 2] | 0x20 == UInt8(ascii: "x") && text[end - 1] | 0x20 == UInt8(ascii: "e")
  }

  /// Where the text lies that holds the base name of a program: all of the word, or the text after
  /// a slash at its end.
  private mutating func nameText(_ text: CommandText) -> Range<Int>? {
    if let known = facts.knownText(text) { return known }
    if !text.flags.isDisjoint(with: [.mayBeMany, .hasGlob]) { return nil }
    let last = facts.line.parts[text.parts.upperBound - 1]
    guard last.kind == .literal else {
      // `~` and the like are directories.
      return nil
    }
    var offset = last.range.upperBound
    guard facts.line.text[offset - 1] != UInt8(ascii: "/") else { return nil }
    while offset > last.range.lowerBound {
      if facts.line.text[offset - 1] == UInt8(ascii: "/") { return last.range }
      offset -= 1
    }
    return nil
  }

  /// Goes on by what a body, a program's or a subcommand's, declares.
  mutating func enter(body: Int, _ frame: inout CommandFrame) {
    facts.bodies.append(Int32(truncatingIfNeeded: body))
    frame.body = body
    meetTraits(of: body, &frame)
    let traits = traits(of: body, &frame)
    if traits & ProgramTable.connectsTrait != 0 { frame.traits.insert(.connects) }
    if traits & ProgramTable.commandTrait != 0 { frame.traits.insert(.takesCommand) }
    if traits & ProgramTable.scriptTrait != 0 { frame.traits.insert(.takesScript) }
    for index in programs.effects(of: body) {
      let effect = programs.effect(index)
      guard isSeen(index, &frame) else { continue }
      switch (effect.verb, effect.target) {
      case (.executes, .input): frame.traits.insert(.executesInput)
      case (.executes, .operands), (.executes, .otherOperands):
        frame.runsOperands = index
        frame.skippedOperands = effect.target == .operands ? 0 : 1
      case (.executes, .firstOperand): if !effect.isJoined { frame.traits.insert(.executesFirst) }
      case (.sets, .operands): frame.traits.insert(.setsOperands)
      case (.reads, _), (.writes, _), (.deletes, _), (.sends, _):
        guard effect.target.isOperand else { continue }
        frame.traits.insert(.hasPaths)
        if frame.reading < 0 { frame.unseenPaths |= ~effect.mask & ProgramTable.everyReading }
        continue
      default: continue
      }
      _ = sees(effect.mask, &frame)
    }
    // Only of what connects it matters whether its operands are paths.
    if frame.traits.contains(.connects) { frame.unseen |= frame.unseenPaths }
    step(programs.effects(of: body).count + 1)
  }

  // MARK: Readings

  /// Whether the reading sees what has a mask; notes the others that do not.
  mutating func sees(_ mask: UInt32, _ frame: inout CommandFrame) -> Bool {
    guard frame.reading < 0 else { return mask >> UInt32(frame.reading) & 1 != 0 }
    frame.unseen |= ~mask & ProgramTable.everyReading
    return true
  }

  /// Whether the reading sees an effect.
  mutating func isSeen(_ effect: Int, _ frame: inout CommandFrame) -> Bool {
    frame.reading < 0 || programs.effect(effect).mask >> UInt32(frame.reading) & 1 != 0
  }

  /// The traits of a body in the reading.
  mutating func traits(of body: Int, _ frame: inout CommandFrame) -> UInt32 {
    guard frame.reading >= 0, frame.reading < programs.readingCount(of: body) else {
      return programs.traits(of: body)
    }
    return programs.traits(of: body, reading: frame.reading)
  }

  /// Notes the readings in which a body has other traits; those of spellings and subcommands are
  /// noted when one is met.
  private mutating func meetTraits(of body: Int, _ frame: inout CommandFrame) {
    guard frame.reading < 0 else { return }
    let kinds =
      ProgramTable.connectsTrait | ProgramTable.commandTrait | ProgramTable.scriptTrait
    let all = programs.traits(of: body) & kinds
    for reading in 0..<programs.readingCount(of: body)
    where programs.traits(of: body, reading: reading) & kinds != all {
      frame.unseen |= 1 << UInt32(reading)
    }
  }

  /// Runs what an invocation runs.
  private mutating func run(_ child: CommandChild, _ frame: inout CommandFrame) {
    switch child.kind {
    case .words: runWords(child, &frame)
    case .text: run(text: child.text, child, &frame)
    case .joined: runJoined(child, &frame)
    }
  }

  private mutating func runWords(_ child: CommandChild, _ frame: inout CommandFrame) {
    guard !child.words.isEmpty else { return }
    let first = words.count
    var range = child.words
    let last = words[child.words.upperBound - 1]
    // One word with blanks in it is a command line for what hands it to a shell.
    if range.count == 1, !child.isExtended, let known = facts.knownText(last), isLine(known) {
      return run(text: last, child, &frame)
    }
    if child.isExtended || child.hasPlaceholder {
      wordBudget -= range.count
      guard wordBudget >= 0 else { return note(.tooDeep, &frame) }
      for index in range { words.append(words[index]) }
      if child.hasPlaceholder {
        replacePlaceholders(first..<words.count, by: child.text, frame.filler)
      }
      // Without a place for them, some programs put their operands at the end.
      let isFilled = words[first...].contains { $0.flags.contains(.isFilled) }
      if child.isExtended || frame.runsOperands < 0 && !isFilled && usesOperands(&frame) {
        appendUnknownWord(frame.filler)
      }
      range = first..<words.count
    }
    var flags = childFlags(&frame)
    if frame.runsOperands >= 0, frame.filler == nil, child.hasPlaceholder || child.isExtended {
      flags.insert(.hasUnknownOption)
    }
    read(
      CommandFrame(
        command: frame.command, parent: frame.index, flags: flags, words: range,
        isOutermost: false, isShell: frame.isShell && staysInShell(&frame), base: frame.base))
    words.truncate(to: first)
  }

  /// Whether a program does something with its operands: one that looks through them, and runs a
  /// command for what it finds.
  private mutating func usesOperands(_ frame: inout CommandFrame) -> Bool {
    // What was run before it has bodies of its own.
    for at in facts.invocations[Int(frame.index)].bodies {
      for index in programs.effects(of: Int(facts.bodies[at])) {
        switch programs.effect(index).target {
        case .operands, .firstOperand, .lastOperand, .otherOperands, .cwd: return true
        case .none, .input, .argument, .after: break
        }
      }
    }
    return false
  }

  private mutating func childFlags(_ frame: inout CommandFrame) -> CommandInvocation.Flags {
    var flags: CommandInvocation.Flags = .isNested
    if frame.flags.contains(.isElsewhere) || frame.traits.contains(.connects) {
      flags.insert(.isElsewhere)
    }
    return flags
  }

  /// Whether the program is `command`, `builtin` or `eval`, which run in the shell itself.
  private mutating func staysInShell(_ frame: inout CommandFrame) -> Bool {
    let name = facts.invocations[Int(frame.index)].name
    switch key(Int(name.lowerBound)..<Int(name.upperBound)) {
    case ShellName.command, ShellName.builtin: return name.count == 7
    case ShellName.eval: return name.count == 4
    default: return false
    }
  }

  /// Whether a text is more than the name of a program: it has blanks or operators in it.
  private mutating func isLine(_ text: Range<Int>) -> Bool {
    step(text.count)
    for offset in text where ShellByte.endsWord(facts.line.text[offset]) { return true }
    return false
  }

  private mutating func runJoined(_ child: CommandChild, _ frame: inout CommandFrame) {
    joined.clear()
    for index in child.words {
      step()
      guard let known = facts.knownText(words[index]) else {
        for index in child.words { noteFlows(words[index], &frame) }
        return note(.unknownText, &frame)
      }
      joined.append(known)
    }
    if joined.isEmpty { return }
    parseJoined(child, &frame, words[child.words.lowerBound])
  }

  /// Reads a text as a command line.
  private mutating func run(text: CommandText, _ child: CommandChild, _ frame: inout CommandFrame) {
    guard let known = facts.knownText(text) else {
      noteFlows(text, &frame)
      return note(.unknownText, &frame)
    }
    joined.clear()
    joined.append(known)
    parseJoined(child, &frame, text)
  }

  /// Parses the texts in `joined` as a command line, and reads its commands.
  private mutating func parseJoined(
    _ child: CommandChild, _ frame: inout CommandFrame, _ text: CommandText
  ) {
    let command = facts.line.commands[Int(frame.command)]
    guard Int(command.level) < Self.levelLimit, textBudget > 0, depth < Self.depthLimit,
      !parser.hasAliases
    else { return note(.tooDeep, &frame) }
    let origin = text.word >= 0 ? facts.line.words[Int(text.word)].range : command.range
    let before = facts.line.text.count
    let range = parser.parse(
      joined, of: Int(frame.command), standingFor: origin, in: &facts.line)
    textBudget -= facts.line.text.count - before + 24 * range.count
    let saved = context
    let flags = childFlags(&frame)
    context.parent = frame.index
    context.isElsewhere = flags.contains(.isElsewhere)
    if child.isExtended {
      (context.hasPlaceholder, context.isExtended) = (true, true)
      context.placeholder = 0..<0
      context.level = command.level + 1
    }
    if frame.isShell && staysInShell(&frame) {
      read(commands: range)
      let eval = facts.line.commands[Int(frame.command)]
      if directories.functionsChange { changeBase(to: CommandBase.unknown, eval) }
    } else {
      let outer = base
      base = context.isElsewhere ? CommandBase.unknown : frame.base
      scopes.append(
        CommandScope(
          owner: -1, isIsolated: true, isByRelation: true, stage: command.stage,
          isBackground: false, before: outer, start: base, last: base, listStart: base))
      read(commands: range)
      leaveScope()
      base = outer
    }
    context = saved
  }

  /// Says that what an invocation runs cannot be known.
  mutating func note(_ reason: CommandOpacity.Reason, _ frame: inout CommandFrame) {
    let command = Int(frame.command)
    facts.opacities.append(
      CommandOpacity(
        reason: reason, range: facts.line.commands[command].range, command: frame.command,
        invocation: frame.index))
    // The wrappers around it are of the same command.
    var invocation = Int(frame.index)
    while invocation >= 0, facts.invocations[invocation].command == frame.command,
      !facts.invocations[invocation].flags.contains(.opaque)
    {
      facts.invocations[invocation].flags.insert(.opaque)
      invocation = Int(facts.invocations[invocation].parent)
    }
  }

  /// Says that what the substitutions in a text write is run.
  mutating func noteFlows(_ text: CommandText, _ frame: inout CommandFrame) {
    for index in text.parts {
      let part = facts.line.parts[index]
      guard part.kind == .substitution, !part.range.isEmpty else { continue }
      let sources =
        UInt32(
          truncatingIfNeeded: part.range.lowerBound)..<UInt32(
          truncatingIfNeeded: part.range.upperBound)
      facts.flows.append(CommandFlow(sources: sources, sink: frame.index))
    }
  }
}
