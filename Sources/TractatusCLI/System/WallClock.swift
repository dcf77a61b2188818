import Glibc
import TractatusValues

/// The system's clock: the date as `lint` judges waivers and rules by, the time of what happens in
/// a session, and the time that a hook gives an action. `eval` and its kind never read it.
enum WallClock {
  /// Now, to the millisecond, as records of people's doings have it; nil where the clock is set to
  /// no time that there is.
  static func now() -> Instant? {
    var time = timespec()
    // SAFETY: the pointer is to a local variable that outlives the call.
    guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else { return nil }
    let nanoseconds = Int128(time.tv_nsec) / 1_000_000 * 1_000_000
    return Instant(ordinal: Int128(time.tv_sec) * Instant.nanosecondsPerSecond + nanoseconds)
  }

  /// Today in UTC; nil where the clock is set to no date that there is.
  static func today() -> CalendarDate? {
    var time = timespec()
    // SAFETY: the pointer is to a local variable that outlives the call.
    guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else { return nil }
    return CalendarDate(daysSinceEpoch: Int(clamping: time.tv_sec) / 86_400)
  }
}
