import TractatusValues

/// What a command line would run and do: its invocations with their options and operands, their
/// effects, and what cannot be known of them.
///
/// Flat arrays, kept by the reader's caller and reused: reading fills them anew and allocates
/// nothing once they are large enough.
package struct CommandFacts: Sendable {
  /// The parsed line, with the texts that commands run as command lines parsed into it, too.
  package internal(set) var line = ShellLine()
  /// The programs that were declared when the line was read.
  package internal(set) var programs = ProgramTable.empty
  /// The invocations, in the order of the text; one that runs another before that.
  package internal(set) var invocations: [CommandInvocation] = []
  /// The options of the invocations.
  package internal(set) var options: [CommandOption] = []
  /// The operands of the invocations.
  package internal(set) var operands: [CommandOperand] = []
  /// The effects; those of an invocation stand together. Those of redirections and assignments
  /// belong to the outermost invocation of their command, and to none (-1) if there is none.
  package internal(set) var effects: [CommandEffectFact] = []
  /// The bodies of declared programs that invocations are read by: a program's own, then those
  /// of the subcommands entered.
  package internal(set) var bodies: [Int32] = []
  /// The directories that relative paths start from.
  package internal(set) var bases: [CommandBase] = []
  /// What flows from one invocation into another in ways other than pipes.
  package internal(set) var flows: [CommandFlow] = []
  /// Why commands are opaque, besides `line.opacities`.
  package internal(set) var opacities: [CommandOpacity] = []

  /// Whether some effect is that of no invocation: of a group's redirection, or an assignment that
  /// stands alone.
  package internal(set) var hasEffectsAlone = false

  /// No command at all.
  package init() {}

  /// How many elements a quantifier has over the command: the invocations, and one more for the
  /// effects of none if there are any.
  package var elementCount: Int { invocations.count + (hasEffectsAlone ? 1 : 0) }

  /// Whether what the line would run cannot be known.
  package var isOpaque: Bool { line.isOpaque || !opacities.isEmpty }

  /// Where in `line.text` a text lies when all of it is known.
  @inline(__always)
  package func knownText(_ text: CommandText) -> Range<Int>? {
    guard text.flags.contains(.isKnown) else { return nil }
    return text.partCount == 0 ? 0..<0 : line.parts[Int(text.firstPart)].range
  }

  /// Empties the arrays and keeps their storage.
  mutating func removeAll() {
    invocations.clear()
    options.clear()
    operands.clear()
    effects.clear()
    bodies.clear()
    bases.clear()
    flows.clear()
    opacities.clear()
    hasEffectsAlone = false
  }
}

/// A simple command with a program, found anywhere: on the line, in a substitution, in a text that
/// is run as a command line, or among the words of a wrapper.
package struct CommandInvocation: Sendable, Equatable {
  /// What is known of an invocation as a whole.
  package struct Flags: OptionSet, Sendable {
    /// The bits.
    package let rawValue: UInt16
    /// Flags of some bits.
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The program's base name is not known.
    package static let nameUnknown = Flags(rawValue: 1)
    /// Its command is opaque, by the parse or by what it does.
    package static let opaque = Flags(rawValue: 2)
    /// Some word of it may be any option, and any number of operands.
    package static let hasUnknownOption = Flags(rawValue: 4)
    /// Some option of it is declared by no package that declares the program.
    package static let hasUndeclaredOption = Flags(rawValue: 8)
    /// It runs on another host or under another root.
    package static let isElsewhere = Flags(rawValue: 16)
    /// Its program may be a function, or an alias, that the line declares.
    package static let mayBeOther = Flags(rawValue: 32)
    /// It is found in a text or among the words of another invocation.
    package static let isNested = Flags(rawValue: 64)
    /// Some word of it may be an option that has its argument in the same word, but no other.
    package static let hasUnknownArgument = Flags(rawValue: 128)
  }

  /// The index in `line.commands` of the command that it is, or is among the words of.
  package var command: Int32 = 0
  /// The index in `line.words` of the program's name.
  package var nameWord: Int32 = 0
  /// Where in `line.text` the program's base name lies; empty when it is unknown.
  package var name: Range<UInt32> = 0..<0
  /// The program's number in the table, or -1 when no package declares it.
  package var program: Int32 = -1
  /// The index of the invocation that runs it, or -1.
  package var parent: Int32 = -1
  /// What is known of it as a whole.
  package var flags: Flags = []
  /// Its bodies, as indices of `bodies`: the program's, then those of the subcommands; empty for a
  /// program that is not declared.
  package var bodies: Range<Int> = 0..<0
  /// Its options, as indices of `options`.
  package var options: Range<Int> = 0..<0
  /// Its operands, as indices of `operands`, in order; the names of subcommands are none.
  package var operands: Range<Int> = 0..<0
  /// Its effects, as indices of `effects`.
  package var effects: Range<Int> = 0..<0
  /// Which of the packages that declare the program reads it so: 0 for all together, else one more
  /// than the package's number among them.
  package var reading: UInt8 = 0
  /// In the reading of all together: a bit for each of these packages that sees less of what was
  /// met, and has a reading of its own.
  package var unseen: UInt32 = 0
}

/// An option that an invocation is given, or may be.
package struct CommandOption: Sendable, Equatable {
  /// The option's number in the table, or -1 when it is not declared.
  package var option: Int32
  /// How it is spelled: all of the word up to a `=`, or what of the word spells it; for a letter
  /// in a bundle the whole word.
  package var spelling: CommandText
  /// Its argument; only when `hasValue`.
  package var value = CommandText()
  /// Whether it has an argument.
  package var hasValue = false
  /// Whether it is one of several letters, or an abbreviation, and not spelled out.
  package var isExact = true
  /// `true`, or `unknown` when the word may be this option or another.
  package var certainty = Truth.true
}

/// A word that an invocation is given that is no option, no option's argument and no subcommand.
package struct CommandOperand: Sendable, Equatable {
  /// Its text.
  package var text: CommandText
  /// Whether it is one for sure: `unknown` when it may be an option or may not be there.
  package var certainty: Truth
}

/// Something that a command does.
package struct CommandEffectFact: Sendable, Equatable {
  /// What a command does, in the order of the language's effects.
  package enum Verb: UInt8, Sendable, CaseIterable {
    /// On a file or directory; `sends`: passes it to what connects.
    case reads, writes, deletes, sends
    /// To a host; of a file or text; of a variable; and to get another user's rights.
    case connects, executes, sets, escalates
    /// Not an effect: what a program prints, in declarations alone.
    case yields
  }

  /// What its target is.
  package enum Kind: UInt8, Sendable {
    /// There is none: of `escalates`.
    case none
    /// The target is not known at all; `target` says nothing.
    case unknown
    /// A path of a file or directory.
    case path
    /// A host: bare, with a port, or after a user's name and `@`.
    case host
    /// A URL with a scheme.
    case url
    /// Code, in another language than the shell's.
    case text
    /// The name of a variable.
    case name
    /// The directory that the command starts in: `target.base`; its text is empty.
    case directory
  }

  /// What the command does.
  package var verb: Verb
  /// What the target is.
  package var kind: Kind
  /// Whether it reaches all below a directory.
  package var isRecursive = false
  /// `true`, or `unknown` when it may not happen.
  package var certainty = Truth.true
  /// The invocation's index, or -1 for what a redirection or assignment does by itself.
  package var invocation: Int32
  /// The index in `line.commands` of its command.
  package var command: Int32
  /// The target; it says nothing when `kind` is `none` or `unknown`.
  package var target = CommandText()
  /// Of `sets`: what the variable is set to, unknown where that is not told; else it says nothing.
  package var value = CommandText()
  /// Whether it is a redirection's.
  package var isRedirection = false
}

/// What flows from one command into another, not by a pipe of the line.
package struct CommandFlow: Sendable, Equatable {
  /// The commands that write, as indices of `line.commands`.
  package var sources: Range<UInt32>
  /// The index of the invocation that runs what they write.
  package var sink: Int32
}

/// A reason why what an invocation runs cannot be known.
package struct CommandOpacity: Sendable, Equatable {
  /// What cannot be known.
  package enum Reason: UInt8, Sendable, CaseIterable {
    /// A text that is run as a command line is not known.
    case unknownText
    /// The program that a wrapper runs is not known.
    case unknownProgram
    /// What comes down a pipe is run.
    case pipedProgram
    /// Texts that are run lie more than 16 deep in one another, or grow past their bound.
    case tooDeep
  }

  /// What cannot be known.
  package var reason: Reason
  /// Where in the line: a range of byte offsets.
  package var range: Range<UInt32>
  /// The index in `line.commands` of the command that it concerns.
  package var command: Int32
  /// The index of the invocation that it concerns, or -1.
  package var invocation: Int32
}
