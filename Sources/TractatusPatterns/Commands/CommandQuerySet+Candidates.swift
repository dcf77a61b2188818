import TractatusValues

extension CommandQuerySet {
  /// Leaves in `scratch.candidates` a superset of the queries of a whole command that are not
  /// false.
  ///
  /// The cost grows with the command and with what it meets, not with the set, unless something is
  /// unknown: then with the queries that this concerns.
  package func candidates(
    _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) {
    scratch.begin(count)
    if facts.isOpaque {
      for query in 0..<count { scratch.add(UInt32(truncatingIfNeeded: query)) }
      return
    }
    scratch.add(index.onlys)
    for number in facts.invocations.indices { addPrograms(number, facts, &scratch) }
    var verbs: UInt32 = 0
    for number in facts.effects.indices {
      let effect = facts.effects[number]
      let verb = Int(effect.verb.rawValue)
      if verbs & 1 << UInt32(verb) == 0 {
        verbs |= 1 << UInt32(verb)
        scratch.add(index.free[verb])
      }
      guard index.hasTargets[verb] else { continue }
      scratch.target.prepare(effect, facts, context)
      addTargets(verb, isRecursive: effect.isRecursive, context, &scratch)
    }
  }

  /// Adds the queries that the program of an invocation may meet.
  private func addPrograms(
    _ number: Int, _ facts: borrowing CommandFacts, _ scratch: inout CommandQueryScratch
  ) {
    let invocation = facts.invocations[number]
    if invocation.flags.contains(.nameUnknown) { return scratch.add(index.programs) }
    let name = Int(invocation.name.lowerBound)..<Int(invocation.name.upperBound)
    let entries = index.entries(named: facts.line.text.span.extracting(name), records)
    var next = entries.lowerBound
    while next < entries.upperBound {
      let group = index.group(from: next, in: entries, records)
      next = group.upperBound
      guard mayRun(invocation, second: index.entries[group.lowerBound * 3 + 1], facts) else {
        continue
      }
      for entry in group { scratch.add(index.entries[entry * 3 + 2]) }
    }
    if invocation.program < 0 { scratch.add(index.undeclared) }
    let isDoubtful =
      invocation.program < 0 || invocation.flags.contains(.hasUndeclaredOption)
      || invocation.flags.contains(.hasUnknownOption)
    if isDoubtful { scratch.add(index.flagged) }
    for list in index.sealed.indices
    where isUndeclared(invocation, UInt32(truncatingIfNeeded: list), facts) {
      scratch.add(index.sealed[list])
    }
  }

  /// Whether the second word of a term may be an invocation's.
  private func mayRun(
    _ invocation: CommandInvocation, second word: UInt32, _ facts: borrowing CommandFacts
  ) -> Bool {
    if word == CommandQueryIndex.noWord { return true }
    let bytes = records.bytes.span.extracting(records.range(ofWord: Int(word)))
    if invocation.bodies.count > 1 {
      let first = invocation.bodies.lowerBound
      return facts.programs.subcommand(named: bytes, in: Int(facts.bodies[first]))
        == Int(facts.bodies[first + 1])
    }
    for index in invocation.operands {
      let operand = facts.operands[index]
      guard operand.certainty.isTrue, let known = facts.knownText(operand.text) else {
        return true
      }
      guard known.count == bytes.count else { return false }
      for offset in 0..<known.count
      where facts.line.text[known.lowerBound + offset] != bytes[offset] { return false }
      return true
    }
    return false
  }

  /// Adds the queries that the target that is ready may meet.
  private func addTargets(
    _ verb: Int, isRecursive: Bool, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) {
    if scratch.target.kind == .nothing { return }
    if places[verb].count > 0 { addPlaces(verb, isRecursive, context, &scratch) }
    if index.texts[verb].isEmpty { return }
    guard isSettled(scratch) else { return scratch.add(index.texts[verb]) }
    scratch.found.removeAll(keepingCapacity: true)
    if scratch.target.kind == .path {
      for reading in 0..<scratch.target.forms.count { collect(reading, &scratch) }
    } else {
      collect(scratch.target.text, &scratch)
    }
    for index in scratch.found.indices {
      let owner = textOwners[Int(scratch.found[index])]
      if records.queries[Int(owner)].verb == UInt32(truncatingIfNeeded: verb) {
        scratch.add(owner)
      }
    }
  }

  private func addPlaces(
    _ verb: Int, _ isRecursive: Bool, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) {
    switch scratch.target.kind {
    case .path, .anything:
      for reading in 0..<scratch.target.forms.count {
        if scratch.target.forms.isRemote {
          places[verb].all(&scratch.places)
        } else {
          places[verb].candidates(
            scratch.target.forms.readings[reading], isRecursive: isRecursive, context,
            &scratch.places)
        }
        addFound(verb, &scratch)
      }
    case .host:
      places[verb].candidates(scratch.target.host, &scratch.places)
      addFound(verb, &scratch)
    case .text, .nothing: break
    }
  }

  private func addFound(_ verb: Int, _ scratch: inout CommandQueryScratch) {
    for index in scratch.places.found.indices {
      scratch.add(placeOwners[verb][Int(scratch.places.found[index])])
    }
  }

  /// Whether all that texts are compared with is known, in every reading.
  private func isSettled(_ scratch: borrowing CommandQueryScratch) -> Bool {
    if scratch.target.kind != .path {
      return scratch.target.text.isKnown && !scratch.target.hasHome
    }
    for reading in 0..<scratch.target.forms.count {
      let forms = scratch.target.forms.readings[reading]
      guard forms.given.isKnown, forms.absolute.isKnown, forms.absolute.root == .absolute,
        !forms.lacksProject
      else { return false }
    }
    return true
  }

  /// Collects the tests that some form of a known path passes.
  private func collect(_ reading: Int, _ scratch: inout CommandQueryScratch) {
    let forms = scratch.target.forms.readings[reading]
    collect(forms.given.text, &scratch)
    if forms.absolute != forms.given { collect(forms.absolute.text, &scratch) }
    if forms.isInProject { collect(forms.project, &scratch) }
    if forms.readHome(0, into: &scratch.target.form) {
      collect(scratch.target.form, &scratch.texts, &scratch.found)
    }
  }

  private func collect(
    _ text: borrowing PartialText, _ memory: inout TextQueryScratch, _ found: inout [UInt32]
  ) {
    texts.collect(text.bytes.span, &memory, into: &found)
  }

  private func collect(_ text: borrowing PartialText, _ scratch: inout CommandQueryScratch) {
    texts.collect(text.bytes.span, &scratch.texts, into: &scratch.found)
  }
}
