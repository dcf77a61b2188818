import TractatusSource
import TractatusSyntax

/// The layout of one file: for every token what stands before it, and the groups of tokens that
/// go on one line if they fit.
///
/// `build` walks the nodes once, children before parents, and decides what can be decided without
/// columns; `measure` adds up columns once forwards and once backwards; `write` then decides each
/// group in constant time, outer before inner, as Oppen's printer does ("Prettyprinting", 1979).
struct Layout {
  let tree: SyntaxTree
  let tokens: [Token]
  let nodes: [NodeRecord]
  let bytes: [UInt8]
  var slots: [LayoutSlot]
  var groups: [LayoutGroup] = []
  /// The declarations that are written as they are.
  private(set) var broken: [NodeID] = []
  /// Whether what is before the end of the file is written as it is.
  private(set) var keepsEnd = false

  /// Makes a layout in which nothing is decided.
  init(_ tree: SyntaxTree) {
    self.tree = tree
    tokens = tree.tokens
    nodes = tree.nodes
    bytes = tree.source.bytes
    slots = Array(repeating: LayoutSlot(), count: tokens.count)
    groups.reserveCapacity(nodes.count / 4)
  }

  /// Decides everything but columns.
  mutating func build() {
    let junk = scan()
    findBroken(junk)
    layOutFile()
    measure()
  }

  // MARK: Reading the source

  /// Reads what is between the tokens and sets the usual gaps; gives the tokens before which there
  /// is what no token and no comment is.
  private mutating func scan() -> [Int] {
    var junk: [Int] = []
    var end = 0
    var lineStart = 0
    let bytes = bytes
    let span = bytes.span
    for index in tokens.indices {
      let token = tokens[index]
      let start = Int(token.start)
      if start > end, start > end + 1 || span[end] != 0x20 {
        let trivia = TriviaScan(span, from: end, to: start)
        slots[index].lineCount = trivia.lineCount
        slots[index].hasEmptyLine = trivia.hasEmptyLine
        slots[index].hasComment = trivia.hasComment
        if trivia.hasJunk { junk.append(index) }
        if let found = trivia.lineStart { lineStart = found }
      }
      slots[index].lineStart = UInt32(truncatingIfNeeded: lineStart)
      slots[index].gap = usualGap(index)
      end = Int(token.end)
      if token.kind == .blockString {
        for offset in start..<end where span[offset] == 0x0A { lineStart = offset + 1 }
      }
    }
    return junk
  }

  /// What stands before a token by its kind and the one before it.
  private func usualGap(_ index: Int) -> Gap {
    guard index > 0 else { return .hard }
    switch tokens[index].kind {
    case .comma, .dot, .colon, .question, .dotDot, .rightBracket, .rightParenthesis: return .tight
    default: break
    }
    switch tokens[index - 1].kind {
    case .dot, .dotDot, .leftBracket, .leftParenthesis: return .tight
    case .leftBrace: return tokens[index].kind == .rightBrace ? .tight : .space
    case .word:
      let isCall = tokens[index].kind == .leftParenthesis && tokens[index - 1].word == .count
      return isCall ? .tight : .space
    default: return .space
    }
  }

  /// Finds the declarations that stay as they are: those with an error of their syntax, or with
  /// something before or in them that is no token.
  private mutating func findBroken(_ junk: [Int]) {
    let diagnostics = tree.diagnostics
    if diagnostics.isEmpty, junk.isEmpty { return }
    var units = Units(nodes, tokens)
    for diagnostic in diagnostics
    where diagnostic.severity == .error && !Self.isHarmless(diagnostic.code) {
      units.mark(diagnostic.span)
    }
    for index in junk {
      if index == tokens.count - 1 { keepsEnd = true } else { units.mark(token: index) }
    }
    for index in nodes.indices {
      switch nodes[index].kind {
      case .unexpected, .missing: units.mark(node: index)
      default: break
      }
    }
    broken = units.marked
  }

  /// Whether a diagnostic speaks of what is there, and not of how it was read.
  private static func isHarmless(_ code: DiagnosticCode) -> Bool {
    switch code {
    case .missingPolicy, .repeatedPolicy, .misplacedModifier, .misplacedMetadata,
      .mixedConnectives, .repeatedClause, .invalidInterpolation, .missingOn:
      true
    default: false
    }
  }

  // MARK: Building blocks

  /// The first token of a node.
  func first(_ node: Int) -> Int { Int(nodes[node].firstToken) }

  /// The token after the last one of a node.
  func end(_ node: Int) -> Int { Int(nodes[node].tokenEnd) }

  /// The node after a node and all inside.
  func after(_ node: Int) -> Int { Int(nodes[node].nodeEnd) }

  /// The first inner node of a kind; nil without one. O(inner nodes).
  func child(_ node: Int, _ kind: SyntaxKind) -> Int? {
    var next = node + 1
    while next < after(node) {
      if nodes[next].kind == kind { return next }
      next = after(next)
    }
    return nil
  }

  /// Puts tokens into a group. Of groups that begin at one token the innermost comes first.
  mutating func group(_ first: Int, _ end: Int, _ style: GroupStyle) {
    guard first < end else { return }
    groups.append(
      LayoutGroup(
        end: UInt32(truncatingIfNeeded: end), next: slots[first].firstGroup, style: style))
    slots[first].firstGroup = Int32(truncatingIfNeeded: groups.count - 1)
  }

  /// Sets what stands before a token.
  mutating func set(_ token: Int, _ gap: Gap) {
    slots[token].gap = gap
  }

  /// Lets the line end before a token where those up to another do not fit.
  mutating func fill(_ token: Int, upTo end: Int, _ gap: Gap = .fill) {
    slots[token].gap = gap
    slots[token].unitEnd = UInt32(truncatingIfNeeded: end)
  }

  /// The columns of a token, or 0 past the end.
  func width(_ token: Int) -> Int {
    token < tokens.count ? Int(tokens[token].end - tokens[token].start) : 0
  }

  // MARK: Measuring

  /// Adds up columns and lines.
  private mutating func measure() {
    let bytes = bytes
    let span = bytes.span
    var column: Int32 = 0
    var hardCount: UInt32 = 0
    for index in slots.indices {
      if slots[index].gap == .hard || slots[index].hasComment {
        hardCount += 1
      } else {
        column += slots[index].gap.width + Int32(slots[index].pad)
      }
      slots[index].hardCount = hardCount
      slots[index].flatStart = column
      column += columns(span, tokens[index])
      slots[index].flatEnd = column
    }
    var nextBreak = UInt32(truncatingIfNeeded: slots.count - 1)
    for index in slots.indices.reversed() {
      if slots[index].gap.isBreakable || slots[index].hasComment {
        nextBreak = UInt32(truncatingIfNeeded: index)
      }
      slots[index].nextBreak = nextBreak
    }
  }

  /// The columns of a token: its scalars; a block string is too wide for any line.
  private func columns(_ span: Span<UInt8>, _ token: Token) -> Int32 {
    let count = Int32(truncatingIfNeeded: token.end - token.start)
    switch token.kind {
    case .blockString: return 10_000
    case .string, .regularExpression:
      var continuations: Int32 = 0
      for offset in Int(token.start)..<Int(token.end) where span[offset] & 0xC0 == 0x80 {
        continuations += 1
      }
      return count - continuations
    default: return count
    }
  }
}
