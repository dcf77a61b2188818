import TractatusValues

extension CommandQueryTables {
  /// Whether one invocation meets all that a query of programs asks for.
  func truth(
    of query: CommandQueryRecords.Query, _ number: Int, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    let truth = self.truth(
      ofProgram: query, terms: query.terms, number, facts, context, &scratch)
    guard !truth.any.isFalse, let target = records.target(of: query) else { return truth }
    let invocation = facts.invocations[number]
    let isElsewhere = invocation.flags.contains(.isElsewhere)
    var operands = FormTruth(query.isOnly)
    for index in invocation.operands {
      let operand = facts.operands[index]
      prepare(operand.text, for: target, facts, isElsewhere: isElsewhere, context, &scratch)
      let passes = self.truth(target, isRecursive: false, context, &scratch)
      operands = joined(operands, passes, operand.certainty, query)
    }
    return truth
      & withArguments(operands, target, query, invocation, facts, context, &scratch)
  }

  /// Whether an invocation runs one of a query's programs with the options that it wants.
  ///
  /// - Parameter terms: those of the query's that may have its name.
  func truth(
    ofProgram query: CommandQueryRecords.Query, terms: Range<Int>, _ number: Int,
    _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    var truth = FormTruth(self.truth(ofTerms: terms, number, facts, &scratch))
    if query.lacksOperand, !truth.any.isFalse {
      truth = FormTruth(self.truth(ofBareTerms: query, number, facts, &scratch))
    }
    for test in query.options {
      if truth.any.isFalse { return truth }
      let option = records.option(test, isOnly: query.isOnly)
      truth = truth & self.truth(of: option, query, number, facts, context, &scratch)
    }
    return truth
  }

  /// What of the operands passes, with the arguments that are operands where the options that take
  /// them are not declared.
  func withArguments(
    _ operands: FormTruth, _ target: CommandQueryRecords.Target,
    _ query: CommandQueryRecords.Query, _ invocation: CommandInvocation,
    _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    guard invocation.program >= 0, isUndeclared(invocation, query.visible, facts) else {
      return operands
    }
    let isElsewhere = invocation.flags.contains(.isElsewhere)
    var operands = operands
    for index in invocation.options {
      let option = facts.options[index]
      guard option.hasValue, option.value.word != option.spelling.word else { continue }
      prepare(option.value, for: target, facts, isElsewhere: isElsewhere, context, &scratch)
      let passes = self.truth(target, isRecursive: false, context, &scratch)
      operands = joined(operands, passes, option.certainty, query)
    }
    return operands
  }

  /// Gets an operand or argument ready for one test.
  @inline(__always)
  private func prepare(
    _ text: CommandText, for target: CommandQueryRecords.Target, _ facts: borrowing CommandFacts,
    isElsewhere: Bool, _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) {
    if target.number % 2 == 1 {
      // PERF: a test of a text needs no forms of a path.
      scratch.target.prepare(text: text, facts, context)
    } else {
      scratch.target.prepare(operand: text, facts, isElsewhere: isElsewhere, context)
    }
  }

  /// Whether an invocation is given options as a test of a query wants them.
  private func truth(
    of test: CommandQueryRecords.OptionTest, _ query: CommandQueryRecords.Query, _ number: Int,
    _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    let isForeign = isUndeclared(facts.invocations[number], query.visible, facts)
    var given = FormTruth(test.isAll)
    // With `only` and without a negation every argument passes, whichever option has it.
    let isOfAll = query.isOnly && !test.isNegated
    var arguments = FormTruth(true)
    for word in test.words {
      let range = records.range(ofWord: word)
      var truth = FormTruth(true)
      if test.argument == nil || isOfAll {
        truth = FormTruth(isGiven(word, by: number, facts, &scratch))
      }
      if let target = test.argument {
        let passes = records.bytes.withSpan(range) { spelling in
          self.truth(
            ofArguments: spelling, target, isOfAll: isOfAll, query, number, facts, context,
            &scratch)
        }
        if isOfAll { arguments = arguments & passes } else { truth = passes }
      }
      if isForeign {
        // To the rule's package every word that looks like an option is one.
        let hidden = records.bytes.withSpan(range) { facts.isHidden($0, by: number) }
        truth = truth.joined(truth | FormTruth(test.argument == nil ? hidden : hidden & .unknown))
      }
      given = test.isAll ? given & truth : given | truth
    }
    return test.isNegated ? !given : given & arguments
  }

  /// As `CommandFacts.isGiven`, of the spelling that a word is.
  private func isGiven(
    _ word: Int, by number: Int, _ facts: borrowing CommandFacts,
    _ scratch: inout CommandQueryScratch
  ) -> Truth {
    let range = records.range(ofWord: word)
    var result = records.bytes.withSpan(range) { facts.isGivenUndeclared($0, by: number) }
    let invocation = facts.invocations[number]
    if invocation.options.isEmpty { return result }
    for place in invocation.bodies {
      let body = facts.bodies[place]
      var option = scratch.options.find(word, body)
      if option == nil {
        let found = records.bytes.withSpan(range) {
          facts.programs.option(spelled: $0, in: Int(body)) ?? -1
        }
        option = Int32(truncatingIfNeeded: found)
        scratch.options.keep(word, body, Int32(truncatingIfNeeded: found))
      }
      if let option, option >= 0 {
        result = result | facts.isGiven(option: Int(option), invocation)
      }
    }
    return result
  }

  /// Whether some argument, or each, that an invocation gives an option passes a test.
  private func truth(
    ofArguments spelling: Span<UInt8>, _ target: CommandQueryRecords.Target, isOfAll: Bool,
    _ query: CommandQueryRecords.Query, _ number: Int, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    let invocation = facts.invocations[number]
    let isElsewhere = invocation.flags.contains(.isElsewhere)
    let isForeign = isUndeclared(invocation, query.visible, facts)
    var result = FormTruth(isOfAll)
    if invocation.flags.contains(.hasUnknownOption) {
      result = isOfAll ? result & FormTruth(.unknown) : result | FormTruth(.unknown)
    }
    for index in invocation.options where facts.isSpelled(index, spelling, by: number) {
      let option = facts.options[index]
      var passes = FormTruth(false)
      if option.hasValue {
        prepare(option.value, for: target, facts, isElsewhere: isElsewhere, context, &scratch)
        passes = self.truth(target, isRecursive: false, context, &scratch)
      } else if option.option < 0 || isForeign {
        // Whether the next word is its argument, nothing says.
        passes = FormTruth(.unknown)
      }
      result =
        isOfAll
        ? result & (passes | FormTruth(!option.certainty))
        : result | (passes & FormTruth(option.certainty))
    }
    return result
  }
}
