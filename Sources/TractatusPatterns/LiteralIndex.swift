/// Finds fixed texts in a folded text in one pass, by windows of four bytes of each text, the
/// rarest among all texts.
///
/// Windows of texts that may stand anywhere are looked for at every place, or, where two windows of
/// each text that lie side by side are rare, at every other place. A text that is bound to an end
/// has its window at a fixed distance from there: only the places at such distances are looked at.
/// Texts of up to three bytes are found by two bytes or one, or bound to an end there alone.
///
/// Memory is linear in the texts: their bytes, five words a text, two a target, and a text's one or
/// two entries of a table.
struct LiteralIndex: Sendable, Equatable {
  /// A text, where it may stand, and what finding it means.
  struct Literal {
    var bytes: [UInt8]
    var atStart: Bool
    var atEnd: Bool

    /// The text as a dictionary's key.
    ///
    /// PERF: the first dictionary with keys of a type of its own costs as much as many texts.
    var key: [UInt8] { bytes + [(atStart ? 1 : 0) | (atEnd ? 2 : 0)] }
  }

  /// What finding a text means for a pattern or group, by the number of its plan.
  struct Target {
    var pattern: UInt32
    /// 0 where the pattern is this text; else twice the number below, plus one.
    ///
    /// The number is 0 when a match may begin anywhere, and `n + 1` when it can only begin `n`
    /// bytes before the text.
    var detail: UInt32

    /// The pattern consists of this text.
    init(literal pattern: Int) {
      self.pattern = UInt32(truncatingIfNeeded: pattern)
      detail = 0
    }

    /// The pattern needs this text, so many scalars after a match begins.
    init(required pattern: Int, offset: Int?) {
      self.pattern = UInt32(truncatingIfNeeded: pattern)
      detail = UInt32(truncatingIfNeeded: 1 + (offset ?? -1)) << 1 | 1
    }
  }

  /// Numbers that one literal takes in `literals`.
  static let recordSize = 5

  /// The literals' bytes, one after the other.
  private(set) var bytes = Packed<UInt8>()
  /// For each literal: where its bytes start, how many they are, how many of them stand before its
  /// window, whether it is bound to the start (1) and the end (2), and its first target; then one
  /// more first target, past the last.
  private(set) var literals = Packed<UInt32>()
  /// Pairs of a pattern and an offset.
  private(set) var targets = Packed<UInt32>()
  /// Windows of four bytes of texts that may stand anywhere.
  private(set) var quads: GramTable
  /// How many bytes lie between the places where such windows are looked for: 1, or 2 where each
  /// text is entered by two windows side by side.
  private(set) var step: Int
  /// Windows of four bytes of texts bound to an end.
  private(set) var bounds: GramTable
  /// The distances from the text's start at which there are such windows, as bits.
  private(set) var heads: UInt64 = 0
  /// The same from the last four bytes back: bit 63 stands for these.
  private(set) var tails: UInt64 = 0
  /// Windows of two and one bytes.
  private(set) var pairs: GramTable
  private(set) var singles: GramTable
  /// Texts of up to three bytes bound to an end, whole.
  private(set) var ends: GramTable

  /// Which of the tables have entries, so that no other is touched.
  private(set) var kinds: UInt8 = 0
  static let hasQuads: UInt8 = 1
  static let hasBounds: UInt8 = 2
  static let hasPairs: UInt8 = 4
  static let hasSingles: UInt8 = 8
  static let hasEnds: UInt8 = 16

  /// How many literals there are.
  var count: Int { literals.count / Self.recordSize }

  /// The key of a short text bound to the start or, if not, to the end.
  @inline(__always)
  static func endKey(_ packed: UInt32, count: Int, atStart: Bool) -> UInt32 {
    packed | UInt32(truncatingIfNeeded: count) << 24 | (atStart ? 0x1000_0000 : 0x2000_0000)
  }

  /// Up to four bytes as a key, the first one lowest, as they are loaded from memory.
  @inline(__always)
  static func pack(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Builds the index of literals that have targets; `rarity` counts windows of four bytes.
  init(_ entries: [(literal: Literal, targets: [Target])], rarity: GramRarity) {
    var quads: [GramTable.Entry] = []
    var bounds: [GramTable.Entry] = []
    var pairs: [GramTable.Entry] = []
    var singles: [GramTable.Entry] = []
    var ends: [GramTable.Entry] = []
    step = entries.allSatisfy { rarity.mayStep($0.literal) } ? 2 : 1
    for (number, entry) in entries.enumerated() {
      let literal = entry.literal
      let text = literal.bytes
      var window = 0
      func key(_ count: Int, shift: Int = 0) -> GramTable.Entry {
        GramTable.Entry(
          key: Self.pack(text[window + shift..<window + shift + count]),
          value: Self.value(number, shift: shift))
      }
      if text.count >= 4, literal.atStart {
        window = rarity.rarestWindow(text, in: 0...min(63, text.count - 4))
        heads |= 1 << UInt64(window)
        bounds.append(key(4))
      } else if text.count >= 4, literal.atEnd {
        window = rarity.rarestWindow(text, in: max(0, text.count - 67)...text.count - 4)
        tails |= 1 << UInt64(63 - (text.count - 4 - window))
        bounds.append(key(4))
      } else if text.count >= 4 {
        window = rarity.rarestWindow(text, in: 0...text.count - 3 - step, width: step)
        for shift in 0..<step { quads.append(key(4, shift: shift)) }
      } else if literal.atStart || literal.atEnd {
        ends.append(
          GramTable.Entry(
            key: Self.endKey(Self.pack(text[...]), count: text.count, atStart: literal.atStart),
            value: Self.value(number, shift: 0)))
      } else if text.count >= 2 {
        window = text.count == 3 ? rarity.rarestPair(text) : 0
        pairs.append(key(2))
      } else {
        singles.append(key(1))
      }
      let bound: UInt32 = (literal.atStart ? 1 : 0) | (literal.atEnd ? 2 : 0)
      literals += [
        UInt32(truncatingIfNeeded: bytes.count), UInt32(truncatingIfNeeded: text.count),
        UInt32(truncatingIfNeeded: window), bound, UInt32(truncatingIfNeeded: targets.count / 2),
      ]
      bytes += text
      for target in entry.targets { targets += [target.pattern, target.detail] }
    }
    literals.append(UInt32(truncatingIfNeeded: targets.count / 2))
    self.quads = GramTable(quads)
    self.bounds = GramTable(bounds)
    self.pairs = GramTable(pairs)
    self.singles = GramTable(singles)
    self.ends = GramTable(ends)
    noteKinds()
  }

  private mutating func noteKinds() {
    for (place, table) in [quads, bounds, pairs, singles, ends].enumerated()
    where !table.isEmpty {
      kinds |= 1 << UInt8(place)
    }
  }

  /// What a table gives for a window: the literal, and by how many bytes the window lies behind
  /// the one that the literal's record names.
  private static func value(_ literal: Int, shift: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: literal) << 1 | UInt32(truncatingIfNeeded: shift)
  }

  /// Where a literal would start whose window, as its record names it, was found at `position`;
  /// nil when it is not there.
  @inline(__always)
  func start(of literal: Int, window position: Int, in folded: Span<UInt8>) -> Int? {
    let record = literal * Self.recordSize
    let start = position - Int(literals[record + 2])
    let length = Int(literals[record + 1])
    let bound = literals[record + 3]
    if start < 0 || start + length > folded.count { return nil }
    if bound & 1 != 0 && start != 0 { return nil }
    if bound & 2 != 0 && start + length != folded.count { return nil }
    let first = Int(literals[record])
    for index in 0..<length where bytes[first + index] != folded[start + index] { return nil }
    return start
  }

  /// The places of a literal's targets, in pairs.
  @inline(__always)
  func targetRange(of literal: Int) -> Range<Int> {
    let record = literal * Self.recordSize + 4
    let next = record + (literal + 1 == count ? 1 : Self.recordSize)
    return Int(literals[record])..<Int(literals[next])
  }

  /// Appends the index to an image.
  func write(into image: inout ImageWriter) {
    image.write(bytes)
    image.write(literals)
    image.write(targets)
    image.write(UInt32(truncatingIfNeeded: step))
    image.write(heads)
    image.write(tails)
    for table in [quads, bounds, pairs, singles, ends] { table.write(into: &image) }
  }

  /// Reads an index whose targets are plans below `plans`.
  init?(reading image: inout ImageReader, plans: Int) {
    guard let bytes = image.numbers(UInt8.self), let literals = image.words(),
      let targets = image.words(),
      literals.count % Self.recordSize == 1, targets.count % 2 == 0,
      let step = image.word(), step == 1 || step == 2,
      let heads = image.longWord(), let tails = image.longWord()
    else { return nil }
    let limit = literals.count / Self.recordSize * 2
    guard let quads = GramTable(reading: &image, valuesBelow: limit),
      let bounds = GramTable(reading: &image, valuesBelow: limit),
      let pairs = GramTable(reading: &image, valuesBelow: limit),
      let singles = GramTable(reading: &image, valuesBelow: limit),
      let ends = GramTable(reading: &image, valuesBelow: limit)
    else { return nil }
    self.bytes = bytes
    self.literals = literals
    self.targets = targets
    self.quads = quads
    self.step = Int(step)
    self.bounds = bounds
    self.heads = heads
    self.tails = tails
    self.pairs = pairs
    self.singles = singles
    self.ends = ends
    noteKinds()
    if image.isTrusted { return }
    guard Int(literals[literals.count - 1]) == targets.count / 2 else { return nil }
    for literal in 0..<count {
      let record = literal * Self.recordSize
      let range = (literals[record + 4], Int(targetEnd(of: literal)))
      guard Int(literals[record]) + Int(literals[record + 1]) <= bytes.count,
        literals[record + 2] <= literals[record + 1], Int(range.0) <= range.1,
        range.1 <= targets.count / 2
      else { return nil }
    }
    for target in stride(from: 0, to: targets.count, by: 2)
    where Int(targets[target]) >= plans
      || targets[target + 1] > 1 << 22
    {
      return nil
    }
  }

  private func targetEnd(of literal: Int) -> UInt32 {
    literals[literal * Self.recordSize + 4 + (literal + 1 == count ? 1 : Self.recordSize)]
  }
}
