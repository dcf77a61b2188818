import TractatusSource

extension Lexer {
  /// The most digits on either side of the point; decimals are exact up to there.
  static let digitLimit = 18

  /// Lexes a number, percentage, date or time.
  mutating func lexNumber(_ bytes: Span<UInt8>, _ table: Span<UInt8>, from start: Int) -> Int {
    if hasDate(bytes, at: start) {
      let end = start + 10
      if end < bytes.count, bytes[end] | 0x20 == 0x74 {
        return lexTime(bytes, table, from: start)
      }
      if end >= bytes.count || table[Int(bytes[end])] != Self.digit {
        append(.date, start, end)
        if !isInCalendar(bytes, at: start) { reportDate(start, end) }
        return end
      }
    }
    var offset = endOfDigits(bytes, from: start)
    var isWellFormed = areDigits(bytes, start, offset)
    var digits = digitCount(bytes, start, offset)
    var fraction = 0
    if offset + 1 < bytes.count, bytes[offset] == 0x2E,
      table[Int(bytes[offset + 1])] == Self.digit
    {
      let fractionStart = offset + 1
      offset = endOfDigits(bytes, from: fractionStart)
      isWellFormed = isWellFormed && areDigits(bytes, fractionStart, offset)
      fraction = digitCount(bytes, fractionStart, offset)
    }
    if offset < bytes.count, bytes[offset] == 0x25 {
      offset += 1
      append(.percent, start, offset)
      // A percentage is a hundredth, which needs two more places.
      fraction += 2
      digits = max(digits - 2, 0)
    } else {
      let end = endOfName(bytes, table, from: offset)
      if end > offset {
        reportLetters(start, offset, end)
        append(.number, start, end)
        return end
      }
      append(.number, start, offset)
    }
    if !isWellFormed {
      log.add(
        Diagnostic(
          .malformedNumber, "`_` stands only between two digits of a number",
          at: span(start, offset)))
    } else if digits > Self.digitLimit || fraction > Self.digitLimit {
      log.add(
        Diagnostic(
          .malformedNumber,
          "numbers are exact, with at most 18 digits on either side of the point",
          at: span(start, offset)))
    }
    return offset
  }

  /// Reports letters directly after a number; those of a unit only lack a space.
  private mutating func reportLetters(_ start: Int, _ numberEnd: Int, _ end: Int) {
    let letters = text(numberEnd, end)
    let isUnit = Word(rawValue: letters)?.isUnit == true
    let gap = span(numberEnd, numberEnd)
    log.add(
      Diagnostic(
        .malformedNumber,
        isUnit
          ? "a space belongs between the number and `\(letters)`"
          : "`\(letters)` directly follows the digits of a number", at: span(start, end),
        fixIts: isUnit ? [FixIt("insert a space", replacing: gap, with: " ")] : []))
  }

  private func endOfDigits(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var offset = start
    while offset < bytes.count, bytes[offset] == 0x5F || isDigit(bytes[offset]) { offset += 1 }
    return offset
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Whether every `_` stands between two digits.
  private func areDigits(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var wasDigit = false
    for offset in start..<end {
      if bytes[offset] == 0x5F, !wasDigit { return false }
      wasDigit = bytes[offset] != 0x5F
    }
    return wasDigit
  }

  /// The digits that count: leading zeros do not.
  private func digitCount(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var count = 0
    for offset in start..<end where bytes[offset] != 0x5F { count += 1 }
    return count
  }

  /// Whether `dddd-dd-dd` stands at an offset.
  private func hasDate(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    guard start + 10 <= bytes.count, bytes[start + 4] == 0x2D, bytes[start + 7] == 0x2D else {
      return false
    }
    for place in [0, 1, 2, 3, 5, 6, 8, 9] where !isDigit(bytes[start + place]) { return false }
    return true
  }

  /// The number of two or four digits at an offset.
  private func number(_ bytes: Span<UInt8>, at start: Int, digits: Int) -> Int {
    var value = 0
    for offset in start..<(start + digits) { value = value * 10 + Int(bytes[offset] - 0x30) }
    return value
  }

  /// Whether the date at an offset is in the calendar (proleptic Gregorian, years 0001 to 9999).
  private func isInCalendar(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    let year = number(bytes, at: start, digits: 4)
    let month = number(bytes, at: start + 5, digits: 2)
    let day = number(bytes, at: start + 8, digits: 2)
    guard year >= 1, month >= 1, month <= 12, day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= lengths[month - 1]
  }

  private mutating func reportDate(_ start: Int, _ end: Int) {
    log.add(
      Diagnostic(
        .malformedDate, "`\(text(start, end))` is not in the calendar; a date is year-month-day",
        at: span(start, end)))
  }

  /// Lexes an RFC 3339 time, whose date has been seen.
  private mutating func lexTime(
    _ bytes: Span<UInt8>, _ table: Span<UInt8>, from start: Int
  ) -> Int {
    if let end = endOfTime(bytes, table, from: start) {
      append(.time, start, end)
      if !isInCalendar(bytes, at: start) { reportDate(start, start + 10) }
      return end
    }
    var end = start + 10
    while end < bytes.count {
      let byte = bytes[end]
      let kind = table[Int(byte)]
      let isPart = kind == Self.letter || kind == Self.digit || byte == 0x3A || byte == 0x2B
      let isPoint =
        (byte == 0x2E || byte == 0x2D) && end + 1 < bytes.count
        && table[Int(bytes[end + 1])] == Self.digit
      guard isPart || isPoint else { break }
      end += 1
    }
    log.add(
      Diagnostic(
        .malformedTime,
        "`\(text(start, end))` is no RFC 3339 time, such as `2026-12-31T23:59:59Z` or with an"
          + " offset such as `+01:00`", at: span(start, end)))
    append(.time, start, end)
    return end
  }

  /// The end of the well-formed time at an offset (RFC 3339, section 5.6), or nil.
  private func endOfTime(
    _ bytes: Span<UInt8>, _ table: Span<UInt8>, from start: Int
  ) -> Int? {
    var offset = start + 11
    guard let hour = pair(bytes, at: offset), hour < 24, colon(bytes, at: offset + 2),
      let minute = pair(bytes, at: offset + 3), minute < 60, colon(bytes, at: offset + 5),
      let second = pair(bytes, at: offset + 6), second <= 60
    else { return nil }
    offset += 8
    if offset + 1 < bytes.count, bytes[offset] == 0x2E, isDigit(bytes[offset + 1]) {
      offset += 1
      while offset < bytes.count, isDigit(bytes[offset]) { offset += 1 }
    }
    guard offset < bytes.count else { return nil }
    if bytes[offset] | 0x20 == 0x7A {
      offset += 1
    } else {
      guard bytes[offset] == 0x2B || bytes[offset] == 0x2D,
        let hours = pair(bytes, at: offset + 1), hours < 24, colon(bytes, at: offset + 3),
        let minutes = pair(bytes, at: offset + 4), minutes < 60
      else { return nil }
      offset += 6
    }
    guard offset >= bytes.count || endOfName(bytes, table, from: offset) == offset else {
      return nil
    }
    return offset
  }

  private func pair(_ bytes: Span<UInt8>, at offset: Int) -> Int? {
    guard offset + 2 <= bytes.count, isDigit(bytes[offset]), isDigit(bytes[offset + 1]) else {
      return nil
    }
    return number(bytes, at: offset, digits: 2)
  }

  private func colon(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    offset < bytes.count && bytes[offset] == 0x3A
  }
}
