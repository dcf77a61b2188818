import Glibc

/// Ends the process.
package enum ProcessExit {
  /// Ends the process at once with this status; every stream is flushed by then.
  package static func end(with status: Int32) -> Never {
    _exit(status)
  }
}
