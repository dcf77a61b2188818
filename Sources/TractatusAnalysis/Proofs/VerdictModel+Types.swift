import TractatusCompiler
import TractatusSemantics

/// What is judged as which type: `action.type` is the type that is judged, so that one test of it
/// may be true for one type of a call and false for another.
extension VerdictModel {
  /// A condition as a type sees it: what tests of `action.type` say is put in their place, where
  /// that depends on nothing else.
  func settled(_ expression: LoweredExpression, as type: Int) -> LoweredExpression {
    if !readsTypeName(expression) { return expression }
    switch expression {
    case .constant: return expression
    case .not(let inner): return .not(settled(inner, as: type))
    case .and(let parts): return .and(parts.map { settled($0, as: type) })
    case .or(let parts): return .or(parts.map { settled($0, as: type) })
    case .test(let test):
      if case .composite(let inner) = policy.tests[test] { return settled(inner, as: type) }
      return holds(test, ofType: type).map { .constant($0) } ?? expression
    }
  }

  /// Goals as a type sees them.
  func settled(_ goals: [Goal], as type: Int) -> [Goal] {
    goals.map { Goal(settled($0.expression, as: type), $0.truths) }
  }

  /// Whether a condition tests `action.type`, and what it says may depend on the type that is
  /// judged.
  func readsTypeName(_ expression: LoweredExpression) -> Bool {
    switch expression {
    case .constant: false
    case .test(let test): isPerType[test]
    case .not(let inner): readsTypeName(inner)
    case .and(let parts), .or(let parts): parts.contains(where: readsTypeName)
    }
  }

  /// What an exact test of `action.type` says of a type; nil for a test of something else.
  private func holds(_ test: Int, ofType type: Int) -> Bool? {
    guard isPerType[test], case .exact(_, let predicate) = policy.tests[test] else { return nil }
    let name = Array(checked.actionTypes[type].name.text.utf8)
    switch predicate {
    case .present: return true
    case .equalsText(let names): return names.contains { $0.utf8.elementsEqual(name) }
    case .matches(let patterns):
      var texts = TextMemory()
      return texts.matches(patterns, test: test, name)
    default: return nil
    }
  }

  /// What holds of every call of a type: which one is judged.
  func goals(ofType type: Int) -> [Goal] {
    policy.tests.indices.compactMap { test in
      holds(test, ofType: type).map { Goal(.test(test), $0 ? .isTrue : .isFalse) }
    }
  }

  // MARK: Other types of a call

  /// Everything that may give a call its verdict as a call of another type than the one that a
  /// question is about, sealed rules on `unmapped` among it. What may say something else as that
  /// type counts as if it always spoke.
  func contributions(to type: Int, beside own: Int) -> [Contribution] {
    let all = (type == own ? [] : contributions(to: type)) + guards(of: type)
    return all.map { one in
      guard one.readsTypeName(in: self) else { return one }
      var one = one
      one.subject = .condition(.constant(true))
      one.removals = []
      return one
    }
  }

  /// What sealed rules and thresholds on `unmapped` may give calls of a type: they judge a call
  /// where it is of the type by mappings that their package does not know (`grammar/semantics.md`
  /// §3.4).
  private func guards(of type: Int) -> [Contribution] {
    guard let unmapped = checked.unmapped, type != unmapped else { return [] }
    let strangers = checked.packages.indices.filter { package in
      !checked.foreignMappings(of: type, to: package).isEmpty
    }
    if strangers.isEmpty { return [] }
    return policy.tables[unmapped].clauses.enumerated().compactMap { index, clause in
      guard let package = checked.sealedPackage(of: clause.origin), strangers.contains(package)
      else { return nil }
      return contribution(clause, type: unmapped, number: firstClauses[unmapped] + index)?
        .mapped { settled($0, as: unmapped) }
    }
  }
}

extension Contribution {
  /// Whether what it says may depend on the type that is judged.
  fileprivate func readsTypeName(in model: VerdictModel) -> Bool {
    var isReading = false
    _ = mapped {
      isReading = isReading || model.readsTypeName($0)
      return $0
    }
    return isReading
  }
}

extension CheckedPolicy {
  /// The number of the built-in type `unmapped`.
  var unmapped: Int? { actionTypes.firstIndex { $0.package == nil } }

  /// The mappings of calls that make them of a type, by way of others or not, and that a package
  /// does not know: they are written neither in it nor in one that it uses directly.
  func foreignMappings(of type: Int, to package: Int) -> [ToolMapping] {
    var types: Set<Int> = [type]
    var pending = [type]
    while let next = pending.popLast() {
      for mapping in actionMappings where Int(mapping.type.index) == next {
        if types.insert(Int(mapping.source.index)).inserted {
          pending.append(Int(mapping.source.index))
        }
      }
    }
    return toolMappings.filter { mapping in
      mapping.occasion == .call && types.contains(Int(mapping.type.index))
        && Int(mapping.package.index) != package
        && !packages[package].uses.contains { $0.index == mapping.package.index }
    }
  }

  /// The package of the sealed rule or threshold that a clause is of; nil for one that is not
  /// sealed.
  func sealedPackage(of origin: LoweredClause.Origin) -> Int? {
    switch origin {
    case .rule(let rule, _):
      rules[rule].isSealed ? Int(rules[rule].package.index) : nil
    case .level(let threshold, _), .unmeasured(let threshold):
      thresholds[threshold].isSealed ? Int(thresholds[threshold].package.index) : nil
    }
  }
}
