import Glibc
import TractatusValues

/// The date as `lint` judges waivers and rules by; no decision reads it.
enum WallClock {
  /// Today in UTC; nil where the clock is set to no date that there is.
  static func today() -> CalendarDate? {
    var time = timespec()
    // SAFETY: the pointer is to a local variable that outlives the call.
    guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else { return nil }
    return CalendarDate(daysSinceEpoch: Int(clamping: time.tv_sec) / 86_400)
  }
}
