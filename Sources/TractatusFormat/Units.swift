import TractatusSource
import TractatusSyntax

/// The parts of a file, one after the other: its `policy`, its declarations and what is none.
struct Units {
  private let tokens: [Token]
  private let nodes: [NodeRecord]
  /// The nodes, ascending.
  private var starts: [Int] = []
  private var isMarked: [Bool]

  /// Finds the parts.
  init(_ nodes: [NodeRecord], _ tokens: [Token]) {
    self.tokens = tokens
    self.nodes = nodes
    var next = 1
    while next < nodes.count {
      starts.append(next)
      next = Int(nodes[next].nodeEnd)
    }
    isMarked = Array(repeating: false, count: starts.count)
  }

  /// The marked parts, in order.
  var marked: [NodeID] {
    starts.indices.filter { isMarked[$0] }
      .map { NodeID(rawValue: UInt32(truncatingIfNeeded: starts[$0])) }
  }

  /// Marks the part that a node lies in.
  mutating func mark(node: Int) {
    let unit = last { starts[$0] <= node }
    if let unit { isMarked[unit] = true }
  }

  /// Marks the part that a token lies in, or before which it stands.
  mutating func mark(token: Int) {
    let unit = last { Int(nodes[starts[$0]].firstToken) <= token }
    if let unit { isMarked[unit] = true }
  }

  /// Marks the part that a span begins in: in its tokens, or in what is before them.
  mutating func mark(_ span: SourceSpan) {
    // The first token that ends after the place; an empty place belongs to the token before it.
    var low = 0
    var high = tokens.count - 1
    while low < high {
      let middle = (low + high) / 2
      let end = tokens[middle].end
      if end > span.start || end == span.start && span.isEmpty {
        high = middle
      } else {
        low = middle + 1
      }
    }
    mark(token: low)
  }

  /// The last part for which something holds that holds for all before it.
  private func last(where holds: (Int) -> Bool) -> Int? {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }
}
