import TractatusSyntax

/// Finds the comments of a file, which lie between its tokens.
enum CommentScan {
  /// A comment without the end of its line.
  struct Comment {
    var start: Int
    var end: Int
    /// Whether nothing stands before it on its line.
    var isAlone: Bool
    /// Whether it documents what follows.
    var isDocumentation: Bool
  }

  /// The comments, in the order of the file, in O(bytes).
  static func comments(in tree: SyntaxTree) -> [Comment] {
    var found: [Comment] = []
    let bytes = tree.source.bytes.span
    var start = 0
    for token in tree.tokens {
      let limit = Int(token.start)
      var isAlone = start == 0
      var index = start
      while index < limit {
        let byte = bytes[index]
        if byte == 0x0A || byte == 0x0D { isAlone = true }
        guard byte == 0x2F, index + 1 < limit, bytes[index + 1] == 0x2F else {
          index += 1
          continue
        }
        var end = index
        while end < limit, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        let isDocumentation = index + 2 < end && bytes[index + 2] == 0x2F
        found.append(
          Comment(start: index, end: end, isAlone: isAlone, isDocumentation: isDocumentation))
        index = end
      }
      start = Int(token.end)
    }
    return found
  }
}
