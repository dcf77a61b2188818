import TractatusSemantics
import TractatusValues

@testable import TractatusCompiler

/// What an attribute has in one imagined action.
enum ModelValue: Hashable {
  case absent, unknown
  case ordinal(Ordinal)
  case text(String)
  case texts([String])
}

/// One imagined action for the type `call`, and what conditions and formulas say of it: the meaning
/// as `semantics.md` has it, walked naively.
struct TruthModel {
  var parameters: [String: ModelValue]
  var levels: [ModelValue]

  // MARK: Conditions

  func truth(_ condition: Condition) -> Truth {
    switch condition {
    case .constant(let value): Truth(value)
    case .not(let inner): !truth(inner)
    case .and(let parts): parts.reduce(.true) { $0 & truth($1) }
    case .or(let parts): parts.reduce(.false) { $0 | truth($1) }
    case .test(let test): truth(test)
    case .quantified(let quantified): truth(quantified)
    }
  }

  private func truth(_ test: Test) -> Truth {
    let left = value(test.operand.reference)
    switch test.predicate {
    case .compare(let comparison, let right):
      return relation(left, .compare(comparison), value(right.reference))
    case .present: return exact(left, .present)
    case .inRanges(let ranges): return exact(left, .inRanges(ranges))
    case .equalsText(let texts): return exact(left, .equalsText(texts))
    case .matches(let patterns): return exact(left, .matches(patterns))
    case .containsText(let texts): return exact(left, .containsText(texts))
    case .count(let ranges): return exact(left, .count(ranges))
    default: return .false
    }
  }

  private func truth(_ quantified: Quantified) -> Truth {
    switch value(quantified.list.reference) {
    case .unknown: return .unknown
    case .texts(let elements) where !elements.isEmpty:
      let truths = elements.map { element -> Truth in
        guard case .test(let test) = quantified.condition,
          case .equalsText(let texts) = test.predicate
        else { return .false }
        return Truth(texts.contains(element))
      }
      return quantified.isUniversal
        ? truths.reduce(.true) { $0 & $1 } : truths.reduce(.false) { $0 | $1 }
    default: return .false
    }
  }

  func value(_ reference: Reference) -> ModelValue {
    switch reference {
    case .parameter(let name, _): parameters[name] ?? .absent
    case .level(let id): levels[Int(id.index)]
    default: .absent
    }
  }

  // MARK: Formulas

  func truth(_ formula: LoweredFormula, in policy: LoweredPolicy) -> Truth {
    formula.rows.reduce(.false) { sum, row in
      sum
        | row.literals.reduce(.true) { product, literal in
          let truth = truth(test: literal.test, in: policy)
          return product & (literal.isNegated ? !truth : truth)
        }
    }
  }

  func truth(test: Int, in policy: LoweredPolicy) -> Truth {
    switch policy.tests[test] {
    case .exact(let attribute, let predicate), .forms(let attribute, let predicate, _):
      exact(value(policy.attributes[attribute].source, in: policy), predicate)
    case .relation(let left, let comparison, let right):
      relation(
        value(policy.attributes[left].source, in: policy), comparison,
        value(policy.attributes[right].source, in: policy))
    case .recent, .place, .command, .history: .false
    case .quantified(let quantified): truth(quantified, in: policy)
    case .composite(let expression): truth(expression, in: policy)
    }
  }

  private func truth(_ quantified: LoweredQuantified, in policy: LoweredPolicy) -> Truth {
    guard case .attribute(let attribute) = quantified.list,
      case .exact(_, .equalsText(let texts), _) = quantified.condition
    else { return .false }
    switch value(policy.attributes[attribute].source, in: policy) {
    case .unknown: return .unknown
    case .texts(let elements) where !elements.isEmpty:
      let truths = elements.map { Truth(texts.contains($0)) }
      return quantified.isUniversal
        ? truths.reduce(.true) { $0 & $1 } : truths.reduce(.false) { $0 | $1 }
    default: return .false
    }
  }

  private func truth(_ expression: LoweredExpression, in policy: LoweredPolicy) -> Truth {
    switch expression {
    case .constant(let value): Truth(value)
    case .test(let test): truth(test: test, in: policy)
    case .not(let inner): !truth(inner, in: policy)
    case .and(let parts): parts.reduce(.true) { $0 & truth($1, in: policy) }
    case .or(let parts): parts.reduce(.false) { $0 | truth($1, in: policy) }
    }
  }

  func value(_ source: LoweredAttribute.Source, in policy: LoweredPolicy) -> ModelValue {
    switch source {
    case .parameter(let type, let parameter, _):
      parameters[policy.checked.actionTypes[type].parameters[parameter].name] ?? .absent
    case .level(let threshold): levels[threshold]
    default: .absent
    }
  }

  // MARK: Tests

  func exact(_ value: ModelValue, _ predicate: ExactPredicate) -> Truth {
    switch (predicate, value) {
    case (.measuredLevel(let level), _): return Truth(value == .ordinal(Ordinal(level)))
    case (.unmeasured, _): return Truth(value == .unknown)
    case (_, .absent): return .false
    case (_, .unknown): return .unknown
    case (.present, _): return .true
    case (.inRanges(let ranges), .ordinal(let place)):
      return Truth(ranges.contains { $0.lower <= place && place <= $0.upper })
    case (.equalsText(let texts), .text(let text)): return Truth(texts.contains(text))
    case (.matches(let patterns), .text(let text)):
      return Truth(
        patterns.contains { pattern in
          switch pattern.kind {
          case .startsWith: text.hasPrefix(pattern.text)
          case .endsWith: text.hasSuffix(pattern.text)
          default: text.contains(pattern.text)
          }
        })
    case (.containsText(let texts), .texts(let elements)):
      return Truth(elements.contains { texts.contains($0) })
    case (.count(let ranges), .texts(let elements)):
      let count = Ordinal(elements.count) * Decimal.scale
      return Truth(ranges.contains { $0.lower <= count && count <= $0.upper })
    default: return .false
    }
  }

  private func relation(
    _ left: ModelValue, _ relation: LoweredRelation, _ right: ModelValue
  ) -> Truth {
    if left == .absent || right == .absent { return .false }
    if left == .unknown || right == .unknown { return .unknown }
    guard case .compare(let comparison) = relation, case .ordinal(let left) = left,
      case .ordinal(let right) = right
    else { return .false }
    switch comparison {
    case .equal: return Truth(left == right)
    case .notEqual: return Truth(left != right)
    case .less: return Truth(left < right)
    case .lessOrEqual: return Truth(left <= right)
    case .greater: return Truth(left > right)
    case .greaterOrEqual: return Truth(left >= right)
    }
  }
}
