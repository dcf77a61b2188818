/// A piece of a word that is being expanded: part of the word, or a mark between parts.
struct ShellPiece: Sendable {
  enum Role: UInt8, Sendable {
    /// A part of the word.
    case part
    /// A part that may become several words, or none.
    case many
    /// Where one field ends and the next begins.
    case split
    /// A quotation with nothing in it, which keeps an empty word.
    case nothing
    // Braces, each with its own byte as a part in case it means nothing.
    case braceOpen, braceComma, braceClose
  }

  var role: Role
  var part: ShellPart
  /// Whether it is text of the line itself, unquoted, as a sequence in braces must be.
  var isPlain = false
}

extension ShellParser {
  /// Adds a piece of known text.
  @inline(__always)
  mutating func push(literal start: Int, _ end: Int, quoted: Bool, isPlain: Bool = false) {
    pieces.append(
      ShellPiece(
        role: .part,
        part: ShellPart(
          kind: .literal, isQuoted: quoted, start: UInt32(truncatingIfNeeded: start),
          count: UInt32(truncatingIfNeeded: end - start)),
        isPlain: isPlain))
  }

  /// Adds a piece that is no known text.
  mutating func push(
    _ kind: ShellPart.Kind, _ range: Range<Int>, quoted: Bool, many: Bool = false
  ) {
    pieces.append(
      ShellPiece(
        role: many ? .many : .part,
        part: ShellPart(
          kind: kind, isQuoted: quoted, start: UInt32(truncatingIfNeeded: range.lowerBound),
          count: UInt32(truncatingIfNeeded: range.count))))
  }

  /// Adds a mark.
  mutating func push(mark role: ShellPiece.Role) {
    pieces.append(ShellPiece(role: role, part: ShellPart(kind: .literal)))
  }

  /// Moves the words that were pending from `base` on to the line; gives their indices.
  mutating func commitWords(from base: Int) -> Range<Int> {
    let start = line.words.count
    for index in base..<pendingWords.count { line.words.append(pendingWords[index]) }
    pendingWords.truncate(to: base)
    return start..<line.words.count
  }

  /// Adds a pending word of known text.
  mutating func appendKnown(_ start: Int, _ end: Int) {
    var word = ShellWord()
    word.flags = .isKnown
    word.firstPart = UInt32(truncatingIfNeeded: line.parts.count)
    word.range = origin(start, end)
    if end > start {
      word.partCount = 1
      line.parts.append(
        ShellPart(
          kind: .literal, start: UInt32(truncatingIfNeeded: start),
          count: UInt32(truncatingIfNeeded: end - start)))
    }
    pendingWords.append(word)
  }

  /// Adds a pending word of which nothing is known, for a node.
  mutating func appendUnknown(_ index: Int) {
    let base = pieces.count
    push(.unknown, 0..<0, quoted: false, many: true)
    finishWord(from: base, node: index)
  }

  /// Makes a pending word of the pieces from `base` on, which hold no marks of fields or braces.
  ///
  /// Text that lies in several places is brought together, so that it is one part.
  mutating func finishWord(from base: Int, node index: Int) {
    var word = ShellWord()
    word.firstPart = UInt32(truncatingIfNeeded: line.parts.count)
    word.range = origin(Int(node(index).start), Int(node(index).end))
    if base < pieces.count { fill(&word, base) }
    word.partCount = UInt32(truncatingIfNeeded: line.parts.count) - word.firstPart
    if word.partCount == 0
      || (word.partCount == 1 && line.parts[Int(word.firstPart)].kind == .literal)
    {
      word.flags.insert(.isKnown)
    }
    pendingWords.append(word)
    step(pieces.count - base + 1)
    pieces.truncate(to: base)
  }

  private mutating func fill(_ word: inout ShellWord, _ base: Int) {
    for offset in base..<pieces.count {
      let piece = pieces[offset]
      if piece.role == .nothing {
        word.flags.insert(.isQuoted)
        continue
      }
      let part = piece.part
      if piece.role == .many { word.flags.insert(.mayBeMany) }
      if part.isQuoted { word.flags.insert(.isQuoted) }
      if part.kind == .glob {
        word.flags.insert(part.isQuoted ? .hasGlob : [.hasGlob, .mayBeMany])
      }
      if part.isUnknown { word.flags.insert(.hasUnknown) }
      if part.kind == .literal {
        if part.count == 0 { continue }
        if line.parts.count > Int(word.firstPart), join(part) { continue }
      }
      line.parts.append(part)
    }
  }

  /// Puts known text after the last part if that is known text, too.
  private mutating func join(_ part: ShellPart) -> Bool {
    let last = line.parts.count - 1
    guard line.parts[last].kind == .literal else { return false }
    let before = line.parts[last].range
    if before.upperBound != Int(part.start) {
      if before.upperBound != reader.bytes.count {
        line.parts[last].start = UInt32(truncatingIfNeeded: reader.bytes.count)
        copy(before)
      }
      copy(part.range)
    }
    line.parts[last].count += part.count
    line.parts[last].isQuoted = line.parts[last].isQuoted && part.isQuoted
    return true
  }

  /// Adds a copy of some bytes at the end of all.
  private mutating func copy(_ range: Range<Int>) {
    for offset in range { reader.bytes.append(reader.bytes[offset]) }
    step(range.count)
  }
}
