/// How one pattern of a set is decided, or several that require the same text.
struct PatternPlan: Sendable, Equatable {
  enum Kind: UInt32 {
    /// Every text matches.
    case always
    /// Fixed text: `first` is where its bytes start, `second` how many they are.
    case literal
    /// The automaton unit `first`, over the text.
    case automaton
    /// The automaton unit `first`, over the word view.
    case words
    /// Not of a pattern: the automaton unit `first` of several patterns.
    case group
  }

  /// Numbers that a plan takes in an image.
  static let recordSize = 4

  var kind: Kind
  /// For fixed text: whether it stands at the start (1), at the end (2), and whether it is folded
  /// and compared with the folded text (4). Of an automaton: whether it is late (8), so that only
  /// those who ask for the pattern find it.
  var flags: UInt32
  var first: Int
  var second: Int

  static let atStart: UInt32 = 1
  static let atEnd: UInt32 = 2
  static let folding: UInt32 = 4
  static let late: UInt32 = 8

  /// Whether only those who ask for the pattern find it.
  var isLate: Bool { kind == .automaton && flags & Self.late != 0 }

  init(_ kind: Kind, flags: UInt32 = 0, first: Int = 0, second: Int = 0) {
    self.kind = kind
    self.flags = flags
    self.first = first
    self.second = second
  }

  /// The plan as numbers for an image.
  var words: [UInt32] {
    [
      kind.rawValue, flags, UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: second),
    ]
  }

  /// The plan that the numbers of an image from a place on mean.
  init?(words: Packed<UInt32>, at first: Int) {
    guard let kind = Kind(rawValue: words[first]), words[first + 1] < 16 else { return nil }
    self.init(
      kind, flags: words[first + 1], first: Int(words[first + 2]), second: Int(words[first + 3]))
  }
}
