import TractatusSemantics
import TractatusValues

/// A directory from which relative paths start.
indirect enum NaiveStartingPoint: Hashable {
  /// That of the action.
  case start
  case unknown
  /// One given by a word, which may be relative to another.
  case below(NaiveWord, NaiveStartingPoint)
  /// One given by a word, or the one before: the change may have failed.
  case perhaps(NaiveWord, NaiveStartingPoint)
}

extension NaiveStartingPoint {
  /// The directory that a change leads to; not known past 32 changes, each relative to the one
  /// before, or 1,024 bytes of them.
  static func changed(
    by word: NaiveWord, from outer: NaiveStartingPoint, perhaps: Bool = false
  ) -> NaiveStartingPoint {
    let result: NaiveStartingPoint = perhaps ? .perhaps(word, outer) : .below(word, outer)
    let chain = result.chain
    let bytes = chain.reduce(0) { $0 + size($1) }
    return chain.count > 32 || bytes > 1_024 ? .unknown : result
  }

  /// The changes from the last certain absolute one on.
  private var chain: [NaiveWord] {
    switch self {
    case .start, .unknown: []
    case .below(let word, let outer): Self.isAbsolute(word) ? [word] : outer.chain + [word]
    case .perhaps(let word, let outer): outer.chain + [word]
    }
  }

  private static func size(_ word: NaiveWord) -> Int {
    word.pieces.reduce(0) { size, piece in
      switch piece {
      case .known(let text), .glob(let text), .home(let text):
        size + String(String.UnicodeScalarView(text)).utf8.count
      default: size
      }
    }
  }

  /// The directory behind a list: each change in it may have failed, or not have been made.
  func doubted(since before: NaiveStartingPoint, all: Bool) -> NaiveStartingPoint {
    doubts(since: before, all: all) > 2 ? .unknown : perhaps(since: before, all: all)
  }

  private func perhaps(since before: NaiveStartingPoint, all: Bool) -> NaiveStartingPoint {
    if self == before { return self }
    switch self {
    case .start, .unknown: return self
    case .below(let word, let outer):
      let isDoubtful = all || Self.mayFail(word)
      if !isDoubtful, Self.isAbsolute(word) { return self }
      return .changed(
        by: word, from: outer.perhaps(since: before, all: all), perhaps: isDoubtful)
    case .perhaps(let word, let outer):
      return .changed(by: word, from: outer.perhaps(since: before, all: all), perhaps: true)
    }
  }

  /// How many changes that matter may not have been made, behind a list.
  private func doubts(since before: NaiveStartingPoint, all: Bool) -> Int {
    switch self {
    case _ where self == before: doubts
    case .start, .unknown: 0
    case .below(let word, let outer):
      if all || Self.mayFail(word) {
        outer.doubts(since: before, all: all) + 1
      } else {
        Self.isAbsolute(word) ? 0 : outer.doubts(since: before, all: all)
      }
    case .perhaps(_, let outer): outer.doubts(since: before, all: all) + 1
    }
  }

  private static func mayFail(_ word: NaiveWord) -> Bool {
    word.string.map { !$0.split(separator: "/").allSatisfy { [".", ".."].contains($0) } } ?? true
  }

  /// How many changes that matter may not have been made.
  private var doubts: Int {
    switch self {
    case .start, .unknown: 0
    case .below(let word, let outer): Self.isAbsolute(word) ? 0 : outer.doubts
    case .perhaps(_, let outer): outer.doubts + 1
    }
  }

  /// Whether a word begins with a slash or a home directory.
  static func isAbsolute(_ word: NaiveWord) -> Bool {
    switch word.pieces.first {
    case .home: true
    case .known(let text): text.first == "/"
    default: false
    }
  }

  /// The directories that it may be.
  var outcomes: [NaiveStartingPoint] {
    switch self {
    case .start, .unknown: [self]
    case .below(let word, let outer): outer.outcomes.map { .below(word, $0) }
    case .perhaps(let word, let outer): outer.outcomes.flatMap { [.below(word, $0), $0] }
    }
  }
}

/// A simple command with a program's name, or one that another runs.
struct NaiveInvocation {
  /// An option that is given, or may be.
  struct Given {
    /// The declared option; nil for one that is not declared.
    var option: NaiveProgram.Option?
    /// The word that gives it.
    var word: NaiveWord
    var argument: NaiveWord?
    /// The words of a command up to its end.
    var command: [NaiveWord] = []
    var certainty: Truth
    /// Whether the argument is a word of its own.
    var isOwnWord = false
    /// Whether the first operand will be its argument.
    var isWaiting = false
  }
  struct Operand {
    var word: NaiveWord
    var certainty: Truth
    /// Whether it is what else a word may become.
    var isFurther = false
  }

  /// The base name; nil when it is not known.
  var name: String?
  /// The program with the subcommands entered; empty when it is not declared.
  var levels: [NaiveProgram] = []
  /// The subcommands entered.
  var path: [NaiveProgram.Subcommand] = []
  var options: [Given] = []
  var operands: [Operand] = []
  var effects: [NaiveEffect] = []
  /// Whether some word may be any option.
  var hasUnknownOption = false
  var hasUndeclaredOption = false
  /// Whether some word may be an option with its argument in the same word.
  var hasUnknownArgument = false
  /// Whether an unknown word may say what a program that runs its input runs.
  var mayRunOther = false
  /// The texts and files that it runs, as words.
  var executed: [NaiveWord] = []
  /// Whether it is opaque by itself.
  var isOpaque = false
  /// Run on another host.
  var isElsewhere = false
  /// Where it stands in `ShellLine.commands`.
  var command: Int
  /// The invocation that runs it.
  var parent: Int?
  /// How many wrappers are around it.
  var depth = 0
  var base: NaiveStartingPoint
  /// The word that names it, and those after it.
  var nameWord: NaiveWord
  var words: [NaiveWord]

  var program: NaiveProgram? { levels.first }
}

/// Something that an invocation, a redirection or an assignment does.
struct NaiveEffect {
  /// What it is done to.
  enum Target: Hashable {
    case none
    /// A path, from a directory; that of another host when `isThere`.
    case path(NaiveWord, NaiveStartingPoint, isThere: Bool)
    /// The directory itself.
    case directory(NaiveStartingPoint)
    /// Something that has no path, such as a URL.
    case noPath
    case host(NaiveWord)
    /// Code, or a variable's name.
    case text(NaiveWord)
  }
  var verb: CommandEffect
  var target: Target
  var certainty: Truth
  var isRecursive = false
  /// What a variable is set to, and where relative paths in that start.
  var value = NaiveWord.unknown
  var valueBase = NaiveStartingPoint.unknown
  /// Whether a redirection or an assignment does it.
  var isOfLine = false
  /// Whether it is declared of a program, but by no package that is seen.
  var isDoubtful = false
}
