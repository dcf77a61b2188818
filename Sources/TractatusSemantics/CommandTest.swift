/// What a program does with a target.
package enum CommandEffect: UInt8, Hashable, Sendable, CaseIterable {
  case reads, writes, deletes, sends, connects, executes, sets
  /// Gets the rights of another user; it has no target.
  case escalates
  /// Not an effect: what a program prints, in declarations alone.
  case yields
}

/// A test of a command line, or of one simple command under `any c in command satisfies`.
///
/// Three-valued. It speaks of *some* simple command unless it says `only`.
package enum CommandTest: Hashable, Sendable {
  /// What would run cannot be known.
  case isOpaque
  /// Some program that runs is not declared.
  case isUndeclared
  case runs(RunsTest)
  case effect(EffectTest)
  /// What one of the first programs writes flows into one of the second.
  case pipes(from: [ProgramTerm], into: [ProgramTerm])
}

/// `"git push"`: a program's base name and the words that follow it, at least one word in all.
package struct ProgramTerm: Hashable, Sendable {
  package var words: [String]
  package init(words: [String]) { self.words = words }
}

/// `[only] runs P { with | without … } [operand … | without operand]`.
///
/// With `only`, of the operands and of the arguments of options all pass, else some.
package struct RunsTest: Hashable, Sendable {
  /// Whether it speaks of all simple commands; then `options` and `operand` may be given as well.
  package var isOnly: Bool
  /// Any of them.
  package var programs: [ProgramTerm]
  /// All of them.
  package var options: [OptionTest]
  /// Some operand passes.
  package var operand: TargetTest?
  /// Whether there is no operand behind the words of the program's term; then `operand` is nil.
  package var lacksOperand: Bool
  package init(
    isOnly: Bool, programs: [ProgramTerm], options: [OptionTest], operand: TargetTest?,
    lacksOperand: Bool = false
  ) {
    self.isOnly = isOnly
    self.programs = programs
    self.options = options
    self.operand = operand
    self.lacksOperand = lacksOperand
  }

  /// Its tests of arguments and of operands.
  package var targets: [TargetTest] {
    options.compactMap(\.argument) + (operand.map { [$0] } ?? [])
  }
}

/// `with [..]` (some of them is there), `with all [..]`, each also with a test of the argument, and
/// their negations by `without`.
package struct OptionTest: Hashable, Sendable {
  package var isNegated: Bool
  package var isAll: Bool
  /// As written, with their dashes.
  package var options: [String]
  /// What an argument of the option must pass; nil for any, and for none.
  package var argument: TargetTest?
  package init(
    isNegated: Bool, isAll: Bool, options: [String], argument: TargetTest? = nil
  ) {
    self.isNegated = isNegated
    self.isAll = isAll
    self.options = options
    self.argument = argument
  }
}

/// `[only] writes [test of the target]`, `[only] sets [test of the name] [to test of the value]`.
package struct EffectTest: Hashable, Sendable {
  package var effect: CommandEffect
  package var isOnly: Bool
  /// Nil: any target. Never nil with `isOnly`.
  package var target: TargetTest?
  /// Of `sets`: what the value passes. Nil: any, and none.
  package var value: TargetTest?
  /// Whether a program or option that is not declared makes the test unknown where nothing
  /// decides it: where truth loosens, and with `only`. Else such a program has no effect here.
  package var undeclaredIsUnknown: Bool
  package init(
    effect: CommandEffect, isOnly: Bool, target: TargetTest?, value: TargetTest? = nil,
    undeclaredIsUnknown: Bool
  ) {
    self.effect = effect
    self.isOnly = isOnly
    self.target = target
    self.value = value
    self.undeclaredIsUnknown = undeclaredIsUnknown
  }
}

/// A test of one operand or of the target of one effect, negated by `not`.
package struct TargetTest: Hashable, Sendable {
  /// What is asked of the operand or target.
  package enum Kind: Hashable, Sendable {
    case place(PlaceTest)
    case equalsText([String])
    case matches([TextPattern])
  }
  package var isNegated: Bool
  package var kind: Kind
  package init(isNegated: Bool, kind: Kind) {
    self.isNegated = isNegated
    self.kind = kind
  }
}

/// `within …` and `outside …`: of a path, a host, a URL, or the target of an effect.
package struct PlaceTest: Hashable, Sendable {
  package var isOutside: Bool
  /// Within any of them; outside all of them.
  package var places: [Place]
  package init(isOutside: Bool, places: [Place]) {
    self.isOutside = isOutside
    self.places = places
  }
}

/// A directory with all below it, or a domain with its subdomains.
package enum Place: Hashable, Sendable {
  /// Absolute, below `~`, or relative to `project`; as written.
  case directory(String)
  /// The attribute `cwd` or `project`.
  case cwd, project
  /// A domain, or an address.
  case domain(String)
}
