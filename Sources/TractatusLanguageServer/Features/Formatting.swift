import TractatusFormat
import TractatusSource

/// `textDocument/formatting` and `textDocument/rangeFormatting`.
enum Formatting {
  /// The edits that bring a file into the one canonical layout; none where it is refused.
  ///
  /// - Parameter within: only declarations that touch this range are changed.
  static func edits(_ file: OpenFile, within: (Position, Position)? = nil) -> JSONOutput {
    let result = Formatter.format(file.tree)
    guard result.bytes != file.text.bytes else { return .array([]) }
    guard let within else { return edits(from: file.text, to: result.bytes) }
    var (start, end) = (file.text.offset(of: within.0), file.text.offset(of: within.1))
    for node in file.tree.children(of: file.tree.root) {
      let span = file.tree.span(of: node)
      guard Int(span.start) <= end, Int(span.end) >= start else { continue }
      (start, end) = (min(start, Int(span.start)), max(end, Int(span.end)))
    }
    return edits(from: file.text, to: result.bytes, within: start..<end)
  }

  /// The edits, line by line, that make one text another; only those that touch some bytes.
  static func edits(
    from old: DocumentText, to new: [UInt8], within: Range<Int>? = nil
  ) -> JSONOutput {
    let diff = LineDiff(old.bytes, new)
    var starts = [0]
    for line in diff.oldLines { starts.append((starts.last ?? 0) + line.count) }
    var edits: [JSONOutput] = []
    for hunk in diff.hunks {
      let (start, end) = (starts[hunk.old.lowerBound], starts[hunk.old.upperBound])
      if let within, end <= within.lowerBound || start > within.upperBound { continue }
      let text = diff.newLines[hunk.new].joined()
      edits.append(
        .fields([
          "range": old.range(start, end),
          "newText": .string(String(decoding: Array(text), as: UTF8.self)),
        ]))
    }
    return .array(edits)
  }
}
