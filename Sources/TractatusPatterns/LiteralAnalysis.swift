/// What a pattern's tree says about fixed text in it: whether it is nothing but fixed text, and
/// else which fixed texts a match cannot do without.
///
/// All of this is about folded text: where a match takes a scalar of a case-sensitive pattern,
/// the folded text has the folded scalar. (Cox, "Regular Expression Matching with a Trigram
/// Index", 2012, is the idea; we keep whole strings.)
struct LiteralAnalysis {
  /// A pattern that is only fixed text.
  struct Literal: Hashable {
    /// Whether the text must begin and end with it.
    var atStart: Bool
    var atEnd: Bool
    /// Whether case is folded; `bytes` are then folded too.
    var folding: Bool
    var bytes: [UInt8]
  }

  /// Fixed texts of which every match contains one.
  struct Requirement: Hashable {
    /// The folded texts, none of them empty.
    var literals: [[UInt8]]
    /// How many scalars stand before it in the match, when that is always the same.
    var offset: Int?

    /// The requirement as a dictionary's key.
    ///
    /// PERF: the first dictionary with keys of a type of its own costs as much as a few patterns.
    var key: [UInt8] {
      var key: [UInt8] = []
      func append(_ number: Int) {
        for shift in stride(from: 0, to: 64, by: 8) {
          key.append(UInt8(truncatingIfNeeded: number >> shift))
        }
      }
      append(offset ?? -1)
      for literal in literals {
        append(literal.count)
        key += literal
      }
      return key
    }

    /// How telling the least telling text is, from 0.
    var worth: Int { literals.map { min($0.count, 8) }.min() ?? 0 }
  }

  /// What is known of one node.
  private struct Facts {
    /// All folded texts that the node can be, when there are few.
    var exact: [[UInt8]]?
    /// How many scalars it takes, when that is always the same.
    var length: Int?
    var requirements: [Requirement] = []
  }

  /// Most texts of one requirement, and most bytes of each.
  private static let textLimit = 16
  private static let byteLimit = 64

  private let tree: PatternTree
  private var facts: [Facts] = []

  private init(_ tree: PatternTree) { self.tree = tree }

  // MARK: Nothing but fixed text

  /// The tree without what does not change whether it matches somewhere: a part that can be
  /// empty, at an open end.
  static func trimmed(_ tree: PatternTree) -> PatternTree {
    var parts = tree.parts(of: tree.root)
    while let first = parts.first, canBeNothing(tree, first) { parts.removeFirst() }
    while let last = parts.last, canBeNothing(tree, last) { parts.removeLast() }
    var result = tree
    result.root = result.add(sequence: parts)
    return result
  }

  private static func canBeNothing(_ tree: PatternTree, _ node: Int) -> Bool {
    switch tree.nodes[node] {
    case .repetition(_, let min, _, _): return min == 0
    default: return false
    }
  }

  /// The tree as a literal, when it is one.
  static func literal(_ tree: PatternTree) -> Literal? {
    var literal = Literal(atStart: false, atEnd: false, folding: false, bytes: [])
    var sawCased = false
    for node in tree.parts(of: tree.root) {
      switch tree.nodes[node] {
      case .scalar(let scalar):
        if literal.atEnd { return nil }
        if CaseFolding.hasCase(scalar) { sawCased = true }
        ScalarCoding.append(scalar, to: &literal.bytes)
      case .folded(let scalar):
        if literal.atEnd { return nil }
        literal.folding = true
        ScalarCoding.append(scalar, to: &literal.bytes)
      case .look(.textStart):
        if !literal.bytes.isEmpty || literal.atEnd { return nil }
        literal.atStart = true
      case .look(.textEnd): literal.atEnd = true
      default: return nil
      }
    }
    return literal.folding && sawCased ? nil : literal
  }

  // MARK: Required text

  /// What every match needs, best first; empty when nothing is known.
  static func requirements(_ tree: PatternTree) -> [Requirement] {
    var analysis = LiteralAnalysis(tree)
    for node in tree.nodes { analysis.facts.append(analysis.innerFacts(of: node)) }
    let root = analysis.facts(of: tree.root)
    let all = analysis.requirements(of: root, offset: 0)
    let sorted = all.enumerated().sorted {
      ($1.element.worth, $0.element.literals.count, $0.offset)
        < ($0.element.worth, $1.element.literals.count, $1.offset)
    }
    return sorted.prefix(4).map(\.element)
  }

  private func requirements(of facts: Facts, offset: Int?) -> [Requirement] {
    var result = facts.requirements.map { requirement in
      var moved = requirement
      moved.offset = sum(offset, requirement.offset)
      return moved
    }
    if let exact = facts.exact, let found = requirement(exact, offset) { result.append(found) }
    if result.count > 16 {
      result = Array(result.sorted { $0.worth > $1.worth }.prefix(8))
    }
    return result
  }

  private func requirement(_ texts: [[UInt8]], _ offset: Int?) -> Requirement? {
    if texts.isEmpty || texts.contains(where: \.isEmpty) { return nil }
    if texts.count == 1 { return Requirement(literals: texts, offset: offset) }
    // A text that begins with another one is found where that one is.
    let kept = texts.filter { text in
      !texts.contains { $0.count < text.count && text.starts(with: $0) }
    }
    return Requirement(
      literals: Set(kept).sorted { $0.lexicographicallyPrecedes($1) }, offset: offset)
  }

  private func sum(_ first: Int?, _ second: Int?) -> Int? {
    guard let first, let second else { return nil }
    let (sum, overflow) = first.addingReportingOverflow(second)
    return overflow || sum > 1 << 20 ? nil : sum
  }

  /// What is known of a node. Nothing is stored for single scalars, of which there are many.
  private func facts(of node: Int) -> Facts {
    switch tree.nodes[node] {
    case .scalar(let scalar), .folded(let scalar):
      return Facts(exact: [ScalarCoding.bytes(CaseFolding.fold(scalar))], length: 1)
    default: return facts[node]
    }
  }

  private func innerFacts(of node: PatternTree.Node) -> Facts {
    switch node {
    case .scalar, .folded: return Facts(exact: nil, length: nil)
    case .empty, .look: return Facts(exact: [[]], length: 0)
    case .set(let number): return facts(of: tree.sets[number])
    case .sequence(let first, let count):
      return facts(ofSequence: tree.children[first..<first + count])
    case .choice(let first, let count):
      return facts(ofChoice: tree.children[first..<first + count])
    case .repetition(let inner, let min, let max, _):
      return facts(repeating: facts(of: inner), min: min, max: max)
    case .group(let inner, _): return facts(of: inner)
    }
  }

  private func facts(of set: ScalarSet) -> Facts {
    var result = Facts(exact: nil, length: 1)
    if set.count > 2 * Self.textLimit { return result }
    let folded = Set(set.ranges.flatMap { $0.low...$0.high }.map(CaseFolding.fold))
    if folded.count <= Self.textLimit { result.exact = folded.sorted().map(ScalarCoding.bytes) }
    return result
  }

  private func facts(ofSequence parts: ArraySlice<Int>) -> Facts {
    var result = Facts(exact: nil, length: 0)
    // The fixed texts that end here, and where they began.
    var run: [[UInt8]] = [[]]
    var runStart: Int? = 0
    var broken = false
    for part in parts {
      if run.count == 1, run[0].count < Self.byteLimit - 4, append(part, to: &run[0]) {
        result.length = sum(result.length, 1)
        continue
      }
      let part = facts(of: part)
      let before = result.length
      result.length = sum(before, part.length)
      if let exact = part.exact {
        if let longer = product(run, exact) {
          run = longer
          continue
        }
        broken = true
        if let found = requirement(run, runStart) { result.requirements.append(found) }
        run = exact
        runStart = before
        continue
      }
      broken = true
      if let found = requirement(run, runStart) { result.requirements.append(found) }
      result.requirements += requirements(of: part, offset: before)
      run = [[]]
      runStart = result.length
    }
    if !broken {
      result.exact = run
    } else if let found = requirement(run, runStart) {
      result.requirements.append(found)
    }
    return result
  }

  /// Appends a single scalar's folded bytes; false for any other node.
  private func append(_ node: Int, to run: inout [UInt8]) -> Bool {
    switch tree.nodes[node] {
    case .scalar(let scalar), .folded(let scalar):
      ScalarCoding.append(CaseFolding.fold(scalar), to: &run)
      return true
    default: return false
    }
  }

  private func product(_ first: [[UInt8]], _ second: [[UInt8]]) -> [[UInt8]]? {
    guard first.count * second.count <= Self.textLimit else { return nil }
    var result: [[UInt8]] = []
    for head in first {
      for tail in second {
        if head.count + tail.count > Self.byteLimit { return nil }
        result.append(head + tail)
      }
    }
    return result
  }

  private func facts(ofChoice parts: ArraySlice<Int>) -> Facts {
    var result = Facts(exact: [], length: parts.first.flatMap { facts(of: $0).length })
    var joined: Requirement? = Requirement(literals: [], offset: 0)
    for (index, part) in parts.enumerated() {
      let part = facts(of: part)
      if part.length != result.length { result.length = nil }
      if let exact = part.exact, let all = result.exact, all.count + exact.count <= Self.textLimit {
        result.exact = all + exact
      } else {
        result.exact = nil
      }
      let best = requirements(of: part, offset: 0).max { $0.worth < $1.worth }
      guard let best, var all = joined, all.literals.count + best.literals.count <= 32 else {
        joined = nil
        continue
      }
      all.offset = index == 0 || all.offset == best.offset ? best.offset : nil
      all.literals += best.literals
      joined = all
    }
    if result.exact == nil, let joined, let found = requirement(joined.literals, joined.offset) {
      result.requirements = [found]
    }
    return result
  }

  private func facts(repeating inner: Facts, min: Int, max: Int?) -> Facts {
    var result = Facts(exact: nil, length: nil)
    if let length = inner.length, min == max {
      let (product, overflow) = length.multipliedReportingOverflow(by: min)
      result.length = overflow ? nil : product
    }
    if min == 0 {
      if max == 1, let exact = inner.exact, exact.count < Self.textLimit {
        result.exact = exact + [[]]
      } else if max == 0 {
        result.exact = [[]]
      }
      return result
    }
    if let exact = inner.exact, min == max {
      var power: [[UInt8]]? = [[]]
      for _ in 0..<min {
        guard let known = power else { break }
        power = product(known, exact)
      }
      result.exact = power
    }
    if result.exact == nil { result.requirements = requirements(of: inner, offset: 0) }
    return result
  }
}
