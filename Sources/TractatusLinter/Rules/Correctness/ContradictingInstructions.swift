import TractatusSemantics
import TractatusSource
import TractatusValues

extension LintRule {
  /// `contradicting-instructions`.
  static let contradictingInstructions = LintRule(
    115, "contradicting-instructions", .warning,
    "Instructions that want different values of one parameter.",
    why: """
      Where both apply, whatever an agent does conflicts with one of them, and the corrections of both are dropped. \
      Two unguarded `expect` that exclude each other do not compile; here their guards differ, and may hold together.
      """,
    avoid: """
      instruction inst_1 "Databases listen on 27027" {
          persistence: high
          on deploy
          expect port == 27027 because "The port is 27027."
      }

      instruction inst_2 "Staging listens on 27018" {
          persistence: high
          on deploy when environment == staging
          expect port == 27018 because "Staging's port is 27018."
      }
      """,
    prefer: """
      instruction inst_1 "Databases listen on 27027" {
          persistence: high
          on deploy unless environment == staging
          expect port == 27027 because "The port is 27027."
      }

      instruction inst_2 "Staging listens on 27018" {
          persistence: high
          on deploy when environment == staging
          expect port == 27018 because "Staging's port is 27018."
      }
      """,
    needsCheck: true
  ) { run in
    var groups: [Key: [Wish]] = [:]
    var order: [Key] = []
    for (index, rule) in run.policy.rules.enumerated()
    where rule.kind == .instruction && rule.isActive && !rule.isShadow {
      for wish in wishes(of: rule, index) {
        for key in keys(of: rule, wish) {
          if groups[key] == nil { order.append(key) }
          groups[key, default: []].append(wish)
        }
      }
    }
    var reported: Set<SourceSpan> = []
    for key in order {
      let wishes = (groups[key] ?? []).sorted { $0.span < $1.span }
      for (index, wish) in wishes.enumerated() {
        // A few neighbours are enough: one contradiction is shown for each wish.
        guard
          let other = wishes[..<index].suffix(8).last(where: { contradict($0, wish, run.policy) }),
          reported.insert(wish.span).inserted
        else { continue }
        run.report(
          "this contradicts `\(run.policy.rules[other.rule].name.name)` on `\(key.attribute)` "
            + "where both apply", at: run.head(wish.span),
          secondary: [LabelledSpan(run.head(other.span), "the other instruction")],
          notes: ["The newer one can say `replaces:`, or the guards can exclude each other."])
      }
    }
  }

  private struct Key: Hashable {
    var type: ActionTypeID?
    var attribute: String
  }

  /// What one clause wants of an attribute: one value, or not one value.
  private struct Wish {
    var rule: Int
    var attribute: String
    var value: ConstantValue
    var isForbidden: Bool
    var conditions: [Condition]
    var span: SourceSpan
  }

  private static func keys(of rule: PolicyRule, _ wish: Wish) -> [Key] {
    switch rule.on {
    case .any: [Key(type: nil, attribute: wish.attribute)]
    case .types(let types): types.map { Key(type: $0, attribute: wish.attribute) }
    }
  }

  private static func wishes(of rule: PolicyRule, _ index: Int) -> [Wish] {
    rule.clauses.compactMap { clause in
      switch clause.kind {
      case .expect(let expectation):
        guard let value = expectation.expected else { return nil }
        return Wish(
          rule: index, attribute: expectation.attributeName, value: value, isForbidden: false,
          conditions: [rule.guardCondition, withoutTest(clause.condition, expectation.attribute)],
          span: clause.span)
      case .effect where clause.verdict == .deny:
        guard case .test(let test) = clause.condition, let value = onlyValue(of: test),
          case .parameter(let name, let fields) = test.operand.reference
        else { return nil }
        return Wish(
          rule: index, attribute: ([name] + fields).joined(separator: "."), value: value,
          isForbidden: true, conditions: [rule.guardCondition], span: clause.span)
      case .effect, .require: return nil
      }
    }
  }

  /// The guards of an `expect`: its condition without what it says of its own attribute.
  private static func withoutTest(_ condition: Condition, _ attribute: Operand) -> Condition {
    guard case .and(let parts) = condition else { return .constant(true) }
    let rest = parts.filter { part in
      switch part {
      case .test(let test), .not(.test(let test)): test.operand != attribute
      default: true
      }
    }
    return rest.isEmpty ? .constant(true) : rest.count == 1 ? rest[0] : .and(rest)
  }

  /// The one value that a test is true of; nil for several.
  private static func onlyValue(of test: Test) -> ConstantValue? {
    switch test.predicate {
    case .inRanges(let ranges):
      guard ranges.count == 1, ranges[0].lower == ranges[0].upper else { return nil }
      switch test.operand.type {
      case .int, .number: return Decimal(raw: ranges[0].lower).map { .number($0) }
      case .bool: return .bool(ranges[0].lower == 1)
      case .enumeration(let words):
        let index = Int(truncatingIfNeeded: ranges[0].lower)
        return words.values.indices.contains(index) ? .enumeration(words.values[index]) : nil
      default: return nil
      }
    case .equalsText(let texts): return texts.count == 1 ? .text(texts[0]) : nil
    default: return nil
    }
  }

  private static func contradict(_ one: Wish, _ other: Wish, _ policy: CheckedPolicy) -> Bool {
    guard one.rule != other.rule else { return false }
    let isConflict: Bool
    switch (one.isForbidden, other.isForbidden) {
    case (false, false): isConflict = one.value != other.value
    case (true, true): isConflict = false
    default: isConflict = one.value == other.value
    }
    guard isConflict else { return false }
    let (first, second) = (policy.rules[one.rule], policy.rules[other.rule])
    let ids = (RuleID(one.rule), RuleID(other.rule))
    if first.replaces.contains(ids.1) || second.replaces.contains(ids.0) { return false }
    if let until = first.until, let since = second.since, until < since { return false }
    if let until = second.until, let since = first.since, until < since { return false }
    return Conjunction.contradiction(in: one.conditions + other.conditions) == nil
  }
}
