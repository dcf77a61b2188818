/// A set of scalar values as sorted, disjoint, non-adjacent ranges.
struct ScalarSet: Sendable, Hashable {
  /// A range with both ends in.
  struct Range: Sendable, Hashable {
    var low: UInt32
    var high: UInt32
  }

  /// The largest scalar value.
  static let last: UInt32 = 0x10FFFF
  /// Every scalar value.
  static let any = ScalarSet([Range(low: 0, high: last)])
  /// Every scalar value but the newline.
  static let anyButNewline = ScalarSet([Range(low: 10, high: 10)]).complement

  /// The ranges in ascending order.
  private(set) var ranges: [Range]

  /// The set of all scalars in `ranges`, which may overlap and come in any order.
  init(_ ranges: [Range]) {
    self.ranges = []
    for range in ranges.sorted(by: { ($0.low, $0.high) < ($1.low, $1.high) }) {
      if let end = self.ranges.last, range.low <= end.high || range.low == end.high + 1 {
        self.ranges[self.ranges.count - 1].high = max(end.high, range.high)
      } else {
        self.ranges.append(range)
      }
    }
  }

  /// Whether no scalar is in the set.
  var isEmpty: Bool { ranges.isEmpty }

  /// How many scalars are in the set, surrogate code points included.
  var count: Int { ranges.reduce(0) { $0 + Int($1.high - $1.low) + 1 } }

  /// All scalars that are not in the set.
  var complement: ScalarSet {
    var result: [Range] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.low > next { result.append(Range(low: next, high: range.low - 1)) }
      next = range.high + 1
    }
    if next <= Self.last { result.append(Range(low: next, high: Self.last)) }
    return ScalarSet(result)
  }

  /// The set less the surrogate code points, which no UTF-8 text has.
  var withoutSurrogates: ScalarSet {
    let surrogates = Range(low: 0xD800, high: 0xDFFF)
    guard ranges.contains(where: { $0.low <= surrogates.high && $0.high >= surrogates.low }) else {
      return self
    }
    return ScalarSet((complement.ranges + [surrogates])).complement
  }

  /// Whether a scalar is in the set; logarithmic in the ranges.
  func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].high < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].low <= scalar
  }

  /// The scalars of both sets.
  func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

  /// The set and everything that folds alike with one of its members.
  var closedUnderFolding: ScalarSet {
    if isEmpty || self == Self.any { return self }
    if isASCII { return closedASCII }
    var added = ranges
    let pairs = CaseFolding.pairs
    let folded = foldedTargets(pairs)
    for pair in pairs where folded.contains(pair.target) || contains(pair.target) {
      added.append(Range(low: pair.source, high: pair.source))
    }
    return ScalarSet(added + folded.ranges)
  }

  /// Whether all members are ASCII.
  var isASCII: Bool { (ranges.last?.high ?? 0) < 0x80 }

  /// What `closedUnderFolding` is for ASCII, of which only `k` and `s` fold like other scalars.
  private var closedASCII: ScalarSet {
    var added = ranges
    for range in ranges {
      for (first, last): (UInt32, UInt32) in [(0x41, 0x5A), (0x61, 0x7A)] {
        let (low, high) = (max(range.low, first), min(range.high, last))
        if low <= high { added.append(Range(low: low ^ 0x20, high: high ^ 0x20)) }
      }
    }
    for (letter, other): (UInt32, UInt32) in [(0x6B, 0x212A), (0x73, 0x17F)]
    where contains(letter) || contains(letter ^ 0x20) {
      added.append(Range(low: other, high: other))
    }
    return ScalarSet(added)
  }

  /// What the members fold to, where that is another scalar.
  private func foldedTargets(_ pairs: [CaseFolding.Pair]) -> ScalarSet {
    ScalarSet(
      pairs.lazy.filter { contains($0.source) }.map { Range(low: $0.target, high: $0.target) })
  }
}
