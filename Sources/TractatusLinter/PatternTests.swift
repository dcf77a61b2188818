import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// One term of one text test, with what the test is about.
struct PatternTest {
  let file: LintFile
  let test: TextTestView
  /// The string or regular expression.
  let token: TokenID
  let pattern: TextPattern
  /// The attribute; nil for an operand or the target of an effect.
  let attribute: PathView?
  /// The attribute's type; nil where it is not certain.
  let type: ValueType?

  var span: SourceSpan { file.tree.span(of: token) }
}

extension LintRun {
  /// Every term that a text test spells, in the order of the files.
  static func patternTests(_ run: LintRun) -> [PatternTest] {
    var found: [PatternTest] = []
    for file in run.files {
      for test in file.views(.textTest, TextTestView.self) {
        guard let terms = test.terms else { continue }
        let attribute = file.tree.attributePath(ofTest: test.id)
        let type = attribute.flatMap { run.scopes.attribute($0, file)?.type }
        for token in file.tree.terms(of: terms) {
          guard
            let pattern = file.tree.pattern(
              token, operation: test.operation, ignoresCase: test.ignoresCase,
              isPath: type == .path)
          else { continue }
          found.append(
            PatternTest(
              file: file, test: test, token: token, pattern: pattern, attribute: attribute,
              type: type))
        }
      }
    }
    return found
  }

  /// The regular expressions of the linted files, wherever they stand.
  static func expressions(
    _ run: LintRun
  ) -> [(file: LintFile, token: TokenID, pattern: TextPattern)] {
    var found: [(file: LintFile, token: TokenID, pattern: TextPattern)] = []
    for file in run.files {
      for (index, token) in file.tree.tokens.enumerated() where token.kind == .regularExpression {
        let id = TokenID(rawValue: UInt32(clamping: index))
        guard
          let pattern = file.tree.pattern(
            id, operation: nil, ignoresCase: false, isPath: false)
        else { continue }
        found.append((file, id, pattern))
      }
    }
    return found
  }

  /// Calls `body` with the regular expressions of the linted files, wherever they stand.
  func forEachExpression(_ body: (LintFile, TokenID, TextPattern) -> Void) {
    for (file, token, pattern) in expressions { body(file, token, pattern) }
  }
}

/// A regular expression read as far as lint rules look: item by item, groups unmatched.
struct ExpressionItems {
  /// One item.
  enum Item: Equatable {
    /// A letter, sign or escaped sign that stands for itself.
    case literal(UInt8)
    /// An escape of a letter, such as `\b` or `\s`.
    case escape(UInt8)
    /// `[…]`, by the bytes between the brackets.
    case bracket([UInt8])
    /// `(`, with what follows its `?` up to the `:` or `)`.
    case open
    case close
    case bar
    case caret
    case dollar
    case dot
    /// `*`, `+`, `?` or `{…}`.
    case repetition
  }

  private(set) var items: [Item] = []
  /// The byte offset of each item in the pattern, and the pattern's length.
  private(set) var offsets: [Int] = []

  /// Reads a pattern, in O(bytes). What is not well formed is read as it comes.
  init(_ pattern: String) {
    let bytes = Array(pattern.utf8)
    var place = 0
    while place < bytes.count {
      offsets.append(place)
      switch bytes[place] {
      case UInt8(ascii: "\\") where place + 1 < bytes.count:
        let next = bytes[place + 1]
        let isWord = (next | 0x20) &- 0x61 < 26 || next &- 0x30 < 10
        items.append(isWord ? .escape(next) : .literal(next))
        place += 2
      case UInt8(ascii: "["):
        let end = Self.endOfBracket(bytes, place)
        items.append(.bracket(Array(bytes[(place + 1)..<end])))
        place = min(end + 1, bytes.count)
      case UInt8(ascii: "("):
        items.append(.open)
        place += 1
        if place < bytes.count, bytes[place] == UInt8(ascii: "?") {
          while place < bytes.count, bytes[place] != UInt8(ascii: ":"),
            bytes[place] != UInt8(ascii: ")"), bytes[place] != UInt8(ascii: ">")
          {
            place += 1
          }
          if place < bytes.count, bytes[place] != UInt8(ascii: ")") { place += 1 }
        }
      case UInt8(ascii: "{"):
        items.append(.repetition)
        while place < bytes.count, bytes[place] != UInt8(ascii: "}") { place += 1 }
        place = min(place + 1, bytes.count)
      default:
        items.append(Self.single(bytes[place]))
        place += 1
      }
    }
    offsets.append(bytes.count)
  }

  private static func single(_ byte: UInt8) -> Item {
    switch byte {
    case UInt8(ascii: ")"): .close
    case UInt8(ascii: "|"): .bar
    case UInt8(ascii: "^"): .caret
    case UInt8(ascii: "$"): .dollar
    case UInt8(ascii: "."): .dot
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): .repetition
    default: .literal(byte)
    }
  }

  /// The place of the `]` that ends a class, or the end.
  private static func endOfBracket(_ bytes: [UInt8], _ start: Int) -> Int {
    var place = start + 1
    if place < bytes.count, bytes[place] == UInt8(ascii: "^") { place += 1 }
    if place < bytes.count, bytes[place] == UInt8(ascii: "]") { place += 1 }
    while place < bytes.count, bytes[place] != UInt8(ascii: "]") {
      if bytes[place] == UInt8(ascii: "\\") {
        place += 1
      } else if bytes[place] == UInt8(ascii: "["), place + 1 < bytes.count,
        bytes[place + 1] == UInt8(ascii: ":")
      {
        // `[:alpha:]` ends at its own `:]`.
        while place + 1 < bytes.count, bytes[place + 1] != UInt8(ascii: "]") { place += 1 }
        place += 1
      }
      place += 1
    }
    return min(place, bytes.count)
  }

  /// Whether every text that passes begins, and ends, where the expression does.
  var isAnchored: (start: Bool, end: Bool) {
    let starts = alternatives.allSatisfy { range in
      guard let first = items[range].first else { return false }
      return first == .caret || first == .escape(UInt8(ascii: "A"))
    }
    let ends = alternatives.allSatisfy { range in
      guard let last = items[range].last else { return false }
      return last == .dollar || last == .escape(UInt8(ascii: "z"))
    }
    return (starts, ends)
  }

  /// The alternatives of the outermost level.
  var alternatives: [Range<Int>] {
    var found: [Range<Int>] = []
    var depth = 0
    var start = 0
    for (index, item) in items.enumerated() {
      switch item {
      case .open: depth += 1
      case .close: depth -= 1
      case .bar where depth == 0:
        found.append(start..<index)
        start = index + 1
      default: continue
      }
    }
    found.append(start..<items.count)
    return found
  }
}

extension LintFile {
  /// The span of part of a regular expression, by byte offsets into its pattern; the literal's own
  /// span where a `\/` moves the offsets.
  func span(of token: TokenID, from start: Int, to end: Int) -> SourceSpan {
    let whole = tree.span(of: token)
    let spelt = tree.source.string(from: whole.start, to: whole.end)
    if spelt.utf8.split(separator: UInt8(ascii: "\\")).dropFirst().contains(where: {
      $0.first == UInt8(ascii: "/")
    }) {
      return whole
    }
    return SourceSpan(
      source: whole.source, start: whole.start + 1 + UInt32(clamping: start),
      end: whole.start + 1 + UInt32(clamping: end))
  }
}
