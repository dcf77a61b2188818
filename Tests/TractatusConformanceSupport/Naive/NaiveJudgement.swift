import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Something that a clause, a threshold or a default says of a call.
struct NaiveStatement {
  enum Kind {
    case fired, unmet
    /// With the causes of every unknown test.
    case unknown([String])
  }
  /// A correction that a fired `correct` clause asks for.
  struct Correction {
    var attribute: String
    var value: ConstantValue
    /// Where in the call's parameters the value stands.
    var places: [[String]]
  }

  var kind: Kind
  /// Of the rule, threshold, type or package; its package decides what it may lift or correct.
  var name: String
  var package: PackageID?
  /// The declaration's word.
  var word: String
  var type: String
  var verdict: Verdict
  var reason: String
  var span: SourceSpan?
  var clauseText = ""
  var conflict: Conflict?
  var final: FinalDecision?
  var isSealed = false
  var isShadow = false
  /// The place in `CheckedPolicy.rules`.
  var rule: Int?
  /// A fired `allow` clause of a rule that counts.
  var isGrant = false
  /// What an `==` conflict expects, and of which parameter.
  var expected: (parameter: String, value: ConstantValue)?
  var correction: Correction?
}

/// Everything that a policy says of a call, before it is put into a report.
struct NaiveJudgement {
  let call: NaiveCall
  private(set) var statements: [NaiveStatement] = []
  private(set) var waived: [WaivedEntry] = []
  private var policy: CheckedPolicy { call.policy }

  /// Judges a call by every rule, threshold and default.
  init(_ call: NaiveCall) {
    self.call = call
    for rule in policy.rules.indices where isLive(rule) { judge(rule) }
    for threshold in policy.thresholds.indices { judge(threshold: threshold) }
    for type in call.types { judgeDefaults(of: type) }
  }

  /// The verdict: the most severe of all that counts.
  var verdict: Verdict {
    statements.filter { !$0.isShadow }.map(\.verdict).max() ?? .allow
  }

  /// An `allow` clause fired for every type of the call, and nothing is more severe.
  var isGranted: Bool {
    verdict == .allow
      && call.types.allSatisfy { type in
        let name = policy.actionTypes[type.type].name.text
        return statements.contains { $0.isGrant && $0.type == name }
      }
  }

  // MARK: Which rules judge what

  private func isWithinDates(_ rule: PolicyRule) -> Bool? {
    if rule.since == nil && rule.until == nil { return true }
    guard let at = call.scope.surroundings.at else { return nil }
    if let since = rule.since, at < since { return false }
    if let until = rule.until, until < at { return false }
    return true
  }

  private func loosens(_ clause: Clause) -> Bool {
    if case .effect = clause.kind { clause.verdict == .allow } else { false }
  }

  private func isLive(_ index: Int) -> Bool {
    let rule = policy.rules[index]
    guard rule.isActive, isWithinDates(rule) ?? true else { return false }
    return !replaced(index).contains(true)
  }

  /// Of each rule that replaces another whether it is within its dates.
  private func replaced(_ index: Int) -> [Bool?] {
    policy.rules.filter { other in
      other.replaces.contains(RuleID(index)) && other.isActive && !other.isShadow
    }.map { isWithinDates($0) }
  }

  /// The types of the call that a rule or threshold judges.
  private func types(
    on: AppliesTo, isSealed: Bool, package: PackageID
  ) -> [(call: NaiveTypedCall, scope: NaiveScope)] {
    let judged = call.types.filter { Self.covers(on, $0.type) }.map {
      (call: $0, scope: call.scope(as: $0))
    }
    guard case .types(let types) = on, isSealed, call.alsoUnmapped.contains(package),
      let unmapped = types.first(where: { policy.actionTypes[Int($0.index)].package == nil })
    else { return judged }
    let pseudo = NaiveTypedCall(
      type: Int(unmapped.index), isDirect: true, membership: NaiveTruth(.true))
    return judged + [(pseudo, call.unmappedScope)]
  }

  private static func covers(_ on: AppliesTo, _ type: Int) -> Bool {
    guard case .types(let types) = on else { return true }
    return types.contains(ActionTypeID(type))
  }

  /// The verdict of an unknown clause.
  private static func unknownVerdict(_ verdict: Verdict) -> Verdict {
    verdict == .allow || verdict == .warn ? verdict : .ask
  }

  // MARK: Rules

  private mutating func judge(_ index: Int) {
    let rule = policy.rules[index]
    for (typed, plain) in types(on: rule.on, isSealed: rule.isSealed, package: rule.package) {
      let scope = plain.seen(by: rule.isSealed ? rule.package : nil)
      let acting = policy.waivers.map { (waiver: $0, acts: acts($0, on: index, typed, scope)) }
      let waivers = acting.filter { $0.acts == .true }.map(\.waiver)
      let mayBeWaived = waivers.isEmpty && acting.contains { $0.acts == .unknown }
      let said = rule.clauses.compactMap { clause -> NaiveStatement? in
        // Without a time nothing says that a dated rule still allows, nor one that others replace.
        if loosens(clause), isWithinDates(rule) == nil || replaced(index).contains(nil) {
          return nil
        }
        if loosens(clause), mayBeWaived { return nil }
        let lifts = loosens(clause) && policy.seals(rule.package)
        let scope = lifts ? plain.seen(by: rule.package) : scope
        let guarded = typed.membership & scope.judge(rule.guardCondition)
        return state(clause, of: index, guarded, typed, scope)
      }
      guard !said.isEmpty, !waivers.isEmpty else {
        statements += said
        continue
      }
      waived += waivers.map { waiver in
        WaivedEntry(
          rule: rule.name.text, type: scope.type, reason: waiver.because,
          approvedBy: waiver.approvedBy, until: waiver.untilText)
      }
    }
  }

  private func acts(
    _ waiver: Waiver, on rule: Int, _ typed: NaiveTypedCall, _ scope: NaiveScope
  ) -> Truth {
    guard Int(waiver.rule.index) == rule, Self.covers(waiver.on, typed.type) else {
      return .false
    }
    let isWithinDates = scope.surroundings.at.map { Truth(waiver.from <= $0 && $0 <= waiver.until) }
    return scope.judge(waiver.condition).truth & (isWithinDates ?? .unknown)
  }

  private func state(
    _ clause: Clause, of index: Int, _ guarded: NaiveTruth, _ typed: NaiveTypedCall,
    _ scope: NaiveScope
  ) -> NaiveStatement? {
    let rule = policy.rules[index]
    var said = NaiveStatement(
      kind: .fired, name: rule.name.text, package: rule.package, word: rule.kind.naiveWord,
      type: scope.type, verdict: clause.verdict,
      reason: scope.reason(clause.because, or: rule.title), span: clause.span,
      clauseText: clause.text, isSealed: rule.isSealed, isShadow: rule.isShadow, rule: index)
    var own = scope.judge(clause.condition)
    if loosens(clause), !clause.condition.testsOpacity {
      own = own & scope.seesThrough(policy.actionTypes[typed.type])
    }
    let both = guarded & own
    if case .require = clause.kind {
      guard guarded.truth != .false, own.truth != .true else { return nil }
      said.kind = .unmet
      if guarded.truth == .unknown { said.kind = .unknown(both.causes) }
    } else {
      guard both.truth != .false else { return nil }
      if both.truth == .unknown { said.kind = .unknown(both.causes) }
    }
    if case .unknown = said.kind {
      said.verdict = Self.unknownVerdict(clause.verdict)
      return said
    }
    switch clause.kind {
    case .require: break
    case .effect(let final, let conflict):
      said.final = final
      said.isGrant = clause.verdict == .allow && !rule.isShadow
      said.conflict = conflict.map {
        Conflict(
          type: $0.naiveWord, attribute: nil, expected: nil, actual: nil, confidence: nil)
      }
    case .expect(let expectation): conflict(&said, expectation, typed, scope)
    }
    return said
  }

  /// Fills in what an `expect` conflicts with, and what would put it right.
  private func conflict(
    _ said: inout NaiveStatement, _ expectation: Expectation, _ typed: NaiveTypedCall,
    _ scope: NaiveScope
  ) {
    var actual: NaiveValue?
    if case .known(let value) = scope.state(of: expectation.attribute) { actual = value }
    var type = expectation.conflictType
    if let usual = expectation.insteadOf,
      let value = try? expectation.attribute.type.converted(usual.input), value == actual
    {
      type = .trainingPatternOverride
    }
    said.conflict = Conflict(
      type: type.naiveWord, attribute: expectation.attributeName,
      expected: expectation.expected?.report ?? .text(expectation.testText),
      actual: actual?.report, confidence: expectation.confidence)
    guard let expected = expectation.expected,
      case .parameter(let name, let fields) = expectation.attribute.reference,
      !isPartOfURL(name, fields, typed)
    else { return }
    said.expected = (expectation.attributeName, expected)
    guard expectation.isCorrecting, typed.isDirect, let places = typed.places[name] else { return }
    said.correction = NaiveStatement.Correction(
      attribute: expectation.attributeName, value: expected, places: places.map { $0 + fields })
  }

  /// Whether the attribute is read out of a URL, so that it is no value of the call.
  private func isPartOfURL(_ name: String, _ fields: [String], _ typed: NaiveTypedCall) -> Bool {
    let parameters = policy.actionTypes[typed.type].parameters
    return !fields.isEmpty && parameters.contains { $0.name == name && $0.type == .url }
  }

  // MARK: Thresholds

  private mutating func judge(threshold index: Int) {
    let threshold = policy.thresholds[index]
    guard let measure = call.scope.measured[Int32(index)] else { return }
    let verdict: Verdict?
    let because: Template?
    let span: SourceSpan?
    if measure.unmeasured != nil {
      verdict = threshold.unmeasured?.verdict
      because = threshold.unmeasured?.because
      span = threshold.unmeasured?.span
    } else {
      let level = threshold.levels.isEmpty ? nil : threshold.levels[measure.levelIndex]
      verdict = level?.verdict
      because = level?.because
      span = level?.span
    }
    guard let verdict else { return }
    let judged = types(
      on: threshold.on, isSealed: threshold.isSealed, package: threshold.package)
    for (typed, scope) in judged {
      let scope = scope.seen(by: threshold.isSealed ? threshold.package : nil)
      let guarded = typed.membership & scope.judge(threshold.guardCondition)
      guard guarded.truth != .false else { continue }
      var said = NaiveStatement(
        kind: .fired, name: threshold.name.text, package: threshold.package, word: "threshold",
        type: scope.type, verdict: verdict, reason: scope.reason(because, or: threshold.title),
        span: span, isSealed: threshold.isSealed, isShadow: threshold.isShadow)
      if guarded.truth == .unknown {
        said.kind = .unknown(guarded.causes)
        said.verdict = Self.unknownVerdict(verdict)
      }
      statements.append(said)
    }
  }

  // MARK: Defaults and floors

  /// A default or a floor, and the package whose `allow` clauses alone lift it, if any.
  private struct Default {
    var name: String
    var title: String
    var package: PackageID?
    var otherwise: Otherwise
    var isSealed: Bool
  }

  private func defaults(of typed: NaiveTypedCall) -> [Default] {
    let type = policy.actionTypes[typed.type]
    var defaults: [Default] = []
    if let own = type.otherwise {
      defaults.append(
        Default(
          name: type.name.text, title: type.title, package: type.package, otherwise: own,
          isSealed: own.isSealed || type.isSealed))
    }
    for (index, package) in policy.packages.enumerated() {
      guard let otherwise = package.otherwise else { continue }
      let isOwn = type.package == PackageID(index)
      guard otherwise.isSealed || (isOwn && type.otherwise == nil) else { continue }
      defaults.append(
        Default(
          name: package.name, title: package.title, package: PackageID(index),
          otherwise: otherwise, isSealed: otherwise.isSealed || (isOwn && type.isSealed)))
    }
    return defaults
  }

  private mutating func judgeDefaults(of typed: NaiveTypedCall) {
    let scope = call.scope(as: typed)
    for item in defaults(of: typed) {
      let isLifted = statements.contains { said in
        said.isGrant && said.type == scope.type
          && (!item.isSealed || said.package == item.package)
      }
      if isLifted { continue }
      var said = NaiveStatement(
        kind: .fired, name: item.name, package: item.package, word: "otherwise",
        type: scope.type, verdict: item.otherwise.verdict,
        reason: scope.reason(item.otherwise.because, or: item.title),
        span: item.otherwise.span, isSealed: item.isSealed)
      if typed.membership.truth == .unknown {
        said.kind = .unknown(typed.membership.causes)
        said.verdict = Self.unknownVerdict(item.otherwise.verdict)
      }
      statements.append(said)
    }
  }
}

extension PolicyRule.Kind {
  /// The declaration's word.
  fileprivate var naiveWord: String {
    switch self {
    case .rule: "rule"
    case .instruction: "instruction"
    case .boundary: "boundary"
    case .requirement: "requirement"
    }
  }
}

extension ConflictType {
  /// The word of reports.
  fileprivate var naiveWord: String {
    switch self {
    case .trainingPatternOverride: "training_pattern_override"
    case .valuesConflict: "values_conflict"
    case .semanticConflict: "semantic_conflict"
    case .parameterConflict: "parameter_conflict"
    }
  }
}
