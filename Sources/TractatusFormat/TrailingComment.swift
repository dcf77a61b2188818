/// A comment behind other text, as it was written.
struct TrailingComment {
  /// The line, from 0, and the column that the text before it reaches.
  var line: Int
  var column: Int
  /// The place of its two spaces among the bytes written.
  var place: Int
  /// Its offset in the source.
  var source: Int
}

extension LayoutPrinter {
  /// No comment moves further to the right than this to stand below others.
  private static let widthLimit = 60

  /// What was written, with comments behind lines that follow each other below each other where
  /// the author had them so. O(bytes).
  mutating func aligned() -> [UInt8] {
    guard comments.count > 1 else { return output }
    let columns = sourceColumns()
    var result: [UInt8] = []
    var copied = 0
    var start = 0
    while start < comments.count {
      var end = start + 1
      while end < comments.count, comments[end].line == comments[end - 1].line + 1,
        columns[end] == columns[start]
      {
        end += 1
      }
      let run = comments[start..<end]
      let widest = run.map(\.column).max() ?? 0
      let narrowest = run.map(\.column).min() ?? 0
      if widest > narrowest, widest - narrowest <= Self.widthLimit {
        for comment in run where comment.column < widest {
          result.append(contentsOf: output[copied..<comment.place])
          result.append(contentsOf: repeatElement(0x20, count: widest - comment.column))
          copied = comment.place
        }
      }
      start = end
    }
    if copied == 0 { return output }
    result.append(contentsOf: output[copied...])
    return result
  }

  /// The columns of the comments in the source, in bytes. O(bytes).
  private func sourceColumns() -> [Int] {
    let bytes = bytes
    let span = bytes.span
    return comments.map { comment in
      var offset = comment.source
      while offset > 0, span[offset - 1] != 0x0A { offset -= 1 }
      return comment.source - offset
    }
  }
}
