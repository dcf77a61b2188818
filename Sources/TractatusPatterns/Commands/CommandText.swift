/// A text that a command is given, or part of one: a run of the pieces of words.
package struct CommandText: Sendable, Equatable {
  /// What is known of it as a whole.
  package struct Flags: OptionSet, Sendable {
    /// The bits.
    package let rawValue: UInt16
    /// Flags of some bits.
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Some piece of it is unknown.
    package static let hasUnknown = Flags(rawValue: 1)
    /// Some piece of it is a pattern that the shell expands to the names of files.
    package static let hasGlob = Flags(rawValue: 2)
    /// It is a pattern of names that the program itself expands: its stars are literal text here.
    package static let isPattern = Flags(rawValue: 4)
    /// It is all that a word, or the operand of an option, is; not a part that was cut out.
    package static let isWholeWord = Flags(rawValue: 8)
    /// All of it is known text: one literal piece, or none when it is empty.
    package static let isKnown = Flags(rawValue: 16)
    /// It stands for a place on another host or under another root: a path is not one of here.
    package static let isElsewhere = Flags(rawValue: 32)
    /// It may be any number of words, or none, if the shell splits what is unknown in it.
    package static let mayBeMany = Flags(rawValue: 64)
    /// Some of it stands for operands that the program fills in.
    package static let isFilled = Flags(rawValue: 128)
    /// All that is unknown in it is what a program is declared to print.
    package static let isShaped = Flags(rawValue: 256)
    /// All of it is one word that a program is declared to print; if it may be many, each is.
    package static let isYield = Flags(rawValue: 512)
  }

  /// The index of its first piece in the line's `parts`.
  package var firstPart: UInt32 = 0
  /// The number of its pieces.
  package var partCount: UInt32 = 0
  /// The index in the line's `words` of the word that it comes from, or -1.
  package var word: Int32 = -1
  /// The index in `bases` of the directory that it starts from if it is a relative path.
  package var base: Int32 = CommandBase.start
  /// What is known of it as a whole.
  package var flags: Flags = []

  /// Its pieces, as indices of the line's `parts`.
  package var parts: Range<Int> { Int(firstPart)..<(Int(firstPart) + Int(partCount)) }
}

/// A directory that relative paths start from.
package struct CommandBase: Sendable, Equatable {
  /// The index of the directory that the line starts in.
  package static let start: Int32 = 0
  /// The index of a directory of which nothing is known.
  package static let unknown: Int32 = 1

  /// The index of the directory that `text` starts from if it is relative; smaller than the
  /// base's own. For the first two bases their own index.
  package var parent: Int32
  /// The directory that was changed to, a path; empty in the first two bases.
  package var text: CommandText
  /// Whether the change may have failed, or not been made: the directory may be its parent.
  package var isDoubtful = false
  /// Whether it is the same wherever it was changed from, and the change is certain: what comes
  /// before it in the chain does not matter.
  package internal(set) var isFixed = false
  /// How many changes of the chain that matter here are doubtful, up to `doubtLimit`.
  package var doubts: UInt8 = 0
  /// How many changes of the chain matter here, up to `chainLimit`.
  var depth: UInt8 = 0
  /// How many bytes these are spelt with, up to `textLimit`.
  var byteCount: UInt16 = 0

  /// The most doubtful changes of which all outcomes are looked at.
  package static let doubtLimit: UInt8 = 2
  /// The longest chain of directories, each relative to the one before.
  package static let chainLimit: UInt8 = 32
  /// The most bytes that the directories of a chain are spelt with.
  ///
  /// PERF: each path that starts there is read with them.
  package static let textLimit: UInt16 = 1_024

  /// How many directories it may be: each doubtful change is made or not.
  var outcomes: Int { 1 << Int(min(doubts, Self.doubtLimit)) }
}
