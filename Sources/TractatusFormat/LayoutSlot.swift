/// What is written between a token and the one before it.
enum Gap: UInt8 {
  /// Nothing.
  case tight
  /// A space.
  case space
  /// Nothing, or the line's end if the group breaks.
  case softTight
  /// A space, or the line's end if the group breaks.
  case soft
  /// Two spaces, or the line's end if the group breaks.
  case softDouble
  /// A space, or the line's end where what follows does not fit.
  case fill
  /// Two spaces, or the line's end where what follows does not fit.
  case fillDouble
  /// A space, or the line's end where what follows fits on the next line and not on this one.
  case helps
  /// The line's end.
  case hard

  /// Whether the line may end here.
  var isBreakable: Bool { rawValue >= Gap.softTight.rawValue }

  /// The columns that it takes on one line.
  var width: Int32 {
    switch self {
    case .tight, .softTight, .hard: 0
    case .space, .soft, .fill, .helps: 1
    case .softDouble, .fillDouble: 2
    }
  }
}

/// How a group of tokens lies if it does not fit on one line.
enum GroupStyle: UInt8 {
  /// In brackets: what is inside on lines of its own, the closing bracket below the opening line.
  case bracket
  /// The parts of a clause on lines of their own below it; brackets inside close at the parts.
  case parts
  /// The same, but brackets inside close at the clause.
  case tail
  /// Everything below the beginning of the group.
  case hang
}

/// Tokens that go on one line together if they fit.
struct LayoutGroup {
  /// The token after the last one.
  var end: UInt32
  /// The next group that begins at the same token, inside of this one; -1 without one.
  var next: Int32
  /// How it lies if it does not fit.
  var style: GroupStyle
}

/// A token's place in the layout, with what is between it and the one before it.
struct LayoutSlot {
  /// What the layout writes there.
  var gap: Gap = .space
  /// Line ends in the source, not counted past 255.
  var lineCount: UInt8 = 0
  /// Whether the source has an empty line there.
  var hasEmptyLine = false
  /// Whether the source has a comment there.
  var hasComment = false
  /// Whether the token closes the group that it ends, so that it stands below the group's line.
  var isCloser = false
  /// Whether no empty line stands before the first comment or the token.
  var dropsFirstEmptyLine = false
  /// Whether no empty line stands directly before the token.
  var dropsLastEmptyLine = false
  /// Whether it goes on after a closing bracket that stands first on its line.
  var joinsCloser = false
  /// Whether an empty line is written even if the source has none.
  var forcesEmptyLine = false
  /// Spaces for alignment, before the token on its line.
  var pad: UInt16 = 0
  /// The first group that begins at the token; -1 without one.
  var firstGroup: Int32 = -1
  /// Of `fill` and `helps`: the token after those that should fit.
  var unitEnd: UInt32 = 0
  /// The columns of the file on one line up to the token, and to its end.
  var flatStart: Int32 = 0
  var flatEnd: Int32 = 0
  /// The first token from this one on before which the line may end.
  var nextBreak: UInt32 = 0
  /// How many tokens up to this one must begin a line.
  var hardCount: UInt32 = 0
  /// The source offset of the beginning of the token's line.
  var lineStart: UInt32 = 0
}
