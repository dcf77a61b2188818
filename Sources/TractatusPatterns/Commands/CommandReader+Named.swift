import TractatusValues

extension CommandReader {
  /// What a program prints that looks below one operand for names that match an option's argument.
  ///
  /// Nil where that is not so plain, and no more is known than without the option.
  ///
  /// - Parameter index: of the option, in the facts.
  mutating func named(_ index: Int, _ frame: inout CommandFrame) -> CommandYield? {
    let option = facts.options[index]
    guard narrowsAll(index, &frame) else { return nil }
    let operands = frame.firstOperand..<facts.operands.count
    var isBelow = false
    for index in programs.effects(of: frame.body) {
      let effect = programs.effect(index)
      guard effect.verb == .yields, isSeen(index, &frame) else { continue }
      if isBelow || effect.target != .operands || !effect.isJoined { return nil }
      isBelow = true
    }
    guard isBelow, operands.count == 1, option.certainty == .true, option.hasValue,
      let pattern = facts.knownText(option.value), isPlainPattern(pattern),
      facts.operands[operands.lowerBound].certainty == .true,
      let start = facts.knownText(facts.operands[operands.lowerBound].text), isPlainStart(start),
      !mayMatch(lastName(start), pattern)
    else { return nil }
    textBudget -= start.count + 1
    guard textBudget > 0 else { return nil }
    let first = facts.line.parts.count
    let at = facts.line.text.count
    for offset in start { facts.line.text.append(facts.line.text[offset]) }
    if facts.line.text[start.upperBound - 1] != UInt8(ascii: "/") {
      facts.line.text.append(UInt8(ascii: "/"))
    }
    appendPiece(.literal, at, facts.line.text.count - at)
    facts.line.parts.append(ShellPart(kind: .folders, isQuoted: true))
    appendPiece(.shape, pattern.lowerBound, pattern.count)
    return CommandYield(parts: first..<facts.line.parts.count)
  }

  /// Whether nothing is done before an option, as far as options before it can do something: they
  /// have arguments, and no effects.
  private mutating func narrowsAll(_ index: Int, _ frame: inout CommandFrame) -> Bool {
    for other in frame.firstOption..<index {
      let number = facts.options[other].option
      guard number >= 0 else { return false }
      let declared = programs.option(Int(number))
      if declared.argument == 0 || declared.argument == ProgramTable.untilArgument { return false }
      if !declared.effects.isEmpty { return false }
    }
    return true
  }

  /// Whether a pattern has neither a slash nor an escape, and no blank.
  private mutating func isPlainPattern(_ pattern: Range<Int>) -> Bool {
    !pattern.isEmpty
      && pattern.allSatisfy { offset in
        let byte = facts.line.text[offset]
        return byte > 0x20 && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "\\")
      }
  }

  /// Whether a starting point is a path, and not a sign such as `!` or `(`.
  private mutating func isPlainStart(_ start: Range<Int>) -> Bool {
    guard let first = start.first.map({ facts.line.text[$0] }),
      ShellByte.isName(first) || first == UInt8(ascii: ".") || first == UInt8(ascii: "/")
    else { return false }
    return start.allSatisfy { facts.line.text[$0] > 0x20 }
  }

  /// The last name of a path that is not empty, without slashes at its end.
  private mutating func lastName(_ path: Range<Int>) -> Range<Int> {
    let slash = UInt8(ascii: "/")
    var end = path.upperBound
    while end > path.lowerBound + 1, facts.line.text[end - 1] == slash { end -= 1 }
    var start = end
    while start > path.lowerBound, facts.line.text[start - 1] != slash { start -= 1 }
    return start..<end
  }

  /// Whether a name may match a pattern; brackets are taken to match any byte.
  private mutating func mayMatch(_ name: Range<Int>, _ pattern: Range<Int>) -> Bool {
    var (place, at) = (name.lowerBound, pattern.lowerBound)
    var (restart, star) = (name.lowerBound, -1)
    while place < name.upperBound {
      step()
      let byte = at < pattern.upperBound ? facts.line.text[at] : 0
      switch byte {
      case UInt8(ascii: "[") where at < pattern.upperBound: return true
      case UInt8(ascii: "*") where at < pattern.upperBound:
        (star, restart) = (at, place)
        at += 1
        continue
      default: break
      }
      if at < pattern.upperBound,
        byte == UInt8(ascii: "?") || byte == facts.line.text[place]
      {
        at += 1
        place += 1
      } else if star >= 0 {
        restart += 1
        (place, at) = (restart, star + 1)
      } else {
        return false
      }
    }
    while at < pattern.upperBound, facts.line.text[at] == UInt8(ascii: "*") { at += 1 }
    return at == pattern.upperBound
  }
}
