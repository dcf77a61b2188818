/// Finds fixed texts in a folded text in one pass: a window of four bytes of each text, the rarest
/// among all texts, is looked for at every place; shorter texts by two bytes or one, and short ones
/// bound to an end there alone.
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
  private(set) var bytes: [UInt8] = []
  /// For each literal: where its bytes start, how many they are, how many of them stand before its
  /// window, whether it is bound to the start (1) and the end (2), and its first target; then one
  /// more first target, past the last.
  private(set) var literals: [UInt32] = []
  /// Pairs of a pattern and an offset.
  private(set) var targets: [UInt32] = []
  /// Windows of four, two and one bytes.
  private(set) var quads: GramTable
  private(set) var pairs: GramTable
  private(set) var singles: GramTable
  /// Texts of up to three bytes bound to an end, whole.
  private(set) var ends: GramTable

  /// How many literals there are.
  var count: Int { literals.count / Self.recordSize }

  /// The key of a short text bound to the start or, if not, to the end.
  @inline(__always)
  static func endKey(_ packed: UInt32, count: Int, atStart: Bool) -> UInt32 {
    packed | UInt32(truncatingIfNeeded: count) << 24 | (atStart ? 0x1000_0000 : 0x2000_0000)
  }

  /// Up to four bytes as a key, the last one lowest.
  @inline(__always)
  static func pack(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Builds the index of literals that have targets; `rarity` counts windows of four bytes.
  init(_ entries: [(literal: Literal, targets: [Target])], rarity: GramRarity) {
    var quads: [GramTable.Entry] = []
    var pairs: [GramTable.Entry] = []
    var singles: [GramTable.Entry] = []
    var ends: [GramTable.Entry] = []
    for (number, entry) in entries.enumerated() {
      let literal = entry.literal
      let text = literal.bytes
      var window = 0
      func key(_ count: Int) -> GramTable.Entry {
        GramTable.Entry(
          key: Self.pack(text[window..<window + count]),
          value: UInt32(truncatingIfNeeded: number))
      }
      if text.count >= 4 {
        window = rarity.rarestWindow(text)
        quads.append(key(4))
      } else if literal.atStart || literal.atEnd {
        ends.append(
          GramTable.Entry(
            key: Self.endKey(Self.pack(text[...]), count: text.count, atStart: literal.atStart),
            value: UInt32(truncatingIfNeeded: number)))
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
    self.pairs = GramTable(pairs)
    self.singles = GramTable(singles)
    self.ends = GramTable(ends)
  }

  /// Where a literal would start whose window was found at `position`; nil when it is not there.
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
    for table in [quads, pairs, singles, ends] { table.write(into: &image) }
  }

  /// Reads an index whose targets are plans below `plans`.
  init?(reading image: inout ImageReader, plans: Int) {
    guard let bytes = image.byteArray(), let literals = image.words(), let targets = image.words(),
      literals.count % Self.recordSize == 1, targets.count % 2 == 0
    else { return nil }
    let count = literals.count / Self.recordSize
    guard let quads = GramTable(reading: &image, valuesBelow: count),
      let pairs = GramTable(reading: &image, valuesBelow: count),
      let singles = GramTable(reading: &image, valuesBelow: count),
      let ends = GramTable(reading: &image, valuesBelow: count)
    else { return nil }
    self.bytes = bytes
    self.literals = literals
    self.targets = targets
    self.quads = quads
    self.pairs = pairs
    self.singles = singles
    self.ends = ends
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

/// How often windows of four bytes occur among the texts of a set, to tell them apart by those
/// that few of them share.
struct GramRarity {
  private var counts: [Int: Int] = [:]

  /// Counts the windows of a text.
  mutating func count(_ text: [UInt8]) {
    guard text.count >= 4 else { return }
    for start in 0...(text.count - 4) {
      counts[Int(LiteralIndex.pack(text[start..<start + 4])), default: 0] += 1
    }
  }

  /// How many windows equal the rarest one of the text; shorter texts count as frequent.
  func occurrences(of text: [UInt8]) -> Int {
    switch text.count {
    case 0...1: return 200
    case 2: return 50
    case 3: return 20
    default:
      let start = rarestWindow(text)
      return counts[Int(LiteralIndex.pack(text[start..<start + 4]))] ?? 0
    }
  }

  /// Where the rarest window of a text starts; among equals the one of rarer bytes.
  func rarestWindow(_ text: [UInt8]) -> Int {
    (0...(text.count - 4)).min { cost(text, $0) < cost(text, $1) } ?? 0
  }

  /// Where the rarer pair of three bytes starts.
  func rarestPair(_ text: [UInt8]) -> Int {
    Self.commonness(text[0]) > Self.commonness(text[2]) ? 1 : 0
  }

  private func cost(_ text: [UInt8], _ start: Int) -> Int {
    let window = text[start..<start + 4]
    return (counts[Int(LiteralIndex.pack(window))] ?? 0) * 16
      + window.reduce(0) { $0 + Self.commonness($1) }
  }

  /// How common a byte is in commands, paths and English, from 1 to 4.
  private static func commonness(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "e"), UInt8(ascii: "t"), UInt8(ascii: "a"), UInt8(ascii: "o"),
      UInt8(ascii: "i"), UInt8(ascii: "n"), UInt8(ascii: "s"), UInt8(ascii: "r"):
      return 4
    case UInt8(ascii: " "), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."): return 3
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): return 2
    default: return 1
    }
  }
}
