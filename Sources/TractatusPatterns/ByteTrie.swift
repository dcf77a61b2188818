/// A set of scalars as a minimal automaton over their UTF-8 bytes.
struct ByteTrie {
  /// Bytes that lead to another node, or with `done` out of the trie.
  struct Edge: Hashable {
    var low: UInt8
    var high: UInt8
    var target: Int
  }

  /// The target past the last byte of a scalar.
  static let done = -1

  /// The nodes, each with ascending disjoint edges; the last one is the root.
  ///
  /// INVARIANT: an edge leads to an earlier node.
  private(set) var nodes: [[Edge]] = []
  private var numbers: [[Edge]: Int] = [:]

  /// A run of scalars whose bytes vary independently.
  private typealias Run = [ScalarSet.Range]

  /// Makes the automaton of a set without surrogates; an empty set has one node without edges.
  init(_ set: ScalarSet) {
    guard var rest = Self.beyondASCII(of: set) else {
      self.init(general: set)
      return
    }
    var edges: [Edge] = []
    for range in set.ranges where range.low < 0x80 {
      edges.append(
        Edge(
          low: UInt8(truncatingIfNeeded: range.low),
          high: UInt8(truncatingIfNeeded: min(range.high, 0x7F)), target: Self.done))
    }
    if let root = rest.popLast() { edges += root }
    rest.append(edges)
    self.init(nodes: rest)
  }

  private init(nodes: [[Edge]]) { self.nodes = nodes }

  private init(general set: ScalarSet) {
    var runs: [Run] = []
    for range in set.ranges {
      var low = range.low
      for limit: UInt32 in [0x7F, 0x7FF, 0xFFFF, ScalarSet.last] where low <= limit {
        if low > range.high { break }
        Self.split(low, min(range.high, limit), &runs)
        low = limit + 1
      }
    }
    _ = node(runs[...], depth: 0)
  }

  /// PERF: most sets have either all or none of what is not ASCII: the nodes for that, of which
  /// the last is the root without its ASCII edges; nil for any other set.
  private static func beyondASCII(of set: ScalarSet) -> [[Edge]]? {
    guard let last = set.ranges.last, last.high >= 0x80 else { return [] }
    let count = set.ranges.count
    guard count >= 2, last == allBeyondASCII.ranges[1], set.ranges[count - 2].high == 0xD7FF,
      set.ranges[count - 2].low <= 0x80
    else { return nil }
    return allNodes
  }

  private static let allBeyondASCII = ScalarSet([
    ScalarSet.Range(low: 0x80, high: ScalarSet.last)
  ]).withoutSurrogates
  private static let allNodes = ByteTrie(general: allBeyondASCII).nodes

  /// Splits a range of scalars of one length into runs.
  private static func split(_ low: UInt32, _ high: UInt32, _ runs: inout [Run]) {
    for level in 1..<max(2, UInt32(ScalarCoding.length(low))) where ScalarCoding.length(low) > 1 {
      let mask: UInt32 = (1 << (6 * level)) - 1
      guard low & ~mask != high & ~mask else { continue }
      if low & mask != 0 {
        split(low, low | mask, &runs)
        return split((low | mask) + 1, high, &runs)
      }
      if high & mask != mask {
        split(low, (high & ~mask) - 1, &runs)
        return split(high & ~mask, high, &runs)
      }
    }
    runs.append(
      zip(ScalarCoding.bytes(low), ScalarCoding.bytes(high)).map {
        ScalarSet.Range(low: UInt32($0), high: UInt32($1))
      })
  }

  /// The node of runs that agree in their first `depth` bytes.
  private mutating func node(_ runs: ArraySlice<Run>, depth: Int) -> Int {
    var edges: [Edge] = []
    var start = runs.startIndex
    while start < runs.endIndex {
      let range = runs[start][depth]
      var end = start + 1
      while end < runs.endIndex, runs[end][depth] == range { end += 1 }
      let target =
        runs[start].count == depth + 1 ? Self.done : node(runs[start..<end], depth: depth + 1)
      let (low, high) = (
        UInt8(truncatingIfNeeded: range.low), UInt8(truncatingIfNeeded: range.high)
      )
      if let last = edges.last, last.target == target, last.high &+ 1 == low {
        edges[edges.count - 1].high = high
      } else {
        edges.append(Edge(low: low, high: high, target: target))
      }
      start = end
    }
    // The root must come last, so it is never shared; nothing inside a trie equals it anyway.
    if depth > 0, let known = numbers[edges] { return known }
    nodes.append(edges)
    numbers[edges] = nodes.count - 1
    return nodes.count - 1
  }
}
