import TractatusSource
import TractatusValues

/// Which values an `expect` lets pass, as far as that is compared.
enum ValueDemand {
  case ranges([OrdinalRange])
  /// One of these texts.
  case texts(Set<String>)
  /// None of these texts.
  case otherTexts(Set<String>)
  /// Anything that is not decided here.
  case other

  init(_ test: CheckedTest, isNegated: Bool, type: ValueType) {
    switch test.predicate {
    case .inRanges(let ranges):
      guard let scale = type.scale else {
        self = .other
        return
      }
      let bounds = type.boundOrdinals ?? scale
      let allowed = isNegated ? RangeSet.complement(ranges, in: scale) : ranges
      self = .ranges(RangeSet.intersection(allowed, [bounds]))
    case .equalsText where type == .path || type == .host || type == .url:
      // One path is equal to several texts, by its forms.
      self = .other
    case .equalsText(let texts):
      self = test.isInverted != isNegated ? .otherTexts(Set(texts)) : .texts(Set(texts))
    default: self = .other
    }
  }

  /// Whether no value passes both.
  func excludes(_ other: ValueDemand) -> Bool {
    switch (self, other) {
    case (.ranges(let left), .ranges(let right)):
      RangeSet.intersection(left, right).isEmpty
    case (.texts(let left), .texts(let right)): left.isDisjoint(with: right)
    case (.texts(let left), .otherTexts(let right)), (.otherTexts(let right), .texts(let left)):
      left.isSubset(of: right)
    default: false
    }
  }
}

/// What an `expect` demands of which attribute, and when.
struct ExpectationSymbol {
  var rule: Int
  var span: SourceSpan
  var attribute: Operand
  var name: String
  var appliesTo: AppliesTo
  var guardCondition: Condition
  var demand: ValueDemand
}

/// Attribute and guard: expectations are compared where both are equal.
private struct ExpectationKey: Hashable {
  var reference: Reference
  var guardCondition: Condition
}

extension Checker {
  /// Reports pairs of live expectations that no value meets.
  ///
  /// Quadratic in the expectations of one attribute under one guard, and only where they conflict.
  func checkExpectations() {
    settleStored()
    var groups: [ExpectationKey: [Int]] = [:]
    let replaced = replacedRules()
    for (number, symbol) in expectations.enumerated() {
      guard policy.rules[symbol.rule].isActive, !policy.rules[symbol.rule].isShadow,
        !replaced.contains(RuleID(symbol.rule))
      else { continue }
      if case .other = symbol.demand { continue }
      let key = ExpectationKey(
        reference: symbol.attribute.reference, guardCondition: symbol.guardCondition)
      groups[key, default: []].append(number)
    }
    // The diagnostics are sorted in the end, so the order of the groups is not seen.
    for members in groups.values where members.count > 1 { compare(members) }
  }

  /// Rules that another one takes out at any time.
  private func replacedRules() -> Set<RuleID> {
    var found: Set<RuleID> = []
    for rule in policy.rules
    where rule.isActive && !rule.isShadow && rule.since == nil && rule.until == nil {
      found.formUnion(rule.replaces)
    }
    return found
  }

  private func compare(_ members: [Int]) {
    guard mayConflict(members) else { return }
    for (place, right) in members.enumerated() {
      // One conflict of each expectation is enough to find the others by.
      let found = members[..<place].first { conflict(expectations[$0], expectations[right]) }
      guard let left = found else { continue }
      reportConflict(expectations[left], expectations[right])
    }
  }

  /// Whether no value meets all of them: where one does, no two conflict.
  private func mayConflict(_ members: [Int]) -> Bool {
    guard members.count > 8 else { return true }
    var ranges: [OrdinalRange]?
    for member in members {
      guard case .ranges(let more) = expectations[member].demand, more.count <= 2 else {
        return true
      }
      ranges = ranges.map { RangeSet.intersection($0, more) } ?? more
      if ranges?.isEmpty == true || (ranges?.count ?? 0) > 1000 { return true }
    }
    return false
  }

  private func conflict(_ left: ExpectationSymbol, _ right: ExpectationSymbol) -> Bool {
    guard left.demand.excludes(right.demand), overlap(left.appliesTo, right.appliesTo) else {
      return false
    }
    let (a, b) = (policy.rules[left.rule], policy.rules[right.rule])
    if a.replaces.contains(RuleID(right.rule)) || b.replaces.contains(RuleID(left.rule)) {
      return false
    }
    // Rules whose lives do not touch are never both live.
    if let until = a.until, let since = b.since, until < since { return false }
    if let until = b.until, let since = a.since, until < since { return false }
    return true
  }

  /// Whether two rules can judge one type.
  func overlap(_ left: AppliesTo, _ right: AppliesTo) -> Bool {
    guard case .types(let a) = left, case .types(let b) = right else { return true }
    return !Set(a).isDisjoint(with: b)
  }

  private func reportConflict(_ left: ExpectationSymbol, _ right: ExpectationSymbol) {
    let (a, b) = (rules[left.rule].name.name, rules[right.rule].name.name)
    report(
      .conflictingExpectations,
      "no value of `\(right.name)` meets both this and what "
        + (left.rule == right.rule ? "the same rule" : "`\(a)`") + " expects, so every action "
        + "that has one conflicts",
      at: right.span, secondary: [LabelledSpan(left.span, "the other expectation")],
      notes: left.rule == right.rule
        ? [] : ["Where `\(b)` is the newer one, write `replaces: \(a)` in it."])
  }
}
