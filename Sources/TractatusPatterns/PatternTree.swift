/// The structure of a pattern, whatever syntax it was written in: regular expression, glob or
/// words.
///
/// INVARIANT: a node's parts stand before it in `nodes`, so one loop visits them bottom up.
struct PatternTree: Sendable {
  /// What a place in a text must be like, without taking any of it.
  enum Look: UInt8, Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, notWordBoundary
  }

  /// One part of a pattern; numbers are places in `nodes`, `children` and `sets`.
  enum Node: Sendable {
    /// The empty text.
    case empty
    /// One scalar.
    case scalar(UInt32)
    /// Any scalar that folds to this one, and there are several.
    case folded(UInt32)
    /// Any scalar of a set; nothing when the set is empty.
    case set(Int)
    /// A condition on the place.
    case look(Look)
    /// `count` children from `first` on, one after the other.
    case sequence(first: Int, count: Int)
    /// Any of `count` children from `first` on, preferred in their order.
    case choice(first: Int, count: Int)
    /// A node `min` to `max` times, or more often without `max`.
    case repetition(Int, min: Int, max: Int?, greedy: Bool)
    /// A capturing group, numbered from 1.
    case group(Int, number: Int)
  }

  private(set) var nodes: [Node] = []
  private(set) var children: [Int] = []
  private(set) var sets: [ScalarSet] = []
  /// How many sets are looked through for one that is there already.
  private static let knownSets = 16
  /// The whole pattern's node.
  var root = 0
  /// How many capturing groups there are.
  var groupCount = 0

  /// Adds a node and returns its number.
  mutating func add(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  /// Adds one scalar, or all that fold like it.
  mutating func add(scalar: UInt32, folding: Bool) -> Int {
    // A surrogate has no UTF-8, so nothing matches it.
    if (0xD800...0xDFFF).contains(scalar) { return add(set: ScalarSet([])) }
    if folding {
      let target = CaseFolding.fold(scalar)
      if CaseFolding.hasCase(scalar) { return add(.folded(target)) }
    }
    return add(.scalar(scalar))
  }

  /// Adds a set of scalars.
  mutating func add(set: ScalarSet) -> Int {
    let set = set.withoutSurrogates
    if set.ranges.count == 1, set.ranges[0].low == set.ranges[0].high {
      return add(.scalar(set.ranges[0].low))
    }
    if let known = sets.suffix(Self.knownSets).lastIndex(of: set) { return add(.set(known)) }
    sets.append(set)
    return add(.set(sets.count - 1))
  }

  /// Adds nodes one after the other.
  mutating func add(sequence parts: [Int]) -> Int {
    switch parts.count {
    case 0: return add(.empty)
    case 1: return parts[0]
    default:
      children += parts
      return add(.sequence(first: children.count - parts.count, count: parts.count))
    }
  }

  /// Adds alternatives.
  mutating func add(choice parts: [Int]) -> Int {
    if parts.count == 1 { return parts[0] }
    children += parts
    return add(.choice(first: children.count - parts.count, count: parts.count))
  }

  /// The parts of a sequence, with those of sequences inside it; any other node alone.
  func parts(of node: Int) -> [Int] {
    var result: [Int] = []
    var pending = [node]
    while let next = pending.popLast() {
      switch nodes[next] {
      case .sequence(let first, let count):
        pending += children[first..<first + count].reversed()
      case .group(let inner, _): pending.append(inner)
      case .empty: continue
      default: result.append(next)
      }
    }
    return result
  }
}
