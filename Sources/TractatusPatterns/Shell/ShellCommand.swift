/// A command found in a line: a simple command, or a compound one for its own words and
/// redirections.
package struct ShellCommand: Sendable, Equatable {
  /// What kind of command it is.
  package enum Kind: UInt8, Sendable {
    /// A program or builtin with its words; or assignments and redirections alone.
    case simple
    /// `( … )`
    case subshell
    /// `{ … }`, `if`, `while`, `until`: it has no words.
    case group
    /// `for` and `select`: its words are the list.
    case loop
    /// `case`: its words are the subject and the patterns.
    case choice
    /// `[[ … ]]`: its words are operands and operators.
    case condition
    /// `(( … ))` and the head of `for (( … ))`: no words.
    case arithmetic
    /// A function: its only word is the name; what it does when called is inside.
    case function
    /// `coproc`: its only word, if any, is the name.
    case coprocess
  }

  /// How a command lies in its parent.
  package enum Relation: UInt8, Sendable {
    /// There is no parent.
    case none
    /// In the body of a compound command, whose redirections it inherits.
    case body
    /// In the body of a function.
    case function
    /// In a `$(…)` or backticks of a word, an assignment or a here-document of the parent.
    case substitution
    /// In a `<(…)` of the parent.
    case processInput
    /// In a `>(…)` of the parent.
    case processOutput
    /// In a text that was parsed again as a command line for the parent: an alias, `sh -c`.
    case text
  }

  /// What is known of when and how it runs.
  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Its status, or its pipeline's, is negated by `!`.
    package static let negated = Flags(rawValue: 1)
    /// It, or its pipeline, is timed.
    package static let timed = Flags(rawValue: 2)
    /// It runs in the background.
    package static let background = Flags(rawValue: 4)
    /// Whether it runs depends on something: after `&&` or `||`, in a branch, a loop, a function.
    package static let conditional = Flags(rawValue: 8)
    /// Its name may be that of a function declared on the line.
    package static let mayCallFunction = Flags(rawValue: 16)
    /// Its name may be an alias defined on the line; the aliased text follows as its children.
    package static let mayBeAlias = Flags(rawValue: 32)
    /// What it runs, or does to later commands, cannot be known.
    package static let opaque = Flags(rawValue: 64)
    /// It runs only if what stands before it in its list succeeded: it follows `&&`.
    package static let followsSuccess = Flags(rawValue: 128)
    /// It runs only if what stands before it in its list failed: it follows `||`.
    package static let followsFailure = Flags(rawValue: 256)
    /// It is the first command of a substitution or of a list that may be skipped.
    package static let begins = Flags(rawValue: 512)
    /// It may run more than once: it lies in a loop or a function.
    package static let mayRepeat = Flags(rawValue: 1024)
    /// Those that say how a command is joined to the ones before it.
    static let joints: Flags = [.followsSuccess, .followsFailure]
  }

  /// What kind of command it is.
  package var kind = Kind.simple
  /// How it lies in its parent.
  package var relation = Relation.none
  /// What is known of when and how it runs.
  package var flags: Flags = []
  /// How many times a text was parsed again to find it: 0 in the line itself.
  package var level: UInt16 = 0
  /// The index of the innermost command that it lies in, which is smaller than its own; or -1.
  package var parent: Int32 = -1
  /// The index of its place in a pipeline in `stages`, or -1. A compound command's place is that
  /// of all that lies in its body.
  package var stage: Int32 = -1
  /// The index of its first word in `words`.
  package var firstWord: UInt32 = 0
  /// The number of its words.
  package var wordCount: UInt32 = 0
  /// The index of its first assignment in `assignments`.
  package var firstAssignment: UInt32 = 0
  /// The number of its assignments.
  package var assignmentCount: UInt32 = 0
  /// The index of its first redirection in `redirections`.
  package var firstRedirection: UInt32 = 0
  /// The number of its redirections.
  package var redirectionCount: UInt32 = 0
  /// Where it stands in the line: a range of byte offsets.
  package var range: Range<UInt32> = 0..<0

  /// Its words, as indices of `words`; the first is the program.
  package var words: Range<Int> { Int(firstWord)..<(Int(firstWord) + Int(wordCount)) }
  /// Its assignments, as indices of `assignments`.
  package var assignments: Range<Int> {
    Int(firstAssignment)..<(Int(firstAssignment) + Int(assignmentCount))
  }
  /// Its redirections, as indices of `redirections`.
  package var redirections: Range<Int> {
    Int(firstRedirection)..<(Int(firstRedirection) + Int(redirectionCount))
  }
}

/// A place in a pipeline of two commands or more.
package struct ShellStage: Sendable, Equatable {
  /// The number of the pipeline.
  package var pipeline: Int32
  /// The place in it, from 0; it reads what place - 1 writes.
  package var place: Int32
  /// The index of the place that the whole pipeline lies in, which is smaller; or -1.
  package var enclosing: Int32
  /// Whether standard error goes down the pipe as well (`|&`).
  package var sendsErrors: Bool
}

/// An assignment before a command, alone, or as an argument of `declare` and the like.
package struct ShellAssignment: Sendable, Equatable {
  /// Where the name stands in the line's `text`.
  package var name: Range<UInt32>
  /// The index of the value's first word in `words`.
  package var firstWord: UInt32
  /// The number of the value's words: 1, or those of an array.
  package var wordCount: UInt32
  /// Whether it appends (`+=`).
  package var appends: Bool
  /// Whether it assigns one element (`name[…]=`).
  package var hasSubscript: Bool
  /// Whether the value is a list in parentheses.
  package var isArray: Bool
}

/// A redirection of a command.
package struct ShellRedirection: Sendable, Equatable {
  /// What a redirection does.
  package enum Operator: UInt8, Sendable {
    /// `<`
    case input
    /// `>`
    case output
    /// `>>`
    case append
    /// `>|`
    case clobber
    /// `<>`
    case inputOutput
    /// `<&`
    case duplicateInput
    /// `>&` with a descriptor, or with a word that may be one.
    case duplicateOutput
    /// `&>` and `>&` with a file: standard output and error.
    case bothOutputs
    /// `&>>`
    case bothAppend
    /// `<<` and `<<-`: the target is the text.
    case hereDocument
    /// `<<<`: the target is the text, to which a newline is added.
    case hereString
  }

  /// What it does.
  package var operation: Operator
  /// Whether the delimiter of a here-document is quoted, so that the text is taken as it is.
  package var isVerbatim = false
  /// The descriptor: given or implied; -1 when `variable` gets it.
  package var descriptor: Int32
  /// Where the name in `{name}>…` stands in the line's `text`; empty when there is none.
  package var variable: Range<UInt32> = 0..<0
  /// The index of its target in `words`.
  package var target: UInt32
}
