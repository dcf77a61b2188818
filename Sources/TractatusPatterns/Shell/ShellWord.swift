/// A piece of a word: text that is known, or what stands for text that is not.
package struct ShellPart: Sendable, Equatable {
  /// What a piece is, and what its range means.
  package enum Kind: UInt8, Sendable {
    /// Known text: a range of the line's `text`.
    case literal
    /// Part of a pattern for file names, unquoted: `*`, `?` or `[…]`. A range of the `text`.
    case glob
    /// `~` or `$HOME`: the home directory. No range.
    case home
    /// `~name`: another's home directory. The name is a range of the `text`.
    case userHome
    /// `$PWD` or `~+`: the directory that the line began in. No range.
    case workingDirectory
    /// A whole number: arithmetic, `$?`, `${#x}`; of a length of 1 digits alone. No range.
    case number
    /// The value of a variable or parameter. The name is a range of the `text`.
    case variable
    /// What the commands inside write: a range of `commands`.
    case substitution
    /// The name of a pipe from the commands inside: a range of `commands`.
    case processInput
    /// The name of a pipe into the commands inside: a range of `commands`.
    case processOutput
    /// Anything. No range.
    case unknown
    /// Names of files one below the other, none of them `.` or `..`; of a length of 1, not
    /// beginning with a dash. No range.
    case names
    /// Nothing, or `/` and such names: something at or below what stands before it. No range.
    case below
    /// Nothing, or such names with a `/` behind each. No range.
    case folders
    /// What a program prints, by a pattern that is declared of it: a range of the `text`.
    case shape
  }

  /// What the piece is.
  package var kind: Kind
  /// Whether it stands between quotes, so that it is neither split nor matched with file names; of
  /// what a program is declared to print, whether it is there for sure.
  package var isQuoted = false
  /// Where the range that `kind` speaks of begins.
  package var start: UInt32 = 0
  /// How long that range is.
  package var count: UInt32 = 0

  /// The range that `kind` speaks of.
  package var range: Range<Int> { Int(start)..<(Int(start) + Int(count)) }

  /// Whether the text that it stands for can be anything at all.
  package var isUnknown: Bool {
    switch kind {
    case .literal, .glob, .home, .userHome, .workingDirectory: false
    case .number, .variable, .substitution, .processInput, .processOutput, .unknown, .names,
      .below, .folders, .shape:
      true
    }
  }
}

/// A word of a command after expansion and quote removal.
package struct ShellWord: Sendable, Equatable {
  /// What is known of a word as a whole.
  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// It may become any number of words, or none.
    package static let mayBeMany = Flags(rawValue: 1)
    /// Some piece of it is unknown.
    package static let hasUnknown = Flags(rawValue: 2)
    /// Some piece of it is a pattern for file names.
    package static let hasGlob = Flags(rawValue: 4)
    /// Some of it was quoted in the line.
    package static let isQuoted = Flags(rawValue: 8)
    /// All of it is known text: one literal piece, or none when it is empty.
    package static let isKnown = Flags(rawValue: 16)
    /// It has been searched for substitutions in subscripts; whether there are some.
    static let isSearched = Flags(rawValue: 32)
    static let hasSubscripts = Flags(rawValue: 64)
  }

  /// What is known of it as a whole.
  package var flags: Flags = []
  /// The index of its first piece in `parts`.
  package var firstPart: UInt32 = 0
  /// The number of its pieces.
  package var partCount: UInt32 = 0
  /// Where it stands in the line: a range of byte offsets.
  package var range: Range<UInt32> = 0..<0

  /// Its pieces, as indices of `parts`.
  package var parts: Range<Int> { Int(firstPart)..<(Int(firstPart) + Int(partCount)) }
}
