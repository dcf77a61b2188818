import TractatusEngine
import TractatusSemantics
import TractatusValues

/// What a threshold measures in one call.
struct NaiveMeasure {
  /// The first missing input, when it is unmeasured.
  var unmeasured: String?
  var score = Decimal.zero
  /// The place of the level in which the score lies.
  var levelIndex = 0
  /// Weight × value by factor; empty for a score that was given.
  var factors: [NamedValue] = []
}

/// A factor without a value: what is missing, for the report.
private struct NaiveMissing: Error {
  var cause: String
}

extension NaiveScope {
  /// Measures every threshold, each after those that it reads.
  mutating func measureThresholds() throws {
    for id in policy.thresholdOrder {
      let threshold = policy.thresholds[Int(id.index)]
      if let given = threshold.given, case .known(.number(let score)) = state(of: given),
        score < .zero || score > .one
      {
        throw NaiveMismatch(message: "a given score lies outside 0 to 1")
      }
      var measure: NaiveMeasure
      do {
        measure = try seen(by: threshold.isSealed ? threshold.package : nil).measure(threshold)
      } catch let missing as NaiveMissing {
        measure = NaiveMeasure(unmeasured: missing.cause)
      }
      for (index, level) in threshold.levels.enumerated() where level.from <= measure.score {
        measure.levelIndex = index
      }
      measured[id.index] = measure
    }
  }

  private func measure(_ threshold: Threshold) throws -> NaiveMeasure {
    var measure = NaiveMeasure()
    if let given = threshold.given, case .known(.number(let score)) = state(of: given) {
      measure.score = NaiveNumber.roundedTo9(score) ?? score
      return measure
    }
    var total: Decimal? = threshold.base
    for factor in threshold.factors {
      var value: Decimal
      do {
        value = try self.value(of: factor.value, in: factor.name)
      } catch let missing as NaiveMissing {
        guard let fallback = factor.fallback else { throw missing }
        value = fallback
      }
      let share = NaiveNumber.product(factor.weight, NaiveNumber.clamped(value))
      guard let share else { throw NaiveMissing(cause: NaiveCause.digits(factor.name)) }
      measure.factors.append(NamedValue(name: factor.name, value: .number(share)))
      total = total.flatMap { NaiveNumber.sum($0, share) }
    }
    for point in threshold.points {
      let judged = judge(point.condition)
      if judged.truth == .unknown {
        throw NaiveMissing(cause: judged.causes.min(by: NaiveText.precedes) ?? "")
      }
      if judged.truth == .true { total = total.flatMap { NaiveNumber.sum($0, point.amount) } }
    }
    guard let total, let score = NaiveNumber.roundedTo9(NaiveNumber.clamped(total)) else {
      throw NaiveMissing(cause: "the sum has more than 18 digits")
    }
    measure.score = score
    return measure
  }

  private func value(of arithmetic: Arithmetic, in factor: String) throws -> Decimal {
    let result: Decimal?
    switch arithmetic {
    case .number(let number): return number
    case .operand(let operand), .count(let operand):
      switch state(of: operand) {
      case .known(.number(let number)): return number
      case .known(.list(let list)): return Decimal(clamping: list.count)
      case .unknown(let causes): throw NaiveMissing(cause: causes.first ?? "")
      default: throw NaiveMissing(cause: NaiveCause.absent(operand.reference))
      }
    case .add(let left, let right):
      result = NaiveNumber.sum(try value(of: left, in: factor), try value(of: right, in: factor))
    case .subtract(let left, let right):
      result = Decimal(
        raw: try value(of: left, in: factor).raw - value(of: right, in: factor).raw)
    case .multiply(let left, let right):
      result = NaiveNumber.product(
        try value(of: left, in: factor), try value(of: right, in: factor))
    case .divide(let left, let right):
      let dividend = try value(of: left, in: factor)
      let divisor = try value(of: right, in: factor)
      guard divisor.raw != 0 else { throw NaiveMissing(cause: NaiveCause.division(factor)) }
      result = NaiveNumber.quotient(dividend, divisor)
    }
    guard let result else { throw NaiveMissing(cause: NaiveCause.digits(factor)) }
    return result
  }
}
