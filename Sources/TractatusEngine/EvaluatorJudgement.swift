import TractatusJSON
import TractatusValues

extension Evaluator {
  /// Turns the clauses that are true or unknown into what they say, for each type of the call.
  mutating func collectResults(_ input: borrowing ActionInput) {
    let any = UInt32(image.tables.count - 1)
    var index = 0
    while index < touched.count {
      let clause = touched[index]
      index += 1
      let record = image.clauses[at: clause]
      let truth = Self.truth(clauseMemo[at: clause])
      if record.table != any {
        let instance = instanceOfType[at: record.table]
        beginType(record.table)
        judge(clause, record, truth, instance, input)
        continue
      }
      for instance in instances.indices where !instances[instance].isGuard {
        beginType(instances[instance].type)
        judge(clause, record, truth, UInt32(truncatingIfNeeded: instance), input)
      }
    }
    judgePerType(any, input)
  }

  /// Clauses that depend on `action.type` are judged anew as each type.
  private mutating func judgePerType(_ any: UInt32, _ input: borrowing ActionInput) {
    for instance in instances.indices {
      let type = instances[instance].type
      beginType(type)
      let place = UInt32(truncatingIfNeeded: instance)
      judgePerType(table: type, place, input)
      if !instances[instance].isGuard { judgePerType(table: any, place, input) }
    }
  }

  private mutating func judgePerType(
    table: UInt32, _ instance: UInt32, _ input: borrowing ActionInput
  ) {
    for index in image.tables[at: table].perType.range {
      let clause = image.words[index]
      let record = image.clauses[at: clause]
      let truth = evaluate(formula: record.formula, input)
      if truth != .false { judge(clause, record, truth, instance, input) }
    }
  }

  /// Judges one clause as one type: whether it fires, is unmet or unknown, and whether it counts.
  private mutating func judge(
    _ clause: UInt32, _ record: ClauseRecord, _ truth: Truth, _ instance: UInt32,
    _ input: borrowing ActionInput
  ) {
    let place = instances[at: instance]
    var truth = truth & place.truth
    if liftsAnything(record) { truth = truth & isClear(place.type, input) }
    if truth == .false { return }
    let isOfRule = record.kind <= ClauseKind.require.rawValue
    if place.isGuard {
      guard let package = image.sealedPackage(of: record), !knowsMappings(package) else {
        return
      }
    }
    if let focus = options.focus {
      guard isOfRule && Int(record.owner) == focus else { return }
    }
    var state = truth == .true ? ClauseState.fired : .unknown
    if record.required != noIndex {
      if evaluate(formula: record.required, input) == .true { return }
      if truth == .true { state = .unmet }
    }
    var result = ClauseResult(
      clause: clause, instance: instance, state: state, disposition: .counts)
    if isOfRule {
      let loosens =
        record.kind == ClauseKind.effect.rawValue && record.verdict == Verdict.allow.rawValue
      guard isLive(record.owner, loosens: loosens, input) else { return }
      let mayCount = dispose(
        &result, rule: image.rules[at: record.owner], type: place.type, input)
      if loosens, !mayCount { return }
    } else if image.thresholds[at: record.owner].isShadow == 1 {
      result.disposition = .shadow
    }
    if result.disposition == .waived {
      recordWaivers(result, rule: image.rules[at: record.owner], type: place.type, input)
    } else {
      results.append(result)
      if result.disposition == .counts { count(result, record) }
    }
  }

  /// Whether a clause is an `allow` clause under `on any`, whose condition reads no parameter.
  @inline(__always)
  func liftsAnything(_ clause: ClauseRecord) -> Bool {
    clause.kind == ClauseKind.effect.rawValue && clause.verdict == Verdict.allow.rawValue
      && Int(clause.table) == image.tables.count - 1
  }

  /// Whether no command that a call of a type carries is opaque.
  mutating func isClear(_ type: UInt32, _ input: borrowing ActionInput) -> Truth {
    var result = Truth.true
    for index in image.actionTypes[at: type].opacities.range {
      result = result & !self.truth(of: image.words[index], input)
    }
    return result
  }

  /// Notes whether shadow or a waiver takes a rule's clause out; false where it is unknown whether
  /// a waiver does.
  private mutating func dispose(
    _ result: inout ClauseResult, rule: RuleRecord, type: UInt32, _ input: borrowing ActionInput
  ) -> Bool {
    if options.focus != nil { return true }
    var waived = Truth.false
    for index in rule.waivers.range { waived = waived | waives(image.words[index], type, input) }
    if waived == .true {
      result.disposition = .waived
    } else if rule.isShadow == 1 {
      result.disposition = .shadow
    }
    return waived != .unknown
  }

  private mutating func recordWaivers(
    _ result: ClauseResult, rule: RuleRecord, type: UInt32, _ input: borrowing ActionInput
  ) {
    for index in rule.waivers.range where waives(image.words[index], type, input) == .true {
      var result = result
      result.waiver = image.words[index]
      results.append(result)
    }
  }

  /// Whether a waiver acts for a type: its condition is true, and `at` is in its dates.
  private mutating func waives(
    _ waiver: UInt32, _ type: UInt32, _ input: borrowing ActionInput
  ) -> Truth {
    let record = image.waivers[at: waiver]
    let slot = rootSlot(.at)
    ensure(slot, input)
    let now = values[at: slot]
    var isWithinDates = Truth.unknown
    if now.state == .known {
      isWithinDates = Truth(
        now.ordinal >= image.numbers[at: record.from]
          && now.ordinal <= image.numbers[at: record.until])
      if isWithinDates == .false { return .false }
    }
    var result = Truth.false
    for index in record.formulas.range {
      let formula = image.waiverFormulas[index]
      guard formula.type == noIndex || formula.type == type else { continue }
      result = result | evaluate(formula: formula.formula, input)
    }
    return result & isWithinDates
  }

  /// Whether a rule is active, within its dates, and not replaced. What loosens needs a time to be
  /// within dates, and outside of those of a rule that replaces it: leaving `at` out must not grant
  /// what a rule granted that has expired, or was replaced.
  private mutating func isLive(
    _ rule: UInt32, loosens: Bool, _ input: borrowing ActionInput
  ) -> Bool {
    let record = image.rules[at: rule]
    if record.isActive == 0 && options.focus == nil { return false }
    let withoutTime = !loosens || options.focus != nil
    if !isWithinDates(record, input, withoutTime: withoutTime) { return false }
    if options.focus != nil { return true }
    for index in record.replacedBy.range {
      let other = image.rules[at: image.words[index]]
      if other.isActive == 1 && other.isShadow == 0
        && isWithinDates(other, input, withoutTime: loosens)
      {
        return false
      }
    }
    return true
  }

  /// Whether `at` lies within a rule's dates; `withoutTime` is the answer for a dated rule when
  /// there is no `at`.
  private mutating func isWithinDates(
    _ rule: RuleRecord, _ input: borrowing ActionInput, withoutTime: Bool
  ) -> Bool {
    if rule.since == noIndex && rule.until == noIndex { return true }
    let slot = rootSlot(.at)
    ensure(slot, input)
    let now = values[at: slot]
    guard now.state == .known else { return withoutTime }
    if rule.since != noIndex && now.ordinal < image.numbers[at: rule.since] { return false }
    return rule.until == noIndex || now.ordinal <= image.numbers[at: rule.until]
  }

  /// Takes a clause that counts into the verdict.
  private mutating func count(_ result: ClauseResult, _ record: ClauseRecord) {
    let given = verdict(of: result)
    judgement.verdict = max(judgement.verdict, given)
    guard result.state == .fired else { return }
    if record.kind == ClauseKind.effect.rawValue && record.verdict == Verdict.allow.rawValue {
      lifts.append(
        Lift(instance: result.instance, package: image.rules[at: record.owner].package))
    }
    if record.expectation != noIndex,
      image.expectations[at: record.expectation].isCorrecting == 1
    {
      judgement.mayCorrect = true
    }
  }

  /// The verdict that a clause gives: an unknown one asks, or warns when that is its verdict.
  @inline(__always)
  func verdict(of result: ClauseResult) -> Verdict {
    let own = Verdict(rawValue: UInt8(truncatingIfNeeded: image.clauses[at: result.clause].verdict))
    guard let own else { return .deny }
    return result.state == .unknown ? Self.unknownVerdict(own) : own
  }

  /// The verdict of something unknown that would give `verdict`.
  static func unknownVerdict(_ verdict: Verdict) -> Verdict { min(verdict, .ask) }

  // MARK: Defaults and floors

  /// Collects the defaults and floors that no `allow` lifts.
  mutating func collectDefaults(_ input: borrowing ActionInput) {
    if options.focus != nil { return }
    for index in instances.indices where !instances[index].isGuard {
      let instance = UInt32(truncatingIfNeeded: index)
      let own = defaultOtherwise(of: instances[index].type)
      if own.otherwise != noIndex { add(own.otherwise, own.isPackage, instance) }
      for package in image.floors {
        let floor = image.packages[at: package].otherwise
        if floor != own.otherwise && floor != noIndex { add(floor, true, instance) }
      }
    }
  }

  /// The `otherwise` of a type, or that of its package, or none.
  @inline(__always)
  private func defaultOtherwise(of type: UInt32) -> (otherwise: UInt32, isPackage: Bool) {
    let record = image.actionTypes[at: type]
    if record.otherwise != noIndex { return (record.otherwise, false) }
    if record.package == noIndex { return (noIndex, false) }
    return (image.packages[at: record.package].otherwise, true)
  }

  private mutating func add(_ otherwise: UInt32, _ isPackage: Bool, _ instance: UInt32) {
    let record = image.otherwises[at: otherwise]
    let type = image.actionTypes[at: instances[at: instance].type]
    let isOwn = type.package == record.package
    let isSealed = record.isSealed == 1 || (isOwn && type.isSealed == 1)
    for lift in lifts where lift.instance == instance {
      if !isSealed || lift.package == record.package { return }
    }
    let isUnknown = instances[at: instance].truth == .unknown
    defaultResults.append(
      DefaultResult(
        otherwise: otherwise, instance: instance, isPackage: isPackage, isSealed: isSealed,
        isUnknown: isUnknown))
    let own = Verdict(rawValue: UInt8(truncatingIfNeeded: record.verdict)) ?? .deny
    judgement.verdict = max(judgement.verdict, isUnknown ? Self.unknownVerdict(own) : own)
  }

  /// Says whether an `allow` was granted by rules.
  mutating func conclude() {
    guard judgement.verdict == .allow else { return }
    for index in instances.indices where !instances[index].isGuard {
      let isLifted = lifts.contains { $0.instance == UInt32(truncatingIfNeeded: index) }
      if !isLifted { return }
    }
    judgement.isGranted = true
  }
}
