import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// What an invocation runs: section 10.3.3 of the semantics.
extension NaiveCommandLine {
  /// Follows what an invocation runs; gives the directory after it, for what runs in its shell.
  func execute(_ index: Int, _ place: Place) -> NaiveStartingPoint? {
    let made = invocations[index]
    let start = directory(of: made)
    var inner = place
    inner.parent = index
    inner.isElsewhere = place.isElsewhere || made.levels.contains { $0.connects }
    var after: NaiveStartingPoint?
    for level in made.levels {
      for (effect, body) in level.effects where effect.effect == .executes {
        if let moved = execute(effect, body, nil, index, inner, start) { after = moved }
      }
    }
    for given in made.options {
      for (effect, body) in given.option?.effects ?? [] where effect.effect == .executes {
        if let moved = execute(effect, body, given, index, inner, start) { after = moved }
      }
    }
    if let moved = runOperands(index, inner, start) { after = moved }
    if let moved = runInput(index, inner, start) { after = moved }
    return after
  }

  private func execute(
    _ effect: ProgramEffect, _ body: ProgramBody, _ given: NaiveInvocation.Given?, _ index: Int,
    _ inner: Place, _ start: NaiveStartingPoint
  ) -> NaiveStartingPoint? {
    let made = invocations[index]
    switch effect.target {
    case .argument:
      guard let given else { return nil }
      return runArgument(given, index, inner, start)
    case .after(let mark):
      let words = given.map { $0.argument.map { [$0] } ?? [] } ?? made.operands.map(\.word)
      for word in words {
        guard let found = after(mark, in: word) else { continue }
        let certainty = found.certainty & (given?.certainty ?? .true)
        var type = ProgramArgument.path
        if case .word(let taken)? = given?.option?.argument { type = taken }
        run(found.word, as: type, certainty, index, inner)
      }
      return nil
    case .firstOperand:
      let files = words(.firstOperand, body, of: made, given)
      if effect.isJoined {
        var after: NaiveStartingPoint?
        for (word, _) in files { after = run([word], by: index, inner, from: start) }
        return after
      }
      for (word, certainty) in files { runFile(word, certainty, index, inner) }
      return nil
    case .input, .cwd, .operands, .otherOperands, .lastOperand: return nil
    }
  }

  private func add(
    _ target: NaiveEffect.Target, _ certainty: Truth, _ index: Int,
    _ verb: CommandEffect = .executes
  ) {
    invocations[index].effects.append(
      NaiveEffect(verb: verb, target: target, certainty: certainty))
  }

  // MARK: Words that are a command

  /// Follows the operands of a program that runs them.
  private func runOperands(
    _ index: Int, _ inner: Place, _ start: NaiveStartingPoint
  ) -> NaiveStartingPoint? {
    let made = invocations[index]
    let effect = made.activeEffects.last {
      $0.effect == .executes && [.operands, .otherOperands].contains($0.target)
    }
    guard let effect else { return nil }
    var before = effect.target == .operands || made.isReplaced ? 0 : 1
    var words: [NaiveWord]?
    for operand in made.operands {
      if words != nil {
        words?.append(operand.word)
      } else if operand.certainty == .unknown {
        // It may be the program.
        if !operand.isFurther { note(NaiveReasons.program, index) }
      } else if before > 0 {
        before -= 1
      } else {
        words = [operand.word]
      }
    }
    // An option that nobody declares may have taken the program for its argument.
    let hiding = made.options.filter { given in
      given.option == nil && given.argument == nil
        && (given.word.place ?? -1) < (made.operands.first?.word.place ?? .max)
        && !given.word.beginning.dropFirst().allSatisfy { ("0"..."9").contains($0) }
    }
    guard var words else {
      let end = made.words.last?.place ?? .max
      if hiding.contains(where: { ($0.word.place ?? -1) < end }) {
        note(NaiveReasons.program, index)
      }
      return nil
    }
    if !hiding.isEmpty { note(NaiveReasons.program, index) }
    let marks = made.options.filter { $0.option?.argument == .word(.placeholder) }
      .compactMap(\.argument)
    guard effect.isExtended else {
      if effect.isJoined { return run(words, by: index, inner, from: start) }
      return runWords(words, index, inner, start)
    }
    if marks.contains(where: { $0.text == nil }) { note(NaiveReasons.text, index) }
    let mark = marks.isEmpty ? ["{", "}"] : marks.last?.text ?? []
    words = words.map { $0.replacing(mark, by: .operand) }
    if marks.isEmpty { words.append(.further) }
    return invoke(
      words, of: made.command, start, inner, isNested: true, mayGiveOptions: true)
  }

  private func runWords(
    _ words: [NaiveWord], _ index: Int, _ inner: Place, _ start: NaiveStartingPoint
  ) -> NaiveStartingPoint? {
    if words.count == 1, let text = words[0].string, Self.isLine(text) {
      return run(words, by: index, inner, from: start)
    }
    return invoke(words, of: invocations[index].command, start, inner, isNested: true)
  }

  /// Whether a text is more than the name of a program: it has blanks or operators in it.
  private static func isLine(_ text: String) -> Bool {
    text.contains { " \t\n;&|<>()".contains($0) }
  }

  // MARK: Arguments

  private func runArgument(
    _ given: NaiveInvocation.Given, _ index: Int, _ inner: Place, _ start: NaiveStartingPoint
  ) -> NaiveStartingPoint? {
    switch given.option?.argument {
    case .until:
      guard !given.command.isEmpty else { return nil }
      if given.command.count == 1, let text = given.command[0].string, Self.isLine(text) {
        return run(given.command, by: index, inner, from: start)
      }
      var words = given.command.map { $0.replacing(["{", "}"], by: .operand) }
      // Without a place for them operands come last.
      let hasPlace = words.contains { $0.pieces.contains(.operand) }
      let isOfOperands = invocations[index].levels.flatMap(\.effects).contains {
        [.operands, .firstOperand, .lastOperand, .otherOperands, .cwd].contains($0.effect.target)
      }
      if !hasPlace, isOfOperands { words.append(.further) }
      return invoke(
        words, of: invocations[index].command, start, inner, isNested: true)
    case .word(let type):
      guard let argument = given.argument else { return nil }
      if type == .command { return run([argument], by: index, inner, from: start) }
      run(argument, as: type, given.certainty, index, inner)
    default: break
    }
    return nil
  }

  /// Notes that a text of an option, or a file, is run.
  private func run(
    _ word: NaiveWord, as type: ProgramArgument, _ certainty: Truth, _ index: Int, _ inner: Place
  ) {
    guard type == .path else {
      invocations[index].executed.append(word)
      add(.text(word), certainty, index)
      return
    }
    runFile(word, certainty, index, inner, isOperand: false)
  }

  // MARK: Files and standard input

  /// Whether an invocation runs command lines: an option takes one, or it is the shell's `source`.
  private func takesLines(_ made: NaiveInvocation) -> Bool {
    made.levels.contains { $0.takesLines } || made.name == "source" || made.name == "."
  }

  private func takesInput(_ made: NaiveInvocation) -> Bool {
    made.levels.contains { level in
      level.effects.contains { $0.effect.effect == .executes && $0.effect.target == .input }
    }
  }

  /// Whether an option makes it run its input in spite of operands.
  private func asksForInput(_ made: NaiveInvocation) -> Bool {
    made.options.contains { given in
      given.option?.effects.contains { $0.effect.effect == .executes && $0.effect.target == .input }
        ?? false
    }
      || takesInput(made) && takesLines(made)
        && made.options.contains { given in
          given.option.map { !$0.takesArgument && $0.spellings.contains("-s") } ?? false
        }
  }

  /// A file that is run: or code, where an option takes code in its place.
  private func runFile(
    _ word: NaiveWord, _ certainty: Truth, _ index: Int, _ inner: Place, isOperand: Bool = true
  ) {
    let made = invocations[index]
    if isOperand {
      let isCode = made.levels.contains { level in
        level.takesScript
          && !level.effects.contains {
            $0.effect.effect == .executes && $0.effect.target == .input
          }
      }
      if isCode { return run(word, as: .text, certainty, index, inner) }
      if asksForInput(made) { return }
    }
    if let text = word.string, let descriptor = Self.descriptor(text) {
      _ = runStandardInput(index, inner, directory(of: made), descriptor: descriptor)
      return
    }
    for _ in word.commands(.processInput) { note(NaiveReasons.pipe, index) }
    invocations[index].executed.append(word)
    let base = isOperand ? directory(of: made) : made.base
    add(.path(word, base, isThere: false), certainty, index)
    for read in pathEffects(.reads, word, certainty, made, base) {
      add(read.target, read.certainty, index, .reads)
      invocations[index].effects[invocations[index].effects.count - 1].isRecursive =
        read.isRecursive
    }
  }

  /// The descriptor that a file's name stands for.
  private static func descriptor(_ text: String) -> Int32? {
    if text == "-" || text == "/dev/stdin" { return 0 }
    return isDescriptor(text) ? Int32(text.dropFirst(8)) : nil
  }

  private func runInput(
    _ index: Int, _ inner: Place, _ start: NaiveStartingPoint
  ) -> NaiveStartingPoint? {
    let made = invocations[index]
    guard takesInput(made) || asksForInput(made) else { return nil }
    if made.mayRunOther { note(NaiveReasons.text, index) }
    if !asksForInput(made) {
      let runsOperand = made.levels.contains { level in
        level.effects.contains { declared in
          let (effect, target) = (declared.effect, declared.effect.target)
          return effect.effect == .executes
            && (target == .operands || target == .otherOperands
              || target == .firstOperand && !effect.isJoined)
        }
      }
      let hasOperand = made.operands.contains { $0.certainty == .true }
      if made.isReplaced || runsOperand && hasOperand { return nil }
    }
    return runStandardInput(index, inner, start, descriptor: 0)
  }

  /// Where a descriptor of an invocation comes from.
  private enum Source {
    case nothing, pipe
    case text(NaiveWord)
    case file(NaiveWord, NaiveStartingPoint)
  }

  private func source(_ descriptor: Int32, of command: Int) -> Source {
    var at = command
    // What a command redirects for itself is not for the substitutions in its words.
    var counts = true
    while true {
      let this = line.commands[at]
      if counts, let found = redirected(this, at, descriptor) { return found }
      let outer = this.parent >= 0 ? line.commands[Int(this.parent)] : nil
      if descriptor == 0 {
        if this.stage >= 0, this.stage != outer?.stage ?? -1,
          line.stages[Int(this.stage)].place > 0
        {
          return .pipe
        }
        if this.relation == .processOutput { return .pipe }
      }
      guard let outer else { return .nothing }
      if outer.kind == .coprocess { return .pipe }
      counts = this.relation == .body || this.relation == .text
      at = Int(this.parent)
    }
  }

  private func redirected(
    _ command: ShellCommand, _ index: Int, _ descriptor: Int32
  ) -> Source? {
    for place in command.redirections.reversed() {
      let redirection = line.redirections[place]
      guard redirection.descriptor == descriptor else { continue }
      let word = NaiveWord(Int(redirection.target), of: line)
      switch redirection.operation {
      case .hereDocument, .hereString: return .text(word)
      case .input, .inputOutput: return .file(word, bases[index] ?? .start)
      case .duplicateInput, .duplicateOutput: return .pipe
      default: continue
      }
    }
    return nil
  }

  private func runStandardInput(
    _ index: Int, _ inner: Place, _ start: NaiveStartingPoint, descriptor: Int32
  ) -> NaiveStartingPoint? {
    let made = invocations[index]
    switch source(descriptor, of: made.command) {
    case .nothing:
      if descriptor != 0 { note(NaiveReasons.pipe, index) }
    case .pipe:
      guard descriptor == 0, made.parent == nil, let word = printed(into: made.command) else {
        note(NaiveReasons.pipe, index)
        return nil
      }
      if takesLines(made) { return run(printed: word, by: index, inner, from: start) }
      invocations[index].executed.append(word)
      add(.text(word), .true, index)
    case .text(let word):
      if takesLines(made) { return run([word], by: index, inner, from: start) }
      invocations[index].executed.append(word)
      add(.text(word), .true, index)
    case .file(let word, let base):
      let base = made.isElsewhere ? .unknown : base
      add(.path(word, base, isThere: false), .true, index)
      if !word.commands(.processInput).isEmpty { note(NaiveReasons.pipe, index) }
    }
    return nil
  }
}
