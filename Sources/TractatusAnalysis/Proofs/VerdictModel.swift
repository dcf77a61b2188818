import TractatusCompiler
import TractatusSemantics
import TractatusValues

/// What gives decisions their verdicts, by action type: the formula of `grammar/semantics.md` §6
/// as goals of the solver.
///
/// It never leaves out what could make a verdict milder, and never leaves out what could make it
/// more severe: an answer `never` is a proof in both directions. What it takes for possible and is
/// not costs a proof and no more.
struct VerdictModel {
  let probed: ProbedPolicy
  let model: AnalysisModel
  var policy: LoweredPolicy { probed.lowered }
  var checked: CheckedPolicy { probed.lowered.checked }
  /// By rule: spans of dates in which a dated rule replaces it; and those always replaced.
  private let replacements: [Int: [OrdinalRange]]
  private let isReplaced: Set<Int>
  /// By rule: its waivers.
  private let waivers: [Int: [Int]]
  /// The number of each table's first clause among the program's.
  let firstClauses: [Int]
  /// By test: whether it asks which type is judged.
  let isPerType: [Bool]

  /// Prepares a policy. Linear in its size.
  init(_ probed: ProbedPolicy) {
    self.probed = probed
    let policy = probed.lowered
    model = AnalysisModel(policy)
    isPerType = policy.readTypeName
    var replacements: [Int: [OrdinalRange]] = [:]
    var isReplaced: Set<Int> = []
    for rule in policy.checked.rules where rule.isActive && !rule.isShadow {
      for other in rule.replaces {
        if let dates = rule.dates {
          replacements[Int(other.index), default: []].append(dates)
        } else {
          isReplaced.insert(Int(other.index))
        }
      }
    }
    self.replacements = replacements
    self.isReplaced = isReplaced
    waivers = Dictionary(grouping: policy.waivers.indices) { index in
      Int(policy.checked.waivers[policy.waivers[index].waiver].rule.index)
    }
    var first = 0
    var firstClauses: [Int] = []
    for table in policy.tables + [policy.anyTable] {
      firstClauses.append(first)
      first += table.clauses.count
    }
    self.firstClauses = firstClauses
  }

  // MARK: Calls

  /// The types that a call of a type may have besides: those that bring it, that the same tools
  /// may be mapped to, and that these bring.
  func companions(of type: Int) -> [Int] {
    var direct: Set<Int> = [type]
    var pending = [type]
    while let next = pending.popLast() {
      for mapping in checked.actionMappings where Int(mapping.type.index) == next {
        if direct.insert(Int(mapping.source.index)).inserted {
          pending.append(Int(mapping.source.index))
        }
      }
    }
    let tools = checked.toolMappings.filter { direct.contains(Int($0.type.index)) }
      .flatMap(\.tools)
    for mapping in checked.toolMappings where !direct.contains(Int(mapping.type.index)) {
      let meets = mapping.tools.contains { tool in
        tools.contains { ToolNames.meet(Array(tool.utf8), Array($0.utf8)) }
      }
      if meets { direct.insert(Int(mapping.type.index)) }
    }
    var all = direct
    pending = Array(direct)
    while let next = pending.popLast() {
      for mapping in checked.actionMappings where Int(mapping.source.index) == next {
        if all.insert(Int(mapping.type.index)).inserted {
          pending.append(Int(mapping.type.index))
        }
      }
    }
    all.remove(type)
    return all.sorted()
  }

  // MARK: Contributions

  /// Everything that may give a call of a type its verdict.
  func contributions(to type: Int) -> [Contribution] {
    var result: [Contribution] = []
    for (table, number) in [(policy.tables[type], type), (policy.anyTable, policy.tables.count)] {
      for (index, clause) in table.clauses.enumerated() {
        if let one = contribution(clause, type: type, number: firstClauses[number] + index) {
          result.append(one)
        }
      }
    }
    return (result + defaults(of: type)).map { one in one.mapped { settled($0, as: type) } ?? one }
  }

  func contribution(
    _ clause: LoweredClause, type: Int, number: Int
  ) -> Contribution? {
    var result = Contribution(
      clause: number, verdict: clause.verdict, subject: .condition(clause.formula.expression))
    switch clause.origin {
    case .rule(let rule, let position):
      let declared = checked.rules[rule]
      if declared.isShadow || isReplaced.contains(rule) { return nil }
      result.owner = declared.name.text
      result.removals = removals(of: rule, type: type)
      if case .expect(let expectation) = declared.clauses[position].kind, expectation.isCorrecting {
        result.corrects = clause.expectAttribute
        result.corrected = "\(expectation.expected ?? .null)"
      }
    case .level(let threshold, _), .unmeasured(let threshold):
      if checked.thresholds[threshold].isShadow { return nil }
      result.owner = checked.thresholds[threshold].name.text
    }
    // What is noted gives no verdict, but a call that it corrects passes with a warning.
    if clause.verdict == .allow, result.corrects == nil { return nil }
    result.tests = clause.formula.rows.flatMap { $0.literals.map(\.test) }
    if let required = clause.required {
      result.subject = .requirement(clause.formula.expression, required: required.expression)
      result.tests += required.rows.flatMap { $0.literals.map(\.test) }
    }
    return result
  }

  /// What takes a rule's clauses out, as judged for a type.
  private func removals(of rule: Int, type: Int) -> [[Goal]] {
    var result: [[Goal]] = []
    if let dates = checked.rules[rule].dates {
      result.append([Goal(probed.isWithin(dates), .isFalse)])
    }
    for dates in replacements[rule] ?? [] { result.append([Goal(probed.isWithin(dates), .isTrue)]) }
    for index in waivers[rule] ?? [] {
      let waiver = checked.waivers[policy.waivers[index].waiver]
      let dates = OrdinalRange(waiver.from.ordinal, waiver.until.ordinal)
      for (other, formula) in policy.waivers[index].formulas where other == type || other < 0 {
        result.append([
          Goal(formula.expression, .isTrue), Goal(probed.isWithin(dates), .isTrue),
        ])
      }
    }
    return result
  }

  /// What must be known for a rule's `allow` clauses to lift, as judged for a type: that its dates
  /// last, that no other rule replaces it, and that no waiver takes it out.
  private func lasting(_ rule: Int, type: Int) -> [Goal] {
    var result: [Goal] = []
    if let dates = checked.rules[rule].dates {
      result.append(Goal(probed.isWithin(dates), .isTrue))
    }
    for dates in replacements[rule] ?? [] {
      result.append(Goal(probed.isWithin(dates), .isFalse))
    }
    for index in waivers[rule] ?? [] {
      let waiver = checked.waivers[policy.waivers[index].waiver]
      let dates = probed.isWithin(OrdinalRange(waiver.from.ordinal, waiver.until.ordinal))
      for (other, formula) in policy.waivers[index].formulas where other == type || other < 0 {
        result.append(Goal(.and([formula.expression, dates]), .isFalse))
      }
    }
    return result
  }

  // MARK: Defaults

  private func defaults(of type: Int) -> [Contribution] {
    let declared = checked.actionTypes[type]
    let doubts = doubts(of: type)
    var result: [Contribution] = []
    func add(_ otherwise: Otherwise?, by package: Int?) {
      guard let otherwise, otherwise.verdict > .allow else { return }
      result.append(
        Contribution(
          clause: nil, owner: declared.name.text, verdict: otherwise.verdict,
          subject: .standing(lifts: lifts(of: type, by: package), doubts: doubts)))
    }
    guard let package = declared.package.map({ Int($0.index) }) else {
      result.append(
        Contribution(
          clause: nil, owner: declared.name.text, verdict: .ask,
          subject: .standing(lifts: lifts(of: type, by: nil), doubts: doubts)))
      addFloors(&result, of: type)
      return result
    }
    let own = declared.otherwise
    let shared = checked.packages[package].otherwise
    let isSealed = own.map { $0.isSealed || declared.isSealed } ?? (shared?.isSealed ?? false)
    add(own ?? shared, by: isSealed ? package : nil)
    addFloors(&result, of: type)
    return result
  }

  private func addFloors(_ result: inout [Contribution], of type: Int) {
    let doubts = doubts(of: type)
    for (index, package) in checked.packages.enumerated() {
      guard let floor = package.otherwise, floor.isSealed, floor.verdict > .allow else { continue }
      result.append(
        Contribution(
          clause: nil, owner: package.name, verdict: floor.verdict,
          subject: .standing(lifts: lifts(of: type, by: index), doubts: doubts)))
    }
  }

  /// What makes it unknown whether a call is of a type: that a mapping is which brings the type, or
  /// a type that brings it.
  private func doubts(of type: Int) -> [Goal] {
    var sources: Set<Int> = [type]
    var pending = [type]
    var result: [Goal] = []
    while let next = pending.popLast() {
      for (index, mapping) in checked.actionMappings.enumerated()
      where Int(mapping.type.index) == next {
        let source = Int(mapping.source.index)
        // It is judged as the type that brings the other.
        let condition = settled(policy.actionMappings[index].expression, as: source)
        let isSettled = !readsTypeName(condition)
        result.append(Goal(isSettled ? condition : .constant(true), isSettled ? .isUnknown : .any))
        if sources.insert(source).inserted { pending.append(source) }
      }
    }
    return result
  }

  /// The `allow` clauses that lift a default of a type, of one package or all.
  private func lifts(of type: Int, by package: Int?) -> [Contribution.Lift] {
    var result: [Contribution.Lift] = []
    for (clauses, isAny) in [
      (policy.tables[type].clauses, false), (policy.anyTable.clauses, true),
    ] {
      for clause in clauses where clause.verdict == .allow {
        guard case .rule(let rule, let position) = clause.origin,
          case .effect = checked.rules[rule].clauses[position].kind,
          !checked.rules[rule].isShadow, !isReplaced.contains(rule),
          package == nil || Int(checked.rules[rule].package.index) == package
        else { continue }
        var goals = [Goal(clause.formula, .isTrue)]
        if isAny {
          goals += policy.opacityTests[type].map { Goal(.test($0), .isFalse) }
        }
        goals += lasting(rule, type: type)
        result.append(Contribution.Lift(owner: checked.rules[rule].name.text, goals: goals))
      }
    }
    return result
  }
}
