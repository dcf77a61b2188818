/// A regular expression whose first group is read out of a text: `extract … matching /…/`.
///
/// Leftmost-first semantics as RE2 and Perl: the earliest match, and of those at one place the one
/// that the order of alternatives and greediness prefers. Matches do not overlap, and an empty
/// match right after another match does not count.
package struct Extractor: Sendable, ImagePart, Equatable {
  /// How many groups the expression has, at least one.
  package let groupCount: Int

  let units: AutomatonUnits
  let fingerprint: UInt64
  /// For each byte whether a match can begin with it; nil when a match can be empty.
  let firstBytes: [Bool]?

  /// Slots for the start of the match and for both ends of the first group.
  static let slots = 4

  /// Builds an extractor from a regular expression's text.
  ///
  /// - Throws: what is wrong with the expression, `noGroup` when it has no group.
  package init(
    _ expression: [UInt8], ignoringCase: Bool = false, dotMatchesNewline: Bool = false
  ) throws(PatternError) {
    let tree = try Self.tree(expression, ignoringCase, dotMatchesNewline)
    var builder = AutomatonBuilder()
    builder.savedGroups = 1
    let start = builder.add(tree, accepting: 0)
    var units = AutomatonUnits()
    units.take(builder.automaton)
    var known: [Int: Int] = [:]
    let states = 0..<builder.automaton.states.count
    _ = units.add(
      states: states, start: start, isAnchored: PatternSetBuilder.isAnchored(tree), known: &known)
    self.init(units, groupCount: tree.groupCount)
  }

  /// Checks what the initialiser would, and builds nothing.
  ///
  /// - Throws: as the initialiser.
  static func check(
    _ expression: [UInt8], ignoringCase: Bool = false, dotMatchesNewline: Bool = false
  ) throws(PatternError) {
    _ = try tree(expression, ignoringCase, dotMatchesNewline)
  }

  private static func tree(
    _ expression: [UInt8], _ ignoringCase: Bool, _ dotMatchesNewline: Bool
  ) throws(PatternError) -> PatternTree {
    let tree = try RegularExpressionParser.parse(
      expression, ignoringCase: ignoringCase, dotMatchesNewline: dotMatchesNewline)
    try CompiledPattern.checkSize(tree)
    guard tree.groupCount > 0 else {
      throw PatternError(
        offset: 0, kind: .noGroup,
        message: "nothing says what to extract: put `(` and `)` around it")
    }
    return tree
  }

  private init(_ units: AutomatonUnits, groupCount: Int) {
    self.groupCount = groupCount
    self.units = units
    fingerprint = units.fingerprint
    firstBytes = Self.firstBytes(units.automaton, units.units[0].start)
  }

  /// What the first group of a match took, as byte offsets into the text.
  package struct Match: Sendable, Hashable {
    /// The first byte.
    package var start: Int
    /// Past the last byte.
    package var end: Int

    /// Makes a match from its two ends.
    package init(start: Int, end: Int) {
      self.start = start
      self.end = end
    }
  }

  /// Leaves in `scratch.matches` the first group of every non-overlapping match, in the text's
  /// order; a match in which the group took no part is left out.
  ///
  /// A text without a match takes a few instructions a byte. Else each match costs the bytes that
  /// are looked at until it is decided, times the states that are alive there.
  ///
  /// - Returns: false when the budget was spent first: what was extracted is then not known. The
  ///   budget is linear in the text, 64 steps a byte, and only expressions that look far ahead
  ///   from many places spend it.
  package borrowing func extract(
    _ text: Span<UInt8>, scratch: inout ExtractorScratch
  ) -> Bool {
    scratch.matches.removeAll(keepingCapacity: true)
    let number = scratch.number(of: self)
    guard scratch.automata[number].matches(units, unit: 0, text, from: 0, reseeding: true) else {
      return true
    }
    var budget = text.count.multipliedReportingOverflow(by: 64).partialValue + 1024
    var start = 0
    var lastEnd = -1
    while start <= text.count {
      guard let found = scratch.machine.match(self, text, from: start, budget: &budget) else {
        break
      }
      let isRepeated = found.end == found.start && found.start == lastEnd
      if !isRepeated, let group = found.group { scratch.matches.append(group) }
      lastEnd = found.end
      start = found.end > start ? found.end : start + 1
    }
    return budget >= 0
  }

  /// The bytes that a match can begin with, conditions on places taken as true.
  private static func firstBytes(_ automaton: Automaton, _ start: Int) -> [Bool]? {
    var result = [Bool](repeating: false, count: 256)
    var seen = [Bool](repeating: false, count: automaton.states.count)
    var pending = [start]
    while let number = pending.popLast() {
      if seen[number] { continue }
      seen[number] = true
      let state = automaton.state(number)
      switch state.operation {
      case .accept: return nil
      case .split: pending += [state.first, state.second]
      case .look, .save: pending.append(state.first)
      case .bytes:
        for word in automaton.edges[state.first..<state.first + state.second] {
          let edge = Automaton.Edge(word: word)
          for byte in edge.low...edge.high { result[Int(byte)] = true }
        }
      }
    }
    return result
  }

  // MARK: Images

  private static let magic: UInt32 = 0x3145_5054

  /// Appends the extractor to `bytes`, in a form that `init(reading:)` takes back.
  package func write(into bytes: inout [UInt8]) {
    var image = ImageWriter()
    image.write(Self.magic)
    image.write(UInt32(truncatingIfNeeded: groupCount))
    units.write(into: &image)
    bytes += image.bytes
  }

  /// Reads an extractor that `write(into:)` wrote; nil for bytes that none has. Never traps.
  package init?(reading bytes: Span<UInt8>) {
    self.init(reading: ImageBytes(copying: bytes), 0..<bytes.count)
  }

  /// Reads an extractor that lies in a part of `bytes`, where it lies; else as `init(reading:)`.
  ///
  /// - Parameter isTrusted: whether a seal has shown that this very build wrote the bytes; then no
  ///   number in them is checked.
  package init?(reading bytes: ImageBytes, _ range: Range<Int>, isTrusted: Bool = false) {
    var image = ImageReader(bytes, range, isTrusted: isTrusted)
    guard image.word() == Self.magic, let groupCount = image.word(), groupCount > 0,
      let units = AutomatonUnits(reading: &image, patterns: 1, slots: Self.slots),
      units.units.count == 1, image.isAtEnd
    else { return nil }
    self.init(units, groupCount: Int(groupCount))
  }
}
