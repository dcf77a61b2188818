import TractatusFormat
import TractatusSource

/// The difference of two texts in the unified format of `diff -u`, with three lines around it.
struct UnifiedDiff {
  private static let contextCount = 3

  let diff: LineDiff
  let name: String
  let style: Style

  /// The difference of a file from what it should be.
  init(of name: String, _ old: [UInt8], _ new: [UInt8], style: Style) {
    diff = LineDiff(old, new)
    self.name = name
    self.style = style
  }

  /// The text; empty when the two are the same.
  var text: String {
    guard !diff.hunks.isEmpty else { return "" }
    let shown = SourceLineExcerpt.visible(name)
    var text = style.paint("--- \(shown)", .heading) + "\n"
    text += style.paint("+++ \(shown) (formatted)", .heading) + "\n"
    var start = 0
    while start < diff.hunks.count {
      var end = start + 1
      while end < diff.hunks.count,
        diff.hunks[end].old.lowerBound - diff.hunks[end - 1].old.upperBound
          <= 2 * Self.contextCount
      {
        end += 1
      }
      write(diff.hunks[start..<end], to: &text)
      start = end
    }
    return text
  }

  /// Writes hunks that share lines of context.
  private func write(_ hunks: ArraySlice<LineDiff.Hunk>, to text: inout String) {
    guard let first = hunks.first, let last = hunks.last else { return }
    let before = min(Self.contextCount, first.old.lowerBound)
    let after = min(Self.contextCount, diff.oldLines.count - last.old.upperBound)
    let old = first.old.lowerBound - before..<last.old.upperBound + after
    let new = first.new.lowerBound - before..<last.new.upperBound + after
    text += style.paint("@@ -\(Self.range(old)) +\(Self.range(new)) @@", .faint) + "\n"
    var place = old.lowerBound
    for hunk in hunks {
      for line in place..<hunk.old.lowerBound { write(" ", diff.oldLines[line], nil, to: &text) }
      for line in hunk.old { write("-", diff.oldLines[line], .bad, to: &text) }
      for line in hunk.new { write("+", diff.newLines[line], .good, to: &text) }
      place = hunk.old.upperBound
    }
    for line in place..<old.upperBound { write(" ", diff.oldLines[line], nil, to: &text) }
  }

  private func write(
    _ sign: String, _ line: ArraySlice<UInt8>, _ tint: Style.Tint?, to text: inout String
  ) {
    let hasEnd = line.last == 0x0A
    let shown = sign + String(decoding: hasEnd ? line.dropLast() : line, as: UTF8.self)
    text += tint.map { style.paint(shown, $0) } ?? shown
    text += hasEnd ? "\n" : "\n\\ No newline at end of file\n"
  }

  /// A range as the format counts it: from 1, and an empty one by the line before it.
  private static func range(_ lines: Range<Int>) -> String {
    let start = lines.isEmpty ? lines.lowerBound : lines.lowerBound + 1
    return lines.count == 1 ? "\(start)" : "\(start),\(lines.count)"
  }
}
