/// Parses globs: `*`, `?`, `[a-z]`, `[!…]`, and `**` in paths.
///
/// Inside brackets `]` and `-` mean themselves when first, `-` also when last, and `[!]]` is
/// anything but a bracket; there are no escapes, so `[*]` is the asterisk. In a path a bracket
/// never matches `/`, as `?` does not.
struct GlobParser {
  private let text: [UInt8]
  private let isPath: Bool
  private let ignoresCase: Bool
  private var tree = PatternTree()
  private var parts: [Int] = []
  private var offset = 0
  /// Whether the last part is any directories, or none.
  private var endsInDirectories = false

  /// Parses a whole glob; the tree is anchored at both ends.
  static func parse(
    _ text: [UInt8], isPath: Bool, ignoringCase: Bool
  ) throws(PatternError) -> PatternTree {
    if let bad = RegularExpressionParser.firstInvalidByte(text) {
      throw PatternError(offset: bad, kind: .notUTF8, message: "the pattern is not UTF-8")
    }
    var parser = GlobParser(text: text, isPath: isPath, ignoresCase: ignoringCase)
    return try parser.parseAll()
  }

  private init(text: [UInt8], isPath: Bool, ignoresCase: Bool) {
    self.text = text
    self.isPath = isPath
    self.ignoresCase = ignoresCase
  }

  private mutating func parseAll() throws(PatternError) -> PatternTree {
    parts.append(tree.add(.look(.textStart)))
    if isPath, !crossesSlashes { appendAnyDirectories() }
    while offset < text.count {
      if text[offset] != UInt8(ascii: "*") { endsInDirectories = false }
      switch text[offset] {
      case UInt8(ascii: "*"): parseStars()
      case UInt8(ascii: "?"):
        offset += 1
        parts.append(tree.add(set: component))
      case UInt8(ascii: "["): try parseClass()
      default:
        let scalar = takeScalar()
        parts.append(tree.add(scalar: scalar, folding: ignoresCase))
      }
    }
    parts.append(tree.add(.look(.textEnd)))
    tree.root = tree.add(sequence: parts)
    return tree
  }

  /// Whether `**` is more than `*`: a path's pattern without `/` tests one component.
  private var crossesSlashes: Bool { isPath && text.contains(UInt8(ascii: "/")) }

  /// What `*` and `?` match one of.
  private var component: ScalarSet {
    isPath ? ScalarSet([ScalarSet.Range(low: 0x2F, high: 0x2F)]).complement : .any
  }

  private mutating func takeScalar() -> UInt32 {
    let (scalar, length) = ScalarCoding.scalar(in: text.span, at: offset)
    offset += length
    return scalar
  }

  private mutating func appendRun(of set: ScalarSet) {
    let one = tree.add(set: set)
    parts.append(tree.add(.repetition(one, min: 0, max: nil, greedy: true)))
  }

  /// Nothing, or anything that ends with `/`.
  private mutating func appendAnyDirectories() {
    let one = tree.add(set: .any)
    let run = tree.add(.repetition(one, min: 0, max: nil, greedy: true))
    let slash = tree.add(scalar: 0x2F, folding: false)
    let directories = tree.add(sequence: [run, slash])
    parts.append(tree.add(.repetition(directories, min: 0, max: 1, greedy: true)))
    endsInDirectories = true
  }

  private mutating func parseStars() {
    let start = offset
    while offset < text.count, text[offset] == UInt8(ascii: "*") { offset += 1 }
    if endsInDirectories {
      // Any directories and then any run are anything.
      parts.removeLast()
      endsInDirectories = false
      return appendRun(of: .any)
    }
    guard crossesSlashes, offset - start > 1 else { return appendRun(of: component) }
    let startsComponent = start == 0 || text[start - 1] == UInt8(ascii: "/")
    if startsComponent, offset < text.count, text[offset] == UInt8(ascii: "/") {
      offset += 1
      appendAnyDirectories()
    } else {
      appendRun(of: .any)
    }
  }

  private mutating func parseClass() throws(PatternError) {
    let start = offset
    offset += 1
    let negated = offset < text.count && text[offset] == UInt8(ascii: "!")
    if negated { offset += 1 }
    var ranges: [ScalarSet.Range] = []
    var first = true
    while offset < text.count, first || text[offset] != UInt8(ascii: "]") {
      first = false
      let low = takeScalar()
      var high = low
      if offset + 1 < text.count, text[offset] == UInt8(ascii: "-"),
        text[offset + 1] != UInt8(ascii: "]")
      {
        offset += 1
        high = takeScalar()
      }
      guard low <= high else {
        throw PatternError(
          offset: start, kind: .badClassRange,
          message: "a range of "
            + "`\(String(decoding: text[start..<offset], as: UTF8.self))` runs backwards")
      }
      ranges.append(ScalarSet.Range(low: low, high: high))
    }
    guard offset < text.count else {
      throw PatternError(
        offset: start, kind: .unclosedClass,
        message: "`[` is never closed; write `[[]` for the character itself")
    }
    offset += 1
    var set = ScalarSet(ranges)
    if ignoresCase { set = set.closedUnderFolding }
    if negated { set = set.complement }
    if isPath { set = ScalarSet(set.complement.ranges + component.complement.ranges).complement }
    parts.append(tree.add(set: set))
  }
}
