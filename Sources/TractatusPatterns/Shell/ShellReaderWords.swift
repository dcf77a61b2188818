/// Where a word stands, which decides what in it is special.
enum ShellWordPlace: Sendable {
  /// Braces expand.
  case argument
  /// They do not: a subject of `case`, a pattern, an operand in `[[ … ]]`, a function's name.
  case subject
  /// The value of an assignment: nor do they, and `~` also follows `:`.
  case value
  /// After `=~`: parentheses and `|` belong to the word.
  case expression
}

extension ShellReader {
  /// Reads the word that begins here.
  mutating func readWord(_ place: ShellWordPlace) throws(ShellFault) {
    try checkCount()
    let start = pos
    go(to: plainEnd(start))
    if ShellByte.endsWord(at(pos)), pos > start, !continuesWord(place, from: start) {
      return leaf(.word, start, pos)
    }
    let word = open(.word, at: start)
    if pos > start { leaf(.literal, start, pos) }
    try readSegments(place, of: word, from: start)
    close(word)
  }

  /// Goes on to a place, and counts the steps.
  @inline(__always)
  private mutating func go(to offset: Int) {
    steps &+= offset - pos
    pos = offset
  }

  /// The end of what stands for itself from the beginning of a word, which has no brace open.
  @inline(__always)
  private mutating func plainEnd(_ start: Int) -> Int {
    var offset = start
    while offset < end {
      let byte = bytes[offset]
      if !ShellByte.isPlain(byte) {
        // `,` and `}` need an open brace to mean anything, and `~` a place to begin a name.
        let isTame =
          byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}")
          || (byte == UInt8(ascii: "~") && offset > start && bytes[offset - 1] != UInt8(ascii: "=")
            && bytes[offset - 1] != UInt8(ascii: ":"))
        guard isTame else { break }
      }
      offset += 1
    }
    return offset
  }

  /// Whether a substitution of a process begins at a place.
  @inline(__always)
  mutating func beginsProcess(_ offset: Int) -> Bool {
    (at(offset) == UInt8(ascii: "<") || at(offset) == UInt8(ascii: ">"))
      && at(offset + 1) == UInt8(ascii: "(")
  }

  /// Whether the word goes on although a byte stands here that ends most words.
  private mutating func continuesWord(_ place: ShellWordPlace, from start: Int) -> Bool {
    switch at(pos) {
    case UInt8(ascii: "<"), UInt8(ascii: ">"): beginsProcess(pos)
    case UInt8(ascii: "|"): place == .expression
    case UInt8(ascii: "("): place == .expression || (pos > start && opensPattern(bytes[pos - 1]))
    default: false
    }
  }

  /// Whether the byte and a parenthesis open an extended pattern.
  private mutating func opensPattern(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "@") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "!")
      || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "*")
  }

  /// Reads the rest of a word, piece by piece.
  mutating func readSegments(
    _ place: ShellWordPlace, of word: Int, from wordStart: Int
  ) throws(ShellFault) {
    var braces = 0
    // Where the text before is unquoted: a quoted `@` opens no pattern.
    var plainFrom = wordStart
    while true {
      let start = pos
      let byte = at(pos)
      switch byte {
      case UInt8(ascii: "("):
        if place == .expression {
          try readParenthesised(.fuzzy)
        } else if pos > plainFrom, opensPattern(bytes[pos - 1]) {
          try readParenthesised(.extendedGlob)
        } else {
          return
        }
      case UInt8(ascii: "|") where place == .expression:
        pos += 1
        leaf(.literal, start, pos)
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        guard beginsProcess(pos) else { return }
        try readSubstitution(byte == UInt8(ascii: "<") ? .processInput : .processOutput)
      case UInt8(ascii: "\\"):
        if at(pos + 1) == UInt8(ascii: "\n") {
          pos += 2
          nodes[word].flags |= ShellNode.continued
          continue
        }
        try readEscape()
        plainFrom = pos
        // What bash makes of braces after an escaped dollar sign is not followed.
        if at(pos - 1) == UInt8(ascii: "$"), at(pos) == UInt8(ascii: "{") {
          nodes[word].flags |= ShellNode.joined
        }
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "`"):
        try readQuoteOrExpansion(byte)
        plainFrom = pos
        if byte == UInt8(ascii: "$") { noteDollar(start, in: word, inside: braces > 0) }
      case UInt8(ascii: "*"), UInt8(ascii: "?"):
        pos += 1
        leaf(.glob, start, pos)
      case UInt8(ascii: "["): readBracket()
      case UInt8(ascii: "~"):
        noteTilde(place, in: word, from: wordStart, inside: braces > 0)
        try readTilde(place, of: word, from: wordStart)
      case UInt8(ascii: "{") where place == .argument:
        pos += 1
        braces += 1
        leaf(.braceOpen, start, pos)
        nodes[word].flags |= ShellNode.braces
      case UInt8(ascii: ",") where braces > 0:
        pos += 1
        leaf(.braceComma, start, pos)
      case UInt8(ascii: "}") where braces > 0:
        pos += 1
        braces -= 1
        leaf(.braceClose, start, pos)
      case UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: "}"):
        pos += 1
        leaf(.literal, start, pos)
      default:
        if ShellByte.endsWord(byte) { return }
        scanLiteral()
      }
      steps &+= 1
    }
  }

  /// Notes what a dollar sign does to the word: that it begins nothing, or a name after which
  /// braces, which expand first, may put more letters.
  private mutating func noteDollar(_ start: Int, in word: Int, inside: Bool) {
    if pos == start + 1 { nodes[word].flags |= ShellNode.dollar }
    guard ShellByte.beginsName(at(start + 1)) else { return }
    let next = at(pos)
    if next == UInt8(ascii: "{")
      || (inside && (next == UInt8(ascii: ",") || next == UInt8(ascii: "}")))
    {
      nodes[word].flags |= ShellNode.joined
    }
  }

  /// Notes that braces, which expand first, may put the tilde here at the beginning of a word, or
  /// letters after it.
  private mutating func noteTilde(
    _ place: ShellWordPlace, in word: Int, from wordStart: Int, inside: Bool
  ) {
    guard place == .argument else { return }
    let before = pos > wordStart ? bytes[pos - 1] : 0
    if at(pos + 1) == UInt8(ascii: "{") || before == UInt8(ascii: "{")
      || before == UInt8(ascii: "}") || (inside && before == UInt8(ascii: ","))
    {
      nodes[word].flags |= ShellNode.joined
    }
  }

  /// Goes past bytes that stand for themselves, of which there is one at least.
  private mutating func scanLiteral() {
    let start = pos
    go(to: max(literalEnd(start), start + 1))
    leaf(.literal, start, pos)
  }

  /// The end of the bytes that stand for themselves anywhere in a word.
  private mutating func literalEnd(_ start: Int) -> Int {
    var offset = start
    while offset < end && ShellByte.isPlain(bytes[offset]) { offset += 1 }
    return offset
  }

  /// Reads a quotation, or an expansion outside of quotes.
  mutating func readQuoteOrExpansion(_ byte: UInt8) throws(ShellFault) {
    switch byte {
    case UInt8(ascii: "'"): try readSingle(.single)
    case UInt8(ascii: "\""): try readDouble()
    case UInt8(ascii: "$"): try readDollar(inDouble: false)
    default: try readBackticks(inDouble: false)
    }
  }

  /// Reads a backslash and the byte that it quotes.
  private mutating func readEscape() throws(ShellFault) {
    if pos + 1 >= end {
      // A backslash that ends the text stands for itself.
      leaf(.escaped, pos, pos + 1)
      pos += 1
    } else {
      leaf(.escaped, pos + 1, pos + 2)
      pos += 2
    }
  }

  /// Reads `'…'`, or what follows the `$` of `$'…'`.
  mutating func readSingle(_ kind: ShellNodeKind) throws(ShellFault) {
    let start = pos + 1
    let close = singleEnd(start, escapes: kind == .ansi)
    guard close < end else { throw fault(.unterminated) }
    go(to: close + 1)
    leaf(kind, start, close)
  }

  /// The place of the single quote that closes, or one at the end or past it.
  private mutating func singleEnd(_ start: Int, escapes: Bool) -> Int {
    var offset = start
    while offset < end && bytes[offset] != UInt8(ascii: "'") {
      offset += escapes && bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
    return offset
  }

  /// Reads `"…"`.
  mutating func readDouble() throws(ShellFault) {
    let start = pos + 1
    pos = start
    go(to: quotedEnd(start))
    if at(pos) == UInt8(ascii: "\""), pos < end {
      leaf(.double, start, pos)
      pos += 1
      return
    }
    let double = open(.double, at: start)
    if pos > start { leaf(.literal, start, pos) }
    try readQuotedSegments(closing: true)
    close(double)
  }

  /// The end of what stands for itself between double quotes.
  @inline(__always)
  private mutating func quotedEnd(_ start: Int) -> Int {
    var offset = start
    while offset < end && ShellByte.isQuotedPlain(bytes[offset]) { offset += 1 }
    return offset
  }

  /// Reads the pieces of text between double quotes, or of a here-document up to the end.
  ///
  /// - Parameter closing: whether a double quote ends the text; else it stands for itself.
  mutating func readQuotedSegments(closing: Bool) throws(ShellFault) {
    let first = nodes.count
    // Text of nothing but line continuations is empty, and not as it stands.
    defer { if nodes.count == first { leaf(.literal, pos, pos) } }
    while true {
      let start = pos
      go(to: quotedEnd(start))
      if pos > start { leaf(.literal, start, pos) }
      steps &+= 1
      switch at(pos) {
      case UInt8(ascii: "\""):
        pos += 1
        if closing { return }
        leaf(.literal, pos - 1, pos)
      case UInt8(ascii: "\\"): readQuotedEscape(quotes: closing)
      case UInt8(ascii: "$"): try readDollar(inDouble: true)
      case UInt8(ascii: "`"): try readBackticks(inDouble: closing)
      default:
        if closing { throw fault(.unterminated) }
        return
      }
    }
  }

  /// Reads a backslash between double quotes, which quotes few bytes and else stands for itself.
  mutating func readQuotedEscape(quotes: Bool) {
    switch at(pos + 1) {
    case UInt8(ascii: "\n"): pos += 2
    case UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\\"):
      leaf(.escaped, pos + 1, pos + 2)
      pos += 2
    case UInt8(ascii: "\"") where quotes:
      leaf(.escaped, pos + 1, pos + 2)
      pos += 2
    default:
      leaf(.literal, pos, pos + 1)
      pos += 1
    }
  }

  /// Reads `[`: a bracket expression if it ends in the same unquoted text.
  private mutating func readBracket() {
    let start = pos
    pos += 1
    guard start >= noBracketBefore else { return leaf(.literal, start, pos) }
    let close = bracketEnd(pos)
    steps &+= close - start
    if close < end, bytes[close] == UInt8(ascii: "]") {
      pos = close + 1
      return leaf(.glob, start, pos)
    }
    noBracketBefore = close
    leaf(ShellByte.endsWord(at(close)) ? .literal : .fuzzy, start, pos)
  }

  /// The place of the `]` that closes a bracket expression, or of what says that none does.
  private mutating func bracketEnd(_ start: Int) -> Int {
    var offset = start
    if at(offset) == UInt8(ascii: "!") || at(offset) == UInt8(ascii: "^") { offset += 1 }
    // A `]` that comes first is a member.
    if at(offset) == UInt8(ascii: "]") { offset += 1 }
    while offset < end, bytes[offset] != UInt8(ascii: "]"),
      ShellByte.isPlain(bytes[offset]) || isBracketMember(bytes[offset])
    {
      offset += 1
    }
    return offset
  }

  /// Whether a byte that is special in words is a member in a bracket expression.
  private mutating func isBracketMember(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "~"): true
    default: false
    }
  }

  /// Reads `~` with the name after it, where it stands for a home directory.
  private mutating func readTilde(
    _ place: ShellWordPlace, of word: Int, from wordStart: Int
  ) throws(ShellFault) {
    let start = pos
    pos += 1
    if start > wordStart {
      let before = bytes[start - 1]
      guard before == UInt8(ascii: ":") || before == UInt8(ascii: "="),
        place == .argument || place == .value
      else { return leaf(.literal, start, pos) }
      if place == .argument {
        // Behind the first `=` of `name=…`, or a colon after it.
        guard let equals = equalsSign(wordStart), before == UInt8(ascii: ":") || equals == start - 1
        else { return leaf(.literal, start, pos) }
        // Not so in what braces expand to.
        nodes[word].flags |= ShellNode.joined
      } else if before != UInt8(ascii: ":") {
        return leaf(.literal, start, pos)
      }
    }
    var offset = pos
    while ShellByte.isName(at(offset)) || at(offset) == UInt8(ascii: "-")
      || at(offset) == UInt8(ascii: "+") || at(offset) == UInt8(ascii: ".")
    {
      offset += 1
    }
    steps &+= offset - start
    // The name goes on, or ends, on the next line.
    if isContinuation(offset) { throw fault(.continuedToken) }
    let next = at(offset)
    // Bash ends the name before some of these, by what comes after them.
    let isOdd =
      next == UInt8(ascii: "=")
      || (next == UInt8(ascii: ":") && start == wordStart && place != .value)
    if isOdd { throw fault(.ambiguous) }
    let ends =
      next == UInt8(ascii: "/") || next == UInt8(ascii: ":")
      || (ShellByte.endsWord(next) && !beginsProcess(offset))
    guard ends else { return leaf(.literal, start, pos) }
    pos = offset
    leaf(.tilde, start, pos)
  }

  /// The place of the `=` after the identifier that begins the word, if it begins so.
  private mutating func equalsSign(_ start: Int) -> Int? {
    guard ShellByte.beginsName(at(start)) else { return nil }
    // An identifier of more than this is no reason to read a word over and over.
    let limit = start + 64
    var offset = start
    while offset < limit && ShellByte.isName(at(offset)) { offset += 1 }
    steps &+= offset - start
    return at(offset) == UInt8(ascii: "=") ? offset : nil
  }

  /// Reads `(…)` inside a word, which may hold words, blanks and further parentheses.
  private mutating func readParenthesised(_ kind: ShellNodeKind) throws(ShellFault) {
    let pattern = open(kind, at: pos)
    try enter()
    var level = 0
    while true {
      steps &+= 1
      let byte = at(pos)
      switch byte {
      case UInt8(ascii: "("):
        level += 1
        pos += 1
      case UInt8(ascii: ")"):
        level -= 1
        pos += 1
        if level == 0 {
          leave()
          return close(pattern)
        }
      case UInt8(ascii: "\\"): pos = min(pos + 2, end)
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "`"):
        try readQuoteOrExpansion(byte)
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        if beginsProcess(pos) {
          try readSubstitution(byte == UInt8(ascii: "<") ? .processInput : .processOutput)
        } else {
          pos += 1
        }
      default:
        if pos >= end { throw fault(.unterminated) }
        pos += 1
      }
    }
  }
}
