import TractatusCompiler
import TractatusSemantics

extension VerdictModel {
  /// Whether what gives a verdict may be other on a call of a type once some clauses have corrected
  /// it.
  func mayChange(
    _ contribution: Contribution, by correcting: [Contribution], type: Int
  ) -> Bool {
    let checked = probed.lowered.checked
    // One field may then fill several parameters.
    let isTangled =
      !checked.actionTypes[type].extractions.isEmpty
      || checked.toolMappings.contains { Int($0.type.index) == type && !$0.fields.isEmpty }
    let names = Set(correcting.compactMap { $0.corrects.flatMap(parameter) })
    if case .standing(let lifts, _) = contribution.subject { return !lifts.isEmpty }
    let goals = contribution.removals.joined().map(\.expression)
    let tests = contribution.tests + goals.flatMap(Self.tests)
    return tests.contains { test in
      switch probed.lowered.tests[test] {
      case .quantified, .history: return true
      default: break
      }
      return attributes(of: test).contains { attribute in
        guard let name = parameter(attribute) else { return false }
        return isTangled || names.contains(name)
      }
    }
  }

  /// The name of the parameter that an attribute is, or lies in.
  private func parameter(_ attribute: Int) -> String? {
    guard case .parameter(let type, let index, _) = probed.lowered.attributes[attribute].source
    else { return nil }
    return probed.lowered.checked.actionTypes[type].parameters[index].name
  }

  private func attributes(of test: Int) -> [Int] {
    guard case .composite(let expression) = probed.lowered.tests[test] else {
      return model.attributes(of: test)
    }
    return Self.tests(expression).flatMap(attributes)
  }

  private static func tests(_ expression: LoweredExpression) -> [Int] {
    switch expression {
    case .constant: []
    case .test(let test): [test]
    case .not(let inner): tests(inner)
    case .and(let parts), .or(let parts): parts.flatMap(tests)
    }
  }
}
