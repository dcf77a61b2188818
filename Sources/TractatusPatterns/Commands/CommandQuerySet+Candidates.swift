import TractatusValues

extension CommandQuerySet {
  /// Works out all tests of some part of a command at once, and leaves in `scratch.candidates` a
  /// superset of the queries that are not false of the whole command, or of one of its simple
  /// commands.
  ///
  /// Each program, operand and target is looked at once, and only with what an index finds for it:
  /// the cost grows with the command and with what it meets, not with the set, unless something is
  /// unknown: then with the queries that this concerns.
  package func candidates(
    _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) {
    scratch.begin(count)
    scratch.add(index.onlys)
    for number in facts.invocations.indices { decide(invocation: number, facts, context, &scratch) }
    for number in facts.effects.indices {
      let effect = facts.effects[number]
      let verb = Int(effect.verb.rawValue)
      guard index.hasTargets[verb] || !index.free[verb].isEmpty else { continue }
      decide(effect, verb, facts, context, &scratch)
    }
    guard facts.isOpaque else { return }
    for query in 0..<count { scratch.add(UInt32(truncatingIfNeeded: query)) }
  }

  /// The truth of a query of the whole command that `candidates` was given last; for a sum of what
  /// it has worked out already in constant time.
  package func wholeTruth(
    _ query: Int, _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    ambiguityHolds: Bool, _ scratch: inout CommandQueryScratch
  ) -> Truth {
    let record = records.queries[query]
    guard record.isOfSome, scratch.isWorkedOut(query) else {
      return truth(
        query, facts, invocation: -1, context, ambiguityHolds: ambiguityHolds, &scratch)
    }
    let known = scratch.truth(query).resolved(ambiguityHolds: ambiguityHolds)
    return facts.isOpaque ? known | .unknown : known
  }

  // MARK: Programs

  /// Decides what the program of an invocation may meet.
  private func decide(
    invocation number: Int, _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) {
    let invocation = facts.invocations[number]
    // INVARIANT: a command whose program is not known is opaque, and no test of it can be true.
    if invocation.flags.contains(.nameUnknown) { return }
    let name = Int(invocation.name.lowerBound)..<Int(invocation.name.upperBound)
    let entries = index.entries(named: facts.line.text.span.extracting(name), records)
    var next = entries.lowerBound
    scratch.beginRound()
    while next < entries.upperBound {
      let group = index.group(from: next, in: entries, records)
      next = group.upperBound
      guard mayRun(invocation, second: index.entries[group.lowerBound * 3 + 1], facts) else {
        continue
      }
      for entry in group {
        decide(index.entries[entry * 3 + 2], number, facts, context, &scratch)
      }
    }
    if !scratch.waiting.isEmpty { decideOperands(invocation, facts, context, &scratch) }
    decideUndeclared(invocation, facts, context, &scratch)
  }

  /// Decides a query that names the program of an invocation; one that asks for an operand waits
  /// for the others that do.
  private func decide(
    _ number: UInt32, _ invocation: Int, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    let query = records.queries[Int(number)]
    guard query.kind == .runs, !query.isOnly else { return scratch.add(number) }
    guard !scratch.isSettled(number), scratch.isFirst(number) else { return }
    let truth = self.truth(ofProgram: query, invocation, facts, context, &scratch)
    if truth.any.isFalse { return }
    if query.target == CommandQueryRecords.Query.none { return scratch.note(number, truth) }
    let isText = query.target % 2 == 1
    let isNegated = query.flags & CommandQueryRecords.Query.isNegated != 0
    scratch.wait(number, truth, isIndexed: !isText && !isNegated)
  }

  /// Decides the waiting queries, each by all operands of the invocation.
  private func decideOperands(
    _ invocation: CommandInvocation, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    let isElsewhere = invocation.flags.contains(.isElsewhere)
    let group = CommandQueryRecords.operands
    for index in invocation.operands {
      let operand = facts.operands[index]
      scratch.target.prepare(operand: operand.text, facts, isElsewhere: isElsewhere, context)
      if scratch.target.kind == .nothing { continue }
      let certainty = FormTruth(operand.certainty)
      if scratch.waitsForPlaces {
        findPlaces(group, isRecursive: false, context, &scratch)
        scratch.beginRound()
        for place in scratch.owners.indices {
          let number = scratch.owners[place]
          guard scratch.isWaiting(number), scratch.isFirst(number) else { continue }
          pass(number, certainty, isRecursive: false, context, &scratch)
        }
      }
      for place in scratch.waiting.indices where !scratch.waiting[place].isIndexed {
        pass(scratch.waiting[place].query, certainty, isRecursive: false, context, &scratch)
      }
    }
    for place in scratch.waiting.indices {
      let waiting = scratch.waiting[place]
      let query = records.queries[Int(waiting.query)]
      guard let target = records.target(of: query) else { continue }
      let operands = withArguments(
        scratch.passes(waiting.query), target, query, invocation, facts, context, &scratch)
      scratch.note(waiting.query, waiting.truth & operands)
    }
    scratch.endWaiting()
  }

  /// Adds to a waiting query whether the operand that is ready passes.
  private func pass(
    _ number: UInt32, _ certainty: FormTruth, isRecursive: Bool,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    if scratch.passes(number).all.isTrue { return }
    guard let target = records.target(of: records.queries[Int(number)]) else { return }
    let truth = self.truth(target, isRecursive: isRecursive, context, &scratch)
    scratch.pass(number, certainty & truth)
  }

  /// Decides what programs and options that are not declared may do.
  private func decideUndeclared(
    _ invocation: CommandInvocation, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    if invocation.program < 0 { scratch.add(index.undeclared) }
    let isDoubtful =
      invocation.program < 0 || invocation.flags.contains(.hasUndeclaredOption)
      || invocation.flags.contains(.hasUnknownOption)
    if isDoubtful {
      for number in index.flagged
      where mayDoMore(records.queries[Int(number)], invocation, facts) {
        scratch.note(number, FormTruth(.unknown))
      }
    }
    for list in index.sealed.indices
    where isUndeclared(invocation, UInt32(truncatingIfNeeded: list), facts) {
      for number in index.sealed[list] {
        let query = records.queries[Int(number)]
        guard query.kind == .effect, !query.isOnly else {
          // Those of programs are found by name.
          if query.kind == .isUndeclared { scratch.add(number) }
          continue
        }
        if query.undeclaredIsUnknown { scratch.note(number, FormTruth(.unknown)) }
        guard invocation.program >= 0 else { continue }
        scratch.note(
          number, readsTruth(FormTruth(.false), query, invocation, facts, context, &scratch))
      }
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

  // MARK: Effects

  /// Decides what an effect may meet.
  private func decide(
    _ effect: CommandEffectFact, _ verb: Int, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    var isReady = false
    scratch.beginRound()
    for place in index.free[verb].indices {
      let number = index.free[verb][place]
      if scratch.isSettled(number) { continue }
      let query = records.queries[Int(number)]
      if query.target == CommandQueryRecords.Query.none {
        let passes = valueTruth(query, effect, facts, context, &scratch)
        scratch.note(number, FormTruth(effect.certainty) & passes)
        if query.value != CommandQueryRecords.Query.none { isReady = false }
        continue
      }
      if !isReady { scratch.target.prepare(effect, facts, context) }
      isReady = true
      meet(number, effect, facts, context, &scratch)
    }
    guard index.hasTargets[verb] else { return }
    if !isReady { scratch.target.prepare(effect, facts, context) }
    if scratch.target.kind == .nothing { return }
    if places[verb].count > 0 {
      findPlaces(verb, isRecursive: effect.isRecursive, context, &scratch)
      for place in scratch.owners.indices {
        meet(scratch.owners[place], effect, facts, context, &scratch)
      }
    }
    if index.texts[verb].isEmpty { return }
    guard hasKnownTexts(scratch) else {
      // PERF: a text of which not all is known takes long, and few rows need the answer.
      for place in index.texts[verb].indices { scratch.leaveOpen(index.texts[verb][place]) }
      return
    }
    findTexts(&scratch)
    for place in scratch.found.indices {
      let owner = textOwners[Int(scratch.found[place])]
      let query = records.queries[Int(owner)]
      guard query.kind == .effect, query.verb == UInt32(truncatingIfNeeded: verb) else { continue }
      meet(owner, effect, facts, context, &scratch)
    }
  }

  /// Adds to a query whether the target that is ready passes, once for each target.
  private func meet(
    _ number: UInt32, _ effect: CommandEffectFact, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    guard !scratch.isSettled(number), scratch.isFirst(number) else { return }
    let query = records.queries[Int(number)]
    guard !query.isOnly, let target = records.target(of: query) else { return }
    var truth = self.truth(target, isRecursive: effect.isRecursive, context, &scratch)
    if query.value != CommandQueryRecords.Query.none, !truth.any.isFalse {
      truth = truth & valueTruth(query, effect, facts, context, &scratch)
      scratch.target.prepare(effect, facts, context)
    }
    scratch.note(number, FormTruth(effect.certainty) & truth)
  }

  /// Leaves in `scratch.owners` the queries whose places the target that is ready may lie in.
  private func findPlaces(
    _ group: Int, isRecursive: Bool, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) {
    scratch.owners.removeAll(keepingCapacity: true)
    switch scratch.target.kind {
    case .path, .anything:
      for reading in 0..<scratch.target.forms.count {
        if scratch.target.forms.isRemote {
          places[group].all(&scratch.places)
        } else {
          places[group].candidates(
            scratch.target.forms.readings[reading], isRecursive: isRecursive, context,
            &scratch.places)
        }
        takeOwners(group, &scratch)
      }
    case .host:
      places[group].candidates(scratch.target.host, &scratch.places)
      takeOwners(group, &scratch)
    case .text, .nothing: break
    }
  }

  private func takeOwners(_ group: Int, _ scratch: inout CommandQueryScratch) {
    for index in scratch.places.found.indices {
      scratch.owners.append(placeOwners[group][Int(scratch.places.found[index])])
    }
  }

  /// Whether all that texts are compared with is known, in every reading.
  private func hasKnownTexts(_ scratch: borrowing CommandQueryScratch) -> Bool {
    if scratch.target.kind != .path {
      return scratch.target.text.isKnown && !scratch.target.hasHome
    }
    for reading in 0..<scratch.target.forms.count
    where !scratch.target.forms.readings[reading].isSettled { return false }
    return true
  }

  /// Leaves in `scratch.found` the tests of texts that some form of what is ready passes, which is
  /// known.
  private func findTexts(_ scratch: inout CommandQueryScratch) {
    scratch.found.removeAll(keepingCapacity: true)
    guard scratch.target.kind == .path else {
      return collect(scratch.target.text, &scratch.texts, &scratch.found)
    }
    for reading in 0..<scratch.target.forms.count {
      collect(scratch.target.forms.readings[reading], &scratch.texts, &scratch.found)
      let hasHome = scratch.target.forms.readings[reading].readHome(0, into: &scratch.target.form)
      if hasHome { collect(scratch.target.form, &scratch.texts, &scratch.found) }
    }
  }

  /// Collects the tests that some form of a known path passes, that below a home directory aside.
  private func collect(
    _ forms: borrowing PathForms, _ memory: inout TextQueryScratch, _ found: inout [UInt32]
  ) {
    collect(forms.given.text, &memory, &found)
    if forms.absolute != forms.given { collect(forms.absolute.text, &memory, &found) }
    if forms.isInProject, forms.project != forms.given.text {
      collect(forms.project, &memory, &found)
    }
  }

  private func collect(
    _ text: borrowing PartialText, _ memory: inout TextQueryScratch, _ found: inout [UInt32]
  ) {
    texts.collect(text.bytes.span, &memory, into: &found)
  }
}

extension PathForms {
  /// Whether it is known in all its forms.
  fileprivate var isSettled: Bool {
    given.isKnown && absolute.isKnown && absolute.root == .absolute && !lacksProject
  }
}

extension CommandQueryRecords.Query {
  /// Whether it asks whether something in a command is so, part by part.
  var isOfSome: Bool { !isOnly && (kind == .runs || kind == .effect) }
}
