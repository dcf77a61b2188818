/// The braces of one word: which belong together, and what each stands for.
struct ShellBraces: Sendable {
  /// For each piece of the word that opens a brace: where the one that closes it stands, and 0 for
  /// any other.
  var closes: [Int] = []
  /// For each such piece: what it stands for.
  var sequences: [ShellSequence] = []
  /// For each such piece: how many words come of it alone; 0 until that is counted.
  var counts: [Int] = []
  /// The open braces, while they are matched.
  var stack: [Int] = []
  var commas: [Bool] = []

  /// The most braces in a word, and the most words that come of one.
  static let groupLimit = 64
  static let wordLimit = 512
}

/// What `{x..y..z}` counts through; a brace with commas has a `step` of 0.
struct ShellSequence: Sendable {
  var first = 0
  var step = 0
  var count = 0
  /// The digits that each number is filled up to with zeros.
  var width = 0
  var isLetters = false
}

extension ShellParser {
  /// Expands the braces among the pieces from `base` on, in their place, with marks between words.
  ///
  /// Bounded by the expansion budget: what would be more is a word of which nothing is known.
  ///
  /// - Parameter isJoined: whether pieces that are read as they stand are others in what braces
  ///   give, or a line continuation has cut one in two: then nothing is known of the word.
  mutating func expandBraces(from base: Int, isJoined: Bool) {
    let groups = matchBraces(base)
    if groups == 0 && !isJoined { return }
    let total = groups < 0 || isJoined ? nil : count(base, pieces.count, base)
    guard let total, !bracesAreUncertain else {
      let many = ShellPiece(
        role: .many, part: ShellPart(kind: .unknown), isPlain: false)
      pieces.truncate(to: base)
      pieces.append(many)
      return
    }
    expanded.removeAll(keepingCapacity: true)
    let end = pieces.count
    for index in 0..<total {
      if index > 0 { expanded.append(ShellPiece(role: .split, part: ShellPart(kind: .literal))) }
      emit(base, end, base, index)
    }
    pieces.truncate(to: base)
    pieces.append(contentsOf: expanded)
  }

  /// Matches the braces of a word; those that mean nothing become text.
  ///
  /// - Returns: the number that mean something; -1 when there are too many.
  private mutating func matchBraces(_ base: Int) -> Int {
    braces.closes.removeAll(keepingCapacity: true)
    braces.sequences.removeAll(keepingCapacity: true)
    braces.counts.removeAll(keepingCapacity: true)
    braces.stack.removeAll(keepingCapacity: true)
    braces.commas.removeAll(keepingCapacity: true)
    var groups = 0
    for offset in base..<pieces.count {
      braces.closes.append(0)
      braces.sequences.append(ShellSequence())
      braces.counts.append(0)
      switch pieces[offset].role {
      case .braceOpen:
        braces.stack.append(offset)
        braces.commas.append(false)
      case .braceComma:
        if !braces.commas.isEmpty { braces.commas[braces.commas.count - 1] = true }
      case .braceClose:
        guard let open = braces.stack.popLast(), let hasComma = braces.commas.popLast() else {
          break
        }
        let sequence = hasComma ? ShellSequence() : sequenceInside(open, offset)
        if hasComma || sequence.count > 0 {
          groups += 1
          braces.closes[open - base] = offset
          braces.sequences[open - base] = sequence
        }
      default: break
      }
    }
    step(pieces.count - base)
    guard groups <= ShellBraces.groupLimit else { return -1 }
    if groups > 0 { settle(base, pieces.count, base, inside: false) }
    if groups == 0 { for offset in base..<pieces.count { makeText(offset) } }
    return groups
  }

  /// Makes text of the marks that belong to no brace, from one place to another on one level.
  private mutating func settle(_ start: Int, _ end: Int, _ base: Int, inside: Bool) {
    var offset = start
    while offset < end {
      let close = braces.closes[offset - base]
      if close > 0 {
        if braces.sequences[offset - base].count == 0 {
          settle(offset + 1, close, base, inside: true)
        }
        offset = close + 1
      } else {
        if pieces[offset].role != .braceComma || !inside { makeText(offset) }
        offset += 1
      }
    }
  }

  private mutating func makeText(_ offset: Int) {
    switch pieces[offset].role {
    case .braceOpen, .braceComma, .braceClose: pieces[offset].role = .part
    default: break
    }
  }

  /// The sequence that the text between two braces says, if it does.
  private mutating func sequenceInside(_ open: Int, _ close: Int) -> ShellSequence {
    guard close == open + 2, pieces[open + 1].isPlain, pieces[open + 1].role == .part else {
      return ShellSequence()
    }
    let range = pieces[open + 1].part.range
    guard range.count <= 64, let (left, rest) = halves(range) else { return ShellSequence() }
    var right = rest
    var stride: Int?
    if let (middle, end) = halves(rest) {
      guard halves(end) == nil, let number = integer(end) else { return ShellSequence() }
      (right, stride) = (middle, number)
    }
    var sequence = ShellSequence()
    if let first = integer(left), let last = integer(right) {
      fill(&sequence, first, last, stride)
      if isPadded(left) || isPadded(right) { sequence.width = max(left.count, right.count) }
    } else if let first = letter(left), let last = letter(right) {
      fill(&sequence, first, last, stride)
      sequence.isLetters = true
    }
    return sequence
  }

  /// What stands before the first `..` of a text and what behind it; nil where there is none.
  private mutating func halves(_ range: Range<Int>) -> (left: Range<Int>, right: Range<Int>)? {
    for offset in range.dropLast()
    where reader.bytes[offset] == UInt8(ascii: ".")
      && reader.bytes[offset + 1] == UInt8(ascii: ".")
    {
      return (range.lowerBound..<offset, (offset + 2)..<range.upperBound)
    }
    return nil
  }

  private mutating func fill(
    _ sequence: inout ShellSequence, _ first: Int, _ last: Int, _ stride: Int?
  ) {
    let size = max(1, abs(stride ?? 1))
    sequence.first = first
    sequence.step = last < first ? -size : size
    sequence.count = abs(last - first) / size + 1
  }

  private mutating func isPadded(_ range: Range<Int>) -> Bool {
    var digits = range
    if reader.bytes[range.lowerBound] == UInt8(ascii: "-") { digits = digits.dropFirst() }
    return digits.count > 1 && reader.bytes[digits.lowerBound] == 0x30
  }

  /// The integer that at most nine digits say.
  private mutating func integer(_ range: Range<Int>) -> Int? {
    var digits = range
    guard let first = range.first else { return nil }
    let isNegative = reader.bytes[first] == UInt8(ascii: "-")
    if isNegative || reader.bytes[first] == UInt8(ascii: "+") { digits = digits.dropFirst() }
    guard !digits.isEmpty, digits.count <= 9 else { return nil }
    var value = 0
    for offset in digits {
      guard ShellByte.isDigit(reader.bytes[offset]) else { return nil }
      value = value * 10 + Int(reader.bytes[offset] - 0x30)
    }
    return isNegative ? -value : value
  }

  private mutating func letter(_ range: Range<Int>) -> Int? {
    guard range.count == 1 else { return nil }
    switch reader.bytes[range.lowerBound] {
    case 0x41...0x5A, 0x61...0x7A: return Int(reader.bytes[range.lowerBound])
    default: return nil
    }
  }

  /// How many words come of the pieces between two places; nil past the bounds.
  private mutating func count(_ start: Int, _ end: Int, _ base: Int) -> Int? {
    guard let total = choices(start, end, base) else { return nil }
    var cost = 0
    for offset in start..<end { cost += 8 + Int(pieces[offset].part.count) }
    // What is spent is spent: no more than all that there is, and one.
    expansionBudget -= total * min(cost, max(0, expansionBudget) + 1)
    return expansionBudget < 0 ? nil : total
  }

  /// The product of the choices that the braces between two places give.
  private mutating func choices(_ start: Int, _ end: Int, _ base: Int) -> Int? {
    var total = 1
    var offset = start
    while offset < end {
      step()
      let close = braces.closes[offset - base]
      guard close > 0 else {
        offset += 1
        continue
      }
      guard let group = alternatives(offset, close, base) else { return nil }
      total *= group
      guard total <= ShellBraces.wordLimit else { return nil }
      offset = close + 1
    }
    return total
  }

  /// The choices that one brace gives, which are counted once.
  private mutating func alternatives(_ open: Int, _ close: Int, _ base: Int) -> Int? {
    if braces.counts[open - base] > 0 { return braces.counts[open - base] }
    let total = countAlternatives(open, close, base)
    braces.counts[open - base] = total ?? 0
    return total
  }

  private mutating func countAlternatives(_ open: Int, _ close: Int, _ base: Int) -> Int? {
    let sequence = braces.sequences[open - base]
    if sequence.count > 0 {
      return sequence.count <= ShellBraces.wordLimit ? sequence.count : nil
    }
    var total = 0
    var start = open + 1
    while start <= close {
      let end = alternativeEnd(start, close, base)
      guard let count = choices(start, end, base) else { return nil }
      total += count
      guard total <= ShellBraces.wordLimit else { return nil }
      start = end + 1
    }
    return total
  }

  /// The comma or brace that ends the alternative from `start` on.
  private mutating func alternativeEnd(_ start: Int, _ close: Int, _ base: Int) -> Int {
    var offset = start
    while offset < close {
      step()
      if pieces[offset].role == .braceComma { return offset }
      let inner = braces.closes[offset - base]
      offset = inner > 0 ? inner + 1 : offset + 1
    }
    return close
  }

  /// Adds the pieces of one choice, counted so that the last brace changes fastest.
  private mutating func emit(_ start: Int, _ end: Int, _ base: Int, _ index: Int) {
    var index = index
    var rest = choices(start, end, base) ?? 1
    var offset = start
    while offset < end {
      step()
      let close = braces.closes[offset - base]
      guard close > 0 else {
        expanded.append(pieces[offset])
        offset += 1
        continue
      }
      let group = alternatives(offset, close, base) ?? 1
      rest /= max(1, group)
      emitChoice(offset, close, base, index / max(1, rest))
      index %= max(1, rest)
      offset = close + 1
    }
  }

  private mutating func emitChoice(_ open: Int, _ close: Int, _ base: Int, _ index: Int) {
    let sequence = braces.sequences[open - base]
    if sequence.count > 0 {
      return emitNumber(sequence, sequence.first + sequence.step * index)
    }
    var index = index
    var start = open + 1
    while start <= close {
      let end = alternativeEnd(start, close, base)
      let count = choices(start, end, base) ?? 1
      if index < count { return emit(start, end, base, index) }
      index -= count
      start = end + 1
    }
  }

  /// Adds a number or letter of a sequence.
  private mutating func emitNumber(_ sequence: ShellSequence, _ value: Int) {
    let start = reader.bytes.count
    if sequence.isLetters {
      reader.bytes.append(UInt8(truncatingIfNeeded: value))
    } else {
      if value < 0 { reader.bytes.append(UInt8(ascii: "-")) }
      let magnitude = abs(value)
      var power = 1
      var digits = 1
      while power <= magnitude / 10 {
        power *= 10
        digits += 1
      }
      for _ in 0..<max(0, sequence.width - digits - (value < 0 ? 1 : 0)) {
        reader.bytes.append(0x30)
      }
      while power > 0 {
        reader.bytes.append(UInt8(truncatingIfNeeded: 0x30 + magnitude / power % 10))
        power /= 10
      }
    }
    expanded.append(
      ShellPiece(
        role: .part,
        part: ShellPart(
          kind: .literal, start: UInt32(truncatingIfNeeded: start),
          count: UInt32(truncatingIfNeeded: reader.bytes.count - start))))
  }
}
