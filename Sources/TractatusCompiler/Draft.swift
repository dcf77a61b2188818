/// A condition in negation normal form over numbered tests: what the passes rewrite before it
/// becomes rows.
///
/// Negation stands at literals only; De Morgan's laws and double negation hold in Kleene's logic,
/// so nothing is lost on the way here.
package indirect enum Draft: Hashable, Sendable {
  case constant(Bool)
  case literal(LoweredLiteral)
  case and([Draft])
  case or([Draft])

  /// The same condition as an expression that is kept whole.
  package var expression: LoweredExpression {
    switch self {
    case .constant(let value): .constant(value)
    case .literal(let literal):
      literal.isNegated ? .not(.test(literal.test)) : .test(literal.test)
    case .and(let parts): .and(parts.map(\.expression))
    case .or(let parts): .or(parts.map(\.expression))
    }
  }

  /// The negation, again with negation at literals only.
  package var negated: Draft {
    switch self {
    case .constant(let value): .constant(!value)
    case .literal(let literal): .literal(literal.negated)
    case .and(let parts): .or(parts.map(\.negated))
    case .or(let parts): .and(parts.map(\.negated))
    }
  }
}

extension LoweredLiteral {
  /// The literal of the same test with the other polarity.
  package var negated: LoweredLiteral { LoweredLiteral(test: test, isNegated: !isNegated) }
}

extension LoweredLiteral: Comparable {
  /// By test, the positive one first.
  package static func < (left: LoweredLiteral, right: LoweredLiteral) -> Bool {
    left.test != right.test ? left.test < right.test : !left.isNegated && right.isNegated
  }
}

extension LoweredRow: Comparable {
  /// Literal by literal, a row before those that go on from it.
  package static func < (left: LoweredRow, right: LoweredRow) -> Bool {
    left.literals.lexicographicallyPrecedes(right.literals)
  }
}
