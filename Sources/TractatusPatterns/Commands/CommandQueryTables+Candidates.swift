import TractatusValues

extension CommandQueryTables {
  /// As `CommandQuerySet.candidates`.
  func candidates(
    _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) {
    scratch.begin(count)
    scratch.effects.adopt(identity, context)
    scratch.subcommands.adopt(identity, facts.programs)
    scratch.options.adopt(identity, facts.programs)
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

  /// As `CommandQuerySet.wholeTruth`.
  func wholeTruth(
    _ query: Int, _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    ambiguityHolds: Bool, _ scratch: inout CommandQueryScratch
  ) -> Truth {
    let record = records.queries[query]
    if record.kind == .pipes, !scratch.mayBeNamed(query) {
      return facts.isOpaque ? .unknown : .false
    }
    guard record.isOfSome, scratch.isWorkedOut(query) else {
      return truth(
        query, facts, invocation: -1, context, ambiguityHolds: ambiguityHolds, &scratch)
    }
    let known = scratch.truth(query).resolved(ambiguityHolds: ambiguityHolds)
    return facts.isOpaque ? known | .unknown : known
  }

  /// As `CommandQuerySet.partTruth`.
  func partTruth(
    _ query: Int, _ facts: borrowing CommandFacts, invocation: Int,
    _ context: borrowing PathContext, ambiguityHolds: Bool, _ scratch: inout CommandQueryScratch
  ) -> Truth {
    if records.queries[query].isOfSome, scratch.isWorkedOut(query) {
      // What is false of the whole is false of its parts, and what there is but one part of is so
      // of that.
      let whole = scratch.truth(query)
      let isOnlyPart = invocation == 0 && facts.invocations.count == 1 && !facts.hasEffectsAlone
      if whole.any.isFalse || isOnlyPart {
        let known = whole.resolved(ambiguityHolds: ambiguityHolds)
        let isOpaque =
          facts.invocations.indices.contains(invocation)
          && facts.invocations[invocation].flags.contains(.opaque)
        return isOpaque ? known | .unknown : known
      }
    }
    return truth(
      query, facts, invocation: invocation, context, ambiguityHolds: ambiguityHolds, &scratch)
  }

  // MARK: Programs

  /// Decides what the program of an invocation may meet.
  private func decide(
    invocation number: Int, _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) {
    let invocation = facts.invocations[number]
    // INVARIANT: a command whose program is not known is opaque, and no test of it can be true.
    if invocation.flags.contains(.nameUnknown) { return scratch.noteUnnamed() }
    let name = Int(invocation.name.lowerBound)..<Int(invocation.name.upperBound)
    scratch.beginRound()
    var findsByOperand = false
    for group in index.groups(named: facts.line.text.span.extracting(name), records)
    where mayRun(invocation, second: index.secondWord(ofGroup: group), facts, &scratch) {
      if index.isFoundByOperand(group: group) { findsByOperand = true }
      for entry in index.entries(ofGroup: group) {
        decide(entry: entry, number, facts, context, &scratch)
      }
    }
    if findsByOperand || !scratch.waiting.isEmpty {
      decideOperands(number, findsByOperand, facts, context, &scratch)
    }
    decideUndeclared(invocation, facts, context, &scratch)
  }

  /// Decides a query that names the program of an invocation; one that asks for an operand waits
  /// for the others that do.
  private func decide(
    entry: Int, _ invocation: Int, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    let number = index.query(ofEntry: entry)
    let query = records.queries[Int(number)]
    guard query.kind == .runs, !query.isOnly else { return scratch.noteNamed(number) }
    guard !scratch.isSettled(number), scratch.isFirst(number) else { return }
    // PERF: of the other terms no name can be the invocation's.
    let terms = index.onlyTerm(ofEntry: entry).map { $0..<$0 + 1 } ?? query.terms
    let truth = self.truth(
      ofProgram: query, terms: terms, invocation, facts, context, &scratch)
    if truth.any.isFalse { return }
    if query.target == CommandQueryRecords.Query.none { return scratch.note(number, truth) }
    scratch.wait(number, truth, isFound: false, isPlace: query.target % 2 == 0)
  }

  /// Decides the waiting queries, each by all operands of the invocation, and those that its
  /// operands find.
  private func decideOperands(
    _ number: Int, _ findsByOperand: Bool, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    let invocation = facts.invocations[number]
    let isElsewhere = invocation.flags.contains(.isElsewhere)
    for index in invocation.operands {
      let operand = facts.operands[index]
      let certainty = FormTruth(operand.certainty)
      if findsByOperand {
        findByOperand(operand.text, isElsewhere, facts, context, &scratch)
        takeFound(number, certainty, facts, context, &scratch)
      }
      guard !scratch.waiting.isEmpty, scratch.waitsForAll else { continue }
      if scratch.waitsForPlaces {
        scratch.target.prepare(operand: operand.text, facts, isElsewhere: isElsewhere, context)
      } else {
        scratch.target.prepare(text: operand.text, facts, context)
      }
      for place in scratch.waiting.indices where !scratch.waiting[place].isFound {
        pass(scratch.waiting[place].query, certainty, isRecursive: false, context, &scratch)
      }
    }
    for place in scratch.waiting.indices {
      let waiting = scratch.waiting[place]
      var operands = scratch.passes(waiting.query)
      let query = records.queries[Int(waiting.query)]
      if !waiting.isFound, let target = records.target(of: query) {
        operands = withArguments(operands, target, query, invocation, facts, context, &scratch)
      }
      scratch.note(waiting.query, waiting.truth & operands)
    }
    scratch.endWaiting()
  }

  /// Leaves in `scratch.effects.met` the queries whose operand a text may be, whatever runs.
  private func findByOperand(
    _ text: CommandText, _ isElsewhere: Bool, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    if scratch.effects.find(operand: text, isElsewhere: isElsewhere, facts) { return }
    scratch.target.prepare(operand: text, facts, isElsewhere: isElsewhere, context)
    findPlaces(CommandQueryRecords.operands, isRecursive: false, context, &scratch)
    for place in scratch.owners.indices {
      let number = scratch.owners[place]
      let query = records.queries[Int(number)]
      guard query.isFoundByOperand, let target = records.target(of: query) else { continue }
      scratch.effects.add(
        number, truth(target, isRecursive: false, context, &scratch))
    }
    scratch.effects.keep()
  }

  /// Lets queries that an operand has found wait for the others, if the program is theirs.
  private func takeFound(
    _ invocation: Int, _ certainty: FormTruth, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    for place in scratch.effects.met.indices {
      let entry = scratch.effects.met[place]
      let number = EffectMemory.query(entry)
      guard !scratch.isSettled(number), let truth = EffectMemory.truth(entry) else { continue }
      if scratch.isFirst(number) {
        let query = records.queries[Int(number)]
        let program = self.truth(
          ofProgram: query, terms: query.terms, invocation, facts, context, &scratch)
        if !program.any.isFalse { scratch.wait(number, program, isFound: true, isPlace: true) }
      }
      if scratch.isWaiting(number) { scratch.pass(number, certainty & truth) }
    }
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
    _ invocation: CommandInvocation, second word: UInt32, _ facts: borrowing CommandFacts,
    _ scratch: inout CommandQueryScratch
  ) -> Bool {
    if word == CommandQueryIndex.none { return true }
    if invocation.bodies.count > 1 {
      return subcommand(Int(word), in: invocation.bodies.lowerBound, facts, &scratch)
        == facts.bodies[invocation.bodies.lowerBound + 1]
    }
    for index in invocation.operands {
      let operand = facts.operands[index]
      guard operand.certainty.isTrue, let known = facts.knownText(operand.text) else {
        return true
      }
      return equals(Int(word), known, facts)
    }
    return false
  }

  // MARK: Effects

  /// Decides what an effect may meet.
  private func decide(
    _ effect: CommandEffectFact, _ verb: Int, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    if scratch.effects.find(effect, facts) { return scratch.meetAgain(effect.certainty) }
    workOut(effect, verb, facts, context, &scratch)
    scratch.effects.keep()
  }

  /// Works out what an effect may meet.
  private func workOut(
    _ effect: CommandEffectFact, _ verb: Int, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    var isReady = false
    scratch.beginRound()
    for place in index.free[verb].indices {
      let number = index.free[verb][place]
      if scratch.isSettled(number) {
        scratch.effects.skip()
        continue
      }
      let query = records.queries[Int(number)]
      if query.target == CommandQueryRecords.Query.none {
        let passes = valueTruth(query, effect, facts, context, &scratch)
        scratch.meet(number, passes, effect.certainty)
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
    let tests = targetTests[verb]
    if tests.places.count > 0 {
      findPlaces(verb, isRecursive: effect.isRecursive, context, &scratch)
      for place in scratch.owners.indices {
        meet(scratch.owners[place], effect, facts, context, &scratch)
      }
    }
    if index.texts[verb].isEmpty { return }
    guard hasKnownTexts(scratch) else {
      // PERF: a text of which not all is known takes long, and few rows need the answer.
      for place in index.texts[verb].indices {
        let number = index.texts[verb][place]
        scratch.effects.add(open: number)
        scratch.leaveOpen(number)
      }
      return
    }
    findTexts(verb, &scratch)
    for place in scratch.found.indices {
      meet(tests.textOwners[Int(scratch.found[place])], effect, facts, context, &scratch)
    }
  }

  /// Adds to a query whether the target that is ready passes, once for each target.
  private func meet(
    _ number: UInt32, _ effect: CommandEffectFact, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    if scratch.isSettled(number) { return scratch.effects.skip() }
    guard scratch.isFirst(number) else { return }
    let query = records.queries[Int(number)]
    guard !query.isOnly, let target = records.target(of: query) else { return }
    var truth = self.truth(target, isRecursive: effect.isRecursive, context, &scratch)
    if query.value != CommandQueryRecords.Query.none, !truth.any.isFalse {
      truth = truth & valueTruth(query, effect, facts, context, &scratch)
      scratch.target.prepare(effect, facts, context)
    }
    scratch.meet(number, truth, effect.certainty)
  }

  /// Leaves in `scratch.owners` the queries whose places the target that is ready may lie in.
  private func findPlaces(
    _ group: Int, isRecursive: Bool, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) {
    scratch.owners.clear()
    let tests = targetTests[group]
    switch scratch.target.kind {
    case .path, .anything:
      for reading in 0..<scratch.target.forms.count {
        if scratch.target.forms.isRemote {
          tests.places.all(&scratch.places)
        } else {
          tests.places.candidates(
            scratch.target.forms.readings[reading], isRecursive: isRecursive, context,
            &scratch.places)
        }
        Self.takeOwners(tests, &scratch)
      }
    case .host:
      tests.places.candidates(scratch.target.host, &scratch.places)
      Self.takeOwners(tests, &scratch)
    case .text, .nothing: break
    }
  }

  private static func takeOwners(_ tests: TargetTests, _ scratch: inout CommandQueryScratch) {
    for index in scratch.places.found.indices {
      scratch.owners.append(tests.placeOwners[Int(scratch.places.found[index])])
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

  /// Leaves in `scratch.found` the tests of a verb's texts that some form of what is ready passes,
  /// which is known.
  private func findTexts(_ verb: Int, _ scratch: inout CommandQueryScratch) {
    scratch.found.clear()
    let tests = targetTests[verb]
    guard scratch.target.kind == .path else {
      return Self.collect(
        scratch.target.text, tests, &scratch.texts[verb], &scratch.found)
    }
    for reading in 0..<scratch.target.forms.count {
      Self.collect(
        scratch.target.forms.readings[reading], tests, &scratch.texts[verb], &scratch.found)
      let hasHome = scratch.target.forms.readings[reading].readHome(0, into: &scratch.target.form)
      if hasHome {
        Self.collect(scratch.target.form, tests, &scratch.texts[verb], &scratch.found)
      }
    }
  }

  /// Collects the tests that some form of a known path passes, that below a home directory aside.
  private static func collect(
    _ forms: borrowing PathForms, _ tests: TargetTests, _ memory: inout TextQueryScratch,
    _ found: inout [UInt32]
  ) {
    collect(forms.given.text, tests, &memory, &found)
    if forms.absolute != forms.given { collect(forms.absolute.text, tests, &memory, &found) }
    if forms.isInProject, forms.project != forms.given.text {
      collect(forms.project, tests, &memory, &found)
    }
  }

  private static func collect(
    _ text: borrowing PartialText, _ tests: TargetTests, _ memory: inout TextQueryScratch,
    _ found: inout [UInt32]
  ) {
    tests.texts.collect(text.bytes.span, &memory, into: &found)
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
