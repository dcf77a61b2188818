import Glibc

/// The clock and the memory as `bench` reads them; no decision ever does.
enum MonotonicClock {
  /// Nanoseconds since some fixed instant.
  static func nanoseconds() -> UInt64 {
    var time = timespec()
    // SAFETY: the pointer is to a local variable that outlives the call.
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000
      &+ UInt64(truncatingIfNeeded: time.tv_nsec)
  }

  /// The most memory that the process has held, in KiB.
  static func peakMemoryKiB() -> Int {
    var usage = rusage()
    // SAFETY: the pointer is to a local variable that outlives the call.
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(truncatingIfNeeded: usage.ru_maxrss)
  }
}
