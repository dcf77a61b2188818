import Glibc

/// The signals by which people and systems end a process that runs on: taken one by one instead of
/// ending it midway.
struct EndSignals {
  private let signals: sigset_t

  /// Holds SIGINT and SIGTERM back from now on.
  init() {
    var set = sigset_t()
    _ = unsafe sigemptyset(&set)
    _ = unsafe sigaddset(&set, SIGINT)
    _ = unsafe sigaddset(&set, SIGTERM)
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    signals = set
  }

  /// Waits; false when one of the signals has come.
  func wait(seconds: Int) -> Bool {
    let end = MonotonicClock.nanoseconds() + UInt64(clamping: seconds) &* 1_000_000_000
    while true {
      let now = MonotonicClock.nanoseconds()
      guard now < end else { return true }
      let rest = end - now
      var set = signals
      var time = timespec(
        tv_sec: Int(clamping: rest / 1_000_000_000), tv_nsec: Int(rest % 1_000_000_000))
      // SAFETY: both pointers are to local variables that outlive the call.
      if unsafe sigtimedwait(&set, nil, &time) > 0 { return false }
      if errno != EINTR, errno != EAGAIN { return false }
    }
  }
}
