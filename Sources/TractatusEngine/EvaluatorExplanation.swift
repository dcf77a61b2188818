import TractatusJSON
import TractatusValues

extension Evaluator {
  /// Every clause considered for the action, in the order of the tables, and why it did or did not
  /// fire; with `readingCommands` those alone that test a command. Linear in the tables of the
  /// call's types; nothing for an input error.
  package mutating func explain(
    _ input: borrowing ActionInput, readingCommands: Bool = false
  ) -> [RuleExplanation] {
    let outcome = evaluate(input)
    if outcome.isError { return [] }
    var explanations: [RuleExplanation] = []
    for instance in instances where !instance.isGuard {
      for table in [Int(instance.type), image.tables.count - 1] {
        for index in image.tables[table].clauses.range
        where !readingCommands || readsCommand(image.clauses[index]) {
          beginType(instance.type)
          explanations.append(
            explain(UInt32(truncatingIfNeeded: index), as: instance, input))
        }
      }
    }
    return explanations.sorted { left, right in
      ReportOrder.precedes(
        [left.rule, left.type, left.clause], [right.rule, right.type, right.clause])
    }
  }

  /// Whether some test of a clause reads a command.
  private func readsCommand(_ clause: ClauseRecord) -> Bool {
    readsCommand(formula: clause.formula)
      || (clause.required != noIndex && readsCommand(formula: clause.required))
  }

  private func readsCommand(formula: UInt32) -> Bool {
    image.words[image.formulas[at: formula].tests.range].contains { readsCommand(test: $0) }
  }

  /// As deep as composite tests nest, which verification bounds.
  private func readsCommand(test: UInt32) -> Bool {
    let record = image.tests[at: test]
    switch TestKind(rawValue: record.kind) {
    case .command: return true
    case .composite:
      let code = image.code[Int(record.a)..<(Int(record.a) + Int(record.b))]
      return code.contains { step in
        step.operation == CodeOperation.test.rawValue && readsCommand(test: step.a)
      }
    case .quantified: return readsCommand(quantifier: record.a)
    default:
      guard record.attribute != noIndex else { return false }
      let type = image.valueTypes[at: image.attributes[at: record.attribute].valueType]
      return type.kind == ValueKind.text.rawValue && type.a == TextForm.command.rawValue
    }
  }

  private func readsCommand(quantifier: UInt32) -> Bool {
    let record = image.quantifiers[at: quantifier]
    return image.code[record.code.range].contains { step in
      step.operation == CodeOperation.command.rawValue
        || (step.operation == CodeOperation.quantified.rawValue
          && readsCommand(quantifier: step.a))
    }
  }

  private mutating func explain(
    _ clause: UInt32, as instance: TypeInstance, _ input: borrowing ActionInput
  ) -> RuleExplanation {
    let record = image.clauses[at: clause]
    let isOfRule = record.kind <= ClauseKind.require.rawValue
    let rule =
      isOfRule ? image.rules[at: record.owner].name : image.thresholds[at: record.owner].name
    var because: [String] = []
    var truth = evaluate(formula: record.formula, input) & instance.truth
    if liftsAnything(record), truth != .false {
      let isClear = isClear(instance.type, input)
      if isClear != .true { because.append("a command of the call is opaque: \((!isClear).word)") }
      truth = truth & isClear
    }
    if instance.truth == .unknown { because.append("the call may not be of this type") }
    if truth != .true { describe(tests: record.formula, into: &because, input) }
    var required: Truth?
    if record.required != noIndex && truth != .false {
      required = evaluate(formula: record.required, input)
      if required == .true {
        truth = .false
        because.append("what is required holds")
      } else {
        describe(tests: record.required, into: &because, input)
      }
    }
    if truth != .false { because += dispositions(of: clause, instance) }
    return RuleExplanation(
      rule: image.string(rule), type: image.string(image.actionTypes[at: instance.type].name),
      clause: image.string(record.text), at: image.string(record.place), truth: truth,
      required: required, because: because)
  }

  /// What became of a clause that is true or unknown.
  private func dispositions(of clause: UInt32, _ instance: TypeInstance) -> [String] {
    let own = results.filter {
      $0.clause == clause && instances[at: $0.instance].type == instance.type
    }
    guard let first = own.first else {
      return ["its rule is not live: it is inactive, outside its dates, or replaced"]
    }
    switch first.disposition {
    case .counts: return []
    case .waived: return ["waived until " + image.string(image.waivers[at: first.waiver].untilText)]
    case .shadow: return ["in the shadow: it does not count"]
    }
  }

  /// Says what every test of a formula is: one that is true may be what a `not` makes false.
  private mutating func describe(
    tests formula: UInt32, into because: inout [String], _ input: borrowing ActionInput
  ) {
    var tests: Set<UInt32> = []
    for row in image.formulas[at: formula].rows.range {
      for index in image.rows[row].literals.range { tests.insert(image.words[index] >> 1) }
    }
    for test in tests.sorted() {
      because.append("\(describe(test)): \(truth(of: test, input).word)")
    }
  }

  /// A test in words.
  private func describe(_ test: UInt32) -> String {
    let record = image.tests[at: test]
    let name =
      record.attribute == noIndex
      ? "" : "`\(image.string(image.attributes[at: record.attribute].name))` "
    switch TestKind(rawValue: record.kind) {
    case .present: return name + "is there"
    case .inRanges: return name + "lies in " + ranges(record)
    case .equalsText, .containsText:
      let texts = image.strings(Extent(start: Int(record.a), count: Int(record.b)))
      let list = texts.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ")
      let isEqual = record.kind == TestKind.equalsText.rawValue
      return name + (isEqual ? "is one of [" : "contains one of [") + list + "]"
    case .matches: return name + "matches the pattern"
    case .containsOrdinal: return name + "contains a value in " + ranges(record)
    case .count: return "count(" + name.dropLast() + ") lies in " + ranges(record)
    case .measuredLevel, .unmeasured: return name + "has this level"
    case .relation:
      return name + "compared with `\(image.string(image.attributes[at: record.b].name))`"
    case .recent: return name + "within its windows"
    case .place: return name + image.string(image.placeTests[at: record.a].text)
    case .command: return name + image.string(image.commandTests[at: record.a].text)
    case .quantified: return "the test of the list's elements"
    case .history:
      let history = image.histories[at: image.historyTests[at: record.a].history]
      let type = image.string(image.actionTypes[at: history.type].name)
      return "how often a `\(type)` that it asks for came before"
    case .composite, nil: return "the condition"
    }
  }

  private func ranges(_ record: TestRecord) -> String {
    guard record.attribute != noIndex else { return "[]" }
    var type = image.valueTypes[at: image.attributes[at: record.attribute].valueType]
    if type.kind == ValueKind.list.rawValue && record.kind != TestKind.count.rawValue {
      type = image.valueTypes[at: type.a]
    }
    let places = Int(record.a)..<(Int(record.a) + Int(record.b))
    let parts = places.prefix(5).map { index in
      let lower = place(image.rangeLower[index], type, record)
      let upper = place(image.rangeUpper[index], type, record)
      return lower == upper ? lower : "\(lower)..\(upper)"
    }
    return "[" + parts.joined(separator: ", ") + "]"
  }

  /// A place on a scale in words; empty past the ends of the scale.
  private func place(_ ordinal: Int128, _ type: ValueTypeRecord, _ test: TestRecord) -> String {
    let kind = ValueKind(rawValue: type.kind)
    if test.kind != TestKind.count.rawValue {
      if kind == .bool { return ordinal == 0 ? "false" : "true" }
      if kind == .time { return Instant(ordinal: ordinal)?.description ?? "" }
      if kind == .enumeration {
        guard ordinal >= 0, ordinal < Int128(type.b) else { return "" }
        let word = image.texts[at: type.a + UInt32(truncatingIfNeeded: ordinal)]
        return image.string(word)
      }
    }
    let isEnd = ordinal.magnitude > (Decimal.rawLimit - Decimal.scale).magnitude
    return isEnd ? "" : Decimal(raw: ordinal)?.description ?? ""
  }
}
