/// How a command ends; of several results the highest counts.
package enum ExitStatus: Int32, Comparable, Sendable {
  /// Allowed or warned of, no errors, all tests passed.
  case pass = 0
  /// Asked or denied, a failed test.
  case fail = 1
  /// The question could not be answered.
  case error = 2

  /// Orders from pass to error.
  package static func < (left: ExitStatus, right: ExitStatus) -> Bool {
    left.rawValue < right.rawValue
  }
}
