import TractatusJSON
import TractatusPatterns
import TractatusValues

/// What the evaluator keeps of one command that tests read.
struct CommandMemory: Sendable {
  /// The value that was read, in the decision of this number; 0 for none.
  var epoch: UInt32 = 0
  var key = Value()
  /// What it does.
  var facts = CommandFacts()
  /// How many elements a quantifier has over it, those aside and with those of which nothing is
  /// known, for what is opaque.
  ///
  /// PERF: kept here, for to ask the facts copies all of them.
  var knownCount = 0
  var elementCount = 0
  /// The memory of its tests.
  var scratch = CommandQueryScratch()
  /// The decision in which the candidates among its tests were collected.
  var probed: UInt32 = 0
  /// The directories that its paths start from, and which of the evaluator's that are.
  ///
  /// PERF: a copy, so that no test takes one.
  var context = PathContext()
  var directories: UInt64 = 0
  /// By test: the decision in which it was a candidate.
  var marks: [UInt32]

  init(queryCount: Int) { marks = Array(repeating: 0, count: queryCount) }

  /// Forgets which decision it belongs to.
  mutating func forget() {
    (epoch, probed) = (0, 0)
    for index in marks.indices { marks[index] = 0 }
  }

  /// Whether a value is the one that was read.
  func holds(_ value: Value, in epoch: UInt32) -> Bool {
    self.epoch == epoch && key.document == value.document && key.node == value.node
      && key.start == value.start && key.count == value.count
  }
}

extension Evaluator {
  /// Reads a command's facts, unless they are those of this value already.
  mutating func readCommand(_ commands: UInt32, _ value: Value) {
    if commandMemories[at: commands].holds(value, in: epoch) { return }
    commandMemories[at: commands].epoch = epoch
    commandMemories[at: commands].key = value
    Self.read(
      texts, value.range, image.programs, &workspace.commandReader,
      &commandMemories[at: commands].facts)
    Self.count(&commandMemories[at: commands])
  }

  private static func count(_ memory: inout CommandMemory) {
    memory.knownCount = memory.facts.elementCount
    memory.elementCount = memory.knownCount + (memory.facts.isOpaque ? 1 : 0)
  }

  static func read(
    _ texts: [UInt8], _ range: Range<Int>, _ programs: ProgramTable,
    _ reader: inout CommandReader, _ facts: inout CommandFacts
  ) {
    reader.read(texts.span.extracting(range), programs: programs, into: &facts)
  }

  /// A test of the command that an attribute is.
  mutating func commandTest(
    _ test: UInt32, _ attribute: UInt32, _ input: borrowing ActionInput
  ) -> Truth {
    let value = value(of: attribute, input)
    let commands = image.attributes[at: attribute].commands
    guard value.state == .known, commands != noIndex else {
      return value.state == .absent ? .false : .unknown
    }
    // PERF: the index that finds the rows decides this one, too; a mapping's condition comes first.
    findCandidates(commands, value)
    let query = image.commandTests[at: test].query
    if commandMemories[at: commands].marks[at: query] != epoch { return .false }
    return commandTruth(test, commands, invocation: -1)
  }

  /// A test, under a quantifier, of a command or of an invocation of one.
  mutating func commandTest(_ step: CodeRecord, _ input: borrowing ActionInput) -> Truth {
    let value = operand(step.b, input)
    guard value.state == .known else { return value.state == .absent ? .false : .unknown }
    if value.document == Value.invocation {
      if value.node == noIndex { return .unknown }
      // Candidates are those of every simple command, too. An image may ask the command of one
      // quantifier what is a test of another's.
      let query = image.commandTests[at: step.a].query
      if commandMemories[at: value.subject].probed == epoch {
        guard query < commandMemories[at: value.subject].marks.count else { return .unknown }
        if commandMemories[at: value.subject].marks[at: query] != epoch { return .false }
        if Self.isFalseOfAll(
          query, image.commandSets[at: value.subject], &commandMemories[at: value.subject])
        {
          return isOpaque(Int(value.node), of: value.subject) ? .unknown : .false
        }
      }
      return commandTruth(step.a, value.subject, invocation: Int(value.node))
    }
    let commands = commandsOf(operand: step.b)
    guard commands != noIndex else { return .unknown }
    readCommand(commands, value)
    return commandTruth(step.a, commands, invocation: -1)
  }

  /// Whether a test is known to be false of all that a command runs.
  private static func isFalseOfAll(
    _ query: UInt32, _ set: borrowing CommandQuerySet, _ memory: inout CommandMemory
  ) -> Bool {
    set.isFalseOfAll(Int(query), &memory.scratch)
  }

  /// Whether what an element of a command runs cannot be known.
  @inline(__always)
  private func isOpaque(_ element: Int, of commands: UInt32) -> Bool {
    element < commandMemories[Int(commands)].facts.invocations.count
      && commandMemories[Int(commands)].facts.invocations[element].flags.contains(.opaque)
  }

  /// The truth of a test of a command that was read, or of one of its invocations.
  private mutating func commandTruth(
    _ test: UInt32, _ commands: UInt32, invocation: Int
  ) -> Truth {
    let record = image.commandTests[at: test]
    preparePlaces(of: commands)
    return Self.truth(
      of: Int(record.query), image.commandSets[at: commands], &commandMemories[at: commands],
      invocation: invocation, isProbed: commandMemories[at: commands].probed == epoch,
      ambiguityHolds: record.ambiguityHolds == 1)
  }

  /// Makes sure that the directories that a command's paths start from are those of this decision.
  @inline(__always)
  private mutating func preparePlaces(of commands: UInt32) {
    preparePlaces()
    let round = workspace.placeTools.round
    if commandMemories[at: commands].directories == round { return }
    commandMemories[at: commands].directories = round
    commandMemories[at: commands].context.take(workspace.placeTools.context)
  }

  private static func truth(
    of query: Int, _ set: borrowing CommandQuerySet, _ memory: inout CommandMemory,
    invocation: Int, isProbed: Bool, ambiguityHolds: Bool
  ) -> Truth {
    guard isProbed else {
      return set.truth(
        query, memory.facts, invocation: invocation, memory.context,
        ambiguityHolds: ambiguityHolds, &memory.scratch)
    }
    if invocation < 0 {
      return set.wholeTruth(
        query, memory.facts, memory.context, ambiguityHolds: ambiguityHolds, &memory.scratch)
    }
    return set.partTruth(
      query, memory.facts, invocation: invocation, memory.context,
      ambiguityHolds: ambiguityHolds, &memory.scratch)
  }

  /// The tests of the command that a test under a quantifier reads, or none.
  func commandsOf(operand: UInt32) -> UInt32 {
    let record = image.elementOperands[at: operand]
    return record.isElement == 0 ? image.attributes[at: record.index].commands : record.commands
  }
}

// MARK: Candidates

extension Evaluator {
  /// Marks the tests of a command that may be true or unknown, and collects the rows that are
  /// reached through them.
  mutating func markCommands(_ index: AttributeIndexRecord, _ value: Value) {
    let commands = image.attributes[at: index.attribute].commands
    findCandidates(commands, value)
    for candidate in commandMemories[at: commands].scratch.candidates.indices {
      let query = commandMemories[at: commands].scratch.candidates[candidate]
      let offset = index.commandTests + query
      var place = image.words[at: offset]
      let end = image.words[at: offset + 1]
      while place < end {
        collectRows(of: image.words[at: place])
        place += 1
      }
    }
  }

  /// Marks the tests of a command that may be true or unknown, once in a decision.
  private mutating func findCandidates(_ commands: UInt32, _ value: Value) {
    if commandMemories[at: commands].probed == epoch { return }
    readCommand(commands, value)
    preparePlaces(of: commands)
    Self.collect(image.commandSets[at: commands], &commandMemories[at: commands])
    commandMemories[at: commands].probed = epoch
    for candidate in commandMemories[at: commands].scratch.candidates.indices {
      let query = commandMemories[at: commands].scratch.candidates[candidate]
      commandMemories[at: commands].marks[at: query] = epoch
    }
  }

  private static func collect(
    _ set: borrowing CommandQuerySet, _ memory: inout CommandMemory
  ) {
    set.candidates(memory.facts, memory.context, &memory.scratch)
  }
}

// MARK: Quantifiers

extension Evaluator {
  /// A quantifier over the invocations of a command.
  ///
  /// What an opaque command runs besides is one more of them, of which nothing is known.
  mutating func nestedCommand(
    _ quantifier: QuantifierRecord, _ list: Value, _ input: borrowing ActionInput
  ) -> Truth {
    let commands = commandsOf(operand: quantifier.list)
    guard commands != noIndex else { return .unknown }
    readCommand(commands, list)
    let count = elementCount(commands)
    let known = commandMemories[Int(commands)].knownCount
    // Nothing is skipped, so that the number of tests says before any is made whether they are
    // too many.
    let steps = image.code[quantifier.code.range].count { $0.isElementTest }
    if steps > 0, count > elementTestLimit / steps {
      elementTests = elementTestLimit + 1
      return .unknown
    }
    var result = quantifier.isUniversal == 1 && count > 0 ? Truth.true : Truth.false
    var index = 0
    while index < count, elementTests <= elementTestLimit {
      elements.append(.invocation(index, of: commands, known: known))
      let truth = run(quantifier.code, base: truths.count, input)
      elements.removeLast()
      result = quantifier.isUniversal == 1 ? result & truth : result | truth
      index += 1
    }
    return result
  }

  /// Whether some quantifier over a command that was read may need more tests than its budget.
  func isCrowded(_ commands: UInt32) -> Bool {
    guard quantifierSteps > 0, commandMemories[at: commands].probed == epoch else { return false }
    return elementCount(commands) > elementTestLimit / quantifierSteps
  }

  /// How many elements a command that was read has for a quantifier.
  @inline(__always)
  func elementCount(_ commands: UInt32) -> Int { commandMemories[Int(commands)].elementCount }
}

extension CodeRecord {
  /// Whether it counts as a test of an element.
  var isElementTest: Bool {
    switch CodeOperation(rawValue: operation) {
    case .exact, .relation, .recent, .place, .command: true
    default: false
    }
  }
}

extension Value {
  /// The document number of an invocation, which stands in no document.
  static let invocation: UInt8 = 4

  /// An invocation of a command; behind the last stand the effects of none, if there are any, and
  /// then that of which nothing is known.
  static func invocation(_ index: Int, of commands: UInt32, known: Int) -> Value {
    var value = Value()
    value.state = .known
    value.document = invocation
    value.subject = commands
    value.node =
      index < known ? UInt32(truncatingIfNeeded: index) : noIndex
    return value
  }
}
