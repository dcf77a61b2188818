import TractatusValues

extension CommandQueryTables {
  /// As `CommandQuerySet.truth`.
  func truth(
    _ query: Int, _ facts: borrowing CommandFacts, invocation: Int,
    _ context: borrowing PathContext, ambiguityHolds: Bool, _ scratch: inout CommandQueryScratch
  ) -> Truth {
    let record = records.queries[query]
    scratch.subcommands.adopt(identity, facts.programs)
    scratch.options.adopt(identity, facts.programs)
    let count = facts.invocations.count
    let range =
      invocation < 0 ? 0..<count : min(invocation, count)..<min(invocation + 1, count)
    let isOpaque =
      invocation < 0
      ? facts.isOpaque
      : range.contains(invocation) && facts.invocations[invocation].flags.contains(.opaque)
    let truth: FormTruth
    switch record.kind {
    case .isOpaque: return Truth(isOpaque)
    case .isUndeclared:
      for number in range where isUndeclared(facts.invocations[number], record.visible, facts) {
        return .true
      }
      return .false
    case .runs: truth = runsTruth(record, range, isWhole: invocation < 0, facts, context, &scratch)
    case .effect:
      truth = effectTruth(record, range, isWhole: invocation < 0, facts, context, &scratch)
    case .pipes: truth = FormTruth(pipeTruth(record, range, facts, context, &scratch))
    }
    let known = truth.resolved(ambiguityHolds: ambiguityHolds)
    // What else an opaque command does may pass, and may not.
    if isOpaque { return record.isOnly ? known & .unknown : known | .unknown }
    return known
  }

  // MARK: Programs

  private func runsTruth(
    _ query: CommandQueryRecords.Query, _ range: Range<Int>, isWhole: Bool,
    _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    if query.isOnly {
      guard !range.isEmpty else { return FormTruth(.false) }
      var result = FormTruth(doesNothingBeside(range, isWhole: isWhole, facts))
      for number in range {
        if result.any.isFalse { break }
        var one = truth(of: query, number, facts, context, &scratch)
        // No declaration that a rule's package does not see makes false what is not without it.
        if isForeign(facts.invocations[number], query.visible, facts),
          isNamed(by: query, facts.invocations[number], facts)
        {
          one = one.joined(FormTruth(.true))
        }
        result = result & one
      }
      return result
    }
    var result = FormTruth(.false)
    for number in range {
      result = result | truth(of: query, number, facts, context, &scratch)
      if result.all.isTrue { break }
    }
    return result
  }

  /// Whether no redirection writes, and no variable is set, that could make harmless programs do
  /// harm.
  private func doesNothingBeside(
    _ range: Range<Int>, isWhole: Bool, _ facts: borrowing CommandFacts
  ) -> Truth {
    var result = Truth.true
    for index in effects(range, isWhole: isWhole, facts) {
      let effect = facts.effects[index]
      let isHarm =
        effect.verb == .sets || (effect.isRedirection && effect.verb == .writes)
      if isHarm { result = result & !effect.certainty }
    }
    return result
  }

  /// The effects of all of the command, or of one invocation; where there is none, all, of which
  /// those of no invocation count.
  private func effects(
    _ range: Range<Int>, isWhole: Bool, _ facts: borrowing CommandFacts
  ) -> Range<Int> {
    guard !isWhole, let first = range.first else { return facts.effects.indices }
    return facts.invocations[first].effects
  }

  // MARK: Effects

  private func effectTruth(
    _ query: CommandQueryRecords.Query, _ range: Range<Int>, isWhole: Bool,
    _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    var result = FormTruth(query.isOnly)
    for index in effects(range, isWhole: isWhole, facts) {
      let effect = facts.effects[index]
      guard UInt32(effect.verb.rawValue) == query.verb else { continue }
      if !isWhole, range.isEmpty, effect.invocation >= 0 { continue }
      if query.isOnly ? result.any.isFalse : result.all.isTrue { break }
      var passes = FormTruth(.true)
      if let target = records.target(of: query) {
        scratch.target.prepare(effect, facts, context)
        passes = self.truth(target, isRecursive: effect.isRecursive, context, &scratch)
      }
      passes = passes & valueTruth(query, effect, facts, context, &scratch)
      // For who does not see the program so it does this in the one reading alone.
      if query.isOnly, !effect.isRedirection, isForeign(effect, query.visible, facts) {
        passes = passes.joined(FormTruth(.true))
      }
      result = joined(result, passes, effect.certainty, query)
    }
    for number in range {
      let invocation = facts.invocations[number]
      if invocation.program >= 0, isUndeclared(invocation, query.visible, facts) {
        result = readsTruth(result, query, invocation, facts, context, &scratch)
      }
      if query.undeclaredIsUnknown || query.isOnly, mayDoMore(query, invocation, facts) {
        result = joined(result, FormTruth(.unknown), .unknown, query)
      }
    }
    return result
  }

  /// Whether an effect is one of an invocation that those who count for a query read otherwise.
  private func isForeign(
    _ effect: CommandEffectFact, _ visible: UInt32, _ facts: borrowing CommandFacts
  ) -> Bool {
    guard effect.invocation >= 0 else { return false }
    return isForeign(facts.invocations[Int(effect.invocation)], visible, facts)
  }

  /// Whether the value that a variable is set to passes a query's test of it.
  func valueTruth(
    _ query: CommandQueryRecords.Query, _ effect: CommandEffectFact,
    _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    guard let value = records.value(of: query) else { return FormTruth(.true) }
    if value.number % 2 == 1 {
      scratch.target.prepare(text: effect.value, facts, context)
      scratch.target.hasHome = false
    } else {
      scratch.target.prepare(value: effect.value, facts, context)
    }
    return truth(value, isRecursive: false, context, &scratch)
  }

  /// What an effect adds to a test of some, or of all.
  func joined(
    _ result: FormTruth, _ passes: FormTruth, _ certainty: Truth,
    _ query: CommandQueryRecords.Query
  ) -> FormTruth {
    query.isOnly
      ? result & (passes | FormTruth(!certainty)) : result | (passes & FormTruth(certainty))
  }

  /// Adds that a program reads its operands which is not declared for the query.
  func readsTruth(
    _ result: FormTruth, _ query: CommandQueryRecords.Query, _ invocation: CommandInvocation,
    _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    guard query.verb == UInt32(CommandEffectFact.Verb.reads.rawValue) else { return result }
    let isElsewhere = invocation.flags.contains(.isElsewhere)
    let isRecursive = facts.isRecursive(invocation)
    var result = result
    func add(
      _ text: CommandText, _ certainty: Truth, _ context: borrowing PathContext,
      _ scratch: inout CommandQueryScratch
    ) {
      var passes = FormTruth(.true)
      if let target = records.target(of: query) {
        // A URL has no path, which passes nothing.
        guard !facts.isURL(text) else {
          result = joined(result, FormTruth(.false), certainty, query)
          return
        }
        scratch.target.prepare(path: text, isNestedElsewhere: isElsewhere, facts, context)
        passes = truth(target, isRecursive: isRecursive, context, &scratch)
      }
      result = joined(result, passes, certainty, query)
    }
    for index in invocation.operands {
      add(facts.operands[index].text, facts.operands[index].certainty, context, &scratch)
    }
    for index in invocation.options {
      let option = facts.options[index]
      guard option.hasValue, option.value.word != option.spelling.word else { continue }
      add(option.value, option.certainty, context, &scratch)
    }
    return result
  }

  /// Whether it is unknown whether an invocation has more effects of a verb: of what is not
  /// declared, or of an option that a word may be.
  func mayDoMore(
    _ query: CommandQueryRecords.Query, _ invocation: CommandInvocation,
    _ facts: borrowing CommandFacts
  ) -> Bool {
    if isUndeclared(invocation, query.visible, facts) { return true }
    if invocation.flags.contains(.hasUndeclaredOption) { return true }
    guard invocation.flags.contains(.hasUnknownOption) else { return false }
    for body in invocation.bodies
    where facts.programs.hasOption(doing: query.verb, in: Int(facts.bodies[body])) {
      return true
    }
    return false
  }
}

extension ProgramTable {
  /// Whether some option or subcommand of a body has an effect of a verb. Linear in the body with
  /// its subcommands.
  func hasOption(doing verb: UInt32, in body: Int) -> Bool {
    let first = Int(bodies[body * 6 + 2])
    for entry in first..<first + Int(bodies[body * 6 + 3]) {
      let named = entries[entry * Self.entrySize + 3]
      if named & Self.subcommandBit != 0 {
        // What a subcommand may be that is not known can do what any of them does.
        let inner = Int(named & ~Self.subcommandBit)
        if hasEffect(verb, Int(bodies[inner * 6]), Int(bodies[inner * 6 + 1]))
          || hasOption(doing: verb, in: inner)
        {
          return true
        }
        continue
      }
      let option = Int(named)
      if hasEffect(verb, Int(options[option * 6 + 2]), Int(options[option * 6 + 3])) {
        return true
      }
    }
    return false
  }

  private func hasEffect(_ verb: UInt32, _ first: Int, _ count: Int) -> Bool {
    let (reads, sends) = (CommandEffectFact.Verb.reads, CommandEffectFact.Verb.sends)
    for effect in first..<first + count {
      let done = effects[effect * 5]
      // What is sent is read.
      if done == verb || done == UInt32(sends.rawValue) && verb == UInt32(reads.rawValue) {
        return true
      }
    }
    return false
  }
}
