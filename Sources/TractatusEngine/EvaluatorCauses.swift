import TractatusJSON
import TractatusValues

extension Evaluator {
  /// The causes of everything unknown that a clause's condition contains, each once.
  mutating func causes(
    of clause: ClauseRecord, _ instance: TypeInstance, _ input: borrowing ActionInput
  ) -> [String] {
    var causes = Causes()
    beginType(instance.type)
    collect(formula: clause.formula, into: &causes, input)
    if clause.required != noIndex { collect(formula: clause.required, into: &causes, input) }
    if liftsAnything(clause) {
      for index in image.actionTypes[at: instance.type].opacities.range {
        collect(test: image.words[index], into: &causes, input)
      }
    }
    collect(membershipOf: instance.type, into: &causes, input)
    return causes.texts
  }

  /// The causes for which it is unknown whether the call is of a type.
  mutating func causes(
    ofMembership instance: TypeInstance, _ input: borrowing ActionInput
  ) -> [String] {
    var causes = Causes()
    collect(membershipOf: instance.type, into: &causes, input)
    return causes.texts
  }

  private mutating func collect(
    membershipOf type: UInt32, into causes: inout Causes, _ input: borrowing ActionInput
  ) {
    // Mappings have no cycles; verification has put them in order.
    var pending = [type]
    var seen = [type]
    while let next = pending.popLast() {
      if marks[at: next].epoch != epoch || marks[at: next].isDirect { continue }
      for index in image.actionTypes[at: next].mappings.range {
        let mapping = image.actionMappings[index]
        guard marks[at: mapping.source].epoch == epoch else { continue }
        beginType(mapping.source)
        collect(formula: mapping.formula, into: &causes, input)
        if !seen.contains(mapping.source) {
          seen.append(mapping.source)
          pending.append(mapping.source)
        }
      }
    }
    beginType(type)
  }

  /// Adds the causes of the unknown tests of a formula.
  mutating func collect(
    formula: UInt32, into causes: inout Causes, _ input: borrowing ActionInput
  ) {
    for index in image.formulas[at: formula].tests.range {
      collect(test: image.words[index], into: &causes, input)
    }
  }

  private mutating func collect(
    test: UInt32, into causes: inout Causes, _ input: borrowing ActionInput
  ) {
    let record = image.tests[at: test]
    let kind = TestKind(rawValue: record.kind)
    if kind == .composite {
      // Verification bounds how deep composites nest.
      for index in Int(record.a)..<(Int(record.a) + Int(record.b))
      where image.code[index].operation == CodeOperation.test.rawValue {
        collect(test: image.code[index].a, into: &causes, input)
      }
      return
    }
    guard truth(of: test, input) == .unknown else { return }
    switch kind {
    case .quantified:
      elementTests = 0
      _ = quantifier(record.a, input)
      if elementTests > elementTestLimit {
        causes.add("more than \(elementTestLimit) element tests")
      } else {
        collect(quantifier: record.a, into: &causes, input)
      }
    case .history: collect(history: record.a, into: &causes, input)
    case .relation:
      collect(value(of: record.attribute, input), into: &causes)
      collect(value(of: record.b, input), into: &causes)
    case .recent:
      let value = value(of: record.attribute, input)
      let attribute = image.attributes[at: record.attribute]
      collect(
        ageOf: value, attribute.valueType, attribute.name, record.a, record.b, into: &causes,
        input)
    case .place:
      let attribute = image.attributes[at: record.attribute]
      let value = value(of: record.attribute, input)
      collect(
        place: record.a, value, isPath: form(of: attribute.valueType) == .path, attribute.slot,
        into: &causes)
    case .command:
      let attribute = image.attributes[at: record.attribute]
      let value = value(of: record.attribute, input)
      collect(
        command: record.a, value, attribute.commands, image.string(attribute.name), into: &causes)
    default:
      let value = value(of: record.attribute, input)
      collect(value, into: &causes)
      let attribute = image.attributes[at: record.attribute]
      if attribute.forms != noIndex { collect(unreadable: value, attribute.slot, into: &causes) }
    }
  }

  /// Adds that a known value, of which a test is unknown all the same, cannot be read.
  func collect(unreadable value: Value, _ slot: UInt32, into causes: inout Causes) {
    if value.state == .known { causes.add(cause(of: .unknown(.unreadable, of: slot))) }
  }

  func collect(_ value: Value, into causes: inout Causes) {
    if value.state == .unknown { causes.add(cause(of: value)) }
  }

  /// Why a value is not known, in words.
  func cause(of value: Value) -> String {
    guard value.subject != noIndex else {
      return value.cause == .unreadable
        ? "an element cannot be read" : "an input was not supplied"
    }
    let slot = image.slots[at: value.subject]
    let name = image.string(slot.name)
    switch value.cause {
    case .conflictingExtractions:
      return "several values, or an unfit one, were extracted for `\(name)`"
    case .conflictingMappings: return "the mappings give several values for `\(name)`"
    case .notYielded: return "`\(name)` does not follow from the call"
    case .unreadable: return "`\(name)` cannot be read"
    case .notSupplied:
      switch SlotKind(rawValue: slot.kind) {
      case .fact: return "fact `\(name)` was not supplied"
      case .component: return "the last use of `\(name)` is not known"
      case .level, .thresholdScore: return "threshold `\(name)` is unmeasured"
      default: return "`\(name)` was not supplied"
      }
    }
  }

  private mutating func collect(
    ageOf value: Value, _ type: UInt32, _ name: Extent, _ start: UInt32, _ count: UInt32,
    into causes: inout Causes, _ input: borrowing ActionInput
  ) {
    guard value.state == .known else { return collect(value, into: &causes) }
    for index in start..<(start + count) {
      switch age(of: value, type, unit: image.windows[at: index].unit, input) {
      case .age(let age): if age < 0 { causes.add("`\(image.string(name))` lies in the future") }
      case .missingRoot(let slot): collect(values[at: slot], into: &causes)
      case .missingFigure: causes.add("the last use of `\(image.string(name))` is not known")
      }
    }
  }

  // MARK: Quantifiers

  /// Adds the causes of a quantifier that is unknown: those of its list, and of the unknown tests
  /// of its condition for each element. As deep as quantifiers nest.
  private mutating func collect(
    quantifier index: UInt32, into causes: inout Causes, _ input: borrowing ActionInput
  ) {
    let quantifier = image.quantifiers[at: index]
    let list = operand(quantifier.list, input)
    guard list.state == .known else { return collect(list, into: &causes) }
    let listType = image.valueTypes[at: operandType(quantifier.list)]
    if listType.kind == ValueKind.text.rawValue {
      return collect(ofCommand: quantifier, list, into: &causes, input)
    }
    let tape = tape(of: list.document, input)
    var next = list.isSingle ? list.place : tape.firstChild(list.place)
    while let node = next {
      next = list.isSingle ? nil : tape.next(node)
      let value = convert(tape, list.document, node, to: listType.a, keepsText: true)
      elements.append(value ?? Value())
      for place in quantifier.code.range { collect(step: image.code[place], into: &causes, input) }
      elements.removeLast()
    }
  }

  mutating func collect(
    step: CodeRecord, into causes: inout Causes, _ input: borrowing ActionInput
  ) {
    switch CodeOperation(rawValue: step.operation) {
    case .exact:
      let value = operand(step.d, input)
      collect(value, into: &causes)
      guard value.state == .known, hasForms(operandType(step.d)),
        elementTest(.exact, step, input) == .unknown
      else { return }
      collect(unreadable: value, operandSlot(step.d), into: &causes)
    case .place:
      guard placeTest(step, input) == .unknown else { return }
      collect(
        place: step.a, operand(step.b, input), isPath: form(of: operandType(step.b)) == .path,
        operandSlot(step.b), into: &causes)
    case .command:
      guard commandTest(step, input) == .unknown else { return }
      let value = operand(step.b, input)
      let commands =
        value.document == Value.invocation ? value.subject : commandsOf(operand: step.b)
      collect(
        command: step.a, value, commands, commandName(value, operandName(step.b)), into: &causes)
    case .relation:
      let left = operand(step.b, input)
      let right = operand(step.c, input)
      if left.state == .absent || right.state == .absent { return }
      collect(left, into: &causes)
      collect(right, into: &causes)
    case .recent:
      let value = operand(step.c, input)
      let type = operandType(step.c)
      guard isRecent(value, type, step.a, step.b, input) == .unknown else { return }
      collect(ageOf: value, type, operandName(step.c), step.a, step.b, into: &causes, input)
    case .quantified:
      let quantifier = image.quantifiers[at: step.a]
      if nestedTruth(step.a, input) == .unknown {
        if operand(quantifier.list, input).state == .unknown {
          collect(operand(quantifier.list, input), into: &causes)
        } else {
          collect(quantifier: step.a, into: &causes, input)
        }
      }
    default: return
    }
  }

  /// The slot of what a test under a quantifier reads; none for an element.
  private func operandSlot(_ operand: UInt32) -> UInt32 {
    let record = image.elementOperands[at: operand]
    return record.isElement == 0 ? image.attributes[at: record.index].slot : noIndex
  }

  /// The name of what a test under a quantifier reads, as causes give it.
  private func operandName(_ operand: UInt32) -> Extent {
    let record = image.elementOperands[at: operand]
    return record.isElement == 0 ? image.attributes[at: record.index].name : record.name
  }
}

/// Causes in the order in which they were met, each once.
struct Causes {
  private(set) var texts: [String] = []
  /// How many were met, those that were there already included.
  private(set) var metCount = 0

  /// Adds a cause unless it is there.
  mutating func add(_ text: String) {
    metCount += 1
    if !texts.contains(where: { ReportOrder.equal($0, text) }) { texts.append(text) }
  }
}
