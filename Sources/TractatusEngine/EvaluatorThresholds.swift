import TractatusJSON
import TractatusValues

extension Evaluator {
  /// How many thresholds may be measured because one that is being measured reads them.
  private static var measuringLimit: Int { 8 }

  /// Scores a threshold, once in a decision.
  ///
  /// Those that it reads are scored when it does. A threshold reads only thresholds before it, so
  /// past a few levels all before it are scored first, and no chain of them makes this recur
  /// deeper.
  mutating func measure(_ threshold: UInt32, _ input: borrowing ActionInput) {
    if scores[at: threshold].epoch == epoch { return }
    // A score is the same whatever type is judged.
    let judged = currentType
    beginType(noIndex)
    defer { beginType(judged) }
    let first = measuring < Self.measuringLimit ? threshold : 0
    measuring += 1
    defer { measuring -= 1 }
    for index in first...threshold where scores[at: index].epoch != epoch {
      // While it is worked out it counts as not measured.
      scores[at: index] = ThresholdScore(epoch: epoch)
      let result = score(of: index, input)
      scores[at: index] = result
      publish(result, of: index)
    }
  }

  private mutating func publish(_ result: ThresholdScore, of threshold: UInt32) {
    let record = image.thresholds[at: threshold]
    publish(Int128(result.level), in: record.levelSlot, isMeasured: result.isMeasured)
    publish(result.score.raw, in: record.scoreSlot, isMeasured: result.isMeasured)
  }

  @inline(__always)
  private mutating func publish(_ number: Int128, in slot: UInt32, isMeasured: Bool) {
    if slot == noIndex { return }
    var value = Value.unknown(.notSupplied, of: slot)
    if isMeasured {
      value.state = .known
      value.ordinal = number
    }
    value.epoch = epoch
    values[at: slot] = value
  }

  private mutating func score(
    of threshold: UInt32, _ input: borrowing ActionInput
  ) -> ThresholdScore {
    let record = image.thresholds[at: threshold]
    var result = ThresholdScore(epoch: epoch)
    if record.given != noIndex {
      let given = value(of: record.given, input)
      if given.state == .known, let score = Decimal(raw: given.ordinal)?.rounded(places: 9) {
        result.isGiven = true
        return finish(result, score, record)
      }
    }
    // INVARIANT: a base and fewer than 2^32 terms below 10^36 fit 128 bits only while the sum is
    // checked at each step, which `adding` does.
    var sum: Decimal? = Decimal(raw: image.numbers[at: record.base])
    for factor in record.factors.range {
      guard let term = term(of: factor, input, blame: &result) else { return result }
      sum = sum.flatMap { $0.adding(term) }
    }
    for index in record.points.range {
      let point = image.points[index]
      let truth = evaluate(formula: point.formula, input)
      if truth == .unknown {
        result.reason = .condition
        result.culprit = UInt32(truncatingIfNeeded: index)
        return result
      }
      if truth == .true {
        let amount = Decimal(raw: image.numbers[at: point.amount])
        sum = sum.flatMap { sum in amount.flatMap { sum.adding($0) } }
      }
    }
    guard let sum, let rounded = sum.clamped(to: .zero...Decimal.one).rounded(places: 9) else {
      result.reason = .sum
      return result
    }
    return finish(result, rounded, record)
  }

  private func finish(
    _ result: ThresholdScore, _ score: Decimal, _ record: ThresholdRecord
  ) -> ThresholdScore {
    var result = result
    result.isMeasured = true
    result.score = score
    for (place, index) in record.levels.range.enumerated()
    where image.numbers[at: image.levels[index].from] <= score.raw {
      result.level = UInt32(truncatingIfNeeded: place)
    }
    return result
  }

  /// Weight times value of a factor; nil, with the blame in `result`, when it cannot be known.
  mutating func term(
    of factor: Int, _ input: borrowing ActionInput, blame result: inout ThresholdScore
  ) -> Decimal? {
    let record = image.factors[factor]
    guard let weight = Decimal(raw: image.numbers[at: record.weight]) else { return nil }
    let value: Decimal
    if let known = calculate(record.code, input, blame: &result) {
      value = known
    } else if record.fallback != noIndex,
      let fallback = Decimal(raw: image.numbers[at: record.fallback])
    {
      value = fallback
    } else {
      if result.reason == .division || result.reason == .overflow {
        result.culprit = UInt32(truncatingIfNeeded: factor)
      }
      return nil
    }
    return weight.multiplied(by: value.clamped(to: .zero...Decimal.one))
  }

  /// Runs a factor's arithmetic on the stack `numbers`.
  private mutating func calculate(
    _ code: Extent, _ input: borrowing ActionInput, blame result: inout ThresholdScore
  ) -> Decimal? {
    let base = numbers.count
    defer { numbers.removeLast(numbers.count - base) }
    for index in code.range {
      let step = image.arithmetic[index]
      guard let operation = ArithmeticOperation(rawValue: step.operation) else { return nil }
      switch operation {
      case .number:
        guard let number = Decimal(raw: image.numbers[at: step.a]) else { return nil }
        numbers.append(number)
      case .attribute, .count:
        let value = value(of: step.a, input)
        guard value.state == .known else {
          result.reason = value.state == .absent ? .absentInput : .input
          result.culprit = step.a
          return nil
        }
        let ordinal = operation == .count ? count(value, input) : value.ordinal
        guard let number = Decimal(raw: ordinal) else { return nil }
        numbers.append(number)
      default:
        guard let right = numbers.popLast(), let left = numbers.popLast() else { return nil }
        if operation == .divide && right.raw == 0 {
          result.reason = .division
          return nil
        }
        guard let outcome = Self.calculate(left, operation, right) else {
          result.reason = .overflow
          return nil
        }
        numbers.append(outcome)
      }
    }
    return numbers.count > base ? numbers.last : nil
  }

  private static func calculate(
    _ left: Decimal, _ operation: ArithmeticOperation, _ right: Decimal
  ) -> Decimal? {
    switch operation {
    case .add: left.adding(right)
    case .subtract: left.subtracting(right)
    case .multiply: left.multiplied(by: right)
    case .divide: left.divided(by: right)
    case .number, .attribute, .count: nil
    }
  }
}
