import TractatusPatterns

extension ShellOpacity.Reason {
  /// Why what a line runs cannot be known, in words that follow a colon.
  package var words: String {
    switch self {
    case .tooLong: "the line is longer than 1 MiB"
    case .tooDeep: "constructs lie in one another more than 64 deep"
    case .nulByte: "it holds a NUL byte"
    case .unexpectedToken: "it cannot be parsed"
    case .unterminated: "a quotation or compound command has no end"
    case .continuedToken: "a line continuation may join two halves of a token"
    case .ambiguous: "shells read it differently"
    case .tooMuchText: "substitutions grow past their bound"
    case .tooManyParts: "it has too many words and commands"
    case .notFollowed: "part of it was not followed"
    case .unknownProgram: "the program is not known"
    case .unknownAlias: "an alias is not known"
    case .evaluatedText: "a text that is run is not known"
    case .hiddenAssignment: "variables are changed where nobody can follow"
    case .hereDocumentOrder: "a here-document lies across a substitution"
    }
  }
}

extension CommandOpacity.Reason {
  /// Why what a command runs cannot be known, in words that follow a colon; the words of the
  /// parser's reasons where these mean the same.
  package var words: String {
    switch self {
    case .unknownText: "a text that is run is not known"
    case .unknownProgram: "the program is not known"
    case .pipedProgram: "what comes down a pipe is run"
    case .tooDeep: "texts that are run lie more than 16 deep in one another"
    }
  }
}
