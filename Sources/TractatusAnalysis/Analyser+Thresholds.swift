import TractatusSemantics
import TractatusSource
import TractatusValues

/// Levels that no score reaches.
extension Analyser {
  func analyseThresholds() {
    for (number, threshold) in checked.thresholds.enumerated() where isReported(threshold.span) {
      let (least, most) = Self.scores(of: threshold)
      for (place, level) in threshold.levels.enumerated() {
        let next = place + 1 < threshold.levels.count ? threshold.levels[place + 1].from : nil
        let isTooHigh = level.from > most
        let isTooLow = next.map { $0 <= least } ?? false
        guard isTooHigh || isTooLow else { continue }
        let bound = isTooHigh ? "at most \(Self.text(most))" : "at least \(Self.text(least))"
        report(
          AnalysisFinding(
            .unreachedLevel, .proved,
            "no score of `\(threshold.name.name)` reaches `\(level.name)`: its factors and points "
              + "give \(bound)",
            at: level.span, claim: .unreached(threshold: number, level: place)))
      }
    }
  }

  /// The least and the greatest score that a threshold can have.
  private static func scores(of threshold: Threshold) -> (least: Decimal, most: Decimal) {
    var least = threshold.base.raw
    var most = threshold.base.raw
    for factor in threshold.factors { most += max(0, factor.weight.raw) }
    for point in threshold.points {
      if point.condition == .constant(false) { continue }
      least += min(0, point.amount.raw)
      most += max(0, point.amount.raw)
      if point.condition == .constant(true) {
        least += max(0, point.amount.raw)
        most += min(0, point.amount.raw)
      }
    }
    if let given = threshold.given {
      // What the caller supplies counts instead.
      var bounds = (lower: Decimal.zero, upper: Decimal.one)
      switch given.type {
      case .number(let own), .int(let own):
        bounds.lower = max(bounds.lower, own.lower ?? bounds.lower)
        bounds.upper = min(bounds.upper, own.upper ?? bounds.upper)
      default: break
      }
      least = min(least, bounds.lower.raw)
      most = max(most, bounds.upper.raw)
    }
    func clamped(_ raw: Int128) -> Decimal {
      Decimal(raw: min(max(raw, 0), Decimal.scale)) ?? .zero
    }
    return (clamped(least), clamped(most))
  }

  private static func text(_ number: Decimal) -> String {
    var bytes: [UInt8] = []
    number.write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
