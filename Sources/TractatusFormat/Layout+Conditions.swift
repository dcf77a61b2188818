import TractatusSyntax

extension Layout {
  /// Lays out conditions, tests of commands and sums.
  mutating func layOutCondition(_ node: Int) {
    switch nodes[node].kind {
    case .condition, .sum: layOutOperands(node)
    case .groupCondition: layOutParentheses(first(node), end(node) - 1)
    case .quantifiedCondition:
      guard let inner = child(node, .condition) else { return }
      layOutParentheses(first(inner) - 1, end(node) - 1)
    case .previously: layOutPreviously(node)
    case .runsTest:
      var inner = node + 1
      var hasParts = false
      while inner < after(node) {
        if nodes[inner].kind == .optionsTest || nodes[inner].kind == .operandTest {
          fill(first(inner), upTo: end(inner))
          hasParts = true
        }
        inner = after(inner)
      }
      if hasParts { group(first(node), end(node), .tail) }
    case .effectTest:
      // `sets a to b`: only that has a part to be moved.
      guard let value = child(node, .valueTest), first(node) < first(value) else { return }
      fill(first(value), upTo: end(value))
      group(first(node), end(node), .tail)
    default:
      // `pipes a into b`: the two values are the inner nodes.
      let left = node + 1
      guard left < after(node), end(left) < end(node) else { return }
      fill(end(left), upTo: end(node))
      group(first(node), end(node), .tail)
    }
  }

  /// `a and b`, `a + b`: the operators begin lines below the first operand.
  private mutating func layOutOperands(_ node: Int) {
    var operand = node + 1
    var hasSeveral = false
    while operand < after(node) {
      let next = after(operand)
      if next < after(node), end(operand) < first(next) {
        set(end(operand), .soft)
        hasSeveral = true
      }
      operand = next
    }
    if hasSeveral { group(first(node), end(node), .hang) }
  }

  /// `previously a where (…) within 10 minutes`: what follows the type may begin a line.
  private mutating func layOutPreviously(_ node: Int) {
    guard let path = child(node, .path), end(path) < end(node) else { return }
    var part = end(path)
    if let inner = child(node, .condition) {
      layOutParentheses(first(inner) - 1, end(inner))
      fill(part, upTo: end(inner) + 1)
      part = end(inner) + 1
    }
    if part < end(node) { fill(part, upTo: end(node)) }
    group(first(node), end(node), .tail)
  }

  private mutating func layOutParentheses(_ open: Int, _ close: Int) {
    guard open + 1 < close else { return }
    group(open, close + 1, .bracket)
    set(open + 1, .softTight)
    set(close, .softTight)
    slots[close].isCloser = true
  }

  /// `a, b, c` without brackets: filled, below the first one.
  mutating func layOutSequence(_ starts: [Int], end: Int) {
    guard let first = starts.first, starts.count > 1 else { return }
    for (place, start) in starts.enumerated().dropFirst() {
      fill(start, upTo: place + 1 < starts.count ? starts[place + 1] : end)
    }
    group(first, end, .hang)
  }

  /// The first tokens of the inner nodes of a kind.
  func starts(_ node: Int, _ kind: SyntaxKind) -> [Int] {
    var found: [Int] = []
    var inner = node + 1
    while inner < after(node) {
      if nodes[inner].kind == kind { found.append(first(inner)) }
      inner = after(inner)
    }
    return found
  }
}
