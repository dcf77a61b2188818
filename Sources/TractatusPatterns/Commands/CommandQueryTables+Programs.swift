import TractatusValues

extension CommandQueryTables {
  /// Whether a program that an invocation runs is not declared for a query: by no package, or, for
  /// a sealed rule, by none that counts.
  func isUndeclared(
    _ invocation: CommandInvocation, _ visible: UInt32, _ facts: borrowing CommandFacts
  ) -> Bool {
    if invocation.program < 0 { return !invocation.flags.contains(.nameUnknown) }
    guard visible != CommandQueryRecords.Query.none else { return false }
    let list = records.words(
      records.visibles[Int(visible) * 2], records.visibles[Int(visible) * 2 + 1])
    for package in facts.programs.packages(of: Int(invocation.program)) {
      for place in list where records.packages[place] == package { return false }
    }
    return true
  }

  /// Whether an invocation is read as none of the packages that count for a sealed rule sees its
  /// program: in a reading of another package, or in that of all together where it meets what they
  /// do not see.
  func isForeign(
    _ invocation: CommandInvocation, _ visible: UInt32, _ facts: borrowing CommandFacts
  ) -> Bool {
    guard visible != CommandQueryRecords.Query.none, invocation.program >= 0 else { return false }
    let list = records.words(
      records.visibles[Int(visible) * 2], records.visibles[Int(visible) * 2 + 1])
    var number = 0
    for package in facts.programs.packages(of: Int(invocation.program)) {
      let reading = min(number, ProgramTable.readingLimit - 1)
      number += 1
      let isSo =
        invocation.reading == 0
        ? invocation.unseen >> UInt32(reading) & 1 == 0 : Int(invocation.reading) == reading + 1
      guard isSo else { continue }
      for place in list where records.packages[place] == package { return false }
    }
    return true
  }

  /// Whether a query names the program of an invocation.
  func isNamed(
    by query: CommandQueryRecords.Query, _ invocation: CommandInvocation,
    _ facts: borrowing CommandFacts
  ) -> Bool {
    let name = Int(invocation.name.lowerBound)..<Int(invocation.name.upperBound)
    for term in query.terms where equals(Int(records.terms[term * 2]), name, facts) { return true }
    return false
  }

  /// Whether an invocation runs one of some programs.
  func truth(
    ofTerms terms: Range<Int>, _ number: Int, _ facts: borrowing CommandFacts,
    _ scratch: inout CommandQueryScratch
  ) -> Truth {
    let invocation = facts.invocations[number]
    if invocation.flags.contains(.nameUnknown) { return .unknown }
    let name = Int(invocation.name.lowerBound)..<Int(invocation.name.upperBound)
    var result = Truth.false
    for term in terms {
      // PERF: most terms are of other programs.
      guard equals(Int(records.terms[term * 2]), name, facts) else { continue }
      result = result | truth(ofTerm: term, invocation, facts, &scratch)
      if result.isTrue { break }
    }
    return result
  }

  /// Whether an invocation runs one of a query's programs with no operand behind the term's words.
  func truth(
    ofBareTerms query: CommandQueryRecords.Query, _ number: Int, _ facts: borrowing CommandFacts,
    _ scratch: inout CommandQueryScratch
  ) -> Truth {
    let invocation = facts.invocations[number]
    if invocation.flags.contains(.nameUnknown) { return .unknown }
    var result = Truth.false
    for term in query.terms {
      let words = records.words(ofTerm: term).count - 1
      let used = max(0, words - max(0, invocation.bodies.count - 1))
      let lacks = lacksOperand(beyond: used, invocation, query.visible, facts)
      result = result | (truth(ofTerm: term, invocation, facts, &scratch) & lacks)
      if result.isTrue { break }
    }
    return result
  }

  /// Whether an invocation has no more than so many operands. A word that may be an option may take
  /// the next for its argument, and so does an option that is not declared.
  private func lacksOperand(
    beyond used: Int, _ invocation: CommandInvocation, _ visible: UInt32,
    _ facts: borrowing CommandFacts
  ) -> Truth {
    if let declares = declaresVariables(invocation, facts) { return !declares }
    var certain = 0
    for index in invocation.operands where facts.operands[index].certainty.isTrue { certain += 1 }
    let isForeign = isUndeclared(invocation, visible, facts) && !invocation.options.isEmpty
    let mayBeOption = !invocation.flags.isDisjoint(with: [.hasUnknownOption, .hasUnknownArgument])
    if certain > used {
      let isDoubtful =
        isForeign || mayBeOption || invocation.flags.contains(.hasUndeclaredOption)
      return isDoubtful ? .unknown : .false
    }
    return invocation.operands.count > used || isForeign || mayBeOption ? .unknown : .true
  }

  /// Whether a builtin such as `declare` has assignments behind its name, which are operands of it;
  /// nil where there are none, unknown where they may stand before it.
  private func declaresVariables(
    _ invocation: CommandInvocation, _ facts: borrowing CommandFacts
  ) -> Truth? {
    let command = facts.line.commands[Int(invocation.command)]
    guard invocation.parent < 0, command.assignmentCount > 0, Self.declares(invocation, facts)
    else { return nil }
    let word = facts.line.words[Int(invocation.nameWord)].range
    guard word.lowerBound <= invocation.name.lowerBound,
      invocation.name.upperBound <= word.upperBound
    else { return .unknown }
    for index in command.assignments
    where facts.line.assignments[index].name.lowerBound > invocation.name.lowerBound {
      return .true
    }
    return nil
  }

  private static func declares(
    _ invocation: CommandInvocation, _ facts: borrowing CommandFacts
  ) -> Bool {
    let name = Int(invocation.name.lowerBound)..<Int(invocation.name.upperBound)
    switch ShellName.key(facts.line.text, name.lowerBound, name.upperBound) {
    case ShellName.export, ShellName.local: return name.count <= 6
    case ShellName.declare, ShellName.typeset: return name.count == 7
    case ShellName.readonly: return name.count == 8
    default: return false
    }
  }

  /// Whether an invocation's name, subcommands and first operands are a term's words.
  func truth(
    ofTerm term: Int, _ invocation: CommandInvocation, _ facts: borrowing CommandFacts,
    _ scratch: inout CommandQueryScratch
  ) -> Truth {
    let words = records.words(ofTerm: term)
    let name = Int(invocation.name.lowerBound)..<Int(invocation.name.upperBound)
    guard equals(words.lowerBound, name, facts) else { return .false }
    var word = words.lowerBound + 1
    var body = invocation.bodies.lowerBound + 1
    while word < words.upperBound, body < invocation.bodies.upperBound {
      guard subcommand(word, in: body - 1, facts, &scratch) == facts.bodies[body] else {
        return .false
      }
      word += 1
      body += 1
    }
    return truth(ofOperands: invocation.operands, word..<words.upperBound, facts)
  }

  /// The body of the subcommand that a word names in another, or -1.
  ///
  /// - Parameter place: of the other, in the facts' bodies.
  func subcommand(
    _ word: Int, in place: Int, _ facts: borrowing CommandFacts,
    _ scratch: inout CommandQueryScratch
  ) -> Int32 {
    let outer = facts.bodies[place]
    if let known = scratch.subcommands.find(word, outer) { return known }
    let found = records.bytes.withSpan(records.range(ofWord: word)) {
      facts.programs.subcommand(named: $0, in: Int(outer)) ?? -1
    }
    let body = Int32(truncatingIfNeeded: found)
    scratch.subcommands.keep(word, outer, body)
    return body
  }

  /// Whether operands begin with words.
  ///
  /// A word that is not known may be none, or several. Linear in the operands times the words.
  private func truth(
    ofOperands operands: Range<Int>, _ words: Range<Int>, _ facts: borrowing CommandFacts
  ) -> Truth {
    if words.isEmpty { return .true }
    guard words.count < 64 else { return .unknown }
    // How many words may have been met, one bit for each number; whether all may, and some not.
    var met: UInt64 = 1
    var (mayPass, mayFail) = (false, false)
    for index in operands where met != 0 {
      let operand = facts.operands[index]
      if !operand.certainty.isTrue, operand.text.flags.contains(.mayBeMany) { return .unknown }
      var next: UInt64 = operand.certainty.isTrue ? 0 : met
      for count in 0..<words.count where met & 1 << UInt64(count) != 0 {
        let truth = self.truth(words.lowerBound + count, is: operand.text, facts)
        if !truth.isTrue { mayFail = true }
        if truth.isFalse { continue }
        if count + 1 == words.count { mayPass = true } else { next |= 1 << UInt64(count + 1) }
      }
      met = next
    }
    if met != 0 { mayFail = true }
    return mayPass ? mayFail ? .unknown : .true : .false
  }

  /// Whether a word is a text of the line.
  private func truth(
    _ word: Int, is text: CommandText, _ facts: borrowing CommandFacts
  ) -> Truth {
    if let known = facts.knownText(text) { return Truth(equals(word, known, facts)) }
    return mayBe(word, text, facts) ? .unknown : .false
  }

  /// Whether a text of the line is a word.
  @inline(__always)
  func equals(_ word: Int, _ range: Range<Int>, _ facts: borrowing CommandFacts) -> Bool {
    let bytes = records.range(ofWord: word)
    guard bytes.count == range.count else { return false }
    for offset in 0..<range.count
    where records.bytes[bytes.lowerBound + offset] != facts.line.text[range.lowerBound + offset] {
      return false
    }
    return true
  }

  /// Whether a text of which not all is known may be a word, by how it begins and ends.
  private func mayBe(
    _ word: Int, _ text: CommandText, _ facts: borrowing CommandFacts
  ) -> Bool {
    guard text.partCount > 0 else { return true }
    let bytes = records.range(ofWord: word)
    let first = facts.line.parts[Int(text.firstPart)]
    let last = facts.line.parts[text.parts.upperBound - 1]
    let start = first.kind == .literal ? first.range.count : 0
    let end = last.kind == .literal ? last.range.count : 0
    guard start + end <= bytes.count else { return false }
    for offset in 0..<start
    where records.bytes[bytes.lowerBound + offset]
      != facts.line.text[first.range.lowerBound + offset]
    {
      return false
    }
    for offset in 0..<end
    where records.bytes[bytes.upperBound - end + offset]
      != facts.line.text[last.range.lowerBound + offset]
    {
      return false
    }
    return true
  }
}
