import TractatusSyntax

extension Layout {
  /// Lays out a body in braces: a part a line, names and values of one block below each other.
  mutating func layOutBody(_ node: Int) {
    var open = first(node)
    while open < end(node), tokens[open].kind != .leftBrace { open += 1 }
    let close = end(node) - 1
    guard open < close else { return }
    group(open, close + 1, .bracket)
    slots[close].isCloser = true
    slots[close].dropsLastEmptyLine = true
    var part = node + 1
    while part < after(node), first(part) < open { part = after(part) }
    guard part < after(node) else {
      if slots[close].hasComment { set(close, .hard) }
      return
    }
    let mayBeOneLine =
      nodes[node].kind == .actionDeclaration || nodes[node].kind == .classifyCase
    let isOneLine =
      mayBeOneLine && after(part) == after(node)
      && slots[first(part)].lineCount == 0 && slots[close].lineCount == 0
    guard !isOneLine else {
      set(first(part), .soft)
      set(close, .soft)
      return
    }
    slots[first(part)].dropsFirstEmptyLine = true
    set(close, .hard)
    var run = Run()
    while part < after(node) {
      set(first(part), .hard)
      run.add(part, to: &self)
      part = after(part)
    }
    run.end(&self)
  }
}
