import TractatusSyntax

extension Layout {
  /// Lays out a program or subcommand: on one line with two spaces between its parts if it fits
  /// and the author did not break after the brace; else a part a line, where parts of one kind
  /// that the author put on one line stay together.
  mutating func layOutProgram(_ node: Int) {
    var names: [Int] = []
    var inner = node + 1
    while inner < after(node), nodes[inner].kind == .name {
      names.append(first(inner))
      inner = after(inner)
    }
    guard let last = names.last else { return }
    layOutSequence(names, end: last + 1)
    var open = last + 1
    while open < end(node), tokens[open].kind != .leftBrace { open += 1 }
    let close = end(node) - 1
    guard open < close else { return }
    group(open, close + 1, .bracket)
    slots[close].isCloser = true
    slots[close].dropsLastEmptyLine = true
    guard inner < after(node) else {
      if slots[close].hasComment { set(close, .hard) }
      return
    }
    let isOpened = slots[first(inner)].lineCount > 0
    slots[first(inner)].dropsFirstEmptyLine = true
    set(first(inner), isOpened ? .hard : .soft)
    set(close, isOpened ? .hard : .soft)
    var part = after(inner)
    var kind = nodes[inner].kind
    while part < after(node) {
      let isAlike = nodes[part].kind == kind && kind != .programSubcommand
      if isAlike, slots[first(part)].lineCount == 0 {
        fill(first(part), upTo: end(part), .fillDouble)
      } else {
        set(first(part), isOpened ? .hard : .softDouble)
      }
      kind = nodes[part].kind
      part = after(part)
    }
  }

  /// Lays out a flag or option: filled, below its first spelling.
  mutating func layOutOption(_ node: Int) {
    var starts: [Int] = []
    var token = first(node) + 1
    var inner = node + 1
    while token < end(node) {
      while inner < after(node), first(inner) < token { inner = after(inner) }
      if inner < after(node), first(inner) == token {
        if nodes[inner].kind == .programEffect { starts.append(token) }
        token = max(end(inner), token + 1)
        continue
      }
      switch tokens[token].kind {
      case .spelling, .string: starts.append(token)
      default:
        switch tokens[token].word {
        case .takes, .until, .for: starts.append(token)
        default: break
        }
      }
      token += 1
    }
    layOutSequence(starts, end: end(node))
  }
}
