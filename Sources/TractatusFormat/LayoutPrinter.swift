import TractatusSyntax

extension Layout {
  /// Writes the file. O(bytes written).
  func write() -> [UInt8] {
    var printer = LayoutPrinter(self)
    printer.writeFile()
    return printer.aligned()
  }
}

/// Writes a measured layout.
struct LayoutPrinter {
  /// No line begins further to the right, however deep it lies, so that what is written stays in
  /// proportion to what was read.
  private static let indentLimit = 80
  /// What lies below the beginning of its group does so up to this column.
  private static let hangLimit = 60

  /// A group whose lines are broken.
  private struct Frame {
    var end: Int
    /// Where its lines begin.
    var indent: Int
    /// Where its closing bracket stands.
    var base: Int
    /// From where brackets inside indent.
    var nested: Int
  }

  let layout: Layout
  let bytes: [UInt8]
  var output: [UInt8] = []
  var comments: [TrailingComment] = []
  private var frames = [Frame(end: Int.max, indent: 0, base: 0, nested: 0)]
  /// The column reached, and where the line begins.
  private var column = 0
  private var lineIndent = 0
  var line = 0
  /// The token that begins the line.
  private var lineToken = 0

  init(_ layout: Layout) {
    self.layout = layout
    bytes = layout.bytes
    output.reserveCapacity(bytes.count + bytes.count / 8 + 64)
  }

  /// Writes every token with what is before it.
  mutating func writeFile() {
    let last = layout.slots.count - 1
    var skipped = 0
    var index = 0
    var flatEnd = 0
    while index < last {
      if index >= flatEnd {
        while frames[frames.count - 1].end <= index { frames.removeLast() }
        if skipped < layout.broken.count {
          let unit = Int(layout.broken[skipped].rawValue)
          if layout.first(unit) == index, layout.end(unit) > index {
            copy(from: index, to: layout.end(unit))
            index = layout.end(unit)
            skipped += 1
            continue
          }
          if layout.first(unit) <= index { skipped += 1 }
        }
        writeGap(index)
        flatEnd = enterGroups(index)
      } else {
        spaces(Int(layout.slots[index].gap.width) + Int(layout.slots[index].pad))
      }
      write(index)
      index += 1
    }
    while frames.count > 1 { frames.removeLast() }
    writeEnd(last)
  }

  // MARK: Groups

  /// Enters the groups that begin at a token; gives the end of the one that goes on one line, or
  /// 0 if none does.
  private mutating func enterGroups(_ index: Int) -> Int {
    var number = layout.slots[index].firstGroup
    while number >= 0 {
      let group = layout.groups[Int(number)]
      let end = Int(group.end)
      if fits(index, end, at: column) { return end }
      let top = frames[frames.count - 1]
      let base = max(top.nested, lineIndent)
      let inside = base + Formatter.indentWidth
      switch group.style {
      case .bracket:
        frames.append(Frame(end: end, indent: inside, base: base, nested: inside))
      case .parts:
        frames.append(Frame(end: end, indent: inside, base: base, nested: inside))
      case .tail:
        frames.append(Frame(end: end, indent: inside, base: base, nested: base))
      case .hang:
        let place = column <= Self.hangLimit ? column : inside
        frames.append(Frame(end: end, indent: place, base: place, nested: place))
      }
      number = group.next
    }
    return 0
  }

  /// Whether tokens, and what follows them up to where the line may end, fit at a column.
  private func fits(_ start: Int, _ end: Int, at column: Int) -> Bool {
    let (first, last) = (layout.slots[start], layout.slots[end - 1])
    guard first.hardCount == last.hardCount else { return false }
    let tail = layout.slots[Int(layout.slots[end].nextBreak) - 1].flatEnd
    return column + Int(tail - first.flatStart) <= Formatter.columnLimit
  }

  // MARK: Gaps

  private mutating func writeGap(_ index: Int) {
    let slot = layout.slots[index]
    let top = frames[frames.count - 1]
    if slot.hasComment {
      writeComments(index, top)
      return
    }
    switch slot.gap {
    case .tight, .space: spaces(Int(slot.gap.width) + Int(slot.pad))
    case .softTight, .soft, .softDouble:
      if slot.joinsCloser, lineToken == index - 1, layout.slots[index - 1].isCloser {
        spaces(1)
      } else {
        newLine(slot.isCloser ? top.base : top.indent, index)
      }
    case .fill, .fillDouble, .helps:
      let width = Int(slot.gap.width)
      let end = Int(slot.unitEnd)
      let isSplit = fits(index, end, at: top.indent)
      if fits(index, end, at: column + width)
        || !isSplit && (slot.gap == .helps || isSplittable(index, end, at: column + width))
      {
        spaces(width + Int(slot.pad))
      } else {
        newLine(top.indent, index)
      }
    case .hard:
      let hasEmptyLine =
        slot.forcesEmptyLine
        || slot.hasEmptyLine && !slot.dropsFirstEmptyLine && !slot.dropsLastEmptyLine
      if hasEmptyLine, index > 0 { emptyLine() }
      newLine(slot.isCloser ? top.base : top.indent, index)
    }
  }

  /// Whether a list or the like inside can take the line's end instead, what is before it on this
  /// line: where it is no item of a list itself.
  private func isSplittable(_ start: Int, _ end: Int, at column: Int) -> Bool {
    let top = frames[frames.count - 1]
    guard top.base == top.nested, end - start > 1 else { return false }
    let next = Int(layout.slots[start + 1].nextBreak)
    guard next < end else { return false }
    let width = layout.slots[next - 1].flatEnd - layout.slots[start].flatStart
    return column + Int(width) <= Formatter.columnLimit
  }

  private mutating func spaces(_ count: Int) {
    var left = count
    while left > 0 {
      output.append(0x20)
      left -= 1
    }
    column += count
  }

  private mutating func emptyLine() {
    output.append(0x0A)
    line += 1
  }

  /// Begins a line at a column for a token.
  private mutating func newLine(_ indent: Int, _ token: Int) {
    if token > 0 || !output.isEmpty {
      output.append(0x0A)
      line += 1
    }
    column = 0
    spaces(min(indent, Self.indentLimit))
    lineIndent = column
    lineToken = token
  }

  // MARK: Tokens

  private mutating func write(_ index: Int) {
    let token = layout.tokens[index]
    output.append(contentsOf: bytes[Int(token.start)..<Int(token.end)])
    let slot = layout.slots[index]
    column += Int(slot.flatEnd - slot.flatStart)
    if token.kind == .blockString { passLines(from: Int(token.start), to: Int(token.end)) }
  }

  /// Writes a broken declaration as it is, with all that is before it.
  private mutating func copy(from start: Int, to end: Int) {
    let from = start > 0 ? Int(layout.tokens[start - 1].end) : 0
    let to = Int(layout.tokens[end - 1].end)
    output.append(contentsOf: bytes[from..<to])
    passLines(from: from, to: to)
    lineIndent = 0
  }

  /// Counts the lines of what was written as it is.
  private mutating func passLines(from start: Int, to end: Int) {
    let bytes = bytes
    let span = bytes.span
    for offset in start..<end where span[offset] == 0x0A {
      line += 1
      column = end - offset - 1
    }
  }

  // MARK: Comments

  /// Writes the comments before a token, each where it was: behind what came before, or on a line
  /// of its own; then begins the token's line.
  private mutating func writeComments(_ index: Int, _ top: Frame) {
    let slot = layout.slots[index]
    let place =
      slot.gap.isBreakable
      ? (slot.isCloser ? top.base : top.indent) : top.nested + Formatter.indentWidth
    let keepsEmptyLines = slot.gap == .hard
    let hasEmptyLine = writeComments(
      index, at: slot.isCloser ? top.indent : place,
      first: keepsEmptyLines && !slot.dropsFirstEmptyLine, others: keepsEmptyLines)
    if hasEmptyLine, keepsEmptyLines, !slot.dropsLastEmptyLine { emptyLine() }
    newLine(place, index)
  }

  /// Writes the comments before a token at a column; tells whether an empty line is after them.
  private mutating func writeComments(
    _ index: Int, at indent: Int, first keepsFirst: Bool, others keepsOthers: Bool
  ) -> Bool {
    let bytes = bytes
    let span = bytes.span
    var offset = index > 0 ? Int(layout.tokens[index - 1].end) : 0
    let end = Int(layout.tokens[index].start)
    var lines = index > 0 ? 0 : 1
    var isFirst = true
    while offset < end {
      switch span[offset] {
      case 0x0A:
        lines += 1
        offset += 1
      case 0x2F:
        let lineEnd = TriviaScan.endOfLine(span, from: offset, to: end)
        var textEnd = lineEnd
        while TriviaScan.isWhite(span[textEnd - 1]) { textEnd -= 1 }
        if lines == 0 {
          trail(offset)
        } else {
          if lines > 1, isFirst ? keepsFirst : keepsOthers { emptyLine() }
          newLine(indent, index)
        }
        output.append(contentsOf: bytes[offset..<textEnd])
        isFirst = false
        lines = 0
        offset = lineEnd
      default: offset += 1
      }
    }
    return lines > 1
  }

  /// Writes the two spaces before a comment behind other text.
  private mutating func trail(_ offset: Int) {
    comments.append(
      TrailingComment(line: line, column: column, place: output.count, source: offset))
    output.append(0x20)
    output.append(0x20)
  }

  /// Writes the last comments and the last line's end.
  private mutating func writeEnd(_ last: Int) {
    let slot = layout.slots[last]
    if layout.keepsEnd {
      let from = last > 0 ? Int(layout.tokens[last - 1].end) : 0
      output.append(contentsOf: bytes[from...])
      return
    }
    if slot.hasComment {
      _ = writeComments(last, at: 0, first: !slot.dropsFirstEmptyLine, others: true)
    }
    // An unterminated block string would go on over the line's end.
    let isOpen =
      last > 0 && layout.tokens[last - 1].kind == .blockString && !layout.broken.isEmpty
      && layout.tokens[last - 1].end == layout.tokens[last].start
    if !output.isEmpty, !isOpen { output.append(0x0A) }
  }
}
