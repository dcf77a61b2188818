import TractatusSyntax

/// Parts of one kind below each other without an empty line, whose columns are aligned.
struct Run {
  /// Names longer than this align with nothing, so that one of them does not move all others.
  private static let widthLimit = 48

  private var kind = SyntaxKind.file
  private var parts: [Int] = []

  /// Adds a part, or ends the run and begins one with the part.
  mutating func add(_ part: Int, to layout: inout Layout) {
    let kind = layout.nodes[part].kind
    if kind != self.kind || layout.slots[layout.first(part)].hasEmptyLine {
      end(&layout)
      self.kind = kind
    }
    parts.append(part)
  }

  /// Ends the run and aligns its parts.
  mutating func end(_ layout: inout Layout) {
    defer { parts.removeAll(keepingCapacity: true) }
    guard parts.count > 1 else { return }
    switch kind {
    case .metadata, .field: align(&layout, gap: 2, after: 0)
    case .component: align(&layout, gap: 2, after: 1)
    case .example: align(&layout, gap: 2, after: 1)
    case .level:
      align(&layout, gap: 2, after: 1)
      align(&layout, gap: 3, after: 3, isRight: true)
      align(&layout, gap: 5, after: 4)
    case .factor:
      align(&layout, gap: 2, after: 1)
      align(&layout, gap: 2, after: 2, isRight: true)
    case .letDeclaration, .typeDeclaration, .factDeclaration, .require: alignAsWritten(&layout)
    default: break
    }
  }

  /// Pads the gaps before the token `gap` places after each part's first one by how much the
  /// token at `after` is narrower than the widest.
  private func align(
    _ layout: inout Layout, gap: Int, after column: Int, isRight: Bool = false
  ) {
    var widest = 0
    for part in parts {
      let start = layout.first(part)
      guard start + gap < layout.end(part) else { continue }
      widest = max(widest, layout.width(start + column))
    }
    guard widest <= Self.widthLimit else { return }
    for part in parts {
      let start = layout.first(part)
      guard start + gap < layout.end(part) else { continue }
      layout.slots[start + gap].pad += UInt16(widest - layout.width(start + column))
    }
  }

  /// Aligns the parts where the author did: where the same token stands in one column.
  private func alignAsWritten(_ layout: inout Layout) {
    var places: [Int] = []
    var column: UInt32?
    for part in parts {
      guard let place = place(of: part, layout) else {
        // A `require` of another form stands beside the column without being in it.
        if kind == .require { continue }
        return
      }
      let found = layout.tokens[place].start - layout.slots[place].lineStart
      let line = layout.slots[layout.first(part)].lineStart
      guard line == layout.slots[place].lineStart, column == nil || column == found else { return }
      column = found
      places.append(place)
    }
    guard places.count > 1 else { return }
    var widest: UInt32 = 0
    var widths: [UInt32] = []
    for place in places {
      let before = layout.written(from: layout.owner(of: place, in: parts), to: place)
      widths.append(before)
      widest = max(widest, before)
    }
    guard widest <= Self.widthLimit * 2 else { return }
    for (place, width) in zip(places, widths) {
      layout.slots[place].pad += UInt16(widest - width)
    }
  }

  /// The token that is aligned in a part; nil where it has none.
  private func place(of part: Int, _ layout: Layout) -> Int? {
    switch kind {
    case .typeDeclaration: return layout.first(part) + 2
    case .letDeclaration:
      let types = layout.child(part, .types)
      return types.map { layout.end($0) } ?? layout.first(part) + 2
    case .factDeclaration: return layout.child(part, .path).map { layout.end($0) + 1 }
    default:
      // `require x within 20 messages`.
      guard let condition = layout.child(part, .condition),
        layout.after(condition + 1) == layout.after(condition),
        let test = layout.child(condition + 1, .windowTest),
        layout.nodes[condition + 1].kind == .attributeCondition
      else { return nil }
      return layout.first(test)
    }
  }
}

extension Layout {
  /// The first token of the part that a token lies in.
  fileprivate func owner(of token: Int, in parts: [Int]) -> Int {
    var low = 0
    var high = parts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if first(parts[middle]) <= token { low = middle } else { high = middle }
    }
    return first(parts[low])
  }

  /// The columns of tokens on one line, up to the gap before the last.
  fileprivate func written(from start: Int, to end: Int) -> UInt32 {
    var columns: UInt32 = 0
    for token in start..<end {
      if token > start { columns += UInt32(max(0, slots[token].gap.width)) }
      columns += tokens[token].end - tokens[token].start
    }
    return columns
  }
}
