import TractatusValues

extension CommandReader {
  /// Reads an abbreviated option: two letters or more after two dashes.
  mutating func readAbbreviated(
    _ index: Int, _ word: CommandText, _ prefix: Range<Int>, _ frame: inout CommandFrame
  ) -> Int? {
    let equals = equals(in: prefix)
    guard word.flags.contains(.isKnown) || equals != nil else { return nil }
    let name = prefix.lowerBound..<(equals ?? prefix.upperBound)
    guard name.count >= 4 else { return nil }
    collectOptions(beginningWith: name, &frame)
    guard let first = candidates.first else { return nil }
    let spelling = equals == nil ? word : cut(word, to: name.count)
    let value = equals.map { cut(word, from: $0 + 1 - prefix.lowerBound) }
    if candidates.count == 1 {
      return take(first, spelling: spelling, value, index, .true, &frame)
    }
    // What follows is the argument of those that take one, and an operand beside the others.
    let next = index + 1 < frame.words.upperBound ? words[index + 1] : nil
    var (some, all) = (false, true)
    for option in candidates {
      var entry = CommandOption(
        option: Int32(truncatingIfNeeded: option), spelling: spelling, certainty: .unknown)
      entry.isExact = false
      let argument = programs.option(option).argument
      let takesNext = value == nil && argument != 0 && argument != ProgramTable.untilArgument
      if takesNext { some = true } else { all = false }
      if var value = value ?? (takesNext ? next : nil) {
        value.base = frame.base
        (entry.value, entry.hasValue) = (value, true)
      }
      facts.options.append(entry)
      if value == nil && argument != 0 { frame.isDoubtful = true }
    }
    guard some, let next else { return index + 1 }
    if !all {
      var operand = next
      operand.base = frame.base
      facts.operands.append(CommandOperand(text: operand, certainty: .unknown))
      // It may be the program that this one runs.
      if frame.runsOperands >= 0 { note(.unknownProgram, &frame) }
    }
    if next.flags.contains(.mayBeMany) { meetUnknown(next, &frame) }
    return index + 2
  }

  /// Puts the options in `candidates` that begin with a text.
  private mutating func collectOptions(
    beginningWith name: Range<Int>, _ frame: inout CommandFrame
  ) {
    candidates.removeAll(keepingCapacity: true)
    for at in frame.firstBody..<facts.bodies.count {
      let body = Int(facts.bodies[at])
      let end = programs.entries(of: body).upperBound
      var entry = programs.firstEntry(
        notBefore: facts.line.text.span.extracting(name), in: body)
      while entry < end, programs.begins(entry, with: facts.line.text.span.extracting(name)) {
        let named = programs.entries[entry * ProgramTable.entrySize + 3]
        if named & ProgramTable.subcommandBit == 0, sees(programs.mask(ofEntry: entry), &frame) {
          let option = Int(named)
          if !candidates.contains(option) { candidates.append(option) }
        }
        entry += 1
      }
    }
    step(candidates.count + 8)
  }
}
