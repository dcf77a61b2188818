import TractatusPatterns
import TractatusValues

/// A piece of a word of a command line.
enum NaivePiece: Hashable {
  /// Text that is known.
  case known([Unicode.Scalar])
  /// Part of a pattern for file names: `*`, `?` or `[…]`.
  case glob([Unicode.Scalar])
  /// A home directory, of oneself (empty) or of a user.
  case home([Unicode.Scalar])
  /// The directory that the line began in.
  case start
  /// Some whole number.
  case number
  /// What commands write, or the pipe from or into them: their places in the line.
  case commands(ShellPart.Kind, Range<Int>)
  /// Any text at all.
  case anything
  /// An operand that stands in the place of a mark, or follows: any text, but no option.
  case operand
}

extension NaivePiece {
  /// Whether nothing is known of its text, but perhaps that it is a number.
  var isUnknown: Bool {
    switch self {
    case .anything, .operand, .number, .commands: true
    case .known, .glob, .home, .start: false
    }
  }
}

/// A word of a command line: what is known of its text, and what is not.
struct NaiveWord: Hashable {
  var pieces: [NaivePiece] = []
  /// Whether it may become several words, or none.
  var mayBeMany = false
  /// The word of the line that it is, or is taken from.
  var place: Int?

  init(_ text: [Unicode.Scalar]) { if !text.isEmpty { pieces = [.known(text)] } }

  init(_ text: String) { self.init(Array(text.unicodeScalars)) }

  /// A word of a line; of a value that a variable is set to, `$X` of that variable itself is text.
  init(_ index: Int, of line: ShellLine, setting variable: String? = nil) {
    let word = line.words[index]
    place = index
    mayBeMany = word.flags.contains(.mayBeMany) && word.flags.contains(.hasUnknown)
    for part in word.parts {
      let part = line.parts[part]
      let text = {
        Array(String(decoding: line.text[part.range], as: UTF8.self).unicodeScalars)
      }
      switch part.kind {
      case .literal: add(.known(text()))
      case .glob: add(.glob(text()))
      case .home: add(.home([]))
      case .userHome: add(.home(text()))
      case .workingDirectory: add(.start)
      case .number: add(.number)
      case .variable
      where Self.isPlain(part, of: line) && text() == variable.map { Array($0.unicodeScalars) }:
        add(.known(["$"] + text()))
      case .substitution, .processInput, .processOutput:
        add(.commands(part.kind, part.range))
      default: add(.anything)
      }
    }
  }

  /// Whether a variable is spelt `$X` or `${X}`.
  private static func isPlain(_ part: ShellPart, of line: ShellLine) -> Bool {
    let (start, end) = (part.range.lowerBound, part.range.upperBound)
    guard start > 0 else { return false }
    let before = line.text[start - 1]
    return before == UInt8(ascii: "$")
      || before == UInt8(ascii: "{") && end < line.text.count && line.text[end] == UInt8(ascii: "}")
  }

  /// A word of which nothing is known.
  static var unknown: NaiveWord {
    var word = NaiveWord("")
    word.pieces = [.anything]
    return word
  }

  /// A word that more operands may give.
  static var operand: NaiveWord {
    var word = NaiveWord("")
    word.pieces = [.operand]
    return word
  }

  /// Any number of more operands.
  static var further: NaiveWord {
    var word = operand
    word.mayBeMany = true
    return word
  }

  mutating func add(_ piece: NaivePiece) {
    if case .known(let more) = piece, case .known(let text)? = pieces.last {
      pieces[pieces.count - 1] = .known(text + more)
    } else if piece != .known([]) {
      pieces.append(piece)
    }
  }

  /// The text, where all of it is known.
  var text: [Unicode.Scalar]? {
    if pieces.isEmpty { return [] }
    guard pieces.count == 1, case .known(let text) = pieces[0] else { return nil }
    return text
  }

  /// The text as a string, where all of it is known.
  var string: String? { text.map { NaiveText.string($0) } }

  /// What is known to stand at the beginning.
  var beginning: [Unicode.Scalar] {
    if case .known(let text)? = pieces.first { return text }
    return []
  }

  /// What is known to stand at the end.
  var end: [Unicode.Scalar] {
    if case .known(let text)? = pieces.last { return text }
    return []
  }

  /// Whether some part of the text can be anything.
  var hasUnknown: Bool {
    pieces.contains { $0.isUnknown }
  }

  /// The word where a home directory may be any.
  var withoutHome: NaiveWord {
    var word = self
    word.pieces = pieces.map { if case .home = $0 { .anything } else { $0 } }
    return word
  }

  /// The word where whatever is not known may be any text, home directories too.
  var withAnything: NaiveWord {
    var word = self
    word.pieces = pieces.map { if case .known = $0 { $0 } else { .anything } }
    return word
  }

  /// Whether the text may be `host:path`, for all that is known.
  var mayBeRemote: Bool {
    for piece in pieces {
      switch piece {
      case .anything, .operand, .commands: return true
      case .known(let text): if text.contains("/") { return false }
      case .number: continue
      case .glob, .home, .start: return false
      }
    }
    return false
  }

  /// Whether the text may begin with a dash although nothing says so.
  var mayBeginWithDash: Bool {
    switch pieces.first {
    case .anything, .commands(.substitution, _): true
    default: false
    }
  }

  /// The word without the first characters, which are known.
  func dropping(_ count: Int) -> NaiveWord {
    guard count > 0, case .known(let text)? = pieces.first else { return self }
    var word = self
    word.pieces.removeFirst()
    if text.count > count { word.pieces.insert(.known(Array(text.dropFirst(count))), at: 0) }
    return word
  }

  /// The word with a text in it replaced by a piece, wherever it stands.
  func replacing(_ part: [Unicode.Scalar], by piece: NaivePiece) -> NaiveWord {
    guard !part.isEmpty else { return self }
    var word = self
    word.pieces = []
    for old in pieces {
      guard case .known(let text) = old else {
        word.add(old)
        continue
      }
      var rest = text[...]
      var kept: [Unicode.Scalar] = []
      while !rest.isEmpty {
        if rest.starts(with: part) {
          word.add(.known(kept))
          word.add(piece)
          kept = []
          rest = rest.dropFirst(part.count)
        } else {
          kept.append(rest.removeFirst())
        }
      }
      word.add(.known(kept))
    }
    return word
  }

  /// The commands inside, by the kind of piece.
  func commands(_ kind: ShellPart.Kind) -> [Range<Int>] {
    pieces.compactMap { piece in
      if case .commands(kind, let range) = piece { range } else { nil }
    }
  }
}

/// A text that a word may become.
struct NaiveInstance: Hashable {
  var text: [Unicode.Scalar]
  /// Whether a tilde at the front is the shell's, so that it is a home directory for certain.
  var isHome = false
}

// MARK: What a word may become

extension NaiveWord {
  /// The truth of a test over all texts that the word may become: true when all pass, false when
  /// none can.
  ///
  /// Texts that are not known are tried: some that pass hardly any test, and of each of the
  /// `hints`, which are what the test compares with, whatever the known parts leave of it.
  func truth(_ hints: [[Unicode.Scalar]], _ test: (NaiveInstance) -> Truth) -> Truth {
    var found: Truth?
    for instance in instances(hints) {
      let truth = test(instance)
      if truth == .unknown || (found ?? truth) != truth { return .unknown }
      found = truth
    }
    return found ?? .unknown
  }

  /// Texts that the word may become.
  func instances(_ hints: [[Unicode.Scalar]]) -> [NaiveInstance] {
    if let text { return [NaiveInstance(text: text)] }
    var isHome = false
    if case .home? = pieces.first { isHome = true }
    let rest = remainders(hints)
    var texts: [[Unicode.Scalar]] = [[]]
    for (place, piece) in pieces.enumerated() {
      let fillers: [[Unicode.Scalar]]
      switch piece {
      case .known(let text): fillers = [text]
      case .home(let user): fillers = [["~"] + user]
      case .glob(let pattern): fillers = Self.names(pattern, rest)
      case .number: fillers = Self.numbers(rest)
      case .commands(let kind, _) where kind != .substitution:
        // A process is a pipe of some number.
        let folder = Array("/dev/fd/".unicodeScalars)
        fillers = (Self.numbers(rest) + Self.numbers(Self.behind(folder, hints))).map {
          folder + $0
        }
      case .start, .anything, .operand, .commands: fillers = Self.generic + rest
      }
      texts = texts.flatMap { text in
        fillers.filter { filler in
          Self.fits(piece, filler, after: text)
            && (!filler.isEmpty || !isName(place) || !text.isEmpty && text.last != "/")
        }.map { text + $0 }
      }
      // Several unknown pieces are tried with fewer texts.
      if texts.count > 2_000 { texts = Array(texts.prefix(2_000)) }
    }
    return Set(texts).map { NaiveInstance(text: $0, isHome: isHome) }
  }

  /// Whether a pattern is all that follows in its component, so that it gives a name.
  private func isName(_ place: Int) -> Bool {
    guard case .glob = pieces[place] else { return false }
    guard place + 1 < pieces.count else { return true }
    if case .known(let text) = pieces[place + 1] { return text.first == "/" }
    return false
  }

  private static let generic = [
    "", "\u{1}z", "/\u{1}z", "/", "..", "../..", "/../../../../../../../../../../..", "-", ".",
    "\u{1}z/\u{1}y",
  ].map { Array($0.unicodeScalars) }

  /// What the known parts leave of each hint, and the same behind enough `..`.
  private func remainders(_ hints: [[Unicode.Scalar]]) -> [[Unicode.Scalar]] {
    var found: Set<[Unicode.Scalar]> = []
    let up = Array("/../../../../../../../../../../..".unicodeScalars)
    for hint in hints {
      var starts = [0]
      for count in 0...hint.count where beginning.suffix(count).elementsEqual(hint.prefix(count)) {
        starts.append(count)
      }
      var ends = [hint.count]
      for count in 0...hint.count where end.prefix(count).elementsEqual(hint.suffix(count)) {
        ends.append(hint.count - count)
      }
      for start in Set(starts) {
        for end in Set(ends) where start <= end { found.insert(Array(hint[start..<end])) }
      }
      for end in Set(ends) {
        let text = Array(hint[..<end])
        found.insert(up + (text.first == "/" ? [] : ["/"]) + text)
      }
      // What begins in a directory that is not known may end as the hint does.
      for place in hint.indices where hint[place] == "/" {
        found.insert(Array(hint[(place + 1)...]))
      }
    }
    return Array(found)
  }

  /// What a pattern for file names may become.
  private static func names(
    _ pattern: [Unicode.Scalar], _ rest: [[Unicode.Scalar]]
  ) -> [[Unicode.Scalar]] {
    let glob = NaiveGlob(pattern, isPath: false)
    let letters = Set(rest.flatMap { $0 }).map { [$0] }
    let samples = generic + rest + letters + [["z"], ["a"], ["b"], ["c"], pattern]
    return samples.filter { glob.matches($0) && !$0.contains("/") }
  }

  /// What stands behind a text in those that begin with it.
  private static func behind(
    _ text: [Unicode.Scalar], _ hints: [[Unicode.Scalar]]
  ) -> [[Unicode.Scalar]] {
    hints.filter { $0.starts(with: text) }.map { Array($0.dropFirst(text.count)) }
  }

  private static func numbers(_ rest: [[Unicode.Scalar]]) -> [[Unicode.Scalar]] {
    let isDigit: (Unicode.Scalar) -> Bool = { ("0"..."9").contains($0) }
    return [["0"], ["7"], ["1", "2", "3", "4", "9"]]
      + rest.filter { !$0.isEmpty && $0.allSatisfy(isDigit) }
  }

  /// Whether a piece may become a text where something stands before it: a name that a pattern
  /// gives has no dot at its front that is not spelt.
  private static func fits(
    _ piece: NaivePiece, _ filler: [Unicode.Scalar], after text: [Unicode.Scalar]
  ) -> Bool {
    guard case .glob = piece, text.isEmpty || text.last == "/" else { return true }
    return filler.first != "."
  }
}
