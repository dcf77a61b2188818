/// How a command ends; of several results the highest counts.
package enum ExitStatus: Int32, Comparable, Sendable {
  /// Allowed or warned of, no errors, all tests passed.
  case pass = 0
  /// Asked or denied, a failed test.
  case fail = 1
  /// The question could not be answered.
  case error = 2
  /// The session's pressure is dangerous; `session pressure` alone says so.
  case dangerous = 3

  /// Orders from pass to dangerous.
  package static func < (left: ExitStatus, right: ExitStatus) -> Bool {
    left.rawValue < right.rawValue
  }
}
