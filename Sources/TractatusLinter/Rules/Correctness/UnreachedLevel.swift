import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

extension LintRule {
  /// `unreached-level`.
  static let unreachedLevel = LintRule(
    113, "unreached-level", .error, "A level of a threshold that no score reaches.",
    why: """
      The base, the factors' weights and the points bound the score. A level outside of these bounds never applies, so \
      its verdict protects nothing.
      """,
    avoid: """
      threshold trouble "Trouble" {
          base 0.1
          add 0.3 when session.recent_errors > 3
          level calm   from  0%
          level rising from 30% warn because "Errors add up."
          level high   from 60% ask because "Many errors."
          unmeasured ask because "The session's errors are not reported."
      }
      """,
    prefer: """
      threshold trouble "Trouble" {
          base 0.1
          add 0.3 when session.recent_errors > 3
          add 0.4 when session.recent_errors > 9
          level calm   from  0%
          level rising from 30% warn because "Errors add up."
          level high   from 60% ask because "Many errors."
          unmeasured ask because "The session's errors are not reported."
      }
      """,
    needsCheck: true
  ) { run in
    for threshold in run.policy.thresholds where threshold.given == nil {
      let (low, high) = bounds(of: threshold)
      for (index, level) in threshold.levels.enumerated() {
        let next = index + 1 < threshold.levels.count ? threshold.levels[index + 1] : nil
        if level.from.raw > high {
          run.report(
            "no score reaches `\(level.name)`: the highest is \(shown(high))",
            at: run.head(level.span))
        } else if let next, next.from.raw <= low {
          run.report(
            "no score is as low as `\(level.name)`: the lowest is \(shown(low))",
            at: run.head(level.span))
        }
      }
    }
  }

  private static func shown(_ raw: Int128) -> String {
    (Decimal(raw: raw) ?? .zero).description
  }

  /// The lowest and the highest score, in the scale of `Decimal.raw`.
  private static func bounds(of threshold: Threshold) -> (low: Int128, high: Int128) {
    let one = Decimal(1).raw
    var low = threshold.base.raw
    var high = low
    for factor in threshold.factors {
      if case .number(let number) = factor.value {
        let fixed = min(max(number.raw, 0), one)
        // Both are at most 10^18, so the product fits.
        low += factor.weight.raw * fixed / one
        high += factor.weight.raw * fixed / one
      } else {
        high += factor.weight.raw
      }
    }
    for point in threshold.points {
      if point.amount.raw > 0 { high += point.amount.raw } else { low += point.amount.raw }
    }
    return (min(max(low, 0), one), min(max(high, 0), one))
  }
}
