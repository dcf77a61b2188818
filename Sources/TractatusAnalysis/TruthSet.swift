import TractatusValues

/// A set of Kleene's three truth values: what a condition is wanted to be, or may still be.
package struct TruthSet: OptionSet, Hashable, Sendable {
  /// Bit 0 `false`, bit 1 `unknown`, bit 2 `true`.
  package let rawValue: UInt8
  /// The set of these bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// False, and nothing else.
  package static let isFalse = TruthSet(rawValue: 1)
  /// Unknown, and nothing else.
  package static let isUnknown = TruthSet(rawValue: 2)
  /// True, and nothing else.
  package static let isTrue = TruthSet(rawValue: 4)
  /// True or unknown: what makes a restricting clause speak.
  package static let notFalse: TruthSet = [.isTrue, .isUnknown]
  /// False or unknown: where an `allow` does nothing.
  package static let notTrue: TruthSet = [.isFalse, .isUnknown]
  /// True or false.
  package static let isKnown: TruthSet = [.isTrue, .isFalse]
  /// Whatever.
  package static let any: TruthSet = [.isFalse, .isUnknown, .isTrue]

  /// The set of one value.
  package init(_ truth: Truth) { self.init(rawValue: 1 << truth.rawValue) }

  /// Whether a value is in the set.
  package func contains(_ truth: Truth) -> Bool { rawValue & 1 << truth.rawValue != 0 }

  /// What the negations of the values are.
  package var negated: TruthSet {
    TruthSet(rawValue: (rawValue & 1) << 2 | rawValue & 2 | rawValue >> 2)
  }

  /// The least value of the set; `false` for the empty one.
  package var least: Truth {
    contains(.isFalse) ? .false : contains(.isUnknown) ? .unknown : isEmpty ? .false : .true
  }

  /// The greatest value of the set; `true` for the empty one.
  package var greatest: Truth {
    contains(.isTrue) || isEmpty ? .true : contains(.isUnknown) ? .unknown : .false
  }

  /// What `and` makes of a value of each set.
  package static func & (left: TruthSet, right: TruthSet) -> TruthSet {
    combined(left, right) { $0 & $1 }
  }

  /// What `or` makes of a value of each set.
  package static func | (left: TruthSet, right: TruthSet) -> TruthSet {
    combined(left, right) { $0 | $1 }
  }

  private static func combined(
    _ left: TruthSet, _ right: TruthSet, _ combine: (Truth, Truth) -> Truth
  ) -> TruthSet {
    var result: TruthSet = []
    for one in Truth.allCases where left.contains(one) {
      for other in Truth.allCases where right.contains(other) {
        result.insert(TruthSet(combine(one, other)))
      }
    }
    return result
  }
}
