/// Turns pattern trees into states of one automaton.
struct AutomatonBuilder {
  private(set) var automaton = Automaton()
  /// Whether `save` states are made for groups up to this number.
  var savedGroups = 0

  /// The tries of sets that came before.
  private var tries: [(set: ScalarSet, trie: ByteTrie)] = []
  /// How many of them are looked through.
  private static let knownTries = 16

  /// How many states the tree's automaton has, the accepting one included; saturates well above
  /// any limit.
  static func stateCount(of tree: PatternTree) -> Int {
    let limit = 1 << 40
    let setCounts = tree.sets.map(nodeCount)
    var counts: [Int] = []
    for node in tree.nodes {
      let count: Int
      switch node {
      case .empty: count = 0
      case .scalar(let scalar): count = ScalarCoding.length(scalar)
      case .folded(let scalar):
        count = CaseFolding.alike(scalar).reduce(1) { $0 + ScalarCoding.length($1) - 1 }
      case .set(let set): count = setCounts[set]
      case .look: count = 1
      case .sequence(let first, let length):
        count = tree.children[first..<first + length].reduce(0) { $0 + counts[$1] }
      case .choice(let first, let length):
        count = tree.children[first..<first + length].reduce(length - 1) { $0 + counts[$1] }
      case .repetition(let inner, let min, let max, _):
        if let max {
          count = counts[inner] * max + (max - min)
        } else {
          count = counts[inner] * Swift.max(min, 1) + 1
        }
      case .group(let inner, _): count = counts[inner] + 2
      }
      counts.append(min(count, limit))
    }
    return min(counts[tree.root] + 1, limit)
  }

  private static let anyCount = ByteTrie(ScalarSet.any.withoutSurrogates).nodes.count

  /// How many states a set takes, or a few more.
  private static func nodeCount(_ set: ScalarSet) -> Int {
    if set.isASCII { return 1 }
    // Where only ASCII is missing, the trie is that of all scalars.
    if set.ranges.allSatisfy({ $0.low < 0x80 || $0.low == 0xE000 }) { return anyCount }
    return ByteTrie(set).nodes.count
  }

  private static func set(alike scalar: UInt32) -> ScalarSet {
    ScalarSet(CaseFolding.alike(scalar).map { ScalarSet.Range(low: $0, high: $0) })
  }

  /// Adds a tree that ends by accepting `pattern`, and returns where it starts.
  mutating func add(_ tree: PatternTree, accepting pattern: Int) -> Int {
    let end = add(Automaton.State(.accept, pattern))
    return emit(tree, tree.root, then: end)
  }

  /// Adds the automaton of a pattern over the word view that ends by accepting `pattern`, and
  /// returns where it starts.
  ///
  /// PERF: it relies on what a view is, UTF-8 without two separators in a row, so that mostly one
  /// state for each byte is enough.
  mutating func add(_ words: WordPattern, accepting pattern: Int) -> Int {
    var target = addSeparator(then: add(Automaton.State(.accept, pattern)))
    for piece in words.pieces.reversed() {
      var index = piece.range.upperBound
      while index > piece.range.lowerBound + 1 {
        index -= 1
        let byte = words.bytes[index]
        let first = automaton.edges.count
        // Where a scalar begins there may be a hyphen before it, which is read as nothing.
        if byte & 0xC0 != 0x80 { addEdge(Self.hyphen, automaton.states.count) }
        addEdge(byte, target)
        target = add(Automaton.State(.bytes, first, automaton.edges.count - first))
      }
      let initial = words.bytes[piece.range.lowerBound]
      let rest = target
      addEdge(initial, rest)
      target = add(Automaton.State(.bytes, automaton.edges.count - 1, 1))
      switch piece.link {
      case .start: target = addSeparator(then: target)
      case .gap(let count):
        target = addSeparator(then: addGap(count, then: target))
      case .hyphen:
        addEdge(Self.space, target)
        addEdge(Self.hyphen, target)
        addEdge(initial, rest)
        target = add(Automaton.State(.bytes, automaton.edges.count - 3, 3))
      }
    }
    return target
  }

  private static let space: UInt8 = 0x20
  private static let hyphen: UInt8 = 0x2D

  private mutating func addEdge(_ byte: UInt8, _ target: Int) {
    automaton.edges.append(Automaton.Edge(low: byte, high: byte, target: target).word)
  }

  /// What stands between two words of the view.
  private mutating func addSeparator(then next: Int) -> Int {
    addEdge(Self.space, next)
    addEdge(Self.hyphen, next)
    return add(Automaton.State(.bytes, automaton.edges.count - 2, 2))
  }

  /// Up to `count` words of the view, each with the separator after it.
  private mutating func addGap(_ count: Int, then next: Int) -> Int {
    var target = next
    for _ in 0..<count {
      let end = addSeparator(then: target)
      let loop = add(Automaton.State(.split, end + 2, end))
      automaton.edges.append(Automaton.Edge(low: 0, high: Self.space - 1, target: loop).word)
      automaton.edges.append(Automaton.Edge(low: Self.space + 1, high: .max, target: loop).word)
      let letter = add(Automaton.State(.bytes, automaton.edges.count - 2, 2))
      target = add(Automaton.State(.split, letter, next))
    }
    return target
  }

  /// Adds a state that goes on in all of `starts`.
  mutating func add(anyOf starts: [Int]) -> Int {
    guard var result = starts.last else { return add(Automaton.State(.bytes, 0, 0)) }
    for start in starts.dropLast().reversed() {
      result = add(Automaton.State(.split, start, result))
    }
    return result
  }

  private mutating func add(_ state: Automaton.State) -> Int {
    automaton.states.append(state.word)
    return automaton.states.count - 1
  }

  private mutating func emit(_ tree: PatternTree, _ node: Int, then next: Int) -> Int {
    switch tree.nodes[node] {
    case .empty: return next
    case .scalar(let scalar):
      return ScalarCoding.bytes(scalar).reversed().reduce(next) { target, byte in
        automaton.edges.append(Automaton.Edge(low: byte, high: byte, target: target).word)
        return add(Automaton.State(.bytes, automaton.edges.count - 1, 1))
      }
    case .folded(let scalar): return emit(Self.set(alike: scalar), then: next)
    case .set(let set): return emit(tree.sets[set], then: next)
    case .look(let look): return add(Automaton.State(.look, next, Int(look.rawValue)))
    case .sequence(let first, let count):
      var target = next
      for child in tree.children[first..<first + count].reversed() {
        target = emit(tree, child, then: target)
      }
      return target
    case .choice(let first, let count):
      var starts: [Int] = []
      for child in tree.children[first..<first + count] {
        starts.append(emit(tree, child, then: next))
      }
      return add(anyOf: starts)
    case .repetition(let inner, let min, let max, let greedy):
      return emit(tree, repeating: inner, min: min, max: max, greedy: greedy, then: next)
    case .group(let inner, let number):
      guard number <= savedGroups else { return emit(tree, inner, then: next) }
      let end = add(Automaton.State(.save, next, number * 2 + 1))
      let body = emit(tree, inner, then: end)
      return add(Automaton.State(.save, body, number * 2))
    }
  }

  private mutating func emit(_ set: ScalarSet, then next: Int) -> Int {
    let trie: ByteTrie
    if let known = tries.suffix(Self.knownTries).last(where: { $0.set == set }) {
      trie = known.trie
    } else {
      trie = ByteTrie(set)
      tries.append((set, trie))
    }
    var numbers: [Int] = []
    for node in trie.nodes {
      let first = automaton.edges.count
      for edge in node {
        let target = edge.target == ByteTrie.done ? next : numbers[edge.target]
        automaton.edges.append(
          Automaton.Edge(low: edge.low, high: edge.high, target: target).word)
      }
      numbers.append(add(Automaton.State(.bytes, first, node.count)))
    }
    return numbers.last ?? next
  }

  /// `x{2,4}` is `xx(x(x)?)?`, and `x{2,}` is `xx+`.
  private mutating func emit(
    _ tree: PatternTree, repeating inner: Int, min: Int, max: Int?, greedy: Bool, then next: Int
  ) -> Int {
    func split(_ body: Int, _ exit: Int) -> Automaton.State {
      greedy ? Automaton.State(.split, body, exit) : Automaton.State(.split, exit, body)
    }
    var target = next
    var copies = min
    if let max {
      for _ in 0..<(max - min) {
        let body = emit(tree, inner, then: target)
        target = add(split(body, next))
      }
    } else {
      let loop = add(Automaton.State(.accept, 0))
      let body = emit(tree, inner, then: loop)
      automaton.states[loop] = split(body, next).word
      target = min == 0 ? loop : body
      copies = Swift.max(0, min - 1)
    }
    for _ in 0..<copies { target = emit(tree, inner, then: target) }
    return target
  }
}
