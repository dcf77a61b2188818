extension CommandReader {
  /// The text without its first bytes, which are known text.
  mutating func cut(_ text: CommandText, from count: Int) -> CommandText {
    var result = text
    result.flags.remove(.isWholeWord)
    guard count > 0, text.partCount > 0 else { return result }
    let first = facts.line.parts[Int(text.firstPart)]
    result.firstPart = UInt32(truncatingIfNeeded: facts.line.parts.count)
    if Int(first.count) > count {
      var rest = first
      rest.start += UInt32(truncatingIfNeeded: count)
      rest.count -= UInt32(truncatingIfNeeded: count)
      facts.line.parts.append(rest)
    }
    for index in text.parts.dropFirst() { facts.line.parts.append(facts.line.parts[index]) }
    result.partCount = UInt32(truncatingIfNeeded: facts.line.parts.count) - result.firstPart
    step(Int(text.partCount))
    return settled(result)
  }

  /// The first bytes of a text, which are known text.
  mutating func cut(_ text: CommandText, to count: Int) -> CommandText {
    var result = text
    result.flags = text.flags.contains(.isElsewhere) ? [.isElsewhere, .isKnown] : .isKnown
    result.firstPart = UInt32(truncatingIfNeeded: facts.line.parts.count)
    result.partCount = 0
    guard count > 0, text.partCount > 0 else { return result }
    var first = facts.line.parts[Int(text.firstPart)]
    first.count = min(first.count, UInt32(truncatingIfNeeded: count))
    facts.line.parts.append(first)
    result.partCount = 1
    return result
  }

  /// The text with flags that agree with its pieces.
  mutating func settled(_ text: CommandText) -> CommandText {
    var text = text
    text.flags.subtract([.hasUnknown, .hasGlob, .isKnown])
    for index in text.parts {
      let part = facts.line.parts[index]
      if part.isUnknown { text.flags.insert(.hasUnknown) }
      if part.kind == .glob { text.flags.insert(.hasGlob) }
    }
    if text.partCount == 0
      || text.partCount == 1 && facts.line.parts[Int(text.firstPart)].kind == .literal
    {
      text.flags.insert(.isKnown)
    }
    if !text.flags.contains(.hasUnknown) { text.flags.remove(.mayBeMany) }
    return text
  }

  /// Puts what is not known in the place of a text that stands for it, in a range of `words`.
  ///
  /// - Parameters:
  ///   - placeholder: the text; `{}` if it has no pieces.
  ///   - filler: what it stands for, where that is known.
  mutating func replacePlaceholders(
    _ range: Range<Int>, by placeholder: CommandText, _ filler: CommandYield? = nil
  ) {
    replacePlaceholders(range, by: facts.knownText(placeholder) ?? 0..<0, filler)
  }

  mutating func replacePlaceholders(
    _ range: Range<Int>, by placeholder: Range<Int>, _ filler: CommandYield? = nil
  ) {
    for index in range where holds(words[index], placeholder) {
      replacePlaceholder(index, placeholder, filler)
    }
  }

  /// Whether known text of a word holds the placeholder.
  private mutating func holds(_ word: CommandText, _ placeholder: Range<Int>) -> Bool {
    for index in word.parts {
      let part = facts.line.parts[index]
      guard part.kind == .literal else { continue }
      step(Int(part.count) / 4 + 1)
      for offset in part.range where stands(offset, part.range.upperBound, placeholder) {
        return true
      }
    }
    return false
  }

  /// Whether the placeholder stands at an offset of the line's text.
  private mutating func stands(_ offset: Int, _ end: Int, _ placeholder: Range<Int>) -> Bool {
    let text = facts.line.text.span
    if placeholder.isEmpty {
      return text[offset] == UInt8(ascii: "{") && offset + 1 < end
        && text[offset + 1] == UInt8(ascii: "}")
    }
    guard end - offset >= placeholder.count, text[offset] == text[placeholder.lowerBound] else {
      return false
    }
    // Only its beginning is compared, so that a long one costs no more than it is worth.
    for index in 0..<min(placeholder.count, 16)
    where text[offset + index] != text[placeholder.lowerBound + index] {
      return false
    }
    return true
  }

  private mutating func replacePlaceholder(
    _ index: Int, _ placeholder: Range<Int>, _ filler: CommandYield?
  ) {
    let word = words[index]
    let length = placeholder.isEmpty ? 2 : placeholder.count
    let first = facts.line.parts.count
    for at in word.parts {
      let part = facts.line.parts[at]
      guard part.kind == .literal else {
        facts.line.parts.append(part)
        continue
      }
      var start = part.range.lowerBound
      var offset = start
      let end = part.range.upperBound
      while offset < end {
        guard stands(offset, end, placeholder) else {
          offset += 1
          continue
        }
        appendLiteral(start, offset)
        appendFilled(filler)
        offset = min(end, offset + length)
        start = offset
      }
      appendLiteral(start, end)
    }
    words[index].firstPart = UInt32(truncatingIfNeeded: first)
    words[index].partCount = UInt32(truncatingIfNeeded: facts.line.parts.count - first)
    words[index] = settled(words[index])
    words[index].flags.insert(filler == nil ? .isFilled : [.isFilled, .isShaped])
  }

  private mutating func appendFilled(_ filler: CommandYield?) {
    guard let filler else {
      return facts.line.parts.append(ShellPart(kind: .unknown, isQuoted: true))
    }
    wordBudget -= filler.parts.count
    for part in filler.parts { facts.line.parts.append(facts.line.parts[part]) }
  }

  private mutating func appendLiteral(_ start: Int, _ end: Int) {
    guard end > start else { return }
    facts.line.parts.append(
      ShellPart(
        kind: .literal, isQuoted: true, start: UInt32(truncatingIfNeeded: start),
        count: UInt32(truncatingIfNeeded: end - start)))
  }
}
