import TractatusSource

/// A `program` declaration of one package; a program declared in several has several.
package struct ProgramDeclaration: Sendable {
  package var package: PackageID
  /// The base names; each is a program of its own that does the same.
  package var names: [String]
  package var title: String
  package var body: ProgramBody
  package var span: SourceSpan
  package init(
    package: PackageID, names: [String], title: String, body: ProgramBody, span: SourceSpan
  ) {
    self.package = package
    self.names = names
    self.title = title
    self.body = body
    self.span = span
  }
}

/// What a program, or a subcommand, does.
package struct ProgramBody: Hashable, Sendable {
  package var does: [ProgramEffect] = []
  package var options: [ProgramOption] = []
  package var subcommands: [ProgramSubcommand] = []
  package init() {}
}

/// `subcommand push { … }`; the names are spellings of one subcommand.
package struct ProgramSubcommand: Hashable, Sendable {
  package var names: [String]
  package var body: ProgramBody
  package init(names: [String], body: ProgramBody) {
    self.names = names
    self.body = body
  }
}

/// `flag -f --force …` or `option -o --output takes path …`; the spellings name one option.
package struct ProgramOption: Hashable, Sendable {
  /// What an option takes.
  package enum Argument: Hashable, Sendable {
    /// A flag.
    case none
    /// One word.
    case word(ProgramArgument)
    /// The words up to one of these, or to the end.
    case until([String])
  }
  package var spellings: [String]
  package var argument: Argument
  /// `for first operand`: while it is given, no operand is the first: they count from the second.
  package var replacesFirstOperand: Bool
  package var does: [ProgramEffect]
  package init(
    spellings: [String], argument: Argument, replacesFirstOperand: Bool, does: [ProgramEffect]
  ) {
    self.spellings = spellings
    self.argument = argument
    self.replacesFirstOperand = replacesFirstOperand
    self.does = does
  }
}

/// What the argument of an option is.
package enum ProgramArgument: UInt8, Hashable, Sendable, CaseIterable {
  case text, path, url, host
  /// A command line for a shell.
  case command
  /// A pattern of file names, which the program expands.
  case glob
  /// A text that stands for an operand in the command that the program runs.
  case placeholder
}

/// One effect with its target.
package struct ProgramEffect: Hashable, Sendable {
  /// What it is done to.
  package enum Target: Hashable, Sendable {
    /// Of an option: its own argument. Of a program without target words: see the grammar. Of
    /// `yields` anything, if it is joined digits, and if it is extended those alone whose last name
    /// matches the argument.
    case argument
    case operands
    case firstOperand, lastOperand
    /// All operands but those that other effects of the same body name as first or last; all but
    /// the first where none does.
    case otherOperands
    case cwd
    /// Standard input; of a program that executes operands, when there is none.
    case input
    /// What follows this text in the argument or in an operand, where it begins with it. Of
    /// `yields`: a pattern of the words that are printed.
    case after(String)
  }
  package var effect: CommandEffect
  package var target: Target
  /// Of `executes`: the words joined by blanks are a command line. Of `yields`: what is printed
  /// lies below the target.
  package var isJoined: Bool
  /// Of `executes`: more operands, which are not known, follow. Of `yields`: only where there is
  /// no operand.
  package var isExtended: Bool
  package init(
    effect: CommandEffect, target: Target, isJoined: Bool = false, isExtended: Bool = false
  ) {
    self.effect = effect
    self.target = target
    self.isJoined = isJoined
    self.isExtended = isExtended
  }
}
