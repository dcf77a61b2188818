import TractatusValues

/// The truth of a test of something that can be read in several ways, as a path can by what its
/// links and its home directory are.
package struct FormTruth: Sendable, Equatable {
  /// Kleene's `and` over the readings.
  package var all: Truth
  /// Kleene's `or` over the readings.
  package var any: Truth

  /// The truth over several readings.
  package init(all: Truth, any: Truth) {
    self.all = all
    self.any = any
  }

  /// The truth under all readings alike.
  package init(_ truth: Truth) { self.init(all: truth, any: truth) }

  /// The truth under all readings alike.
  package init(_ truth: Bool) { self.init(Truth(truth)) }

  /// The test's truth: what all readings say, and where they disagree whether that counts as true.
  package func resolved(ambiguityHolds: Bool) -> Truth { ambiguityHolds ? any : all }

  /// This truth and that under more readings of the same.
  package func joined(_ other: FormTruth) -> FormTruth {
    FormTruth(all: all & other.all, any: any | other.any)
  }

  /// Kleene's `and`, reading by reading.
  package static func & (left: FormTruth, right: FormTruth) -> FormTruth {
    FormTruth(all: left.all & right.all, any: left.any & right.any)
  }

  /// Kleene's `or`, reading by reading.
  package static func | (left: FormTruth, right: FormTruth) -> FormTruth {
    FormTruth(all: left.all | right.all, any: left.any | right.any)
  }

  /// Kleene's `not`, which turns `all` and `any` round.
  package static prefix func ! (value: FormTruth) -> FormTruth {
    FormTruth(all: !value.any, any: !value.all)
  }
}
