import TractatusValues

extension CommandFacts {
  /// Whether an invocation is given the option of a spelling: as it stands, in a bundle, with its
  /// argument, or abbreviated; unknown when some word may be it.
  ///
  /// - Parameters:
  ///   - spelling: with its dashes.
  ///   - invocation: an index of `invocations`.
  package func isGiven(_ spelling: Span<UInt8>, by invocation: Int) -> Truth {
    var result = isGivenUndeclared(spelling, by: invocation)
    let this = invocations[invocation]
    if this.options.isEmpty { return result }
    for body in this.bodies {
      guard let option = programs.option(spelled: spelling, in: Int(bodies[body])) else { continue }
      result = result | isGiven(option: option, this)
    }
    return result
  }

  /// Whether an invocation is given an option of a number.
  @inline(__always)
  func isGiven(option: Int, _ invocation: CommandInvocation) -> Truth {
    var result = Truth.false
    for index in invocation.options where Int(options[index].option) == option {
      result = result | options[index].certainty
    }
    return result
  }

  /// Whether an invocation is given a spelling that is not declared; unknown when some word may be
  /// it.
  @inline(__always)
  func isGivenUndeclared(_ spelling: Span<UInt8>, by invocation: Int) -> Truth {
    let this = invocations[invocation]
    var result = Truth.false
    if !this.flags.isDisjoint(with: [.hasUnknownOption, .hasUnknownArgument]),
      someWordMayBe(spelling, of: invocation)
    {
      result = .unknown
    }
    guard this.flags.contains(.hasUndeclaredOption) else { return result }
    for index in this.options where options[index].option < 0 {
      if spells(options[index], spelling) { result = result | options[index].certainty }
    }
    return result
  }

  /// Whether some word of an invocation that is not known may be an option, whatever else gives it.
  ///
  /// - Parameters:
  ///   - spelling: with its dashes.
  ///   - invocation: an index of `invocations`.
  package func someWordMayBe(_ spelling: Span<UInt8>, of invocation: Int) -> Bool {
    let this = invocations[invocation]
    if this.flags.contains(.hasUnknownOption) { return true }
    return this.flags.contains(.hasUnknownArgument) && mayHaveArgument(spelling, this)
  }

  /// Whether a word that is an operand or an argument would be the option of a spelling if nothing
  /// of the program were declared; unknown when one may be it.
  ///
  /// - Parameters:
  ///   - spelling: with its dashes.
  ///   - invocation: an index of `invocations`.
  func isHidden(_ spelling: Span<UInt8>, by invocation: Int) -> Truth {
    var result = Truth.false
    for index in invocations[invocation].options where options[index].hasValue {
      if options[index].value.word == options[index].spelling.word { continue }
      result = result | mayBe(options[index].value, spelling)
    }
    for index in invocations[invocation].operands {
      result = result | mayBe(operands[index].text, spelling)
    }
    return result
  }

  private func mayBe(_ text: CommandText, _ spelling: Span<UInt8>) -> Truth {
    switch unread(spelling, in: text) {
    case .none: .false
    case .unknown: knownText(text) == nil ? .unknown : .true
    case .value: .true
    }
  }

  /// What a word gives of an option to who sees no declaration of its program.
  package enum UnreadOption: Sendable {
    /// It is another word.
    case none
    /// It is the option, or may be, with an argument that nobody knows, or none.
    case unknown
    /// It is the option with this part of the line's text behind its `=`.
    case value(Range<Int>)
  }

  /// What a word gives of the option of a spelling, whatever takes it, when nothing of its program
  /// is declared.
  package func unread(_ spelling: Span<UInt8>, in text: CommandText) -> UnreadOption {
    guard let known = knownText(text) else {
      return mayBeginWithDash(text, spelling.count) ? .unknown : .none
    }
    if spells(known, spelling) { return .unknown }
    var end = known.lowerBound
    while end < known.upperBound, line.text[end] != UInt8(ascii: "=") { end += 1 }
    guard end < known.upperBound, isEqual(known.lowerBound..<end, spelling) else { return .none }
    return .value(end + 1..<known.upperBound)
  }

  /// Whether a text is known and has some bytes.
  package func isText(_ text: CommandText, _ bytes: Span<UInt8>) -> Bool {
    knownText(text).map { isEqual($0, bytes) } ?? false
  }

  /// Whether a text that is not known may be an option of so many characters: one that begins with
  /// a dash, and a pattern with a dot or slash none of a letter.
  private func mayBeginWithDash(_ text: CommandText, _ count: Int) -> Bool {
    guard let first = text.parts.first else { return false }
    let part = line.parts[first]
    switch part.kind {
    case .literal: return line.text[part.range.lowerBound] == UInt8(ascii: "-")
    case .home, .userHome, .workingDirectory, .processInput, .processOutput, .below, .number:
      return false
    case .glob:
      for index in text.parts where count == 2 && line.parts[index].kind == .literal {
        let piece = line.text.span.extracting(line.parts[index].range)
        for offset in piece.indices
        where piece[offset] == UInt8(ascii: ".") || piece[offset] == UInt8(ascii: "/") {
          return false
        }
      }
      return CommandReader.globMayBeginWithDash(line.text.span.extracting(part.range))
    case .names, .folders, .shape, .variable, .substitution, .unknown: return true
    }
  }

  /// Whether an option may have its argument in its own word.
  private func mayHaveArgument(
    _ spelling: Span<UInt8>, _ invocation: CommandInvocation
  ) -> Bool {
    for body in invocation.bodies.reversed() {
      guard let option = programs.option(spelled: spelling, in: Int(bodies[body])) else { continue }
      return programs.option(option).argument != 0
    }
    return spelling.count > 2
  }

  /// Whether an option that an invocation is given is that of a spelling.
  ///
  /// - Parameters:
  ///   - index: of `options`, one of the invocation's.
  ///   - spelling: with its dashes.
  ///   - invocation: an index of `invocations`.
  package func isSpelled(_ index: Int, _ spelling: Span<UInt8>, by invocation: Int) -> Bool {
    let option = options[index]
    if option.option < 0 { return spells(option, spelling) }
    for body in invocations[invocation].bodies
    where programs.option(spelled: spelling, in: Int(bodies[body])) == Int(option.option) {
      return true
    }
    return false
  }

  /// Whether an option that is not declared is spelled so: the same text, or for one letter any
  /// word of letters after one dash that holds it.
  private func spells(_ option: CommandOption, _ spelling: Span<UInt8>) -> Bool {
    knownText(option.spelling).map { spells($0, spelling) } ?? false
  }

  private func spells(_ text: Range<Int>, _ spelling: Span<UInt8>) -> Bool {
    if isEqual(text, spelling) { return true }
    guard spelling.count == 2, spelling[0] == UInt8(ascii: "-"), text.count > 2,
      line.text[text.lowerBound] == UInt8(ascii: "-"),
      line.text[text.lowerBound + 1] != UInt8(ascii: "-")
    else { return false }
    var isFound = false
    for offset in text.dropFirst() {
      let byte = line.text[offset]
      guard byte & 0xDF >= 0x41 && byte & 0xDF <= 0x5A else { return false }
      if byte == spelling[1] { isFound = true }
    }
    return isFound
  }

  /// Whether an option says that an invocation goes down into directories.
  package func isRecursive(_ invocation: CommandInvocation) -> Bool {
    for index in invocation.options {
      let option = options[index]
      if option.option >= 0 {
        if programs.isRecursive(Int(option.option)) { return true }
        continue
      }
      for spelling in Self.recursiveSpellings where spells(option, spelling.span) { return true }
    }
    return false
  }

  private static let recursiveSpellings = ["-r", "-R", "-a", "--recursive", "--archive"]
    .map { Array($0.utf8) }

  /// Whether a text is a URL: a scheme and `://` stand at its beginning.
  func isURL(_ text: CommandText) -> Bool {
    guard text.partCount > 0 else { return false }
    let part = line.parts[Int(text.firstPart)]
    guard part.kind == .literal else { return false }
    let leading = part.range
    var offset = leading.lowerBound
    let bytes = line.text.span
    // A scheme begins with a letter.
    guard let first = leading.first, ShellByte.isName(bytes[first]), bytes[first] > 0x39 else {
      return false
    }
    while offset + 2 < leading.upperBound {
      switch bytes[offset] {
      case UInt8(ascii: "_"): return false
      case UInt8(ascii: ":"):
        return offset > leading.lowerBound && bytes[offset + 1] == UInt8(ascii: "/")
          && bytes[offset + 2] == UInt8(ascii: "/")
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): break
      case let byte where ShellByte.isName(byte): break
      default: return false
      }
      offset += 1
    }
    return false
  }

  private func isEqual(_ range: Range<Int>, _ other: Span<UInt8>) -> Bool {
    guard range.count == other.count else { return false }
    for offset in 0..<other.count where line.text[range.lowerBound + offset] != other[offset] {
      return false
    }
    return true
  }
}

extension CommandFacts {
  /// Whether what one invocation writes can reach another: down a pipe, by `<(…)` or `>(…)`, or by
  /// a substitution in what the other runs.
  ///
  /// Linear in the nesting, which is bounded.
  ///
  /// - Parameters:
  ///   - source: the index of the invocation that writes.
  ///   - sink: the index of the one that reads or runs it.
  package func flows(from source: Int, into sink: Int) -> Bool {
    let first = Int(invocations[source].command)
    let second = Int(invocations[sink].command)
    if first != second, reaches(first, second, 64) { return true }
    return runsOutput(of: first, sink)
  }

  /// Whether what a command writes reaches another through pipes and substituted processes.
  private func reaches(_ first: Int, _ second: Int, _ limit: Int) -> Bool {
    let (source, sink) = (line.commands[first], line.commands[second])
    if line.flows(from: source, into: sink) { return true }
    guard limit > 0 else { return false }
    // `<(A)` of B: what A writes is what B reads, or sends on.
    var outer = first
    while line.commands[outer].parent >= 0 {
      let relation = line.commands[outer].relation
      outer = Int(line.commands[outer].parent)
      if relation == .processInput {
        if lies(second, in: outer) || reaches(outer, second, limit - 1) { return true }
        break
      }
    }
    outer = second
    while line.commands[outer].parent >= 0 {
      let relation = line.commands[outer].relation
      outer = Int(line.commands[outer].parent)
      if relation == .processOutput {
        return lies(first, in: outer) || reaches(first, outer, limit - 1)
      }
    }
    return false
  }

  /// Whether a command is another, or lies in its body or in a text that it runs.
  private func lies(_ command: Int, in other: Int) -> Bool {
    var command = command
    while command != other {
      let this = line.commands[command]
      guard this.parent >= 0, this.relation == .body || this.relation == .text else { return false }
      command = Int(this.parent)
    }
    return true
  }

  /// Whether an invocation, or one around it, runs a text with the output of a command in it.
  private func runsOutput(of command: Int, _ sink: Int) -> Bool {
    for flow in flows
    where Int(flow.sink) == sink && flow.sources.contains(UInt32(truncatingIfNeeded: command)) {
      return true
    }
    return false
  }
}
