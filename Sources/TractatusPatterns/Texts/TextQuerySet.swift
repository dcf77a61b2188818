import TractatusValues

/// Tests of texts of which not all need be known: each a list of patterns, any of which will do.
///
/// Immutable flat arrays, part of a program image. A query's number is its position in the list
/// that the set was built from.
struct TextQuerySet: Sendable, Equatable {
  /// What stands for the unit of a pattern that is not decided where some of the text is not known.
  private static let undecided = UInt32.max

  /// Of each query: where its patterns' ids begin, and how many they are.
  private var queries = Packed<UInt32>()
  private var ids = Packed<UInt32>()
  /// Of each pattern: where the queries that have it begin; and one number more for the end.
  private var firstOwners = Packed<UInt32>()
  private var owners = Packed<UInt32>()
  private var patterns: PatternSet
  /// Of each pattern: its automaton for texts of which not all is known.
  private var unitOf = Packed<UInt32>()
  private var units = AutomatonUnits()
  private var fingerprint: UInt64 = 0

  /// How many queries there are.
  var count: Int { queries.count / 2 }

  /// Builds a set.
  ///
  /// - Throws: `Refusal` of the first pattern that a `PatternSet` does not take.
  init(_ list: [[Pattern]]) throws(PatternSet.Refusal) {
    var numbers: [Pattern: UInt32] = [:]
    var all: [Pattern] = []
    var having: [[UInt32]] = []
    for (query, patterns) in list.enumerated() {
      queries += [
        UInt32(truncatingIfNeeded: ids.count), UInt32(truncatingIfNeeded: patterns.count),
      ]
      for pattern in patterns {
        let id = numbers[pattern] ?? UInt32(truncatingIfNeeded: all.count)
        if numbers[pattern] == nil {
          numbers[pattern] = id
          all.append(pattern)
          having.append([])
        }
        ids.append(id)
        let query = UInt32(truncatingIfNeeded: query)
        if having[Int(id)].last != query { having[Int(id)].append(query) }
      }
    }
    patterns = try PatternSet(all)
    for queries in having {
      firstOwners.append(UInt32(truncatingIfNeeded: owners.count))
      owners += queries
    }
    firstOwners.append(UInt32(truncatingIfNeeded: owners.count))
    makeUnits(all)
  }

  private mutating func makeUnits(_ patterns: [Pattern]) {
    var builder = AutomatonBuilder()
    var parts: [(states: Range<Int>, start: Int, isAnchored: Bool)] = []
    for (number, pattern) in patterns.enumerated() {
      guard let tree = PatternTree(of: pattern) else {
        unitOf.append(Self.undecided)
        continue
      }
      let first = builder.automaton.states.count
      let start = builder.add(tree, accepting: number)
      unitOf.append(UInt32(truncatingIfNeeded: parts.count))
      parts.append(
        (first..<builder.automaton.states.count, start, PatternSetBuilder.isAnchored(tree)))
    }
    units.take(builder.automaton)
    var known: [Int: Int] = [:]
    for part in parts {
      _ = units.add(
        states: part.states, start: part.start, isAnchored: part.isAnchored, known: &known)
    }
    fingerprint = units.fingerprint
  }

  // MARK: Images

  /// Appends the set to an image.
  func write(into image: inout ImageWriter) {
    image.write(queries)
    image.write(ids)
    image.write(firstOwners)
    image.write(owners)
    var set: [UInt8] = []
    patterns.write(into: &set)
    image.write(Packed(set))
    image.write(unitOf)
    units.write(into: &image)
    image.write(fingerprint)
  }

  /// Reads a set; nil where some number is out of range.
  init?(reading image: inout ImageReader) {
    guard let queries = image.words(), let ids = image.words(), let firstOwners = image.words(),
      let owners = image.words(), let set = image.part(),
      let patterns = PatternSet(reading: set), let unitOf = image.words(),
      let units = AutomatonUnits(reading: &image, patterns: patterns.count, slots: 0),
      let fingerprint = image.longWord(), queries.count % 2 == 0,
      unitOf.count == patterns.count, firstOwners.count == patterns.count + 1
    else { return nil }
    (self.queries, self.ids, self.firstOwners, self.owners) = (queries, ids, firstOwners, owners)
    (self.patterns, self.unitOf, self.units) = (patterns, unitOf, units)
    self.fingerprint = fingerprint
    guard image.isTrusted || isSound else { return nil }
  }

  /// Whether every number is in its range.
  private var isSound: Bool {
    for query in stride(from: 0, to: queries.count, by: 2)
    where Int(queries[query]) + Int(queries[query + 1]) > ids.count { return false }
    for id in ids where Int(id) >= patterns.count { return false }
    for owner in owners where Int(owner) >= queries.count / 2 { return false }
    for index in firstOwners.indices.dropFirst()
    where firstOwners[index] < firstOwners[index - 1] || Int(firstOwners[index]) > owners.count {
      return false
    }
    for unit in unitOf where unit < Self.undecided && Int(unit) >= units.units.count {
      return false
    }
    return fingerprint == units.fingerprint
  }

  // MARK: Queries

  /// The truth of a query of a text, over all that the text may become.
  ///
  /// Linear in the text and in the query's patterns. Unknown as well for `mentions` where not all
  /// of the text is known, and for a pattern with too many rows there.
  func truth(
    _ query: Int, _ text: borrowing PartialText, _ scratch: inout TextQueryScratch
  ) -> Truth {
    var result = Truth.false
    let first = Int(queries[query * 2])
    for place in first..<first + Int(queries[query * 2 + 1]) {
      result = result | truth(pattern: Int(ids[place]), text, &scratch)
      if result.isTrue { break }
    }
    return result
  }

  private func truth(
    pattern: Int, _ text: borrowing PartialText, _ scratch: inout TextQueryScratch
  ) -> Truth {
    if text.isKnown {
      return Truth(patterns.matches(pattern, text.bytes.span, scratch: &scratch.patterns))
    }
    let unit = unitOf[pattern]
    if unit == Self.undecided { return .unknown }
    return scratch.automata.truth(units, owner: fingerprint, unit: Int(unit), text)
  }

  /// Calls `found` with every query that a known text passes, perhaps several times.
  ///
  /// One pass over the text finds the patterns.
  func collect(
    _ text: Span<UInt8>, _ scratch: inout TextQueryScratch, into found: inout [UInt32]
  ) {
    patterns.match(text, scratch: &scratch.patterns)
    for match in scratch.patterns.matches {
      let first = Int(firstOwners[Int(match)])
      for place in first..<Int(firstOwners[Int(match) + 1]) { found.append(owners[place]) }
    }
  }
}

/// The memory that a `TextQuerySet` works in; keep one for each set.
struct TextQueryScratch: Sendable {
  var patterns = PatternScratch()
  var automata = PartialAutomata()
}

extension PatternTree {
  /// The structure of a pattern, that of fixed texts included; nil for words, and for what is not
  /// well formed.
  init?(of pattern: Pattern) {
    switch pattern.kind {
    case .mentions: return nil
    case .glob, .pathGlob:
      let tree = try? GlobParser.parse(
        pattern.text, isPath: pattern.kind == .pathGlob, ignoringCase: pattern.ignoringCase)
      guard let tree else { return nil }
      self = tree
    case .regularExpression:
      let tree = try? RegularExpressionParser.parse(
        pattern.text, ignoringCase: pattern.ignoringCase,
        dotMatchesNewline: pattern.dotMatchesNewline)
      guard let tree else { return nil }
      self = tree
    case .equals, .contains, .startsWith, .endsWith:
      self.init()
      var parts: [Int] = []
      let isWhole = pattern.kind == .equals
      if isWhole || pattern.kind == .startsWith { parts.append(add(.look(.textStart))) }
      let text = pattern.text.span
      var offset = 0
      while offset < text.count {
        let (scalar, length) = ScalarCoding.scalar(in: text, at: offset)
        parts.append(add(scalar: scalar, folding: pattern.ignoringCase))
        offset += length
      }
      if isWhole || pattern.kind == .endsWith { parts.append(add(.look(.textEnd))) }
      root = add(sequence: parts)
    }
  }
}
