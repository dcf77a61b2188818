import TractatusSource

/// A node under the name of its production, with an accessor for each part; a part that is
/// missing in the file is nil.
package protocol SyntaxView: Sendable {
  /// The tree that the node lies in.
  var tree: SyntaxTree { get }
  /// The node.
  var id: NodeID { get }
  /// Makes a view of a node, or nil when the node is something else.
  init?(_ tree: SyntaxTree, _ id: NodeID)
}

extension SyntaxView {
  /// The span of the node without the trivia around it.
  package var span: SourceSpan { tree.span(of: id) }

  /// The documentation comment before the node.
  package var documentation: String? { tree.documentation(of: id) }

  func child<View: SyntaxView>(_: View.Type = View.self) -> View? {
    for child in ChildNodes(tree, id) {
      if let view = View(tree, child) { return view }
    }
    return nil
  }

  func children<View: SyntaxView>(_: View.Type = View.self) -> [View] {
    ChildNodes(tree, id).compactMap { View(tree, $0) }
  }

  func token(_ kind: TokenKind) -> TokenID? { tree.firstToken(of: id, kind: kind) }

  func token(_ word: Word) -> TokenID? { tree.firstToken(of: id, word: word) }

  func has(_ word: Word) -> Bool { token(word) != nil }

  /// The first own token that is a string.
  func firstString() -> TokenID? { strings().first }

  func strings() -> [TokenID] {
    OwnTokens(tree, id).filter { tree[$0].isString }
  }

  /// The string directly after a word.
  func string(after word: Word) -> TokenID? {
    let tokens = tree.tokens(of: id)
    guard let place = tokens.firstIndex(where: { tree[$0].word == word }),
      place + 1 < tokens.count, tree[tokens[place + 1]].isString
    else { return nil }
    return tokens[place + 1]
  }

  /// The first own token that is a verdict.
  func verdictToken() -> TokenID? {
    OwnTokens(tree, id).first { tree[$0].word?.isVerdict == true }
  }

  /// The token of the inner `name` node.
  func nameToken() -> TokenID? {
    tree.firstChild(of: id, kind: .name).flatMap { OwnTokens(tree, $0).firstToken }
  }

  /// The inner values: literals, lists, records and paths.
  func values() -> [ValueView] {
    ChildNodes(tree, id).compactMap { ValueView(tree, $0) }
  }
}

extension Token {
  /// Whether the token is a string or a block string.
  package var isString: Bool { kind == .string || kind == .blockString }
}

extension SyntaxTree {
  /// The name that a word or quoted name stands for, without backticks.
  package func name(of token: TokenID) -> String {
    var bytes = bytes(of: token)
    if self[token].kind == .quotedName {
      bytes = bytes.dropFirst()
      if bytes.last == 0x60 { bytes.removeLast() }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
