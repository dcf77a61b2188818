import TractatusCompiler
import TractatusSemantics
import TractatusValues

/// How long ago something is to have been, for tests of its age.
struct UseAge {
  /// In messages and tokens, as decimals are kept.
  var messages: Int128 = 0
  var tokens: Int128 = 0
  var nanoseconds: Int128 = 0
  /// Whether a component was never used at all.
  var isNever = false

  /// The ages that an assignment asks for, by attribute: the greatest that the tests allow that are
  /// to hold, so that those fail that are not; else one that is past all of these.
  static func ages(_ model: AnalysisModel, _ assignment: Assignment) -> [(Int, UseAge)] {
    var wanted: [Int: [Window]] = [:]
    var refused: [Int: [Window]] = [:]
    for test in assignment.dependsOnFree {
      guard case .recent(let attribute, let windows) = model.policy.tests[test],
        let truths = assignment.tests[test]
      else { continue }
      if truths.contains(.isTrue) {
        wanted[attribute, default: []] += windows
      } else if truths.contains(.isFalse) {
        refused[attribute, default: []] += windows
      }
    }
    return Set(wanted.keys).union(refused.keys).sorted().map { attribute in
      let windows = wanted[attribute] ?? []
      var age = UseAge()
      age.isNever = windows.isEmpty
      for unit in Set((windows + (refused[attribute] ?? [])).map(\.unit)) {
        let most = windows.filter { $0.unit == unit }.map(\.amount).min()
        let past = refused[attribute]?.filter { $0.unit == unit }.map(\.amount).max() ?? 0
        age.set(most ?? (windows.isEmpty ? past + 1 : 0), unit)
      }
      return (attribute, age)
    }
  }

  private mutating func set(_ amount: Int64, _ unit: Window.Unit) {
    switch unit {
    case .messages: messages = Int128(amount) * Decimal.scale
    case .tokens: tokens = Int128(amount) * Decimal.scale
    case .time: nanoseconds = Int128(amount)
    }
  }

  /// The time so long before another.
  func time(before text: String) -> String {
    guard let now = Instant(Array(text.utf8).span) else { return text }
    return Instant(ordinal: now.ordinal - nanoseconds).map(\.description) ?? text
  }
}
