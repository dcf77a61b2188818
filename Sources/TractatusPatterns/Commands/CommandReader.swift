import TractatusValues

/// Reads command lines into facts. Keep one a thread: it reuses its memory.
///
/// Every command of the parsed line is taken in the order of the text. Its words are split into
/// options and operands by what the packages declare of its program; what the program runs, the
/// words after it or a text, is read in turn before the next command.
package struct CommandReader: ~Copyable, Sendable {
  var parser = ShellParser()
  /// The caller's facts while they are being filled.
  var facts = CommandFacts()
  var programs = ProgramTable.empty
  /// The words of the invocations that are being read; an inner one's on top.
  var words: [CommandText] = []
  /// What the invocations that are being read run, to be read after them.
  var children: [CommandChild] = []
  /// The compound commands and substitutions that the present command lies in.
  var scopes: [CommandScope] = []
  /// The directory that relative paths start from now.
  var base = CommandBase.start
  var directories = CommandDirectories()
  /// Of each command: whether one in it changes the directory, and may do so again.
  var changingCommands: [Bool] = []
  var context = CommandContext()
  /// A dash and a letter, to look it up.
  var letter: [UInt8] = [UInt8(ascii: "-"), 0]
  /// The options that an abbreviation may stand for.
  var candidates: [Int] = []
  /// Ranges of texts to be joined.
  var joined: [Range<Int>] = []
  /// What texts that are run may still cost, in bytes and commands.
  var textBudget = 0
  /// How many words may still be noted as operands of several invocations.
  var wordBudget = 0
  /// How many more invocations may be read as one package sees them.
  var readingBudget = 0
  /// How many invocations and texts are being read inside one another.
  var depth = 0
  /// What commands were found to print, by the first of a substitution: pieces of the line.
  var yieldMemory: [(first: Int32, count: Int32)] = []
  private var stepCount = 0

  /// The most invocations that may run one another.
  static let depthLimit = 48
  /// The most texts that may lie in one another.
  static let levelLimit = 16

  /// Makes a reader.
  package init() {}

  /// Steps taken since the reader was made; for tests of linear time.
  package var steps: Int { parser.steps &+ stepCount }

  /// Parses a line, and puts what it would do in the place of what `facts` held.
  ///
  /// Linear in the length of the text, and allocates nothing once `facts` and the reader have met
  /// lines as large.
  package mutating func read(
    _ text: Span<UInt8>, programs: ProgramTable, into facts: inout CommandFacts
  ) {
    swap(&facts, &self.facts)
    self.facts.removeAll()
    self.facts.programs = programs
    self.programs = programs
    parser.parse(text, into: &self.facts.line)
    words.clear()
    children.clear()
    scopes.clear()
    yieldMemory.clear()
    directories = CommandDirectories()
    changingCommands.clear()
    context = CommandContext()
    depth = 0
    textBudget = 8 * text.count + (1 << 16)
    wordBudget = 4 * self.facts.line.words.count + (1 << 12)
    readingBudget = self.facts.line.commands.count + 64
    self.facts.bases.append(CommandBase(parent: CommandBase.start, text: CommandText()))
    self.facts.bases.append(CommandBase(parent: CommandBase.unknown, text: CommandText()))
    base = CommandBase.start
    read(commands: 0..<self.facts.line.commands.count)
    swap(&facts, &self.facts)
  }

  /// Reads commands in order.
  mutating func read(commands range: Range<Int>) {
    let floor = scopes.count
    surveyDirectories(range)
    for index in range {
      let command = facts.line.commands[index]
      enterScope(of: command, floor: floor)
      read(command: index, command)
      step()
    }
    while scopes.count > floor { leaveScope() }
  }

  /// Reads a command: what it redirects and assigns, and if it is a simple one what it runs.
  private mutating func read(command index: Int, _ command: ShellCommand) {
    let hasProgram = command.kind == .simple && command.wordCount > 0
    guard hasProgram else {
      readSurroundings(of: index, command, invocation: -1)
      return
    }
    let first = words.count
    var flags: CommandInvocation.Flags = []
    if command.flags.contains(.opaque) { flags.insert(.opaque) }
    if !command.flags.isDisjoint(with: [.mayCallFunction, .mayBeAlias]) {
      flags.insert(.mayBeOther)
    }
    if context.parent >= 0 { flags.insert(.isNested) }
    if context.isElsewhere { flags.insert(.isElsewhere) }
    for word in command.words { words.append(text(ofWord: word)) }
    if context.hasPlaceholder { replacePlaceholders(first..<words.count, by: context.placeholder) }
    if context.isExtended && context.level == command.level && command.relation == .text {
      appendUnknownWord()
    }
    let frame = CommandFrame(
      command: Int32(truncatingIfNeeded: index), parent: context.parent, flags: flags,
      words: first..<words.count, isOutermost: true, isShell: true)
    noteExit(facts.line.knownText(facts.line.words[Int(command.firstWord)]) ?? 0..<0)
    read(frame)
    words.truncate(to: first)
    if command.flags.contains(.mayCallFunction) && directories.functionsChange {
      changeBase(to: CommandBase.unknown, command)
    }
  }

  /// A word of the line as a text.
  mutating func text(ofWord index: Int) -> CommandText {
    let word = facts.line.words[index]
    var text = CommandText(
      firstPart: word.firstPart, partCount: word.partCount, word: Int32(truncatingIfNeeded: index),
      base: CommandBase.start, flags: .isWholeWord)
    if word.flags.contains(.isKnown) { text.flags.insert(.isKnown) }
    if word.flags.contains(.hasUnknown) { text.flags.insert(.hasUnknown) }
    if word.flags.contains(.hasGlob) { text.flags.insert(.hasGlob) }
    if word.flags.contains([.mayBeMany, .hasUnknown]) { text.flags.insert(.mayBeMany) }
    return text.flags.contains(.hasUnknown) ? shape(text) : text
  }

  /// Adds a word, any number of which may follow: of which nothing is known, or what a program is
  /// declared to print.
  mutating func appendUnknownWord(_ filler: CommandYield? = nil) {
    var text = unknownText(many: true)
    if let filler {
      text.firstPart = UInt32(truncatingIfNeeded: filler.parts.lowerBound)
      text.partCount = UInt32(truncatingIfNeeded: filler.parts.count)
      text = settled(text)
      text.flags.insert([.hasUnknown, .mayBeMany, .isShaped, .isYield])
    }
    text.flags.insert(.isFilled)
    words.append(text)
  }

  /// A text of which nothing is known.
  mutating func unknownText(many: Bool) -> CommandText {
    let part = UInt32(truncatingIfNeeded: facts.line.parts.count)
    facts.line.parts.append(ShellPart(kind: .unknown, isQuoted: !many))
    return CommandText(
      firstPart: part, partCount: 1, word: -1, base: CommandBase.start,
      flags: many ? [.hasUnknown, .mayBeMany, .isWholeWord] : [.hasUnknown, .isWholeWord])
  }

  /// Counts a step.
  @inline(__always)
  mutating func step(_ count: Int = 1) { stepCount &+= count }
}

/// What the commands that are being read lie in.
struct CommandContext: Sendable {
  /// The invocation that runs them, or -1.
  var parent: Int32 = -1
  /// Whether they run on another host or under another root.
  var isElsewhere = false
  /// Whether a text in their words stands for operands that are not known.
  var hasPlaceholder = false
  /// That text; where it lies in the line's text. Empty: `{}`.
  var placeholder: Range<Int> = 0..<0
  /// Whether operands that are not known follow the words of commands at `level`.
  var isExtended = false
  var level: UInt16 = 0
}

/// An invocation that is being read.
struct CommandFrame: Sendable {
  /// The index of its command.
  var command: Int32
  /// The invocation that runs it, or -1.
  var parent: Int32
  var flags: CommandInvocation.Flags
  /// Its words, the program's name first: indices of the reader's `words`.
  var words: Range<Int>
  /// Whether the redirections and assignments of the command are its own.
  var isOutermost: Bool
  /// Whether it runs in the shell of the command itself, so that it can change its directory.
  var isShell: Bool
  /// Its index in the facts.
  var index: Int32 = -1
  /// Where its first child stands in the reader's `children`.
  var firstChild = 0
  /// Where its first body stands in the facts.
  var firstBody = 0
  /// Where its first option and operand stand in the facts.
  var firstOption = 0
  var firstOperand = 0
  /// The innermost of its bodies, or -1.
  var body = -1
  /// The directory that its operands start from.
  var base = CommandBase.start
  /// No option can follow any more.
  var optionsEnded = false
  /// Whether an option takes the place of the first operand.
  var replacesFirst = false
  /// Whether it reads its program from standard input in spite of operands.
  var forcesInput = false
  /// The index of the option of a shell that the first operand is the command line of, or -1.
  var awaitingOption = -1
  /// How many operands are certain.
  var certainOperands = 0
  /// The first word before the program that runs which is, or may be, an option that nobody
  /// declares: it may have that program for its argument. -1 where there is none.
  var hidingWord = -1
  /// Some operand, or option, may be anything.
  var isDoubtful = false
  /// What a program that runs a file, or what it reads, runs may be told by an unknown word.
  var programIsDoubtful = false
  /// The effect `executes operands` or `executes other operands`, or -1.
  var runsOperands = -1
  /// How many operands come before what it runs.
  var skippedOperands = 0
  /// Whether an option says that it goes down into directories.
  var isRecursive = false
  /// Whether that is unknown.
  var mayBeRecursive = false
  /// What stands for the operands that are filled in, where that is known.
  var filler: CommandYield?
  /// What its bodies do.
  var traits = CommandFrame.Traits()
  /// As whose it is read: of all packages that declare its program, or of one of them, by its
  /// number.
  var reading = -1
  /// The readings that do not see all that was met, where it is read as that of all.
  var unseen: UInt32 = 0
  /// Those that do not see that operands are paths.
  var unseenPaths: UInt32 = 0

  struct Traits: OptionSet, Sendable {
    let rawValue: UInt16
    /// Some effect is on standard input's text.
    static let executesInput = Traits(rawValue: 1)
    static let executesFirst = Traits(rawValue: 2)
    static let setsOperands = Traits(rawValue: 4)
    /// An operand is a path.
    static let hasPaths = Traits(rawValue: 8)
    static let connects = Traits(rawValue: 16)
    /// It runs texts as command lines, as a shell.
    static let takesCommand = Traits(rawValue: 32)
    /// Its first operand is code, not a file.
    static let takesScript = Traits(rawValue: 64)
    /// Both of a shell: it runs its input, and texts.
    static let shell: Traits = [.executesInput, .takesCommand]
  }
}

/// What an invocation runs.
struct CommandChild: Sendable {
  enum Kind: UInt8, Sendable {
    /// Words: a program with its arguments.
    case words
    /// Words that joined by blanks are a command line.
    case joined
    /// A text that is a command line.
    case text
  }

  var kind: Kind
  /// The words, as indices of the reader's `words`.
  var words: Range<Int> = 0..<0
  /// The text.
  var text = CommandText()
  /// Whether operands that are not known follow.
  var isExtended = false
  /// Whether a text in the words stands for operands that are not known.
  var hasPlaceholder = false
}
