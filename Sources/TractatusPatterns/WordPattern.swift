/// The pattern of `mentions`: words, hyphens and wildcards.
///
/// Its tree does not run over the text but over the text's word view (`WordView`), in which
/// every word is folded and between words there is one space, or a hyphen that may be read as
/// nothing.
struct WordPattern {
  /// The tree over the word view.
  private(set) var tree = PatternTree()
  /// For each word of the pattern the readings of which a text must have one as a whole word:
  /// the word itself, and with hyphens inside its beginnings, read with the hyphens as nothing.
  private(set) var words: [[[UInt8]]] = []
  /// Whether the pattern is one word without a hyphen, so that finding the word is enough.
  private(set) var isOneWord = false

  private static let space: UInt32 = 0x20
  private static let hyphen: UInt32 = 0x2D
  /// Words that a `*` stands for at most.
  private static let wildcardWords = 3

  /// What a pattern consists of.
  private enum Item {
    /// Folded scalars of one word's part, with the byte offset where it starts.
    case piece([UInt32])
    /// A hyphen between two pieces.
    case hyphen
    /// `*`.
    case wildcard
  }

  /// Parses a pattern.
  init(_ text: [UInt8]) throws(PatternError) {
    if let bad = RegularExpressionParser.firstInvalidByte(text) {
      throw PatternError(offset: bad, kind: .notUTF8, message: "the pattern is not UTF-8")
    }
    var items = try Self.items(text)
    // Zero words are enough for a wildcard, so one at an end says nothing.
    while case .wildcard = items.first { items.removeFirst() }
    while case .wildcard = items.last { items.removeLast() }
    guard !items.isEmpty else {
      throw PatternError(
        offset: 0, kind: .noWord, message: "a term to look for needs at least one word")
    }
    build(items)
  }

  private static func items(_ text: [UInt8]) throws(PatternError) -> [Item] {
    var items: [Item] = []
    var piece: [UInt32] = []
    var offset = 0
    // The scalar before, and whether a hyphen stands between it and what comes next.
    var hyphenPending = false
    func end() { if !piece.isEmpty { items.append(.piece(piece)) } }
    while offset < text.count {
      let (scalar, length) = ScalarCoding.scalar(in: text.span, at: offset)
      if WordView.isWord(scalar) {
        if hyphenPending { items.append(.hyphen) }
        hyphenPending = false
        if offset > 0, text[offset - 1] == UInt8(ascii: "*") { throw wildcardInWord(offset - 1) }
        piece.append(CaseFolding.fold(scalar))
      } else {
        if scalar == UInt32(UInt8(ascii: "*")), !piece.isEmpty { throw wildcardInWord(offset) }
        end()
        hyphenPending = WordView.isHyphen(scalar) && !piece.isEmpty
        piece = []
        if scalar == UInt32(UInt8(ascii: "*")) { items.append(.wildcard) }
      }
      offset += length
    }
    end()
    return items
  }

  private static func wildcardInWord(_ offset: Int) -> PatternError {
    PatternError(
      offset: offset, kind: .wildcardInWord,
      message: "`*` stands for up to three whole words, so it needs a space on each side")
  }

  private mutating func build(_ items: [Item]) {
    var parts = [separator()]
    var readings: [[UInt8]] = []
    var wildcards = 0
    var pieces = 0
    for (index, item) in items.enumerated() {
      switch item {
      case .wildcard: wildcards += 1
      case .hyphen:
        let one = separator()
        parts.append(tree.add(.repetition(one, min: 0, max: 1, greedy: true)))
      case .piece(let scalars):
        let bytes = scalars.flatMap(ScalarCoding.bytes)
        if index > 0, case .hyphen = items[index - 1] {
          readings.append((readings.last ?? []) + bytes)
        } else {
          if index > 0 {
            parts.append(separator())
            appendGap(wildcards * Self.wildcardWords, &parts)
            words.append(readings)
          }
          readings = [bytes]
        }
        wildcards = 0
        pieces += 1
        appendPiece(scalars, &parts)
      }
    }
    words.append(readings)
    parts.append(separator())
    isOneWord = pieces == 1
    tree.root = tree.add(sequence: parts)
  }

  /// What stands between two words of the view.
  private mutating func separator() -> Int {
    tree.add(
      set: ScalarSet([
        ScalarSet.Range(low: Self.space, high: Self.space),
        ScalarSet.Range(low: Self.hyphen, high: Self.hyphen),
      ]))
  }

  /// Up to `count` words of the text, each with the separator after it.
  private mutating func appendGap(_ count: Int, _ parts: inout [Int]) {
    if count == 0 { return }
    let space = ScalarSet.Range(low: Self.space, high: Self.space)
    let letter = tree.add(set: ScalarSet([space]).complement)
    let word = tree.add(.repetition(letter, min: 1, max: nil, greedy: true))
    let end = separator()
    let one = tree.add(sequence: [word, end])
    parts.append(tree.add(.repetition(one, min: 0, max: count, greedy: true)))
  }

  private mutating func appendPiece(_ scalars: [UInt32], _ parts: inout [Int]) {
    for (index, scalar) in scalars.enumerated() {
      if index > 0 {
        let hyphen = tree.add(scalar: Self.hyphen, folding: false)
        parts.append(tree.add(.repetition(hyphen, min: 0, max: 1, greedy: true)))
      }
      parts.append(tree.add(scalar: scalar, folding: false))
    }
  }
}
