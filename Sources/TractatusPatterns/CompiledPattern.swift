/// A pattern after parsing, in the form that decides how it is matched.
enum CompiledPattern: Sendable {
  /// Every text matches.
  case always
  /// Fixed text.
  case literal(LiteralAnalysis.Literal)
  /// An automaton over the text.
  case tree(PatternTree)
  /// An automaton over the word view.
  case words(WordPattern)

  /// Parses a pattern.
  ///
  /// - Throws: what is wrong with it, also when it is too large.
  init(_ pattern: Pattern) throws(PatternError) {
    switch pattern.kind {
    case .equals: self = try Self.fixed(pattern, atStart: true, atEnd: true)
    case .contains: self = try Self.fixed(pattern, atStart: false, atEnd: false)
    case .startsWith: self = try Self.fixed(pattern, atStart: true, atEnd: false)
    case .endsWith: self = try Self.fixed(pattern, atStart: false, atEnd: true)
    case .glob, .pathGlob:
      self = try Self.analysed(
        GlobParser.parse(
          pattern.text, isPath: pattern.kind == .pathGlob, ignoringCase: pattern.ignoringCase))
    case .regularExpression:
      self = try Self.analysed(
        RegularExpressionParser.parse(
          pattern.text, ignoringCase: pattern.ignoringCase,
          dotMatchesNewline: pattern.dotMatchesNewline))
    case .mentions:
      let words = try WordPattern(pattern.text)
      try Self.checkSize(words.size)
      self = .words(words)
    }
  }

  private static func fixed(
    _ pattern: Pattern, atStart: Bool, atEnd: Bool
  ) throws(PatternError) -> CompiledPattern {
    if let bad = RegularExpressionParser.firstInvalidByte(pattern.text) {
      throw PatternError(offset: bad, kind: .notUTF8, message: "the text is not UTF-8")
    }
    var tree = PatternTree()
    var parts: [Int] = []
    if atStart { parts.append(tree.add(.look(.textStart))) }
    let text = pattern.text.span
    var offset = 0
    while offset < text.count {
      let (scalar, length) = ScalarCoding.scalar(in: text, at: offset)
      parts.append(tree.add(scalar: scalar, folding: pattern.ignoringCase))
      offset += length
    }
    if atEnd { parts.append(tree.add(.look(.textEnd))) }
    tree.root = tree.add(sequence: parts)
    return analysed(literal: tree) ?? .tree(tree)
  }

  private static func analysed(literal tree: PatternTree) -> CompiledPattern? {
    guard var literal = LiteralAnalysis.literal(tree) else { return nil }
    if literal.bytes.isEmpty, !literal.atStart || !literal.atEnd { return .always }
    // Where no scalar has a case, comparing folded text is as good, and needs no second look.
    let cased = tree.parts(of: tree.root).contains {
      if case .scalar(let scalar) = tree.nodes[$0] {
        CaseFolding.hasCase(scalar)
      } else {
        false
      }
    }
    if !cased { literal.folding = true }
    return .literal(literal)
  }

  private static func analysed(_ tree: PatternTree) throws(PatternError) -> CompiledPattern {
    try checkSize(tree)
    let trimmed = LiteralAnalysis.trimmed(openEnds(tree))
    return analysed(literal: trimmed) ?? .tree(trimmed)
  }

  /// The tree without an anchor beside which anything is allowed: `\A(?s:.*)x` is `x`.
  private static func openEnds(_ tree: PatternTree) -> PatternTree {
    var parts = tree.parts(of: tree.root)
    if parts.count > 1, isLook(tree, parts[0], .textStart), isAnything(tree, parts[1]) {
      parts.removeFirst(2)
    }
    if parts.count > 1, isLook(tree, parts[parts.count - 1], .textEnd),
      isAnything(tree, parts[parts.count - 2])
    {
      parts.removeLast(2)
    }
    var result = tree
    result.root = result.add(sequence: parts)
    return result
  }

  private static func isLook(
    _ tree: PatternTree, _ node: Int, _ wanted: PatternTree.Look
  ) -> Bool {
    if case .look(let look) = tree.nodes[node] { return look == wanted }
    return false
  }

  /// Whether a node is `(?s:.*)`.
  private static func isAnything(_ tree: PatternTree, _ node: Int) -> Bool {
    guard case .repetition(let inner, min: 0, max: nil, _) = tree.nodes[node],
      case .set(let set) = tree.nodes[inner]
    else { return false }
    return tree.sets[set] == ScalarSet.any.withoutSurrogates
  }

  static func checkSize(_ tree: PatternTree) throws(PatternError) {
    try checkSize(AutomatonBuilder.stateCount(of: tree))
  }

  private static func checkSize(_ count: Int) throws(PatternError) {
    if count > Pattern.stateLimit {
      throw PatternError(
        offset: 0, kind: .tooLarge,
        message: "the pattern needs more than \(Pattern.stateLimit) states (about \(count))")
    }
  }
}
