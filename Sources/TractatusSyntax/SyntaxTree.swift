import TractatusSource

/// A token of a tree by its position in the file.
package struct TokenID: Hashable, Comparable, Sendable {
  /// The position, from 0.
  package let rawValue: UInt32

  /// Makes the id of the token at a position.
  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Orders tokens as they stand in the file.
  package static func < (left: TokenID, right: TokenID) -> Bool { left.rawValue < right.rawValue }
}

/// A node of a tree by its position in depth-first order; the root is 0.
package struct NodeID: Hashable, Comparable, Sendable {
  /// The position, from 0.
  package let rawValue: UInt32

  /// Makes the id of the node at a position.
  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Orders nodes as they begin in the file, outer ones first.
  package static func < (left: NodeID, right: NodeID) -> Bool { left.rawValue < right.rawValue }
}

/// A token: its kind, the word that it is, and its bytes. What lies between two tokens is the
/// trivia of the second.
package struct Token: Sendable {
  /// The kind by spelling.
  package var kind: TokenKind
  /// The word of the language that it stands for, also when it was misspelt and put right by
  /// the parser; nil for a name, and for every word before `:`, after `.` or in backticks.
  package var word: Word?
  /// The byte offset of its first byte.
  package var start: UInt32
  /// The byte offset after its last byte.
  package var end: UInt32
}

/// A node as it is stored.
package struct NodeRecord: Sendable {
  /// What the node is.
  package var kind: SyntaxKind
  /// The first token of the node, or the one after the place of a node without tokens.
  package var firstToken: UInt32
  /// The token after the last one.
  package var tokenEnd: UInt32
  /// The node after the last one inside.
  package var nodeEnd: UInt32
  /// The node around this one; the root's own id for the root.
  package var parent: UInt32
}

/// A child in the order of the file: a node, or a token that belongs to no inner node.
package enum SyntaxElement: Hashable, Sendable {
  /// An inner node.
  case node(NodeID)
  /// A token of the node itself.
  case token(TokenID)
}

/// The lossless tree of one file, in flat arrays.
///
/// Every token lies in exactly one node's own tokens, in order, so that `printed` gives back the
/// file's bytes, whatever they were. Nodes are stored depth-first; copying a tree is one
/// reference count.
package struct SyntaxTree: Sendable {
  /// The arrays of a tree, shared by its copies.
  private final class Storage: Sendable {
    let source: SourceText
    let tokens: [Token]
    let nodes: [NodeRecord]
    let diagnostics: [Diagnostic]

    init(source: SourceText, tokens: [Token], nodes: [NodeRecord], diagnostics: [Diagnostic]) {
      self.source = source
      self.tokens = tokens
      self.nodes = nodes
      self.diagnostics = diagnostics
    }

    /// The first token of a node, and of no inner one, that is like this.
    ///
    /// PERF: views ask for their words one by one; nothing here counts references.
    @inline(__always)
    func firstToken(of node: NodeID, where isSought: (Token) -> Bool) -> TokenID? {
      let here = nodes[Int(node.rawValue)]
      var child = Int(node.rawValue) + 1
      var token = here.firstToken
      while token < here.tokenEnd {
        if child < Int(here.nodeEnd), token >= nodes[child].firstToken {
          token = max(token, nodes[child].tokenEnd)
          child = Int(nodes[child].nodeEnd)
          continue
        }
        if isSought(tokens[Int(token)]) { return TokenID(rawValue: token) }
        token += 1
      }
      return nil
    }
  }

  private let storage: Storage

  /// Makes a tree.
  ///
  /// INVARIANT: `tokens` ends with the end of the file, and `nodes` begins with the root.
  init(source: SourceText, tokens: [Token], nodes: [NodeRecord], diagnostics: [Diagnostic]) {
    storage = Storage(source: source, tokens: tokens, nodes: nodes, diagnostics: diagnostics)
  }

  /// The text that was parsed.
  package var source: SourceText { storage.source }
  /// Every token, the last of which is the end of the file.
  package var tokens: [Token] { storage.tokens }
  /// The nodes as stored: depth-first, a node's id is its place.
  package var nodes: [NodeRecord] { storage.nodes }
  /// What the lexer and the parser have to say, in the order in which it is shown.
  package var diagnostics: [Diagnostic] { storage.diagnostics }
  /// The node of the whole file.
  package var root: NodeID { NodeID(rawValue: 0) }
  /// The number of nodes.
  package var nodeCount: Int { storage.nodes.count }

  /// The kind of a node.
  package func kind(of node: NodeID) -> SyntaxKind { record(node).kind }

  /// The node around a node; nil for the root.
  package func parent(of node: NodeID) -> NodeID? {
    node == root ? nil : NodeID(rawValue: record(node).parent)
  }

  /// The inner nodes of a node, in the order of the file.
  package func children(of node: NodeID) -> [NodeID] {
    Array(ChildNodes(self, node))
  }

  /// The inner nodes of one kind, in the order of the file.
  package func children(of node: NodeID, kind: SyntaxKind) -> [NodeID] {
    ChildNodes(self, node).filter { record($0).kind == kind }
  }

  /// The first inner node of a kind.
  package func firstChild(of node: NodeID, kind: SyntaxKind) -> NodeID? {
    var next = node.rawValue + 1
    let end = record(node).nodeEnd
    while next < end {
      let child = NodeID(rawValue: next)
      if record(child).kind == kind { return child }
      next = record(child).nodeEnd
    }
    return nil
  }

  /// The children of a node, nodes and own tokens, in the order of the file.
  package func elements(of node: NodeID) -> [SyntaxElement] {
    var found: [SyntaxElement] = []
    let here = record(node)
    var token = here.firstToken
    for child in children(of: node) {
      let inner = record(child)
      while token < inner.firstToken {
        found.append(.token(TokenID(rawValue: token)))
        token += 1
      }
      found.append(.node(child))
      token = max(token, inner.tokenEnd)
    }
    while token < here.tokenEnd {
      found.append(.token(TokenID(rawValue: token)))
      token += 1
    }
    return found
  }

  /// The tokens of a node that belong to no inner node.
  package func tokens(of node: NodeID) -> [TokenID] {
    Array(OwnTokens(self, node))
  }

  /// The tokens of a node and of all nodes inside.
  package func allTokens(of node: NodeID) -> [TokenID] {
    let here = record(node)
    return (here.firstToken..<here.tokenEnd).map { TokenID(rawValue: $0) }
  }

  /// The first own token of a node that is a word of the language.
  package func firstToken(of node: NodeID, word: Word) -> TokenID? {
    storage.firstToken(of: node) { $0.word == word }
  }

  /// The first own token of a node of a kind.
  package func firstToken(of node: NodeID, kind: TokenKind) -> TokenID? {
    storage.firstToken(of: node) { $0.kind == kind }
  }

  /// The token with an id.
  package subscript(token: TokenID) -> Token { storage.tokens[Int(token.rawValue)] }

  /// The span of a node without the trivia around it; empty for a node without tokens.
  package func span(of node: NodeID) -> SourceSpan {
    let here = record(node)
    guard here.firstToken < here.tokenEnd else {
      let offset = here.firstToken > 0 ? storage.tokens[Int(here.firstToken) - 1].end : 0
      return SourceSpan(source: source.id, start: offset, end: offset)
    }
    return SourceSpan(
      source: source.id, start: storage.tokens[Int(here.firstToken)].start,
      end: storage.tokens[Int(here.tokenEnd) - 1].end)
  }

  /// The span of a token without trivia.
  package func span(of token: TokenID) -> SourceSpan {
    SourceSpan(source: source.id, start: self[token].start, end: self[token].end)
  }

  /// The bytes before a token and after the token before it: white space and comments.
  package func triviaSpan(before token: TokenID) -> SourceSpan {
    let start = token.rawValue > 0 ? storage.tokens[Int(token.rawValue) - 1].end : 0
    return SourceSpan(source: source.id, start: start, end: self[token].start)
  }

  /// A token as it is spelt in the file.
  package func text(of token: TokenID) -> String {
    source.string(from: self[token].start, to: self[token].end)
  }

  /// The bytes of a token in the file.
  package func bytes(of token: TokenID) -> ArraySlice<UInt8> {
    source.bytes[Int(self[token].start)..<Int(self[token].end)]
  }

  /// A node's tokens with one space between them: the same for every layout.
  package func normalisedText(of node: NodeID) -> String {
    let here = record(node)
    guard here.firstToken < here.tokenEnd else { return "" }
    let last = storage.tokens[Int(here.tokenEnd) - 1].end
    let count = Int(here.tokenEnd - here.firstToken)
    var text: [UInt8] = []
    text.reserveCapacity(
      Int(last - storage.tokens[Int(here.firstToken)].start) + count)
    let bytes = source.bytes
    for token in here.firstToken..<here.tokenEnd {
      if token > here.firstToken { text.append(0x20) }
      let record = storage.tokens[Int(token)]
      for offset in Int(record.start)..<Int(record.end) { text.append(bytes[offset]) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A node as it is spelt in the file, from its first token to its last.
  package func text(of node: NodeID) -> String {
    let span = span(of: node)
    return source.string(from: span.start, to: span.end)
  }

  /// The file's bytes, put together again from the tree.
  package var printed: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(source.bytes.count)
    var work: [SyntaxElement] = [.node(root)]
    while let element = work.popLast() {
      switch element {
      case .node(let node): work.append(contentsOf: elements(of: node).reversed())
      case .token(let token):
        let start = Int(triviaSpan(before: token).start)
        output.append(contentsOf: source.bytes[start..<Int(self[token].end)])
      }
    }
    return output
  }

  /// The stored record of a node.
  func record(_ node: NodeID) -> NodeRecord { storage.nodes[Int(node.rawValue)] }
}
