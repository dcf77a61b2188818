import TractatusValues

extension CommandReader {
  /// The text that `echo` or `printf` writes down the pipe into a command that runs it, where all
  /// of that is known; nil where what is run is not.
  ///
  /// Linear in the text.
  mutating func printedText(into frame: inout CommandFrame) -> CommandText? {
    let index = Int(frame.command)
    // A program that runs another may take the input for itself.
    guard frame.isOutermost, frame.parent < 0, let source = upstream(of: index) else { return nil }
    for redirection in facts.line.commands[index].redirections
    where facts.line.redirections[redirection].descriptor == 0 { return nil }
    let command = facts.line.commands[source]
    guard command.kind == .simple, command.wordCount > 0, command.assignmentCount == 0,
      command.redirections.isEmpty,
      command.flags.isDisjoint(with: [.opaque, .mayCallFunction, .mayBeAlias]),
      !parser.hasAliases
    else { return nil }
    let words = command.words
    guard let name = facts.line.knownText(facts.line.words[words.lowerBound]) else { return nil }
    let start = facts.line.text.count
    let isPrinted: Bool
    if isText(name, "echo") {
      isPrinted = printEcho(words.dropFirst())
    } else if isText(name, "printf") {
      isPrinted = printFormat(words.dropFirst())
    } else {
      isPrinted = false
    }
    let count = facts.line.text.count - start
    textBudget -= count
    guard isPrinted, textBudget > 0 else { return nil }
    var text = CommandText(flags: [.isKnown, .isWholeWord])
    if count > 0 {
      text.firstPart = UInt32(truncatingIfNeeded: facts.line.parts.count)
      text.partCount = 1
      appendPiece(.literal, start, count)
    }
    return text
  }

  /// Adds what `echo` writes to the line's text. Shells differ in what a backslash means, and an
  /// option but `-n`.
  private mutating func printEcho(_ words: Range<Int>.SubSequence) -> Bool {
    var words = words
    var endsLine = true
    if let first = words.first, let known = facts.line.knownText(facts.line.words[first]),
      known.first.map({ facts.line.text[$0] }) == UInt8(ascii: "-")
    {
      guard isText(known, "-n") else { return false }
      endsLine = false
      words = words.dropFirst()
      if let next = words.first, let known = facts.line.knownText(facts.line.words[next]),
        known.first.map({ facts.line.text[$0] }) == UInt8(ascii: "-")
      {
        return false
      }
    }
    for index in words {
      guard let known = facts.line.knownText(facts.line.words[index]),
        mayPrint(known.count),
        !known.contains(where: { facts.line.text[$0] == UInt8(ascii: "\\") })
      else { return false }
      if index > words.startIndex { facts.line.text.append(UInt8(ascii: " ")) }
      append(known)
    }
    if endsLine { facts.line.text.append(UInt8(ascii: "\n")) }
    return true
  }

  /// Adds what `printf` writes to the line's text, whose format has no more than `%s`, `%%`, `\\n`
  /// and `\\t`.
  private mutating func printFormat(_ words: Range<Int>.SubSequence) -> Bool {
    guard let first = words.first,
      let format = facts.line.knownText(facts.line.words[first]),
      format.first.map({ facts.line.text[$0] }) != UInt8(ascii: "-")
    else { return false }
    var rest = words.dropFirst()
    while true {
      let before = rest.count
      var offset = format.lowerBound
      while offset < format.upperBound {
        let byte = facts.line.text[offset]
        let next = offset + 1 < format.upperBound ? facts.line.text[offset + 1] : 0
        guard mayPrint(1) else { return false }
        switch (byte, next) {
        case (UInt8(ascii: "%"), UInt8(ascii: "s")):
          if let word = rest.popFirst() {
            guard let known = facts.line.knownText(facts.line.words[word]), mayPrint(known.count)
            else { return false }
            append(known)
          }
          offset += 1
        case (UInt8(ascii: "%"), UInt8(ascii: "%")), (UInt8(ascii: "\\"), UInt8(ascii: "\\")):
          facts.line.text.append(byte)
          offset += 1
        case (UInt8(ascii: "\\"), UInt8(ascii: "n")):
          facts.line.text.append(UInt8(ascii: "\n"))
          offset += 1
        case (UInt8(ascii: "\\"), UInt8(ascii: "t")):
          facts.line.text.append(UInt8(ascii: "\t"))
          offset += 1
        case (UInt8(ascii: "%"), _), (UInt8(ascii: "\\"), _): return false
        default: facts.line.text.append(byte)
        }
        offset += 1
      }
      // The format is taken again for the words that are left.
      if rest.isEmpty { return true }
      if rest.count == before { return false }
    }
  }

  /// Counts so many bytes more; false where there are too many.
  private mutating func mayPrint(_ count: Int) -> Bool {
    textBudget -= count + 1
    step()
    return textBudget > 0
  }

  private mutating func append(_ range: Range<Int>) {
    for offset in range { facts.line.text.append(facts.line.text[offset]) }
  }
}
