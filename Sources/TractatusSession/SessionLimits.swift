/// What a session's files may hold at most; what is more is refused on reading and dropped, oldest
/// first, on recording.
package enum SessionLimits {
  /// The largest count of anything, such as tokens.
  package static let count = 1_000_000_000_000_000
  /// Bytes of a text of the state, such as an alert.
  package static let text = 4_096
  /// Components whose use is kept.
  package static let components = 256
  /// Errors that are kept; no rule asks for more.
  package static let errors = 64
  /// Alerts that are kept.
  package static let alerts = 64
  /// Measured pressures that are kept, for the trend.
  package static let pressures = 3
  /// Checkpoints of a session.
  package static let checkpoints = 64
  /// Bytes of `session-state.json`.
  static let stateFile = 1 << 20
  /// Bytes of `token-checkpoints.json`.
  static let checkpointFile = 1 << 18
  /// Bytes of `instruction-history.json`.
  static let historyFile = 16 << 20
}
