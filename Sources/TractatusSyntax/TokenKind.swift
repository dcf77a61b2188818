/// What a token is by its spelling alone.
package enum TokenKind: UInt8, Sendable, CaseIterable {
  /// The end of the file; it has no bytes and carries the last trivia.
  case endOfFile
  /// An identifier or a word of the language.
  case word
  /// A name in backticks.
  case quotedName
  /// An integer or decimal, perhaps with `_`.
  case number
  /// A number directly followed by `%`.
  case percent
  /// `2026-12-31`.
  case date
  /// An RFC 3339 date and time.
  case time
  /// `"…"`.
  case string
  /// `"""…"""`.
  case blockString
  /// `-r`, `--force`, `-delete`: an option of a program, as it is spelt.
  case spelling
  /// `/…/` with its flags.
  case regularExpression
  /// `{`.
  case leftBrace
  /// `}`.
  case rightBrace
  /// `[`.
  case leftBracket
  /// `]`.
  case rightBracket
  /// `(`.
  case leftParenthesis
  /// `)`.
  case rightParenthesis
  /// `,`.
  case comma
  /// `:`.
  case colon
  /// `.`.
  case dot
  /// `..`.
  case dotDot
  /// `?`.
  case question
  /// `=`.
  case equals
  /// `==`.
  case equalEqual
  /// `!=`.
  case bangEqual
  /// `<`.
  case less
  /// `<=`.
  case lessEqual
  /// `>`.
  case greater
  /// `>=`.
  case greaterEqual
  /// `+`.
  case plus
  /// `-`.
  case minus
  /// `*`.
  case star
  /// `/` as division.
  case slash

  /// How a message names the kind: the sign in backticks, or words.
  package var described: String {
    switch self {
    case .endOfFile: "the end of the file"
    case .word, .quotedName: "a name"
    case .number: "a number"
    case .percent: "a percentage"
    case .date: "a date"
    case .time: "a time"
    case .string, .blockString: "a string"
    case .spelling: "an option"
    case .regularExpression: "a regular expression"
    default: "`\(sign)`"
    }
  }

  /// The spelling of a sign; empty for the other kinds.
  package var sign: String {
    switch self {
    case .leftBrace: "{"
    case .rightBrace: "}"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .leftParenthesis: "("
    case .rightParenthesis: ")"
    case .comma: ","
    case .colon: ":"
    case .dot: "."
    case .dotDot: ".."
    case .question: "?"
    case .equals: "="
    case .equalEqual: "=="
    case .bangEqual: "!="
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    case .plus: "+"
    case .minus: "-"
    case .star: "*"
    case .slash: "/"
    default: ""
    }
  }

  /// Whether the kind is `==`, `!=`, `<`, `<=`, `>` or `>=`.
  package var isComparison: Bool {
    switch self {
    case .equalEqual, .bangEqual, .less, .lessEqual, .greater, .greaterEqual: true
    default: false
    }
  }
}
