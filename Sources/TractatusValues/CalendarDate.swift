/// A day of the Gregorian calendar in the years 0 to 9999, such as `2026-12-31`.
package struct CalendarDate: Sendable, Hashable, Comparable {
  /// The days since 1970-01-01, negative before it.
  package let daysSinceEpoch: Int32

  /// 0000-01-01 and 9999-12-31 as days since 1970-01-01.
  static let dayRange: ClosedRange<Int32> = -719_528...2_932_896

  /// The day with this number, or nil outside the years 0 to 9999.
  package init?(daysSinceEpoch: Int) {
    guard let days = Int32(exactly: daysSinceEpoch), Self.dayRange.contains(days) else {
      return nil
    }
    self.daysSinceEpoch = days
  }

  /// The day with this number, which the caller knows to be in range.
  init(uncheckedDays: Int32) {
    daysSinceEpoch = uncheckedDays
  }

  /// The day, or nil when the calendar has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, inYear: year)
    else { return nil }
    // Years are counted from March, so that the leap day is the last of its year.
    let shifted = month > 2 ? year : year - 1
    let months = month > 2 ? month - 3 : month + 9
    let leapDays = Self.floor(shifted, 4) - Self.floor(shifted, 100) + Self.floor(shifted, 400)
    let days = shifted * 365 + leapDays + (153 * months + 2) / 5 + day - 1
    // 719468 days lie between 0000-03-01 and 1970-01-01.
    daysSinceEpoch = Int32(days - 719_468)
  }

  /// The day that `bytes` spell as exactly `YYYY-MM-DD`, or nil.
  package init?(_ bytes: Span<UInt8>) {
    guard bytes.count == 10 else { return nil }
    self.init(leading: bytes)
  }

  /// The day that the first ten of `bytes` spell, or nil.
  init?(leading bytes: Span<UInt8>) {
    guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Self.number(bytes, 0, 4), let month = Self.number(bytes, 5, 2),
      let day = Self.number(bytes, 8, 2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The year, the month from 1 and the day of the month from 1.
  package var components: (year: Int, month: Int, day: Int) {
    // Days since 0000-03-01, moved up by one cycle of 400 years so that nothing is negative.
    let days = Int(daysSinceEpoch) + 719_468 + 146_097
    let cycle = days / 146_097
    let inCycle = days % 146_097
    let yearOfCycle = (inCycle - inCycle / 1460 + inCycle / 36_524 - inCycle / 146_096) / 365
    let inYear = inCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let months = (5 * inYear + 2) / 153
    let day = inYear - (153 * months + 2) / 5 + 1
    let month = months < 10 ? months + 3 : months - 9
    let year = yearOfCycle + (cycle - 1) * 400 + (month <= 2 ? 1 : 0)
    return (year, month, day)
  }

  /// The first instant of the day in UTC.
  package var firstInstant: Instant {
    Instant(unchecked: Int128(daysSinceEpoch) * Instant.nanosecondsPerDay)
  }

  /// The last instant of the day in UTC: a nanosecond before the next day.
  package var lastInstant: Instant {
    Instant(unchecked: (Int128(daysSinceEpoch) + 1) * Instant.nanosecondsPerDay - 1)
  }

  /// The days from this day to `other`; negative when `other` is earlier.
  package func days(to other: CalendarDate) -> Int {
    Int(other.daysSinceEpoch) - Int(daysSinceEpoch)
  }

  /// Whether `left` is the earlier day.
  package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }

  private static func length(ofMonth month: Int, inYear year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func floor(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }

  /// The number that `count` digits from `offset` spell, or nil.
  static func number(_ bytes: Span<UInt8>, _ offset: Int, _ count: Int) -> Int? {
    guard offset + count <= bytes.count else { return nil }
    var value = 0
    for index in offset..<(offset + count) {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}

extension CalendarDate: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  package var description: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `YYYY-MM-DD` to `bytes`.
  package func write(to bytes: inout [UInt8]) {
    let (year, month, day) = components
    Self.write(year, digits: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    Self.write(month, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    Self.write(day, digits: 2, to: &bytes)
  }

  /// Appends the last `digits` digits of a number that is not negative, with zeros in front.
  static func write(_ value: Int, digits: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }
}
