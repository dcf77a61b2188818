import TractatusSyntax

extension Layout {
  /// Lays out the clauses of bodies.
  mutating func layOutClause(_ node: Int) {
    switch nodes[node].kind {
    case .types: layOutSequence(starts(node, .path), end: end(node))
    case .checkpoints:
      var shares: [Int] = []
      var token = first(node) + 1
      while token < end(node), tokens[token].word != .of {
        if tokens[token].kind == .percent { shares.append(token) }
        token += 1
      }
      layOutSequence(shares, end: token)
    case .example:
      guard let given = child(node, .given) else { return }
      set(first(given), .soft)
      slots[first(given)].joinsCloser = true
      group(first(node), end(node), .tail)
    case .testExpectation:
      let names = starts(node, .path)
      if let last = names.last, names.count > 1 {
        var token = last
        while token < end(node), tokens[token].word != .correcting { token += 1 }
        layOutSequence(names, end: token)
      }
    case .usualValue:
      // `usual port 80, 8080 when …`: the condition on a line of its own where it does not fit.
      guard let condition = child(node, .condition) else { return }
      set(first(condition) - 1, .soft)
      group(first(node), end(node), .parts)
    case .framework:
      guard let list = child(node, .list) else { return }
      set(first(list) - 1, .soft)
      group(first(node), end(node), .parts)
    default: layOutParts(node)
    }
  }

  /// Guards and reasons: each on a line of its own if the clause does not fit; a `when` stays
  /// beside a verdict of one word.
  mutating func layOutParts(_ node: Int) {
    var hasParts = false
    var inner = node + 1
    while inner < after(node) {
      let start = first(inner)
      switch nodes[inner].kind {
      case .because, .unlessGuard:
        set(start, .soft)
        hasParts = true
      case .whenGuard:
        if nodes[node].kind == .effect, start == first(node) + 1 { break }
        set(start, .soft)
        hasParts = true
      case .insteadOf: fill(start, upTo: end(inner))
      default: break
      }
      inner = after(inner)
    }
    if hasParts { group(first(node), end(node), .parts) }
  }

  /// Lays out what an action type reads its parameters from.
  mutating func layOutSource(_ node: Int) {
    let start = first(node)
    switch nodes[node].kind {
    case .extract, .actionSource:
      guard let path = child(node, .path), end(path) < end(node) else { return }
      set(end(path), .soft)
      group(start, end(node), .parts)
    default:
      // `from tool "a", "b" with c = d, e = f`: all below `tool`, each sequence below its first.
      let mappings = starts(node, .fieldMapping)
      let namesEnd = mappings.first.map { $0 - 1 } ?? end(node)
      layOutSequence(mappings, end: end(node))
      let isResult = nodes[node].kind == .resultSource
      let firstName = start + (isResult ? 3 : 2)
      let names = (firstName..<max(firstName, namesEnd)).filter { tokens[$0].kind != .comma }
      layOutSequence(names, end: namesEnd)
      guard !mappings.isEmpty else { return }
      set(namesEnd, .soft)
      group(start + 1, end(node), .hang)
    }
  }

  /// Lays out declarations without a body.
  mutating func layOutDeclaration(_ node: Int) {
    switch nodes[node].kind {
    case .policy:
      guard let path = child(node, .path), end(path) + 1 < end(node) else { return }
      set(end(path) + 1, .soft)
      group(first(node), end(node), .parts)
    case .letDeclaration:
      let value = lastChild(node)
      guard nodes[value].kind == .condition || nodes[value].kind == .literal else { return }
      let hasOperands =
        nodes[value].kind == .condition && after(value + 1) < after(value)
      if hasOperands {
        set(first(value), .soft)
      } else {
        fill(first(value), upTo: end(node), .helps)
      }
      group(first(node), end(node), hasOperands ? .parts : .tail)
    default:
      layOutParts(node)
      var token = first(node)
      while token < end(node) {
        if tokens[token].word == .from { set(token, .soft) }
        if tokens[token].word == .approved { fill(token, upTo: end(node)) }
        token += 1
      }
    // Over the group of the parts, which a waiver has by its reason.
    }
  }

  /// The last inner node.
  private func lastChild(_ node: Int) -> Int {
    var last = node + 1
    while after(last) < after(node) { last = after(last) }
    return last
  }
}
