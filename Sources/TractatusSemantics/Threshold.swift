import TractatusSource
import TractatusValues

/// A weighted score, with named levels if it has any.
///
/// The score is `given` if the caller supplies that (0 to 1, else an input error), else
/// `clamp(base + Σ weight × clamp(factor, 0, 1) + Σ points whose condition holds, 0, 1)`. Each
/// product and quotient is rounded to 18 places and the score to 9, half to even; past 18 digits,
/// on a factor without fallback whose input is absent or unknown or whose divisor is 0, or on an
/// unknown point condition the threshold is *unmeasured*. A factor's fallback stands for the
/// factor's value in each of the cases of that factor.
package struct Threshold: Sendable {
  package var name: QualifiedName
  package var package: PackageID
  package var title: String
  package var isSealed: Bool
  package var isShadow: Bool
  package var on: AppliesTo
  /// Guards what its verdicts apply to, not what it measures.
  package var guardCondition: Condition
  package var given: Operand?
  package var base: Decimal
  /// In the order of their names; the weights add up to 1 where there are any.
  package var factors: [Factor]
  package var points: [Point]
  /// Ascending, from 0; empty for a plain score.
  package var levels: [Level]
  package var unmeasured: Unmeasured?
  package var span: SourceSpan

  /// A weighted part of the score.
  package struct Factor: Sendable {
    package var name: String
    package var weight: Decimal
    package var value: Arithmetic
    package var fallback: Decimal?
    package init(name: String, weight: Decimal, value: Arithmetic, fallback: Decimal?) {
      self.name = name
      self.weight = weight
      self.value = value
      self.fallback = fallback
    }
  }

  /// Points for a condition that is true.
  package struct Point: Sendable {
    /// Negative for `subtract`.
    package var amount: Decimal
    package var condition: Condition
    package init(amount: Decimal, condition: Condition) {
      self.amount = amount
      self.condition = condition
    }
  }

  /// A named part of the scale, up to where the next one begins.
  package struct Level: Sendable {
    package var name: String
    package var from: Decimal
    package var verdict: Verdict?
    package var because: Template?
    package var span: SourceSpan
    package init(
      name: String, from: Decimal, verdict: Verdict?, because: Template?, span: SourceSpan
    ) {
      self.name = name
      self.from = from
      self.verdict = verdict
      self.because = because
      self.span = span
    }
  }

  /// What holds while the score cannot be measured.
  package struct Unmeasured: Sendable {
    package var verdict: Verdict
    package var because: Template?
    package var span: SourceSpan
    package init(verdict: Verdict, because: Template?, span: SourceSpan) {
      self.verdict = verdict
      self.because = because
      self.span = span
    }
  }

  package init(
    name: QualifiedName, package: PackageID, title: String, isSealed: Bool, isShadow: Bool,
    on: AppliesTo, guardCondition: Condition, given: Operand?, base: Decimal, factors: [Factor],
    points: [Point], levels: [Level], unmeasured: Unmeasured?, span: SourceSpan
  ) {
    self.name = name
    self.package = package
    self.title = title
    self.isSealed = isSealed
    self.isShadow = isShadow
    self.on = on
    self.guardCondition = guardCondition
    self.given = given
    self.base = base
    self.factors = factors
    self.points = points
    self.levels = levels
    self.unmeasured = unmeasured
    self.span = span
  }
}

/// The arithmetic of a factor.
package indirect enum Arithmetic: Hashable, Sendable {
  case number(Decimal)
  case operand(Operand)
  case count(Operand)
  case add(Arithmetic, Arithmetic)
  case subtract(Arithmetic, Arithmetic)
  case multiply(Arithmetic, Arithmetic)
  case divide(Arithmetic, Arithmetic)
}
