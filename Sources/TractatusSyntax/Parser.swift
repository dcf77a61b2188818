import TractatusSource

/// Parses a file by recursive descent, with one token of lookahead and at most two.
///
/// Nothing stops it: what is missing becomes a `missing` node, what belongs nowhere an
/// `unexpected` one, and it goes on at the next clause, declaration or closing brace. Of several
/// complaints about one token only the first is kept, for the others follow from it.
package struct Parser {
  /// The deepest nesting that is parsed.
  package static let nestingLimit = 64

  let source: SourceText
  var tokens: [Token]
  let log: DiagnosticLog
  var index = 0
  var depth = 0

  /// The token that was last complained about.
  var lastErrorIndex: Int {
    get { log.lastErrorIndex }
    nonmutating set { log.lastErrorIndex = newValue }
  }

  private(set) var nodes: [NodeRecord] = []
  private var current: UInt32 = 0

  /// Parses a whole file; never fails, and reports what is wrong in the tree's diagnostics.
  /// O(bytes).
  package static func parse(_ source: SourceText) -> SyntaxTree {
    var lexer = Lexer(source)
    lexer.lex()
    var parser = Parser(lexer)
    parser.parseFile()
    return SyntaxTree(
      source: source, tokens: parser.tokens, nodes: parser.nodes,
      diagnostics: parser.log.diagnostics.sortedForDisplay())
  }

  /// The tokens of a text as the lexer alone makes them, without what a parser puts right; the
  /// last is the end of the file. O(bytes).
  package static func tokens(of source: SourceText) -> [Token] {
    var lexer = Lexer(source)
    lexer.lex()
    return lexer.tokens
  }

  private init(_ lexer: consuming Lexer) {
    source = lexer.source
    tokens = lexer.tokens
    log = lexer.log
    nodes.reserveCapacity(tokens.count)
  }

  /// The token at hand.
  var token: Token { tokens[index] }

  /// The kind of the token at hand.
  var kind: TokenKind { tokens[index].kind }

  /// The word that the token at hand is, if any.
  var word: Word? { tokens[index].word }

  /// The token after the one at hand; at the end of the file the end itself.
  var next: Token { tokens[min(index + 1, tokens.count - 1)] }

  /// Whether the token at hand is the end of the file.
  var isAtEnd: Bool { kind == .endOfFile }

  /// Whether the token at hand is a name or a word.
  var isAtWord: Bool { kind == .word || kind == .quotedName }

  /// Takes the token at hand; the end of the file stays.
  mutating func bump() {
    if index < tokens.count - 1 { index += 1 }
  }

  /// Begins a node at the token at hand and returns its place for `close`.
  mutating func open(_ kind: SyntaxKind) -> Int {
    let place = nodes.count
    let first = UInt32(truncatingIfNeeded: index)
    nodes.append(
      NodeRecord(kind: kind, firstToken: first, tokenEnd: first, nodeEnd: 0, parent: current))
    current = UInt32(truncatingIfNeeded: place)
    return place
  }

  /// Ends the node that `open` began.
  mutating func close(_ place: Int) {
    nodes[place].tokenEnd = UInt32(truncatingIfNeeded: index)
    nodes[place].nodeEnd = UInt32(truncatingIfNeeded: nodes.count)
    current = nodes[place].parent
  }

  /// Ends the root, which takes the end of the file as well.
  mutating func closeRoot() {
    close(0)
    nodes[0].tokenEnd = UInt32(truncatingIfNeeded: tokens.count)
  }

  /// Makes the node at a place another kind.
  mutating func turn(_ place: Int, into kind: SyntaxKind) {
    nodes[place].kind = kind
  }

  /// Marks the place of something that is missing.
  mutating func missing() {
    close(open(.missing))
  }

  /// Takes the token at hand if it is of a kind.
  mutating func accept(_ wanted: TokenKind) -> Bool {
    guard kind == wanted else { return false }
    bump()
    return true
  }

  /// Takes the token at hand if it is a word.
  mutating func accept(_ wanted: Word) -> Bool {
    guard word == wanted else { return false }
    bump()
    return true
  }
}
