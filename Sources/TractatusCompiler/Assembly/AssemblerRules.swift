import TractatusEngine
import TractatusSemantics
import TractatusValues

extension Assembler {
  /// The policy rules and waivers, at the same places as in the checked policy.
  mutating func addRules() {
    var replacedBy: [[Int]] = Array(repeating: [], count: checked.rules.count)
    for (index, rule) in checked.rules.enumerated() {
      for other in rule.replaces { replacedBy[Int(other.index)].append(index) }
    }
    var waivers: [[Int]] = Array(repeating: [], count: checked.rules.count)
    for waiver in lowered.waivers {
      let declared = checked.waivers[waiver.waiver]
      waivers[Int(declared.rule.index)].append(pools.sections.waivers.count)
      add(waiver, declared)
    }
    for (index, rule) in checked.rules.enumerated() {
      var record = record(rule)
      record.replacedBy = pools.words(replacedBy[index])
      record.waivers = pools.words(waivers[index])
      pools.sections.rules.append(record)
    }
  }

  private mutating func add(_ waiver: LoweredWaiver, _ declared: Waiver) {
    var record = WaiverRecord()
    record.from = pools.number(declared.from.ordinal)
    record.until = pools.number(declared.until.ordinal)
    record.reason = pools.text(declared.because)
    record.approvedBy = pools.texts(declared.approvedBy)
    record.untilText = pools.text(declared.untilText)
    let formulas = waiver.formulas.map { type, formula in
      var record = WaiverFormulaRecord()
      record.type = type < 0 ? noIndex : UInt32(clamping: type)
      record.formula = add(formula, clause: nil, table: nil)
      return record
    }
    record.formulas = Extent(
      start: pools.sections.waiverFormulas.count, count: formulas.count)
    pools.sections.waiverFormulas += formulas
    pools.sections.waivers.append(record)
  }

  private mutating func record(_ rule: PolicyRule) -> RuleRecord {
    var record = RuleRecord()
    record.name = pools.text(rule.name.text)
    record.package = UInt32(clamping: Int(rule.package.index))
    record.kind = UInt32(rule.kind.rawValue)
    record.isSealed = rule.isSealed ? 1 : 0
    record.isShadow = rule.isShadow ? 1 : 0
    record.isActive = rule.isActive ? 1 : 0
    record.since = pools.number(rule.since?.ordinal)
    record.until = pools.number(rule.until?.ordinal)
    record.offers = pools.texts(rule.offers)
    record.checks = pools.texts(rule.checks)
    record.notifies = pools.texts(rule.notifies)
    record.section = pools.text(Self.metadata("section", of: rule.metadata))
    record.domain = pools.text(Self.metadata("domain", of: rule.metadata))
    if let deliberation = rule.deliberation, rule.kind == .boundary {
      record.deliberation = pools.constant(Self.plan(deliberation))
    }
    return record
  }

  private static func metadata(_ name: String, of entries: [MetadataEntry]) -> String {
    switch entries.first(where: { $0.name == name })?.value {
    case .text(let text): text
    case .enumeration(let word): word
    default: ""
    }
  }

  /// A boundary's plan as the report carries it: what was declared, the rounds of a deliberation,
  /// the stakeholders, who await a person's approval, and a record of the outcome to be filled in.
  private static func plan(_ deliberation: Deliberation) -> ReportValue {
    var entries = deliberation.metadata.map {
      NamedValue(name: $0.name, value: AssemblerPools.report($0.value))
    }
    func add(_ name: String, _ value: ReportValue) {
      entries.append(NamedValue(name: name, value: value))
    }
    func texts(_ texts: [String]) -> ReportValue { .list(texts.map { .text($0) }) }
    add("tensions", texts(deliberation.tensions))
    let frameworks = deliberation.frameworks.map { framework in
      ReportValue.record([
        NamedValue(name: "name", value: .text(framework.name)),
        NamedValue(name: "holds", value: .text(framework.holds)),
        NamedValue(name: "from", value: texts(framework.from)),
      ])
    }
    add("frameworks", .list(frameworks))
    if let process = process(of: metadata("urgency", of: deliberation.metadata)) {
      add("process", .text(process))
    }
    add(
      "rounds",
      texts([
        "positions", "shared values and accommodations",
        "agreement and irreducible differences", "decision with dissent and moral remainder",
      ]))
    var stakeholders: [String] = []
    for group in deliberation.frameworks.flatMap(\.from) where !stakeholders.contains(group) {
      stakeholders.append(group)
    }
    let awaiting = stakeholders.map { group in
      ReportValue.record([
        NamedValue(name: "group", value: .text(group)),
        NamedValue(name: "status", value: .text("awaiting_human_approval")),
      ])
    }
    add("stakeholders", .list(awaiting))
    let outcome = ["decision", "dissent", "moral_remainder"].map {
      NamedValue(name: $0, value: ReportValue.null)
    }
    add("outcome", .record(outcome))
    if let days = deliberation.reviewAfterDays,
      let number = Decimal(exactly: Int(days))
    {
      add("review_after_days", .number(number))
    }
    return .record(entries)
  }

  /// How long a deliberation of a tier of urgency takes, and what it consists of.
  private static func process(of urgency: String) -> String? {
    switch urgency {
    case "critical": "minutes to hours: triage and review by people at once, all rounds later"
    case "urgent": "hours to days: all rounds, compressed"
    case "important": "weeks: all rounds"
    case "routine": "months: a match with precedents, and a light review"
    default: nil
    }
  }

  // MARK: Thresholds

  /// The thresholds in the order in which they are worked out.
  mutating func addThresholds() {
    for lowered in lowered.thresholds {
      let declared = checked.thresholds[lowered.threshold]
      var record = ThresholdRecord()
      record.name = pools.text(declared.name.text)
      record.package = UInt32(clamping: Int(declared.package.index))
      record.isSealed = declared.isSealed ? 1 : 0
      record.isShadow = declared.isShadow ? 1 : 0
      record.given = lowered.given.map { UInt32(clamping: $0) } ?? noIndex
      record.base = pools.number(declared.base.raw)
      record.levelSlot = UInt32(clamping: levelSlots[lowered.threshold])
      record.scoreSlot = UInt32(clamping: thresholdScoreSlots[lowered.threshold])
      record.factors = add(lowered.factors, of: declared)
      record.points = addPoints(lowered.points, of: declared)
      record.levels = addLevels(of: declared)
      pools.sections.thresholds.append(record)
    }
  }

  private mutating func add(_ factors: [LoweredArithmetic], of declared: Threshold) -> Extent {
    let start = pools.sections.factors.count
    for (factor, arithmetic) in zip(declared.factors, factors) {
      var record = FactorRecord()
      record.name = pools.text(factor.name)
      record.weight = pools.number(factor.weight.raw)
      record.fallback = pools.number(factor.fallback?.raw)
      let first = pools.sections.arithmetic.count
      append(arithmetic)
      record.code = Extent(start: first, count: pools.sections.arithmetic.count - first)
      pools.sections.factors.append(record)
    }
    return Extent(start: start, count: pools.sections.factors.count - start)
  }

  /// Appends arithmetic in postfix order; as deep as the expression, which parsing bounds.
  private mutating func append(_ arithmetic: LoweredArithmetic) {
    func step(_ operation: ArithmeticOperation, _ a: UInt32 = 0) -> ArithmeticRecord {
      var record = ArithmeticRecord()
      record.operation = operation.rawValue
      record.a = a
      return record
    }
    switch arithmetic {
    case .number(let number):
      pools.sections.arithmetic.append(step(.number, pools.number(number.raw)))
    case .attribute(let attribute):
      pools.sections.arithmetic.append(step(.attribute, UInt32(clamping: attribute)))
    case .count(let attribute):
      pools.sections.arithmetic.append(step(.count, UInt32(clamping: attribute)))
    case .add(let left, let right): append(left, right, step(.add))
    case .subtract(let left, let right): append(left, right, step(.subtract))
    case .multiply(let left, let right): append(left, right, step(.multiply))
    case .divide(let left, let right): append(left, right, step(.divide))
    }
  }

  private mutating func append(
    _ left: LoweredArithmetic, _ right: LoweredArithmetic, _ step: ArithmeticRecord
  ) {
    append(left)
    append(right)
    pools.sections.arithmetic.append(step)
  }

  private mutating func addPoints(_ points: [LoweredFormula], of declared: Threshold) -> Extent {
    let records = zip(declared.points, points).map { point, formula in
      var record = PointRecord()
      record.amount = pools.number(point.amount.raw)
      record.formula = add(formula, clause: nil, table: nil)
      return record
    }
    let start = pools.sections.points.count
    pools.sections.points += records
    return Extent(start: start, count: records.count)
  }

  private mutating func addLevels(of declared: Threshold) -> Extent {
    let start = pools.sections.levels.count
    for level in declared.levels {
      var record = LevelRecord()
      record.name = pools.text(level.name)
      record.from = pools.number(level.from.raw)
      pools.sections.levels.append(record)
    }
    return Extent(start: start, count: declared.levels.count)
  }
}
