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
      let start = rarestWindow(text, in: 0...text.count - 4)
      return counts[Int(LiteralIndex.pack(text[start..<start + 4]))] ?? 0
    }
  }

  /// Where, of some places, the rarest window of a text starts, or the rarest run of `width`
  /// windows side by side; among equals the one of rarer bytes.
  func rarestWindow(_ text: [UInt8], in places: ClosedRange<Int>, width: Int = 1) -> Int {
    var best = (place: places.lowerBound, cost: Int.max)
    for place in places {
      var sum = 0
      for start in place..<place + width { sum += cost(text, start) }
      if sum < best.cost { best = (place, sum) }
    }
    return best.place
  }

  /// Whether a text can be looked for at every other place: it is not free to stand anywhere, or
  /// has two windows side by side that few texts share, or none at all.
  func mayStep(_ literal: LiteralIndex.Literal) -> Bool {
    let text = literal.bytes
    if literal.atStart || literal.atEnd || text.count < 4 { return true }
    if text.count == 4 { return false }
    let start = rarestWindow(text, in: 0...text.count - 5, width: 2)
    return (start...start + 1).allSatisfy { place in
      (counts[Int(LiteralIndex.pack(text[place..<place + 4]))] ?? 0) <= Self.fewTexts
    }
  }

  /// As many texts may share a window for which a step of two is worth while.
  private static let fewTexts = 16

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
