import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// A test of a command, or of one of its invocations: section 10.4 of the semantics.
struct NaiveQuestion {
  let command: NaiveCommandLine
  let directories: NaiveDirectories
  /// The packages whose declarations the one who asks sees; nil for all.
  var visible: Set<PackageID>?
  var ambiguityHolds = true

  /// What is spoken of.
  enum Subject: Hashable {
    case whole
    case invocation(Int)
    /// What groups and assignments without a program do.
    case loose
    /// What an opaque command may hold besides.
    case rest
  }

  /// The truth of a test.
  func truth(_ test: CommandTest, _ subject: Subject) -> Truth {
    let isOpaque: Bool
    switch subject {
    case .rest: return .unknown
    case .loose: isOpaque = false
    case .whole: isOpaque = command.isOpaque
    case .invocation(let index): isOpaque = self.isOpaque(index)
    }
    let truth = self.truth(test, of: subject)
    guard isOpaque else { return truth }
    switch test {
    case .isOpaque, .isUndeclared: return truth
    case .runs(let runs): return runs.isOnly ? truth & .unknown : truth | .unknown
    case .effect(let effect): return effect.isOnly ? truth & .unknown : truth | .unknown
    case .pipes: return truth | .unknown
    }
  }

  private func invocations(_ subject: Subject) -> [NaiveInvocation] {
    switch subject {
    case .whole: command.invocations
    case .invocation(let index): [command.invocations[index]]
    case .loose, .rest: []
    }
  }

  private func truth(_ test: CommandTest, of subject: Subject) -> Truth {
    let spoken = invocations(subject)
    switch test {
    case .isOpaque:
      if subject == .loose { return .false }
      guard case .invocation(let index) = subject else { return Truth(command.isOpaque) }
      return Truth(isOpaque(index))
    case .isUndeclared: return Truth(spoken.contains { $0.name != nil && isUndeclared($0) })
    case .runs(let runs):
      let each = spoken.map { self.runs(runs, $0) }
      guard runs.isOnly else { return each.max() ?? .false }
      guard let all = each.min() else { return .false }
      let spoils =
        effects(subject).filter { effect in
          effect.verb == .sets || effect.isOfLine && effect.verb == .writes
        }.map(\.certainty).max() ?? .false
      return all & !spoils
    case .effect(let test): return effect(test, subject)
    case .pipes(let from, let into):
      // Nothing flows from one alone into itself.
      return subject == .whole ? pipes(from, into) : .false
    }
  }

  /// Whether the simple command of an invocation is opaque.
  private func isOpaque(_ index: Int) -> Bool {
    let made = command.invocations[index]
    return made.isOpaque || command.line.commands[made.command].flags.contains(.opaque)
  }

  /// Whether no package that is seen declares the program.
  func isUndeclared(_ made: NaiveInvocation) -> Bool {
    guard let program = made.program else { return true }
    return visible.map { $0.isDisjoint(with: program.packages) } ?? false
  }

  /// Whether the program is read as none of the packages that are seen declares it.
  private func isForeign(_ made: NaiveInvocation) -> Bool {
    guard let visible, let program = made.program, let name = made.name,
      let all = command.program(name, of: nil)?.packages
    else { return false }
    return !visible.intersection(all).contains {
      command.seen(from: $0).intersection(all) == program.packages
    }
  }

  /// The invocation, of which it is doubted that it does what its program is declared to do.
  private func doubted(_ made: NaiveInvocation) -> NaiveInvocation {
    var declared = made
    for index in declared.effects.indices {
      let effect = declared.effects[index]
      declared.effects[index].isDoubtful = !effect.isOfLine || effect.verb == .sets
    }
    return declared
  }

  /// The invocation as it is read, and, for who does not see the program, as one that is not
  /// declared.
  private func readings(_ made: NaiveInvocation) -> [NaiveInvocation] {
    guard made.program != nil, isUndeclared(made) else {
      return [isForeign(made) ? doubted(made) : made]
    }
    var other = made
    (other.levels, other.path, other.options, other.operands) = ([], [], [], [])
    other.hasUnknownOption = false
    other.hasUnknownArgument = false
    other.hasUndeclaredOption = false
    other.effects = []
    // The words of a command that an option runs are that command's.
    let taken = made.options.filter { !$0.command.isEmpty }.flatMap { given -> [Int] in
      given.word.place.map { Array(($0 + 1)...($0 + given.command.count + 1)) } ?? []
    }
    other.words.removeAll { word in word.place.map { taken.contains($0) } ?? false }
    other.read()
    for operand in other.operands {
      other.effects += command.pathEffects(
        .reads, operand.word, operand.certainty, other, other.base)
    }
    return [doubted(made), other]
  }

  // MARK: Programs

  /// Whether there is no operand behind the words of a term.
  private func isBare(_ term: ProgramTerm, _ made: NaiveInvocation) -> Truth {
    if made.name == nil { return .unknown }
    let used = max(0, term.words.count - 1 - made.path.count)
    let certain = made.operands.filter { $0.certainty == .true }.count
    let mayBeOption =
      isUndeclared(made) && !made.options.isEmpty || made.hasUnknownOption
      || made.hasUnknownArgument
    if certain > used {
      return mayBeOption || made.hasUndeclaredOption ? .unknown : .false
    }
    return made.operands.count > used || mayBeOption ? .unknown : .true
  }

  /// An invocation in one reading.
  private struct World {
    var made: NaiveInvocation
    /// Whether every word that looks like an option is one, whatever takes it.
    var hidesNothing = false
  }

  private func worlds(_ made: NaiveInvocation) -> [World] {
    guard isUndeclared(made) else { return [World(made: made)] }
    return readings(made).map { World(made: $0) }
      + readings(made).map { World(made: $0, hidesNothing: true) }
  }

  /// The truth of `runs` for one invocation.
  private func runs(_ test: RunsTest, _ made: NaiveInvocation) -> Truth {
    var truths = worlds(made).map { runs(test, in: $0) }
    let isNamed = test.programs.contains { term in
      term.words.first.map { NaiveProgram.same($0, made.name ?? "") } ?? false
    }
    if test.isOnly, isNamed, isForeign(made) { truths.append(.true) }
    return (ambiguityHolds ? truths.max() : truths.min()) ?? .false
  }

  private func runs(_ test: RunsTest, in world: World) -> Truth {
    var truth =
      test.programs.map {
        matches($0, world.made) & (test.lacksOperand ? isBare($0, world.made) : .true)
      }.max() ?? .false
    for option in test.options { truth = truth & options(option, world, test.isOnly) }
    guard let operand = test.operand else { return truth }
    let each = world.made.operands.map { word in
      (word.certainty, passes(operand, operand: word.word, of: world.made, isOnly: test.isOnly))
    }
    if test.isOnly { return each.reduce(truth) { $0 & (!$1.0 | $1.1) } }
    return truth & (each.map { $0.0 & $0.1 }.max() ?? .false)
  }

  /// The truth of a test of options, and of their arguments.
  private func options(_ test: OptionTest, _ world: World, _ isOnly: Bool) -> Truth {
    // With `only` each argument of each option passes, beside some option being given.
    let isOfAll = isOnly && !test.isNegated
    var all = Truth.true
    let each = test.options.map { spelling -> Truth in
      let given = gives(world, spelling)
      guard let argument = test.argument else { return given }
      let passing = arguments(of: spelling, argument, world, isOfAll)
      if isOfAll {
        all = all & passing
        return given
      }
      return passing
    }
    let given = (test.isAll ? each.min() : each.max()) ?? .false
    return test.isNegated ? !given : given & all
  }

  /// Whether some argument of an option passes, or each.
  private func arguments(
    of spelling: String, _ test: TargetTest, _ world: World, _ isOfAll: Bool
  ) -> Truth {
    let made = world.made
    var result: Truth = isOfAll ? .true : .false
    if made.hasUnknownOption { result = .unknown }
    for given in made.options {
      if let option = given.option {
        guard option.spellings.contains(where: { NaiveProgram.same($0, spelling) }) else {
          continue
        }
      } else if NaiveInvocation.spells(given.word, spelling) != .true {
        continue
      }
      var passes = Truth.false
      if let argument = given.argument {
        passes = self.passes(test, argument: argument, of: made, isOnly: isOfAll)
      } else if given.option == nil {
        // Whether the next word is its argument nothing says.
        passes = .unknown
      }
      result =
        isOfAll
        ? result & (passes | !given.certainty) : result | (passes & given.certainty)
    }
    // Of an option that is hidden the argument is not known.
    let hidden = hidden(world, spelling) & .unknown
    return isOfAll ? result & !hidden : result | hidden
  }

  /// Whether a word that is no option as it is read would be one.
  private func hidden(_ world: World, _ spelling: String) -> Truth {
    guard world.hidesNothing else { return .false }
    let words =
      world.made.operands.map(\.word)
      + world.made.options.filter(\.isOwnWord).compactMap(\.argument)
    return words.map { $0.mayBe(spelling) }.max() ?? .false
  }

  /// Whether an invocation begins with the words of a term.
  func matches(_ term: ProgramTerm, _ made: NaiveInvocation) -> Truth {
    guard let name = made.name else { return .unknown }
    guard let first = term.words.first, NaiveProgram.same(first, name) else { return .false }
    return follows(term.words.dropFirst(), made.path[...], made.operands[...])
  }

  private func follows(
    _ words: ArraySlice<String>, _ path: ArraySlice<NaiveProgram.Subcommand>,
    _ operands: ArraySlice<NaiveInvocation.Operand>
  ) -> Truth {
    guard let word = words.first else { return .true }
    if let subcommand = path.first {
      guard subcommand.names.contains(where: { NaiveProgram.same($0, word) }) else {
        return .false
      }
      return follows(words.dropFirst(), path.dropFirst(), operands)
    }
    guard let operand = operands.first else { return .false }
    // It may be several words.
    if operand.certainty == .unknown, operand.word.mayBeMany { return .unknown }
    let wanted = Array(word.unicodeScalars)
    let here =
      operand.word.withAnything.truth([wanted]) { Truth($0.text == wanted) }
      & follows(words.dropFirst(), path, operands.dropFirst())
    if operand.certainty == .true { return here }
    let without = follows(words, path, operands.dropFirst())
    return here == without ? here : .unknown
  }

  /// Whether an invocation gives an option.
  private func gives(_ world: World, _ spelling: String) -> Truth {
    let given = world.made.gives(spelling) | hidden(world, spelling)
    let mayBe = world.made.hasUnknownOption || world.made.mayHaveArgument(spelling)
    return mayBe ? given | .unknown : given
  }

  // MARK: Effects

  func effects(_ subject: Subject) -> [NaiveEffect] {
    switch subject {
    case .whole:
      command.invocations.flatMap { made in
        readings(made).flatMap(\.effects)
      } + command.loose
    case .invocation(let index): readings(command.invocations[index]).flatMap(\.effects)
    case .loose: command.loose
    case .rest: []
    }
  }

  private func effect(_ test: EffectTest, _ subject: Subject) -> Truth {
    let mayDoMore =
      test.undeclaredIsUnknown && invocations(subject).contains { mayDo(test.effect, $0) }
    let effects = self.effects(subject).filter { $0.verb == test.effect }
    if test.isOnly {
      let each = effects.map { effect in
        // What is not seen is done in the one reading alone.
        !effect.certainty | Truth(effect.isDoubtful && ambiguityHolds)
          | (test.target.map { passes($0, effect, isOnly: true) } ?? .true) & hasValue(test, effect)
      }
      let all = each.min() ?? .true
      return mayDoMore ? all & .unknown : all
    }
    let each = effects.map { effect in
      effect.certainty & (test.target.map { passes($0, effect, isOnly: false) } ?? .true)
        & hasValue(test, effect)
    }
    let some = each.max() ?? .false
    return mayDoMore ? some | .unknown : some
  }

  /// Whether the value that a variable is set to passes.
  private func hasValue(_ test: EffectTest, _ effect: NaiveEffect) -> Truth {
    guard let value = test.value else { return .true }
    return passes(value, value: effect.value, from: effect.valueBase, isOnly: test.isOnly)
  }

  /// Whether what is not declared may have an effect: section 10.5.1 of the semantics.
  func mayDo(_ verb: CommandEffect, _ made: NaiveInvocation) -> Bool {
    if isUndeclared(made) || made.hasUndeclaredOption { return true }
    guard made.hasUnknownOption, let program = made.program else { return false }
    return program.furtherEffects.contains {
      $0.effect == verb || (verb == .reads && $0.effect == .sends)
    }
  }
}
