/// What one package says that a program does; the plain form of a `program` declaration.
package struct ProgramDescription: Hashable, Sendable {
  /// The number of the package that says it.
  package var package: UInt32
  /// The base names; each is a program of its own that does the same.
  package var names: [String]
  /// What it does.
  package var body: Body

  /// Makes a declaration.
  package init(package: UInt32, names: [String], body: Body) {
    self.package = package
    self.names = names
    self.body = body
  }

  /// What a program, or a subcommand, does.
  package struct Body: Hashable, Sendable {
    /// What it does whatever its options.
    package var effects: [Effect] = []
    /// Its flags and options.
    package var options: [Option] = []
    /// Its subcommands.
    package var subcommands: [Subcommand] = []
    /// A body that does nothing.
    package init() {}
  }

  /// A subcommand; the names are spellings of one.
  package struct Subcommand: Hashable, Sendable {
    /// Its spellings.
    package var names: [String]
    /// What it does besides what the program does.
    package var body: Body
    /// Makes a subcommand.
    package init(names: [String], body: Body) {
      self.names = names
      self.body = body
    }
  }

  /// A flag or option; the spellings name one.
  package struct Option: Hashable, Sendable {
    /// With their dashes; one that ends in `=` has its argument in the same word.
    package var spellings: [String]
    /// What it takes.
    package var argument: Argument
    /// While it is given, the operands count from the second.
    package var replacesFirstOperand: Bool
    /// What it does.
    package var effects: [Effect]
    /// Makes an option; by default one that does nothing.
    package init(
      spellings: [String], argument: Argument, replacesFirstOperand: Bool = false,
      effects: [Effect] = []
    ) {
      self.spellings = spellings
      self.argument = argument
      self.replacesFirstOperand = replacesFirstOperand
      self.effects = effects
    }
  }

  /// What an option takes.
  package enum Argument: Hashable, Sendable {
    /// A flag.
    case none
    /// One word.
    case word(ArgumentType)
    /// The words up to one of these, or to the end.
    case until([String])
  }

  /// What the argument of an option is.
  package enum ArgumentType: UInt8, Hashable, Sendable, CaseIterable {
    /// Any text, a file or directory, a URL, a host.
    case text, path, url, host
    /// A command line for a shell.
    case command
    /// A pattern of file names, which the program expands.
    case glob
    /// A text that stands for an operand in the command that the program runs.
    case placeholder
  }

  /// One effect with its target.
  package struct Effect: Hashable, Sendable {
    /// What is done.
    package var verb: CommandEffectFact.Verb
    /// What it is done to.
    package var target: Target
    /// Of `executes`: the words joined by blanks are a command line. Of `yields`: what is printed
    /// lies below the target.
    package var isJoined: Bool
    /// Of `executes`: more operands, which are not known, follow. Of `yields`: only where there is
    /// no operand.
    package var isExtended: Bool
    /// Makes an effect.
    package init(
      _ verb: CommandEffectFact.Verb, _ target: Target, isJoined: Bool = false,
      isExtended: Bool = false
    ) {
      self.verb = verb
      self.target = target
      self.isJoined = isJoined
      self.isExtended = isExtended
    }
  }

  /// What an effect is on.
  package enum Target: Hashable, Sendable {
    /// An option's own argument; of `yields` anything, if it is joined digits, and if it is
    /// extended those alone whose last name matches the argument.
    case argument
    /// Every operand.
    case operands
    /// One operand: for `executes` a file, or code where an option takes code in its place.
    case firstOperand, lastOperand
    /// All operands but those that other effects of the same body name as first or last; all but
    /// the first where none does.
    case otherOperands
    /// The directory that it works in, and all below.
    case cwd
    /// Standard input; of a program that executes operands, when there is none.
    case input
    /// What follows this text in the argument or in an operand, where it begins with it. Of
    /// `yields`: a pattern of the words that are printed.
    case after(String)
    /// None: of `escalates`.
    case none
  }
}
