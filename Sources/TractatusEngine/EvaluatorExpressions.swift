import TractatusJSON
import TractatusValues

extension Evaluator {
  /// The truth of a formula, worked out row by row.
  mutating func evaluate(formula: UInt32, _ input: borrowing ActionInput) -> Truth {
    let record = image.formulas[at: formula]
    var result = Truth.false
    for row in record.rows.range {
      result = result | evaluate(literals: image.rows[row].literals, input)
      if result == .true { break }
    }
    return result
  }

  /// The truth of a conjunction of literals.
  @inline(__always)
  mutating func evaluate(literals: Extent, _ input: borrowing ActionInput) -> Truth {
    var result = Truth.true
    var index = literals.start
    let end = index + literals.count
    while index < end {
      let literal = image.words[at: index]
      var value = truth(of: literal >> 1, input)
      if literal & 1 == 1 { value = !value }
      result = result & value
      if result == .false { break }
      index += 1
    }
    return result
  }

  /// Runs an expression in postfix order on the stack `truths`, of which it leaves `base` values.
  mutating func run(_ code: Extent, base: Int, _ input: borrowing ActionInput) -> Truth {
    for index in code.range {
      let step = image.code[index]
      guard let operation = CodeOperation(rawValue: step.operation) else { continue }
      switch operation {
      case .constant: truths.append(Self.truth(step.a))
      case .test: truths.append(truth(of: step.a, input))
      case .not:
        guard let last = truths.popLast() else { continue }
        truths.append(!last)
      case .and, .or: join(Int(step.a), isAnd: operation == .and)
      case .quantified: truths.append(nested(step.a, input))
      case .exact, .relation, .recent, .place, .command:
        elementTests += 1
        truths.append(elementTest(operation, step, input))
      }
    }
    // INVARIANT: verification has checked that an expression leaves exactly one value.
    let result = truths.popLast() ?? .unknown
    if truths.count > base { truths.removeLast(truths.count - base) }
    return result
  }

  private mutating func join(_ count: Int, isAnd: Bool) {
    guard count > 0 && count <= truths.count else { return }
    var result = isAnd ? Truth.true : Truth.false
    for _ in 0..<count {
      guard let value = truths.popLast() else { break }
      result = isAnd ? result & value : result | value
    }
    truths.append(result)
  }

  // MARK: Quantifiers

  /// An outermost quantifier: unknown past its budget of element tests.
  mutating func quantifier(_ index: UInt32, _ input: borrowing ActionInput) -> Truth {
    prepare(image.quantifiers[at: index], input)
    elementTests = 0
    let result = nested(index, input)
    return elementTests > elementTestLimit ? .unknown : result
  }

  /// Binds every attribute that the quantifier reads, so that no text has to be kept while an
  /// element's is.
  private mutating func prepare(
    _ quantifier: QuantifierRecord, _ input: borrowing ActionInput
  ) {
    prepare(operand: quantifier.list, input)
    for index in quantifier.code.range {
      let step = image.code[index]
      switch CodeOperation(rawValue: step.operation) {
      case .exact: prepare(operand: step.d, input)
      case .place, .command: prepare(operand: step.b, input)
      case .relation:
        prepare(operand: step.b, input)
        prepare(operand: step.c, input)
      case .recent:
        prepare(operand: step.c, input)
        for root in [RootSlot.at, .messages, .tokens] { ensure(rootSlot(root), input) }
      case .quantified: prepare(image.quantifiers[at: step.a], input)
      default: continue
      }
    }
  }

  private mutating func prepare(operand: UInt32, _ input: borrowing ActionInput) {
    let record = image.elementOperands[at: operand]
    if record.isElement == 0 { _ = value(of: record.index, input) }
  }

  /// A quantifier over the elements of its list; nothing is skipped, so that the budget does not
  /// depend on the order of elements. Verification bounds how deep they nest.
  private mutating func nested(_ index: UInt32, _ input: borrowing ActionInput) -> Truth {
    let quantifier = image.quantifiers[at: index]
    let start = texts.count
    let list = operand(quantifier.list, input)
    if list.state != .known { return list.state == .unknown ? .unknown : .false }
    let listType = operandType(quantifier.list)
    if image.valueTypes[at: listType].kind == ValueKind.text.rawValue {
      return nestedCommand(quantifier, list, input)
    }
    let element = image.valueTypes[at: listType].a
    let tape = tape(of: list.document, input)
    var next = list.isSingle ? list.place : tape.firstChild(list.place)
    var result = quantifier.isUniversal == 1 && next != nil ? Truth.true : Truth.false
    while let node = next, elementTests <= elementTestLimit {
      next = list.isSingle ? nil : tape.next(node)
      let before = texts.count
      let value = convert(tape, list.document, node, to: element, keepsText: true)
      elements.append(value ?? Value())
      let truth = run(quantifier.code, base: truths.count, input)
      elements.removeLast()
      texts.removeLast(texts.count - before)
      result = quantifier.isUniversal == 1 ? result & truth : result | truth
    }
    texts.removeLast(texts.count - start)
    return result
  }

  /// The truth of a quantifier under those whose elements stand in `elements`.
  mutating func nestedTruth(_ index: UInt32, _ input: borrowing ActionInput) -> Truth {
    let before = elementTests
    defer { elementTests = before }
    elementTests = 0
    return nested(index, input)
  }

  /// The value that a test under a quantifier reads.
  mutating func operand(_ index: UInt32, _ input: borrowing ActionInput) -> Value {
    let record = image.elementOperands[at: index]
    if record.isElement == 0 { return value(of: record.index, input) }
    guard Int(record.index) < elements.count else { return Value() }
    let element = elements[at: record.index]
    if element.document == Value.invocation {
      // An invocation lies in no document, so that nothing but a test of commands can read it.
      let isWhole = record.fields.isEmpty && record.part == URLPart.whole.rawValue
      return isWhole && form(of: record.valueType) == .command ? element : Value()
    }
    return follow(record.fields, part: record.part, from: element, to: record.valueType, input)
  }

  /// The type of what a test under a quantifier reads.
  func operandType(_ index: UInt32) -> UInt32 {
    let record = image.elementOperands[at: index]
    return record.isElement == 0
      ? image.attributes[at: record.index].valueType : record.valueType
  }

  mutating func elementTest(
    _ operation: CodeOperation, _ step: CodeRecord, _ input: borrowing ActionInput
  ) -> Truth {
    switch operation {
    case .exact:
      guard let kind = TestKind(rawValue: step.a) else { return .unknown }
      let value = operand(step.d, input)
      let type = operandType(step.d)
      if kind == .equalsText || kind == .matches, value.state == .known, hasForms(type) {
        let memory = readForms(of: step.d, value, type, input)
        return formsTruth(
          memory, form(of: type),
          TextTest(
            isPattern: kind == .matches, start: step.b, count: step.c, set: step.e, isWhole: true),
          ambiguityHolds: step.f == 1)
      }
      return exact(kind, step.b, step.c, step.e, value, type, isWhole: true, input)
    case .place: return placeTest(step, input)
    case .command: return commandTest(step, input)
    case .relation:
      guard let code = RelationCode(rawValue: step.a) else { return .unknown }
      return relate(
        operand(step.b, input), operandType(step.b), code, operand(step.c, input),
        operandType(step.c), input)
    default:
      return isRecent(operand(step.c, input), operandType(step.c), step.a, step.b, input)
    }
  }

  // MARK: Ages

  /// Whether a time, or the last use of a component, lies within all windows.
  mutating func isRecent(
    _ value: Value, _ type: UInt32, _ start: UInt32, _ count: UInt32,
    _ input: borrowing ActionInput
  ) -> Truth {
    if value.state != .known { return value.state == .unknown ? .unknown : .false }
    var result = Truth.true
    for index in start..<(start + count) {
      let window = image.windows[at: index]
      guard case .age(let age) = age(of: value, type, unit: window.unit, input), age >= 0 else {
        result = result & .unknown
        continue
      }
      result = result & Truth(age <= image.numbers[at: window.amount])
    }
    return result
  }

  /// The age of a value in one unit, or why there is none.
  mutating func age(
    of value: Value, _ type: UInt32, unit: UInt32, _ input: borrowing ActionInput
  ) -> Age {
    let root: RootSlot = unit == 0 ? .messages : unit == 1 ? .tokens : .at
    let slot = rootSlot(root)
    ensure(slot, input)
    let now = values[at: slot]
    if image.valueTypes[at: type].kind == ValueKind.time.rawValue {
      return now.state == .known ? .age(now.ordinal - value.ordinal) : .missingRoot(slot)
    }
    let record = image.valueTypes[at: type]
    guard record.kind == ValueKind.record.rawValue, unit < record.b else { return .missingFigure }
    // INVARIANT: a component's fields are, by name, message, timestamp and tokens.
    let field = image.recordFields[at: record.a + (unit == 0 ? 0 : unit == 1 ? 2 : 1)]
    let tape = tape(of: value.document, input)
    guard
      let member = member(field.name, of: value.place, tape),
      tape.kind(member) != .null,
      let figure = convert(
        tape, value.document, member, to: field.valueType, keepsText: false)
    else { return .missingFigure }
    return now.state == .known ? .age(now.ordinal - figure.ordinal) : .missingRoot(slot)
  }
}

/// The age of something, or why it is not known.
enum Age {
  case age(Int128)
  /// A root that was not supplied.
  case missingRoot(UInt32)
  /// A figure that the component's last use lacks.
  case missingFigure
}

/// The most element tests of an outermost quantifier.
let elementTestLimit = 10_000
