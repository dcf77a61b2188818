import TractatusValues

/// What a command reads from one of its descriptors.
enum CommandInput {
  /// Whatever the shell itself reads.
  case inherited
  /// The text of a here-document or here-string: a word of the line.
  case text(Int)
  /// A file: a word of the line.
  case file(Int, base: Int32)
  /// What comes down a pipe, or from a descriptor that is not followed.
  case piped
}

extension CommandReader {
  /// Follows a program that runs what it reads, if it has no operand that it runs instead: of one
  /// that runs none of its operands (an editor, a debugger, a database's client), operands are what
  /// its input works on.
  mutating func readInput(_ frame: inout CommandFrame) {
    guard frame.traits.contains(.executesInput) || frame.forcesInput else { return }
    if frame.programIsDoubtful { note(.unknownText, &frame) }
    let runsOperand = frame.runsOperands >= 0 || frame.traits.contains(.executesFirst)
    let isTold = frame.replacesFirst || runsOperand && frame.certainOperands > 0
    guard frame.forcesInput || !isTold else { return }
    readInput(&frame, descriptor: 0)
  }

  /// Follows a program that runs what it reads from a descriptor.
  mutating func readInput(_ frame: inout CommandFrame, descriptor: Int32) {
    switch input(of: Int(frame.command), descriptor) {
    case .inherited:
      if descriptor != 0 { note(.pipedProgram, &frame) }
    case .piped:
      guard descriptor == 0, let text = printedText(into: &frame) else {
        return note(.pipedProgram, &frame)
      }
      run(input: text, &frame)
    case .file(let word, let base):
      var text = text(ofWord: word)
      text.base = base
      emit(.executes, .path, text, .true, &frame)
      for index in text.parts where facts.line.parts[index].kind == .processInput {
        return note(.pipedProgram, &frame)
      }
    case .text(let word):
      run(input: text(ofWord: word), &frame)
    }
  }

  /// Follows a program that runs a text: a command line, or code of another language.
  private mutating func run(input text: CommandText, _ frame: inout CommandFrame) {
    if frame.traits.contains(.takesCommand) {
      children.append(CommandChild(kind: .text, text: text))
    } else {
      noteFlows(text, &frame)
      emit(.executes, .text, text, .true, &frame)
    }
  }

  /// Where a command's descriptor comes from: its own redirections, those of what it lies in, or
  /// a pipe.
  mutating func input(of index: Int, _ descriptor: Int32) -> CommandInput {
    var index = index
    var counts = true
    while true {
      step()
      let command = facts.line.commands[index]
      if counts, let found = redirected(command, index, descriptor) { return found }
      if descriptor == 0 {
        let outer = command.parent < 0 ? -1 : facts.line.commands[Int(command.parent)].stage
        if command.stage >= 0, command.stage != outer,
          facts.line.stages[Int(command.stage)].place > 0
        {
          return .piped
        }
        if command.relation == .processOutput { return .piped }
      }
      guard command.parent >= 0 else { return .inherited }
      index = Int(command.parent)
      if facts.line.commands[index].kind == .coprocess { return .piped }
      // What a command redirects for itself is not for the substitutions in its words.
      counts = command.relation == .body || command.relation == .text
    }
  }

  private mutating func redirected(
    _ command: ShellCommand, _ number: Int, _ descriptor: Int32
  ) -> CommandInput? {
    for index in command.redirections.reversed() {
      let redirection = facts.line.redirections[index]
      guard redirection.descriptor == descriptor else { continue }
      switch redirection.operation {
      case .input, .inputOutput:
        let word = Int(redirection.target)
        if let known = facts.knownText(text(ofWord: word)) {
          // What is redirected to itself comes from where it came from.
          if isText(known, "/dev/stdin") || isText(known, "/dev/fd/0") { continue }
          if begins(known, "/dev/fd/") { return .piped }
          if isDevice(known) { return .inherited }
        }
        return .file(word, base: base(ofRedirection: number))
      case .hereDocument, .hereString: return .text(Int(redirection.target))
      case .duplicateInput, .duplicateOutput: return .piped
      case .output, .append, .clobber, .bothOutputs, .bothAppend: continue
      }
    }
    return nil
  }

  /// The directory in which a command redirects its input.
  private mutating func base(ofRedirection command: Int) -> Int32 {
    for effect in facts.effects.reversed()
    where Int(effect.command) == command && effect.isRedirection && effect.verb == .reads {
      return effect.target.base
    }
    return context.isElsewhere ? CommandBase.unknown : base
  }

  /// The descriptor that a file's name stands for: `-`, `/dev/stdin`, `/dev/fd/N`,
  /// `/proc/self/fd/N`; nil when it is a file.
  mutating func inputDescriptor(_ text: CommandText) -> Int32? {
    guard let known = facts.knownText(text), let first = known.first else { return nil }
    if known.count == 1 && facts.line.text[first] == UInt8(ascii: "-") { return 0 }
    if isText(known, "/dev/stdin") { return 0 }
    for prefix: StaticString in ["/dev/fd/", "/proc/self/fd/"] where begins(known, prefix) {
      var number: Int32 = 0
      for offset in known.dropFirst(prefix.utf8CodeUnitCount) {
        guard ShellByte.isDigit(facts.line.text[offset]), number < 1000 else { return nil }
        number = number * 10 + Int32(facts.line.text[offset] - 0x30)
      }
      return number
    }
    return nil
  }

  /// Whether a range of the line's text has the bytes of a string.
  mutating func isText(_ range: Range<Int>, _ string: StaticString) -> Bool {
    range.count == string.utf8CodeUnitCount && begins(range, string)
  }

  /// Whether a range of the line's text begins with a string.
  mutating func begins(_ range: Range<Int>, _ string: StaticString) -> Bool {
    let count = string.utf8CodeUnitCount
    guard range.count >= count else { return false }
    for offset in 0..<count {
      // SAFETY: the static string has as many bytes as its count says, and lives for ever.
      let byte = unsafe string.utf8Start[offset]
      if facts.line.text[range.lowerBound + offset] != byte { return false }
    }
    return true
  }

  /// Notes what a command does beside what its program does: redirections and assignments.
  mutating func readSurroundings(of index: Int, _ command: ShellCommand, invocation: Int32) {
    for number in command.redirections {
      emitRedirection(facts.line.redirections[number], index, invocation)
      step()
    }
    for number in command.assignments {
      let name = facts.line.assignments[number].name
      let part = UInt32(truncatingIfNeeded: facts.line.parts.count)
      facts.line.parts.append(
        ShellPart(
          kind: .literal, isQuoted: true, start: name.lowerBound, count: UInt32(name.count)))
      let text = CommandText(firstPart: part, partCount: 1, flags: .isKnown)
      emit(.sets, .name, text, index, invocation)
      facts.effects[facts.effects.count - 1].value = value(of: facts.line.assignments[number], base)
    }
  }

  private mutating func emitRedirection(
    _ redirection: ShellRedirection, _ command: Int, _ invocation: Int32
  ) {
    var (reads, writes) = (false, false)
    switch redirection.operation {
    case .input: reads = true
    case .output, .append, .clobber, .bothOutputs, .bothAppend: writes = true
    case .inputOutput: (reads, writes) = (true, true)
    case .duplicateOutput: writes = true
    case .duplicateInput, .hereDocument, .hereString: return
    }
    var text = text(ofWord: Int(redirection.target))
    text.base = context.isElsewhere ? CommandBase.unknown : base
    if context.isElsewhere { text.flags.insert(.isElsewhere) }
    if redirection.operation == .duplicateOutput {
      // A number or a dash; or what may be a file.
      if text.flags.contains(.isKnown) { return }
      return emit(.writes, .path, text, command, invocation, .unknown)
    }
    for index in text.parts {
      let kind = facts.line.parts[index].kind
      if kind == .processInput || kind == .processOutput { return }
    }
    let leading = leadingText(text)
    if begins(leading, "/dev/tcp/") || begins(leading, "/dev/udp/") {
      return emitSocket(text, leading, command, invocation)
    }
    if let known = facts.knownText(text), isDevice(known) { return }
    if reads { emit(.reads, .path, text, command, invocation) }
    if writes { emit(.writes, .path, text, command, invocation) }
  }

  /// Notes the connection that a redirection to `/dev/tcp/host/port` makes.
  private mutating func emitSocket(
    _ text: CommandText, _ leading: Range<Int>, _ command: Int, _ invocation: Int32
  ) {
    let rest = cut(text, from: 9)
    let host = leadingText(rest)
    for offset in host where facts.line.text[offset] == UInt8(ascii: "/") {
      let name = cut(rest, to: offset - host.lowerBound)
      return emit(.connects, .host, name, command, invocation)
    }
    emit(.connects, .unknown, CommandText(), command, invocation)
  }

  /// Whether a path is a device that keeps nothing.
  private mutating func isDevice(_ path: Range<Int>) -> Bool {
    guard begins(path, "/dev/") else { return false }
    return isText(path, "/dev/null") || isText(path, "/dev/stdin") || isText(path, "/dev/stdout")
      || isText(path, "/dev/stderr") || isText(path, "/dev/tty") || begins(path, "/dev/fd/")
  }

  private mutating func emit(
    _ verb: CommandEffectFact.Verb, _ kind: CommandEffectFact.Kind, _ target: CommandText,
    _ command: Int, _ invocation: Int32, _ certainty: Truth = .true
  ) {
    if invocation < 0 { facts.hasEffectsAlone = true }
    facts.effects.append(
      CommandEffectFact(
        verb: verb, kind: kind, certainty: certainty, invocation: invocation,
        command: Int32(truncatingIfNeeded: command), target: target, isRedirection: verb != .sets))
    step()
  }
}
