import TractatusValues

extension CommandReader {
  /// Notes what an invocation does, by what is declared of its program, and what it runs.
  mutating func emitEffects(_ frame: inout CommandFrame) {
    emitProgramPath(&frame)
    frame.isRecursive = isRecursive(&frame)
    frame.mayBeRecursive = !frame.isRecursive && mayBeRecursive(&frame)
    if frame.body < 0 {
      for index in frame.firstOperand..<facts.operands.count {
        let operand = facts.operands[index]
        emitFile(.reads, operand.text, .path, operand.certainty, &frame)
      }
      return
    }
    adoptDirectory(&frame)
    for at in frame.firstBody..<facts.bodies.count {
      let effects = programs.effects(of: Int(facts.bodies[at]))
      for index in effects where isSeen(index, &frame) {
        emit(programs.effect(index), option: -1, among: effects, &frame)
      }
      step(effects.count)
    }
    for index in frame.firstOption..<facts.options.count {
      let number = Int(facts.options[index].option)
      guard number >= 0 else { continue }
      let effects = programs.option(number).effects
      for effect in effects where isSeen(effect, &frame) {
        emit(programs.effect(effect), option: index, among: effects, &frame)
      }
      step(effects.count)
    }
    readInput(&frame)
  }

  /// A program that is named by a path is a file that is run.
  private mutating func emitProgramPath(_ frame: inout CommandFrame) {
    let text = words[frame.words.lowerBound - 1]
    for index in text.parts {
      let part = facts.line.parts[index]
      guard part.kind == .literal else { continue }
      for offset in part.range where facts.line.text[offset] == UInt8(ascii: "/") {
        var path = text
        path.base = frame.base
        return emit(.executes, .path, path, .true, &frame)
      }
    }
  }

  /// Whether an option that a word may be, or one of which it is unknown whether it is given, says
  /// that the invocation goes down into directories.
  mutating func mayBeRecursive(_ frame: inout CommandFrame) -> Bool {
    if frame.flags.contains(.hasUnknownOption) {
      if frame.body < 0 { return true }
      for at in frame.firstBody..<facts.bodies.count
      where traits(of: Int(facts.bodies[at]), &frame) & ProgramTable.recursiveTrait != 0 {
        return true
      }
    }
    for index in frame.firstOption..<facts.options.count
    where !facts.options[index].certainty.isTrue && isRecursive(option: facts.options[index]) {
      return true
    }
    return false
  }

  /// Whether an option says that the invocation goes down into directories.
  mutating func isRecursive(_ frame: inout CommandFrame) -> Bool {
    for index in frame.firstOption..<facts.options.count
    where facts.options[index].certainty.isTrue && isRecursive(option: facts.options[index]) {
      return true
    }
    return false
  }

  private mutating func isRecursive(option: CommandOption) -> Bool {
    if option.option >= 0 { return programs.isRecursive(Int(option.option)) }
    guard let text = facts.knownText(option.spelling), text.count >= 2 else { return false }
    return isRecursive(spelling: text)
  }

  private mutating func isRecursive(spelling: Range<Int>) -> Bool {
    let text = facts.line.text.span
    let start = spelling.lowerBound
    if text[start + 1] == UInt8(ascii: "-") {
      return ProgramTable.isRecursive(text.extracting(spelling))
    }
    var isFound = false
    for offset in spelling.dropFirst() {
      switch text[offset] {
      case UInt8(ascii: "r"), UInt8(ascii: "R"), UInt8(ascii: "a"): isFound = true
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): break
      default: return false
      }
    }
    return isFound
  }

  /// Takes the directory that an option like `-C` names for that of the operands, and of what the
  /// program runs.
  private mutating func adoptDirectory(_ frame: inout CommandFrame) {
    for index in frame.firstOption..<facts.options.count {
      let option = facts.options[index]
      guard option.option >= 0, programs.isDirectory(Int(option.option)) else { continue }
      if option.certainty != .true {
        frame.base = CommandBase.unknown
      } else if option.hasValue {
        frame.base = append(base: option.value, from: frame.base)
      }
    }
    for index in frame.firstOperand..<facts.operands.count {
      facts.operands[index].text.base = frame.base
    }
  }

  /// Notes one declared effect on all its targets.
  private mutating func emit(
    _ effect: ProgramEffectRecord, option: Int, among effects: Range<Int>,
    _ frame: inout CommandFrame
  ) {
    if effect.verb == .yields { return }
    let certainty = option < 0 ? Truth.true : facts.options[option].certainty
    switch effect.target {
    case .none: emit(effect.verb, .none, CommandText(), certainty, &frame)
    case .cwd:
      var fact = CommandText()
      fact.base = frame.base
      fact.flags = .isKnown
      emit(effect.verb, .directory, fact, certainty, &frame)
      if effect.verb == .sends { emit(.reads, .directory, fact, certainty, &frame) }
    case .input: break
    case .argument: emitArgument(effect, option, certainty, &frame)
    case .after: emitAfter(effect, option, certainty, &frame)
    case .operands, .firstOperand, .lastOperand, .otherOperands:
      emitOperands(effect, certainty, among: effects, &frame)
    }
  }

  /// Notes an effect on the argument of an option.
  private mutating func emitArgument(
    _ effect: ProgramEffectRecord, _ option: Int, _ certainty: Truth, _ frame: inout CommandFrame
  ) {
    guard option >= 0, facts.options[option].hasValue else { return }
    let value = facts.options[option].value
    let type = programs.option(Int(facts.options[option].option)).type ?? .text
    emit(effect, on: value, as: type, certainty, isOperand: false, &frame)
  }

  /// Notes an effect on what follows a text in the argument of an option, or in operands.
  private mutating func emitAfter(
    _ effect: ProgramEffectRecord, _ option: Int, _ certainty: Truth, _ frame: inout CommandFrame
  ) {
    if option >= 0 {
      guard facts.options[option].hasValue else { return }
      // What is behind the mark is code if the option takes text, and a file if not.
      let type = programs.option(Int(facts.options[option].option)).type ?? .text
      let kind = effect.verb == .executes ? type : .path
      return emitAfter(effect, in: facts.options[option].value, as: kind, certainty, &frame)
    }
    for index in frame.firstOperand..<facts.operands.count {
      let operand = facts.operands[index]
      emitAfter(effect, in: operand.text, as: .path, certainty & operand.certainty, &frame)
    }
  }

  private mutating func emitAfter(
    _ effect: ProgramEffectRecord, in text: CommandText,
    as type: ProgramDescription.ArgumentType, _ certainty: Truth, _ frame: inout CommandFrame
  ) {
    let leading = leadingText(text)
    let mark = effect.text
    var offset = 0
    // A mark that begins with `=` stands behind a name.
    let isInside = !mark.isEmpty && programs.texts[mark.lowerBound] == UInt8(ascii: "=")
    let last = isInside ? max(0, leading.count - mark.count) : 0
    while offset <= last {
      if leading.count >= offset + mark.count,
        equalsTableText((leading.lowerBound + offset)..<leading.upperBound, mark)
      {
        let rest = cut(text, from: offset + mark.count)
        return emit(effect, on: rest, as: type, certainty, isOperand: false, &frame)
      }
      offset += 1
    }
    step(last)
    if text.flags.contains(.isKnown) || !isInside && beginsAtDirectory(text) { return }
    // What is not known may have the mark, unless the text begins otherwise.
    for offset in 0..<min(leading.count, mark.count)
    where !isInside
      && facts.line.text[leading.lowerBound + offset] != programs.texts[mark.lowerBound + offset]
    {
      return
    }
    let unknown = unknownText(many: false)
    emit(effect, on: unknown, as: type, certainty & .unknown, isOperand: false, &frame)
  }

  /// Whether a text begins with a directory that the shell puts there, which is an absolute path.
  private mutating func beginsAtDirectory(_ text: CommandText) -> Bool {
    guard text.partCount > 0 else { return false }
    switch facts.line.parts[Int(text.firstPart)].kind {
    case .home, .userHome, .workingDirectory: return true
    default: return false
    }
  }

  /// Notes an effect on some of the operands.
  private mutating func emitOperands(
    _ effect: ProgramEffectRecord, _ certainty: Truth, among effects: Range<Int>,
    _ frame: inout CommandFrame
  ) {
    if effect.verb == .executes && effect.target != .firstOperand { return }
    if effect.verb == .sets && frame.runsOperands >= 0 { return }
    let operands = frame.firstOperand..<facts.operands.count
    var (skipsFirst, skipsLast) = (false, false)
    if effect.target == .otherOperands {
      for index in effects {
        switch programs.effect(index).target {
        case .firstOperand: skipsFirst = true
        case .lastOperand: skipsLast = true
        default: break
        }
      }
      if !skipsFirst && !skipsLast { skipsFirst = true }
    }
    let first = frame.replacesFirst ? operands.lowerBound..<operands.lowerBound : firsts(operands)
    let last = lasts(operands)
    let range =
      switch effect.target {
      case .firstOperand: first
      case .lastOperand: last
      default: operands
      }
    step(range.count)
    for index in range {
      let operand = facts.operands[index]
      var truth = certainty & operand.certainty
      if effect.target == .otherOperands {
        // The only one that can be the first is no other; one of several may be.
        if skipsFirst, first.contains(index) {
          if first.count == 1, !maySplit(index) { continue }
          truth = truth & .unknown
        }
        if skipsLast, last.contains(index) {
          if last.count == 1, !maySplit(index) { continue }
          truth = truth & .unknown
        }
      } else if effect.target != .operands && range.count > 1 {
        truth = truth & .unknown
      }
      emit(effect, on: operand.text, as: .path, truth, isOperand: true, &frame)
    }
  }

  /// Whether an operand may be several, of which only one is the first or the last.
  private mutating func maySplit(_ index: Int) -> Bool {
    facts.operands[index].certainty != .true
      && facts.operands[index].text.flags.contains(.mayBeMany)
  }

  /// The operands that may be the first: up to the first that is one for sure.
  private mutating func firsts(_ operands: Range<Int>) -> Range<Int> {
    for index in operands
    where facts.operands[index].certainty == .true {
      return operands.lowerBound..<(index + 1)
    }
    return operands
  }

  /// The operands that may be the last: from the last that is one for sure.
  private mutating func lasts(_ operands: Range<Int>) -> Range<Int> {
    for index in operands.reversed()
    where facts.operands[index].certainty == .true {
      return index..<operands.upperBound
    }
    return operands
  }

  /// Notes an effect on one text.
  private mutating func emit(
    _ effect: ProgramEffectRecord, on text: CommandText, as type: ProgramDescription.ArgumentType,
    _ certainty: Truth, isOperand: Bool, _ frame: inout CommandFrame
  ) {
    switch effect.verb {
    case .yields: break
    case .executes: emitExecution(effect, of: text, type, certainty, isOperand, &frame)
    case .connects: emitConnection(text, certainty, isOperand, &frame)
    case .escalates: emit(.escalates, .none, CommandText(), certainty, &frame)
    case .sets:
      let leading = leadingText(text)
      let name = assignedName(leading)
      emit(.sets, .name, name.map { cut(text, to: $0.count) } ?? text, certainty, &frame)
      facts.effects[facts.effects.count - 1].value =
        name.map { cut(text, from: $0.count + 1) } ?? unknownText(many: false)
    case .reads, .writes, .deletes, .sends:
      emitFile(effect.verb, text, type, certainty, &frame)
      if effect.verb == .sends { emitFile(.reads, text, type, certainty, &frame) }
    }
  }

  /// Notes what is done to a file, which may be one on another host.
  private mutating func emitFile(
    _ verb: CommandEffectFact.Verb, _ text: CommandText, _ type: ProgramDescription.ArgumentType,
    _ certainty: Truth, _ frame: inout CommandFrame
  ) {
    var text = text
    if type == .glob { text.flags.insert(.isPattern) }
    if isURL(text) { return emit(verb, .url, text, certainty, &frame) }
    if frame.traits.contains(.connects), let colon = remoteColon(text) {
      var path = cut(text, fromPart: colon.part, offset: colon.offset + 1)
      // `host::module` is a daemon's.
      if leadingText(path).first.map({ facts.line.text[$0] }) == UInt8(ascii: ":") {
        path = cut(path, from: 1)
      }
      path.base = CommandBase.unknown
      path.flags.insert(.isElsewhere)
      return emit(verb, .path, path, certainty, &frame)
    }
    emit(verb, .path, text, certainty, &frame)
  }

  /// Notes a connection: to the host of a URL, or to one that is named.
  private mutating func emitConnection(
    _ text: CommandText, _ certainty: Truth, _ isOperand: Bool, _ frame: inout CommandFrame
  ) {
    if isURL(text) { return emit(.connects, .url, text, certainty, &frame) }
    guard isOperand, frame.traits.contains(.hasPaths) else {
      return emit(.connects, .host, text, certainty, &frame)
    }
    if let colon = remoteColon(text) {
      let host = cut(text, toPart: colon.part, offset: colon.offset)
      return emit(.connects, .host, host, certainty, &frame)
    }
    if text.flags.contains(.hasUnknown), mayBeRemote(text) {
      emit(.connects, .unknown, CommandText(), certainty & .unknown, &frame)
    }
  }

  /// Notes that a file or a text is run.
  private mutating func emitExecution(
    _ effect: ProgramEffectRecord, of text: CommandText, _ type: ProgramDescription.ArgumentType,
    _ certainty: Truth, _ isOperand: Bool, _ frame: inout CommandFrame
  ) {
    if effect.isJoined || type == .command {
      children.append(CommandChild(kind: .text, text: text))
      return
    }
    if isOperand && frame.traits.contains(.takesScript) {
      noteFlows(text, &frame)
      return emit(.executes, .text, text, certainty, &frame)
    }
    guard type == .path else {
      noteFlows(text, &frame)
      return emit(.executes, .text, text, certainty, &frame)
    }
    if isOperand && frame.forcesInput { return }
    if let descriptor = inputDescriptor(text) {
      return readInput(&frame, descriptor: descriptor)
    }
    for index in text.parts where facts.line.parts[index].kind == .processInput {
      note(.pipedProgram, &frame)
    }
    noteFlows(text, &frame)
    emit(.executes, .path, text, certainty, &frame)
    emitFile(.reads, text, .path, certainty, &frame)
  }

  /// Notes an effect.
  mutating func emit(
    _ verb: CommandEffectFact.Verb, _ kind: CommandEffectFact.Kind, _ target: CommandText,
    _ certainty: Truth, _ frame: inout CommandFrame
  ) {
    var fact = CommandEffectFact(
      verb: verb, kind: kind, certainty: certainty, invocation: frame.index,
      command: frame.command, target: target)
    if frame.flags.contains(.isElsewhere), kind == .path || kind == .directory {
      fact.target.flags.insert(.isElsewhere)
    }
    switch verb {
    case .deletes, .sends: fact.isRecursive = true
    case .reads, .writes: fact.isRecursive = frame.isRecursive || kind == .directory
    default: break
    }
    facts.effects.append(fact)
    step()
    // Whether it goes down into a directory is unknown: then it is unknown whether it does both.
    guard frame.mayBeRecursive, kind == .path, verb == .reads || verb == .writes else { return }
    fact.isRecursive = true
    fact.certainty = fact.certainty & .unknown
    facts.effects.append(fact)
    step()
  }
}
