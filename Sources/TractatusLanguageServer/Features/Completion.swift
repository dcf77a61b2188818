import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// `textDocument/completion`: what may stand where someone types.
///
/// A name that nothing bears is put in the place of the word that is being typed, and the parser
/// says what it would be there: so the place is understood by the one grammar, whatever is broken
/// around it.
struct Completion {
  /// A name that nothing is spelt like, nor near.
  private static let placeholder = Array("zqzqzqzqzqzqzqzqzqzq".utf8)
  /// The most items.
  static let limit = 2_000

  let file: OpenFile
  /// The file with the name in its place.
  let tree: SyntaxTree
  /// The name.
  let token: TokenID
  /// The nodes around it, innermost first.
  let nodes: [NodeID]
  var items: [CompletionItem] = []

  /// What may stand at an offset.
  static func list(_ file: OpenFile, at offset: Int) -> JSONOutput {
    let bytes = file.text.bytes
    var start = min(offset, bytes.count)
    while start > 0, isNamePart(bytes[start - 1]) { start -= 1 }
    var end = offset
    while end < bytes.count, isNamePart(bytes[end]) { end += 1 }
    guard var completion = Completion(file, start, end) else { return .array([]) }
    completion.collect()
    let range = file.text.range(start, offset)
    return .fields([
      "isIncomplete": false,
      "items": .array(completion.sorted.prefix(limit).map { item(of: $0, range) }),
    ])
  }

  private static func item(of item: CompletionItem, _ range: JSONOutput) -> JSONOutput {
    .fields([
      "label": .string(item.label), "kind": .integer(item.kind.rawValue),
      "detail": item.detail.isEmpty ? nil : .string(item.detail),
      "documentation": item.meaning.isEmpty ? nil : .string(item.meaning),
      "sortText": .string("\(item.rank)\(item.label)"),
      "textEdit": .fields(["range": range, "newText": .string(item.label)]),
    ])
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
      || byte >= 0x30 && byte <= 0x39
  }

  private init?(_ file: OpenFile, _ start: Int, _ end: Int) {
    self.file = file
    var bytes = file.text.bytes
    bytes.replaceSubrange(start..<end, with: Self.placeholder)
    let source = SourceText(
      id: file.tree.source.id, name: file.tree.source.name, bytes: bytes)
    tree = Parser.parse(source)
    let tokens = tree.tokens
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(tokens[middle].start) < start { low = middle + 1 } else { high = middle }
    }
    // In a comment, a string or a number there is no such token.
    guard low < tokens.count, Int(tokens[low].start) == start, tokens[low].kind == .word else {
      return nil
    }
    token = TokenID(rawValue: UInt32(clamping: low))
    var around: [NodeID] = [tree.root]
    var current = tree.root
    while let next = tree.children(of: current).first(where: { [tree] in
      let record = tree.nodes[Int($0.rawValue)]
      return record.firstToken <= UInt32(clamping: low) && UInt32(clamping: low) < record.tokenEnd
    }) {
      around.append(next)
      current = next
    }
    nodes = around.reversed()
  }

  /// The items, likeliest first, each once.
  private var sorted: [CompletionItem] {
    var seen: Set<String> = []
    return items.filter { seen.insert($0.label).inserted }.sorted { left, right in
      if left.rank != right.rank { return left.rank < right.rank }
      return left.label.utf8.lexicographicallyPrecedes(right.label.utf8)
    }
  }

  // MARK: The place

  /// The token before the name; nil at the beginning.
  var before: Token? { token.rawValue > 0 ? tree.tokens[Int(token.rawValue) - 1] : nil }

  /// The kind of a node around the name; 0 is the innermost.
  func kind(_ level: Int) -> SyntaxKind {
    level < nodes.count ? tree.kind(of: nodes[level]) : .file
  }

  /// The nearest node of some kinds around the name.
  func enclosing(_ kinds: SyntaxKind...) -> NodeID? {
    nodes.first { kinds.contains(tree.kind(of: $0)) }
  }

  /// The names of a path before the one that is typed.
  var prefix: [String] {
    guard kind(0) == .path, let path = PathView(tree, nodes[0]),
      let place = path.segments.firstIndex(of: token)
    else { return [] }
    return Array(path.names[..<place])
  }

  // MARK: Adding

  /// Adds words of the language.
  mutating func add(_ words: [Word], rank: Int = 5) {
    for word in words {
      items.append(
        CompletionItem(
          label: word.rawValue, kind: .keyword, detail: "",
          meaning: WordMeanings.meanings[word] ?? "", rank: rank))
    }
  }

  mutating func add(
    _ label: String, _ kind: CompletionItem.Kind, _ detail: String, meaning: String = "",
    rank: Int = 5
  ) {
    items.append(
      CompletionItem(label: label, kind: kind, detail: detail, meaning: meaning, rank: rank))
  }
}
