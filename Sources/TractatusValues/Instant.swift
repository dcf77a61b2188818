/// A point in time to the nanosecond, in the years 0 to 9999 of UTC.
package struct Instant: Sendable, Hashable, Comparable {
  /// The nanoseconds since 1970-01-01T00:00:00Z, negative before it: instants order as these do.
  package let ordinal: Int128

  /// The nanoseconds in a second.
  package static let nanosecondsPerSecond: Int128 = 1_000_000_000
  /// The nanoseconds in a day.
  package static let nanosecondsPerDay: Int128 = 86_400 * nanosecondsPerSecond
  /// The ordinals of the first and the last instant that are held.
  package static let ordinalRange: ClosedRange<Int128> = {
    let days = CalendarDate.dayRange
    let first = Int128(days.lowerBound) * nanosecondsPerDay
    return first...((Int128(days.upperBound) + 1) * nanosecondsPerDay - 1)
  }()

  /// The instant with this ordinal, which the caller knows to be in range.
  init(unchecked ordinal: Int128) {
    self.ordinal = ordinal
  }

  /// The instant with this ordinal, or nil outside the years 0 to 9999.
  package init?(ordinal: Int128) {
    guard Self.ordinalRange.contains(ordinal) else { return nil }
    self.ordinal = ordinal
  }

  /// The instant that `bytes` spell as RFC 3339, section 5.6, defines `date-time`, or nil.
  ///
  /// `T` and `Z` may be lower case; nothing else varies. The offset is applied. At most nine
  /// digits of a second's fraction may matter. Second 60 is accepted only where a leap second can
  /// be, at the end of a month in UTC, and then is the last nanosecond before the next day, since
  /// this scale has no leap seconds. What lies outside the years 0 to 9999 in UTC is refused.
  package init?(_ bytes: Span<UInt8>) {
    guard bytes.count >= 20, let date = CalendarDate(leading: bytes), bytes[10] | 0x20 == 0x74,
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let hour = CalendarDate.number(bytes, 11, 2), hour < 24,
      let minute = CalendarDate.number(bytes, 14, 2), minute < 60,
      let second = CalendarDate.number(bytes, 17, 2), second <= 60,
      let (fraction, zone) = Self.fraction(in: bytes, at: 19),
      let offsetMinutes = Self.offset(in: bytes, at: zone)
    else { return nil }
    let isLeap = second == 60
    let minutes = Int(date.daysSinceEpoch) * 1440 + hour * 60 + minute - offsetMinutes
    let seconds = minutes * 60 + (isLeap ? 59 : second)
    let rest = isLeap ? Self.nanosecondsPerSecond - 1 : Int128(fraction)
    self.init(ordinal: Int128(seconds) * Self.nanosecondsPerSecond + rest)
    if isLeap && !isLastOfMonth { return nil }
  }

  /// The day in UTC that holds the instant.
  package var date: CalendarDate {
    let (quotient, remainder) = ordinal.quotientAndRemainder(dividingBy: Self.nanosecondsPerDay)
    // INVARIANT: every instant lies in a day of the calendar.
    return CalendarDate(uncheckedDays: Int32(remainder < 0 ? quotient - 1 : quotient))
  }

  /// Whether `left` is earlier.
  @inlinable
  package static func < (left: Instant, right: Instant) -> Bool {
    left.ordinal < right.ordinal
  }

  /// Whether the instant is the last nanosecond of the last day of a month.
  private var isLastOfMonth: Bool {
    guard ordinal < Self.ordinalRange.upperBound else { return true }
    let next = Instant(unchecked: ordinal + 1)
    return next.date.components.day == 1 && next.date != date
  }

  /// The nanoseconds after a point at `offset`, if there is one, and the offset after them.
  private static func fraction(
    in bytes: Span<UInt8>, at offset: Int
  ) -> (nanoseconds: Int, end: Int)? {
    guard bytes[offset] == UInt8(ascii: ".") else { return (0, offset) }
    var end = offset + 1
    var nanoseconds = 0
    var unit = 100_000_000
    while end < bytes.count, let digit = CalendarDate.number(bytes, end, 1) {
      if unit == 0 && digit != 0 { return nil }
      nanoseconds += digit * unit
      unit /= 10
      end += 1
    }
    return end > offset + 1 ? (nanoseconds, end) : nil
  }

  /// The minutes by which local time is ahead of UTC, or nil when no offset ends the text.
  private static func offset(in bytes: Span<UInt8>, at offset: Int) -> Int? {
    guard offset < bytes.count else { return nil }
    let sign = bytes[offset]
    if sign | 0x20 == 0x7A { return bytes.count == offset + 1 ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), bytes.count == offset + 6,
      bytes[offset + 3] == UInt8(ascii: ":"),
      let hours = CalendarDate.number(bytes, offset + 1, 2), hours < 24,
      let minutes = CalendarDate.number(bytes, offset + 4, 2), minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
  }
}

extension Instant: CustomStringConvertible {
  /// The shortest RFC 3339 spelling in UTC, such as `2026-11-21T10:30:00.5Z`.
  package var description: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the shortest RFC 3339 spelling in UTC to `bytes`.
  package func write(to bytes: inout [UInt8]) {
    let day = date
    day.write(to: &bytes)
    let inDay = Int(truncatingIfNeeded: ordinal - day.firstInstant.ordinal)
    var (seconds, fraction) = inDay.quotientAndRemainder(dividingBy: 1_000_000_000)
    for (mark, unit) in [("T", 3600), (":", 60), (":", 1)] {
      bytes.append(contentsOf: mark.utf8)
      CalendarDate.write(seconds / unit, digits: 2, to: &bytes)
      seconds %= unit
    }
    if fraction != 0 {
      var digits = 9
      while fraction % 10 == 0 {
        fraction /= 10
        digits -= 1
      }
      bytes.append(UInt8(ascii: "."))
      CalendarDate.write(fraction, digits: digits, to: &bytes)
    }
    bytes.append(UInt8(ascii: "Z"))
  }
}
