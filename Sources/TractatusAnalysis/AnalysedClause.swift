import TractatusCompiler
import TractatusSemantics
import TractatusSource
import TractatusValues

/// One clause as it judges one type, with its questions.
struct AnalysedClause {
  /// Its number among the program's clauses.
  let number: Int
  /// The type, nil under `on any`.
  let type: Int?
  let clause: LoweredClause
  /// Of `CheckedPolicy.rules`; nil for a threshold's.
  let rule: Int?
  let span: SourceSpan

  /// What makes it give its verdict.
  var fires: [Goal] {
    guard let required = clause.required else { return [Goal(clause.formula, .isTrue)] }
    return [Goal(clause.formula, .isTrue), Goal(required, .notTrue)]
  }

  /// What makes it give what an unknown clause gives.
  var isUnknown: [Goal] {
    guard let required = clause.required else { return [Goal(clause.formula, .isUnknown)] }
    return [Goal(clause.formula, .isUnknown), Goal(required, .notTrue)]
  }

  /// What makes it say nothing.
  var isSilent: [Goal] {
    guard let required = clause.required else { return [Goal(clause.formula, .isFalse)] }
    // False when the guard is, or when what is required is true.
    return [Goal(.and([clause.formula.expression, .not(required.expression)]), .isFalse)]
  }

  /// Alternatives, each of which keeps it from firing.
  var isNotFiring: [[Goal]] {
    guard let required = clause.required else { return [[Goal(clause.formula, .notTrue)]] }
    return [[Goal(clause.formula, .notTrue)], [Goal(required, .isTrue)]]
  }

  /// Whether the call that it finds wrong may pass once it is corrected.
  func isCorrecting(in checked: CheckedPolicy) -> Bool {
    guard case .rule(let rule, let place) = clause.origin,
      case .expect(let expectation) = checked.rules[rule].clauses[place].kind
    else { return false }
    return expectation.isCorrecting
  }

  /// Whether it restricts.
  var isRestricting: Bool { clause.verdict > .allow }

  /// Whether it is an `allow` clause; a noted `expect` gives `allow` and lifts nothing.
  var isLifting: Bool {
    clause.verdict == .allow && clause.expectAttribute == nil && clause.required == nil
  }
}
