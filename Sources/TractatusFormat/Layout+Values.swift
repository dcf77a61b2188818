import TractatusSyntax

extension Layout {
  /// Lays out lists, records and their like in brackets, and signs before numbers.
  mutating func layOutValue(_ node: Int) {
    switch nodes[node].kind {
    case .literal, .bound:
      if tokens[first(node)].kind == .minus, first(node) + 1 < end(node) {
        set(first(node) + 1, .tight)
      }
    case .enumerationShape:
      var bracket = first(node)
      while bracket < end(node), tokens[bracket].kind != .leftBracket { bracket += 1 }
      layOutItems(node, open: bracket, .softTight)
    case .record, .recordShape: layOutItems(node, open: first(node), .soft)
    default: layOutItems(node, open: first(node), .softTight)
    }
  }

  /// Lays out items with commas between them in brackets: on one line if they fit and the author
  /// did not break after the bracket; else filled, with the author's own line ends kept.
  private mutating func layOutItems(_ node: Int, open: Int, _ edge: Gap) {
    let close = end(node) - 1
    guard open < close else { return }
    group(open, close + 1, .bracket)
    slots[close].isCloser = true
    slots[close].dropsLastEmptyLine = true
    var item = node + 1
    guard item < after(node) else {
      if slots[close].hasComment { set(close, .hard) }
      return
    }
    let isOpened = slots[first(item)].lineCount > 0
    var isFirst = true
    while item < after(node) {
      let next = after(item)
      let start = first(item)
      let unitEnd = next < after(node) ? first(next) : close
      if isFirst {
        set(start, isOpened ? .hard : edge)
        slots[start].dropsFirstEmptyLine = true
      } else if isOpened, slots[start].lineCount > 0 {
        set(start, .hard)
      } else {
        fill(start, upTo: unitEnd)
      }
      isFirst = false
      item = next
    }
    set(close, isOpened ? .hard : edge)
  }
}
