extension CommandReader {
  /// Whether a text is a URL: a scheme and `://` stand at its beginning.
  mutating func isURL(_ text: CommandText) -> Bool { facts.isURL(text) }

  /// Where the colon of `host:path` stands: before any slash, and behind something.
  mutating func remoteColon(_ text: CommandText) -> (part: Int, offset: Int)? {
    for part in text.parts {
      let piece = facts.line.parts[part]
      guard piece.kind == .literal else {
        if piece.isUnknown { continue }
        return nil
      }
      for offset in piece.range {
        let byte = facts.line.text[offset]
        if byte == UInt8(ascii: "/") { return nil }
        guard byte == UInt8(ascii: ":") else { continue }
        let isFirst = part == text.parts.lowerBound && offset == piece.range.lowerBound
        return isFirst ? nil : (part, offset - piece.range.lowerBound)
      }
    }
    return nil
  }

  /// Whether a text that is not wholly known, and has no colon, may yet be `host:path`.
  mutating func mayBeRemote(_ text: CommandText) -> Bool {
    for part in text.parts {
      let piece = facts.line.parts[part]
      if piece.isUnknown && piece.kind != .number { return true }
      guard piece.kind == .literal else { return false }
      for offset in piece.range where facts.line.text[offset] == UInt8(ascii: "/") {
        return false
      }
    }
    return false
  }

  /// The text from an offset in a piece on.
  mutating func cut(_ text: CommandText, fromPart part: Int, offset: Int) -> CommandText {
    var rest = text
    rest.firstPart = UInt32(truncatingIfNeeded: part)
    rest.partCount = UInt32(truncatingIfNeeded: text.parts.upperBound - part)
    return cut(rest, from: offset)
  }

  /// The text up to an offset in a piece.
  mutating func cut(_ text: CommandText, toPart part: Int, offset: Int) -> CommandText {
    var result = text
    result.flags.remove(.isWholeWord)
    result.firstPart = UInt32(truncatingIfNeeded: facts.line.parts.count)
    for index in text.parts.lowerBound..<part { facts.line.parts.append(facts.line.parts[index]) }
    if offset > 0 {
      var last = facts.line.parts[part]
      last.count = UInt32(truncatingIfNeeded: offset)
      facts.line.parts.append(last)
    }
    result.partCount = UInt32(truncatingIfNeeded: facts.line.parts.count) - result.firstPart
    step(Int(result.partCount))
    return settled(result)
  }
}
