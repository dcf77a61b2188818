/// Internet addresses, in all spellings that programs take.
struct IPAddress: Sendable, Equatable {
  /// The eight groups of version 6.
  private var groups: InlineArray<8, UInt16> = InlineArray(repeating: 0)

  static func == (left: IPAddress, right: IPAddress) -> Bool {
    for index in 0..<8 where left.groups[index] != right.groups[index] { return false }
    return true
  }

  /// The value of a hexadecimal digit.
  static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46, 0x61...0x66: UInt32((byte | 0x20) - 0x61) + 10
    default: nil
    }
  }

  /// A number as C writes it: decimal, octal after `0`, hexadecimal after `0x`; saturates.
  static func number(_ text: Span<UInt8>) -> UInt64? {
    guard text.count > 0 else { return nil }
    var base: UInt64 = 10
    var offset = 0
    if text.count > 1, text[0] == 0x30 {
      base = text[1] | 0x20 == UInt8(ascii: "x") ? 16 : 8
      offset = base == 16 ? 2 : 1
    }
    var value: UInt64 = 0
    while offset < text.count {
      guard let digit = digit(text[offset]), digit < base else { return nil }
      value = min(value * base + UInt64(digit), 1 << 40)
      offset += 1
    }
    return value
  }

  /// An IPv4 address of one to four numbers, the last of which fills what is left; nil when it is
  /// none.
  static func version4(_ text: Span<UInt8>) -> UInt32? {
    var address: UInt64 = 0
    var parts = 0
    var start = 0
    for offset in 0...text.count where offset == text.count || text[offset] == 0x2E {
      guard let value = number(text.extracting(start..<offset)) else { return nil }
      parts += 1
      guard parts <= 4 else { return nil }
      let isLast = offset == text.count
      if isLast {
        let bits = UInt64(8 * (5 - parts))
        guard value < 1 << bits else { return nil }
        return UInt32(truncatingIfNeeded: address << bits | value)
      }
      guard value < 256 else { return nil }
      address = address << 8 | value
      start = offset + 1
    }
    return nil
  }

  /// Writes an IPv4 address as a dotted quad.
  static func append(version4 address: UInt32, to bytes: inout [UInt8]) {
    for place: UInt32 in 0..<4 {
      if place > 0 { bytes.append(UInt8(ascii: ".")) }
      append(address >> (24 - 8 * place) & 255, base: 10, to: &bytes)
    }
  }

  private static func append(_ number: UInt32, base: UInt32, to bytes: inout [UInt8]) {
    var divisor: UInt32 = 1
    while number / divisor >= base { divisor *= base }
    while divisor > 0 {
      let digit = UInt8(truncatingIfNeeded: number / divisor % base)
      bytes.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
      divisor /= base
    }
  }

  /// An IPv6 address (RFC 4291, 2.2), perhaps with a zone, which is dropped; nil when it is none.
  static func version6(_ text: Span<UInt8>) -> IPAddress? {
    var result = IPAddress()
    var count = 0
    // The groups before `::`, or -1.
    var gap = -1
    var offset = 0
    var end = 0
    while end < text.count, text[end] != UInt8(ascii: "%") { end += 1 }
    if end < text.count, end + 1 == text.count { return nil }
    if end >= 2, text[0] == 0x3A, text[1] == 0x3A {
      gap = 0
      offset = 2
    }
    while offset < end {
      guard count < 8 else { return nil }
      var stop = offset
      while stop < end, text[stop] != 0x3A { stop += 1 }
      let part = text.extracting(offset..<stop)
      if stop == end, count <= 6, let quad = quad(part) {
        result.groups[count] = UInt16(truncatingIfNeeded: quad >> 16)
        result.groups[count + 1] = UInt16(truncatingIfNeeded: quad)
        count += 2
        break
      }
      guard let group = group(part) else { return nil }
      result.groups[count] = group
      count += 1
      if stop == end { break }
      offset = stop + 1
      if offset == end { return nil }
      if text[offset] == 0x3A {
        guard gap < 0 else { return nil }
        gap = count
        offset += 1
      }
    }
    return result.spread(count: count, gap: gap)
  }

  /// Puts zeros into the gap; nil when the groups are too few or too many.
  private func spread(count: Int, gap: Int) -> IPAddress? {
    if gap < 0 { return count == 8 ? self : nil }
    guard count < 8 else { return nil }
    var result = IPAddress()
    for index in 0..<gap { result.groups[index] = groups[index] }
    for index in gap..<count { result.groups[8 - count + index] = groups[index] }
    return result
  }

  private static func group(_ text: Span<UInt8>) -> UInt16? {
    guard text.count > 0, text.count <= 4 else { return nil }
    var value: UInt32 = 0
    for offset in text.indices {
      guard let digit = digit(text[offset]) else { return nil }
      value = value << 4 | digit
    }
    return UInt16(truncatingIfNeeded: value)
  }

  /// Four decimal numbers, as they stand at the end of an IPv6 address.
  private static func quad(_ text: Span<UInt8>) -> UInt32? {
    var dots = 0
    for offset in text.indices {
      if text[offset] == 0x2E {
        dots += 1
      } else if !ByteClass.digits.contains(text[offset]) {
        return nil
      }
    }
    return dots == 3 ? version4(text) : nil
  }

  /// The IPv4 address that it stands for: `::ffff:a.b.c.d`.
  var mapped: UInt32? {
    for index in 0..<5 where groups[index] != 0 { return nil }
    guard groups[5] == 0xFFFF else { return nil }
    return UInt32(groups[6]) << 16 | UInt32(groups[7])
  }

  /// Writes it as RFC 5952 has it: lower case, and the first of the longest runs of zeros as `::`.
  func append(to bytes: inout [UInt8]) {
    var best = 0..<0
    var index = 0
    while index < 8 {
      var end = index
      while end < 8, groups[end] == 0 { end += 1 }
      if end - index > max(1, best.count) { best = index..<end }
      index = end + 1
    }
    index = 0
    while index < 8 {
      if index == best.lowerBound, !best.isEmpty {
        bytes.append(UInt8(ascii: ":"))
        bytes.append(UInt8(ascii: ":"))
        index = best.upperBound
        continue
      }
      if index > 0, index != best.upperBound || best.isEmpty { bytes.append(UInt8(ascii: ":")) }
      Self.append(UInt32(groups[index]), base: 16, to: &bytes)
      index += 1
    }
  }
}
