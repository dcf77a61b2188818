import TractatusEngine
import TractatusSource
import TractatusValues

/// What running one example or test gave.
package struct TestResult: Sendable {
  /// What was run.
  package enum Kind: String, Sendable {
    case example, test
  }

  /// One thing that is other than expected.
  package struct Difference: Equatable, Sendable {
    /// What is compared: `verdict`, `by`, `correcting` or `error`.
    package var what: String
    /// What the test expects, as shown.
    package var expected: String
    /// What the decision has, as shown.
    package var actual: String
    package init(what: String, expected: String, actual: String) {
      self.what = what
      self.expected = expected
      self.actual = actual
    }
  }

  package var kind: Kind
  /// The test's own name; for an example its rule's qualified name and its number from 1.
  package var name: String
  /// The package whose file wrote it.
  package var package: String
  /// The example or test in its source.
  package var span: SourceSpan
  /// `file:line:column`.
  package var place: String
  package var expected: Verdict
  package var actual: Verdict
  /// Empty when it passed.
  package var differences: [Difference]
  /// The whole decision, for a longer report.
  package var decision: Decision

  /// Whether nothing is other than expected.
  package var isPassed: Bool { differences.isEmpty }

  /// What is other than expected, in one sentence part.
  package var summary: String {
    differences.map { "\($0.what): expected \($0.expected), got \($0.actual)" }
      .joined(separator: "; ")
  }
}
