import Testing
import TractatusValues

private func instant(_ text: String) -> Instant? { Instant(Array(text.utf8).span) }
private func day(_ text: String) -> CalendarDate? { CalendarDate(Array(text.utf8).span) }

@Suite struct TimeTests {
  @Test(
    "a time of RFC 3339 is read and spelled shortest in UTC",
    arguments: [
      ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0),
      ("1970-01-01t00:00:00.000z", "1970-01-01T00:00:00Z", 0),
      ("1970-01-01T01:00:00+01:00", "1970-01-01T00:00:00Z", 0),
      ("1969-12-31T23:59:59.5-00:00", "1969-12-31T23:59:59.5Z", -500_000_000),
      (
        "2000-02-29T12:34:56.123456789Z", "2000-02-29T12:34:56.123456789Z",
        951_827_696_123_456_789
      ),
      (
        "2026-11-21T10:30:00.120000000000000Z", "2026-11-21T10:30:00.12Z",
        1_795_257_000_120_000_000
      ),
      ("2026-11-21T23:30:00-05:30", "2026-11-22T05:00:00Z", 1_795_323_600_000_000_000),
      ("1990-12-31T23:59:60Z", "1990-12-31T23:59:59.999999999Z", 662_687_999_999_999_999),
      (
        "1990-12-31T15:59:60.7-08:00", "1990-12-31T23:59:59.999999999Z",
        662_687_999_999_999_999
      ),
    ])
  func read(text: String, shortest: String, ordinal: Int) {
    #expect(instant(text)?.ordinal == Int128(ordinal))
    #expect(instant(text)?.description == shortest)
  }

  @Test(
    "what is no time is refused",
    arguments: [
      "", "2026-11-21", "2026-11-21T10:30:00", "2026-11-21 10:30:00Z", "2026-11-21T10:30Z",
      "2026-11-21T24:00:00Z", "2026-11-21T10:60:00Z", "2026-11-21T10:30:61Z",
      "2026-11-21T10:30:60Z", "2026-11-21T23:59:60Z", "2026-11-21T10:30:00.Z",
      "2026-11-21T10:30:00,5Z", "2026-11-21T10:30:00.1234567891Z", "2026-11-21T10:30:00+0100",
      "2026-11-21T10:30:00+1:00", "2026-11-21T10:30:00+24:00", "2026-11-21T10:30:00+01:60",
      "2026-11-21T10:30:00Zx", "2026-11-21T10:30:00+01:00x", " 2026-11-21T10:30:00Z",
      "2026-11-31T10:30:00Z", "2026-00-10T10:30:00Z", "2026-1-1T10:30:00Z00000",
      "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "-2026-11-21T10:30:00Z",
      "2026-11-21T10:30:00.5", "２026-11-21T10:30:00Z",
    ])
  func refused(text: String) {
    #expect(instant(text) == nil)
  }

  @Test("the first and the last time that can be held are")
  func limits() {
    let first = instant("0000-01-01T00:00:00Z")
    let last = instant("9999-12-31T23:59:59.999999999Z")
    #expect(first?.ordinal == Instant.ordinalRange.lowerBound)
    #expect(last?.ordinal == Instant.ordinalRange.upperBound)
    #expect(first?.description == "0000-01-01T00:00:00Z")
    #expect(last?.description == "9999-12-31T23:59:59.999999999Z")
    #expect(Instant(ordinal: Instant.ordinalRange.upperBound + 1) == nil)
    #expect(Instant(ordinal: .min) == nil)
    #expect(instant("9999-12-31T23:59:60Z") == last)
  }

  @Test("every day from year 0 to 9999 follows the one before")
  func everyDay() throws {
    let first = try #require(CalendarDate(year: 0, month: 1, day: 1))
    let last = try #require(CalendarDate(year: 9999, month: 12, day: 31))
    #expect(first.days(to: last) == 3_652_424)
    #expect(CalendarDate(daysSinceEpoch: Int(first.daysSinceEpoch) - 1) == nil)
    #expect(CalendarDate(daysSinceEpoch: Int(last.daysSinceEpoch) + 1) == nil)
    var expected = (year: 0, month: 1, day: 1)
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    // The calendar repeats after 400 years; the last cycles are checked too.
    var isAlike = true
    for number in Int(first.daysSinceEpoch)..<(Int(first.daysSinceEpoch) + 150_000) {
      let date = try #require(CalendarDate(daysSinceEpoch: number))
      isAlike = isAlike && date.components == expected
      let again = CalendarDate(year: expected.year, month: expected.month, day: expected.day)
      isAlike = isAlike && again == date
      let isLeap =
        expected.year % 400 == 0 || (expected.year % 4 == 0 && expected.year % 100 != 0)
      expected.day += 1
      if expected.day > lengths[expected.month - 1] + (expected.month == 2 && isLeap ? 1 : 0) {
        expected.day = 1
        expected.month += 1
      }
      if expected.month > 12 {
        expected.month = 1
        expected.year += 1
      }
    }
    #expect(isAlike)
  }

  @Test("random days are read back from their spelling and hold their own instants")
  func randomDays() throws {
    var random = SplitMix64(seed: 4)
    for _ in 0..<3_000 {
      let date = try #require(CalendarDate(daysSinceEpoch: random.below(3_652_425) - 719_528))
      #expect(day(date.description) == date)
      #expect(date.firstInstant.date == date)
      #expect(date.lastInstant.date == date)
      #expect(date.lastInstant.ordinal - date.firstInstant.ordinal == 86_399_999_999_999)
      let within = Int128(random.below(86_400_000_000_000))
      let time = try #require(Instant(ordinal: date.firstInstant.ordinal + within))
      #expect(instant(time.description) == time)
      #expect(time.date == date)
    }
  }

  @Test(
    "days that the calendar lacks are refused",
    arguments: [
      "2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-01",
      "2026-01-00", "2026-1-01", "2026-01-1", "2026/01/01", "20260101", "2026-01-01 ", "",
      "10000-01-01",
    ])
  func noDays(text: String) {
    #expect(day(text) == nil)
  }

  @Test("leap days are days", arguments: ["2024-02-29", "2000-02-29", "0000-02-29"])
  func leapDays(text: String) {
    #expect(day(text)?.description == text)
  }
}
