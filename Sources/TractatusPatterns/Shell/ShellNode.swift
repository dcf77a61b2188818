/// What a node of the syntax of a command line is.
enum ShellNodeKind: UInt8, Sendable {
  // Lists and commands.
  case sequence, simple, subshell, group, ifClause, whileLoop, forLoop, arithmeticFor, caseClause,
    caseItem, function, coprocess, condition, arithmeticCommand
  // What commands are made of.
  case name, assignment, arrayValue, index, word, redirection, hereBody
  // What words are made of.
  case literal, single, ansi, double, escaped, tilde, glob, fuzzy, braceOpen, braceComma,
    braceClose, parameter, command, processInput, processOutput, arithmetic, extendedGlob
}

/// How a command is joined to the one before it in the same list.
enum ShellJoint: UInt8, Sendable {
  case next, and, or, pipe, pipeBoth

  /// Whether the command reads what the one before it writes.
  var isPipe: Bool { self == .pipe || self == .pipeBoth }
}

/// A node of the syntax, in an array in the order of the text: the children of a node follow it
/// up to `next`. A here-document's body stands where it was read; its redirection links to it.
struct ShellNode: Sendable {
  var kind: ShellNodeKind
  var joint = ShellJoint.next
  var flags: UInt16 = 0
  /// Where the text of the node begins and ends.
  var start: UInt32
  var end: UInt32
  /// The index after the last node inside this one.
  var next: UInt32
  /// A redirection: the index of the body, and 0 when there is none. A parameter: where the name
  /// ends.
  var link: UInt32 = 0

  // Flags of commands; those of a pipeline or an and-or list stand at its first command.
  static let background: UInt16 = 1
  static let negated: UInt16 = 2
  static let timed: UInt16 = 4
  /// Of a `whileLoop`: it is `until`. Of a `forLoop`: it is `select`.
  static let variant: UInt16 = 8
  /// Of a `forLoop`: it has an `in`.
  static let hasList: UInt16 = 16

  // Flags of words and what is in them.
  /// A line continuation lies in the word.
  static let continued: UInt16 = 32
  /// Of an `assignment`: `+=`. Of a `hereBody` and its redirection: the delimiter is quoted. Of a
  /// `double`: it is `$"…"`. Of a `command`: it is in backticks.
  static let special: UInt16 = 64
  /// Of an `assignment`: it is an argument of a builtin such as `declare`.
  static let argument: UInt16 = 128
  /// Of a `word`: what it says is not followed.
  static let odd: UInt16 = 256
  /// Of a `word`: a brace opens in it. Of a `redirection`: its descriptor is a variable.
  static let braces: UInt16 = 512
  /// Of a `word`: if braces expand in it, they change names that are read as they stand.
  static let joined: UInt16 = 2048
  /// Of a `word`: a dollar sign in it begins nothing, after which bash splits nothing.
  static let dollar: UInt16 = 4096
  /// Of a command: it has been followed.
  static let followed: UInt16 = 1024

  /// Whether it is a command, which must be followed if anything is said of the line.
  var isCommand: Bool {
    kind.rawValue > ShellNodeKind.sequence.rawValue && kind.rawValue < ShellNodeKind.name.rawValue
      && kind != .caseItem
  }

  /// Whether a word, at an index, is its text as it stands.
  func isLeaf(_ index: Int) -> Bool {
    Int(next) == index + 1 && flags & (Self.odd | Self.continued) == 0
  }

  func has(_ flag: UInt16) -> Bool { flags & flag != 0 }
}
