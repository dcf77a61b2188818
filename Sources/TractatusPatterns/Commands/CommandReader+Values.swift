extension CommandReader {
  /// What an assignment sets its variable to; relative paths in it start from a directory.
  mutating func value(of assignment: ShellAssignment, _ base: Int32) -> CommandText {
    guard assignment.wordCount == 1, !assignment.isArray, !assignment.hasSubscript else {
      return unknownText(many: false)
    }
    let name = Int(assignment.name.lowerBound)..<Int(assignment.name.upperBound)
    var value = value(text(ofWord: Int(assignment.firstWord)), of: name)
    value.base = context.isElsewhere ? CommandBase.unknown : base
    guard assignment.appends else { return value }
    textBudget -= value.parts.count
    guard textBudget > 0 else { return unknownText(many: false) }
    // What it held before stands before.
    var joined = unknownText(many: false)
    for index in value.parts { facts.line.parts.append(facts.line.parts[index]) }
    joined.partCount += value.partCount
    return joined
  }

  /// A value in which the variable's own name stands for what it held: `$PATH` for that of `PATH`.
  mutating func value(_ text: CommandText, of name: Range<Int>) -> CommandText {
    guard text.parts.contains(where: { isOwn(facts.line.parts[$0], name) }) else { return text }
    textBudget -= text.parts.count + name.count + 1
    guard textBudget > 0 else { return text }
    let start = facts.line.text.count
    facts.line.text.append(UInt8(ascii: "$"))
    for offset in name { facts.line.text.append(facts.line.text[offset]) }
    let first = facts.line.parts.count
    for index in text.parts {
      let part = facts.line.parts[index]
      if isOwn(part, name) {
        appendPiece(.literal, start, name.count + 1)
      } else {
        facts.line.parts.append(part)
      }
    }
    var value = text
    value.firstPart = UInt32(truncatingIfNeeded: first)
    // Several known pieces are not one, so that it does not count as known.
    value.flags.remove(.isKnown)
    return value
  }

  /// Whether a piece is `$name` or `${name}` and no more.
  private mutating func isOwn(_ part: ShellPart, _ name: Range<Int>) -> Bool {
    let range = part.range
    guard part.kind == .variable, range.count == name.count, range.lowerBound > 0 else {
      return false
    }
    for offset in 0..<name.count
    where facts.line.text[range.lowerBound + offset] != facts.line.text[name.lowerBound + offset] {
      return false
    }
    switch facts.line.text[range.lowerBound - 1] {
    case UInt8(ascii: "$"): return true
    case UInt8(ascii: "{"):
      return range.upperBound < facts.line.text.count
        && facts.line.text[range.upperBound] == UInt8(ascii: "}")
    default: return false
    }
  }
}
