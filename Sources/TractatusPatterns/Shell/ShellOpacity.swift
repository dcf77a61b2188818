/// A reason why what a command line would run, or what it would do, cannot be known.
package struct ShellOpacity: Sendable, Equatable {
  /// What cannot be known.
  package enum Reason: UInt8, Sendable, CaseIterable {
    // The line cannot be parsed from here on.
    /// The line is longer than 1 MiB.
    case tooLong
    /// Constructs lie in one another more than 64 deep.
    case tooDeep
    /// A NUL byte, which no shell keeps.
    case nulByte
    /// A token where the grammar has no place for it.
    case unexpectedToken
    /// A quotation, substitution, subscript or compound command without its end.
    case unterminated
    /// A line continuation that could join two halves of a token.
    case continuedToken
    /// Text that shells or their modes read differently.
    case ambiguous
    /// Substitutions of one text into another, aliases for one, grew past their bound.
    case tooMuchText
    /// The line has more words, commands and expansions than are looked at.
    case tooManyParts
    /// A command that was read and that nothing was found to run.
    case notFollowed
    // A command whose doings cannot be known.
    /// The program is a variable, a substitution or a pattern.
    case unknownProgram
    /// An alias was defined under a name, or with a text, that is unknown.
    case unknownAlias
    /// An expansion or a builtin runs a text as shell code: `${x@P}`, `${!x}`, `a[$(…)]` in a
    /// string that is used as a name or a number.
    case evaluatedText
    /// A builtin that is found only by following a variable changes variables in a loop, or in a
    /// function.
    case hiddenAssignment
    /// A here-document begins before a substitution and its body lies inside it.
    case hereDocumentOrder
  }

  /// What cannot be known.
  package var reason: Reason
  /// Where in the line: a range of byte offsets.
  package var range: Range<UInt32>
  /// The index of the command that it concerns, or -1: the line as a whole.
  package var command: Int32

  /// Whether the text from here on has not been parsed.
  package var endsParsing: Bool { reason.rawValue <= Reason.notFollowed.rawValue }
}

/// The first thing that a text cannot be parsed for.
struct ShellFault: Error {
  var reason: ShellOpacity.Reason
  var offset: Int
}
