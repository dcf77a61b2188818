/// A host's name or address in its normal form.
///
/// ASCII lower case without the dot at the end; Unicode as punycode (RFC 3492); IPv4 addresses as a
/// dotted quad however they are spelled; IPv6 addresses as RFC 5952 has it, without brackets and
/// zone, those that stand for an IPv4 address as that.
package struct HostName: Sendable, Equatable {
  /// What is known of a host.
  package enum State: UInt8, Sendable {
    /// There is none.
    case absent
    /// There is one that cannot be known.
    case unknown
    /// A name.
    case name
    /// An address.
    case address
  }

  /// What is known of it.
  package internal(set) var state = State.absent
  /// The name or address.
  package internal(set) var bytes: [UInt8] = []

  private var scalars: [UInt32] = []
  private var label: [UInt32] = []

  /// No host.
  package init() {}

  /// The longest text that is read; more cannot be a host.
  private static let limit = 1024
  /// The longest label that is read, in scalars.
  private static let labelLimit = 256

  /// Whether two are the same host; what cannot be known is like nothing.
  package static func == (left: HostName, right: HostName) -> Bool {
    left.state == right.state && left.bytes == right.bytes
  }

  /// Makes it no host.
  package mutating func clear() {
    state = .absent
    bytes.removeAll(keepingCapacity: true)
  }

  /// Makes it a host that cannot be known.
  package mutating func forget() {
    state = .unknown
    bytes.removeAll(keepingCapacity: true)
  }

  /// Reads a host as it is written: a name or an address, in brackets or not, without a port.
  ///
  /// What is no host leaves it unknown. Linear in the text; allocates nothing once warm.
  package mutating func read(_ text: Span<UInt8>) {
    forget()
    guard text.count > 0, text.count <= Self.limit else { return }
    if text[0] == UInt8(ascii: "[") {
      guard text[text.count - 1] == UInt8(ascii: "]") else { return }
      return readIPv6(text.extracting(1..<text.count - 1))
    }
    var colons = 0
    for offset in text.indices where text[offset] == UInt8(ascii: ":") { colons += 1 }
    if colons > 1 { return readIPv6(text) }
    guard decode(text), appendLabels() else { return forget() }
    if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
    guard isSound() else { return forget() }
    guard endsInNumber() else {
      state = .name
      return
    }
    guard let address = IPAddress.version4(bytes.span) else { return forget() }
    bytes.removeAll(keepingCapacity: true)
    IPAddress.append(version4: address, to: &bytes)
    state = .address
  }

  private mutating func readIPv6(_ text: Span<UInt8>) {
    guard let address = IPAddress.version6(text) else { return }
    if let mapped = address.mapped {
      IPAddress.append(version4: mapped, to: &bytes)
    } else {
      address.append(to: &bytes)
    }
    state = .address
  }

  /// Whether it is a domain, or one of its subdomains; an address is within itself alone.
  package func isWithin(_ domain: Span<UInt8>) -> Bool {
    let start = bytes.count - domain.count
    guard start == 0 || (start > 0 && state == .name && bytes[start - 1] == UInt8(ascii: "."))
    else { return false }
    for index in domain.indices where bytes[start + index] != domain[index] { return false }
    return !domain.isEmpty
  }

  // MARK: Names

  /// Takes `%41` and UTF-8 apart into folded scalars; false for what no host has.
  private mutating func decode(_ text: Span<UInt8>) -> Bool {
    label.removeAll(keepingCapacity: true)
    scalars.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    var offset = 0
    while offset < text.count {
      var byte = text[offset]
      offset += 1
      if byte == UInt8(ascii: "%") {
        guard offset + 1 < text.count, let high = IPAddress.digit(text[offset]),
          let low = IPAddress.digit(text[offset + 1])
        else { return false }
        byte = UInt8(truncatingIfNeeded: high << 4 | low)
        offset += 2
      }
      bytes.append(byte)
    }
    offset = 0
    while offset < bytes.count {
      let (scalar, length) = ScalarCoding.scalar(in: bytes.span, at: offset)
      guard scalar != ScalarCoding.invalid, let mapped = Self.mapped(scalar) else { return false }
      scalars.append(mapped)
      offset += length
    }
    bytes.removeAll(keepingCapacity: true)
    return true
  }

  /// A scalar as it stands in a host's name: in lower case, a wide one narrow, a dot for all dots;
  /// nil for those that resolvers replace by others, or drop, in ways of their own.
  private static func mapped(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0..<0x80: return CaseFolding.fold(scalar)
    case 0x3002, 0xFF0E, 0xFF61: return 0x2E
    case 0xFF01...0xFF5E: return CaseFolding.fold(scalar - 0xFEE0)
    // Superscripts, ordinals, fractions, the soft hyphen, letters that two standards differ on.
    case 0x80...0xB6, 0xB8...0xBF, 0xD7, 0xDF, 0xF7, 0x3C2, 0x1E9E: return nil
    // Modifiers, joiners, spaces, marks, letter-like signs, numbers in circles.
    case 0x2B0...0x2FF, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F,
      0x2000...0x21FF, 0x2460...0x24FF, 0x3000, 0x3164, 0x3200...0x33FF, 0xD800...0xF8FF,
      0xFB00...0xFB4F, 0xFE00...0xFEFF, 0xFF00...0xFFFF, 0x1D400...0x1D7FF,
      0x1F100...0x1F2FF, 0xE0000...0x10FFFF:
      return nil
    default: return CaseFolding.fold(scalar)
    }
  }

  /// Writes the scalars label by label; false for a label that cannot be written.
  private mutating func appendLabels() -> Bool {
    var start = 0
    for index in 0...scalars.count where index == scalars.count || scalars[index] == 0x2E {
      guard index - start <= Self.labelLimit else { return false }
      label.removeAll(keepingCapacity: true)
      var isASCII = true
      for place in start..<index {
        label.append(scalars[place])
        if scalars[place] >= 0x80 { isASCII = false }
      }
      if isASCII {
        for scalar in label { bytes.append(UInt8(truncatingIfNeeded: scalar)) }
      } else {
        bytes.append(UInt8(ascii: "x"))
        bytes.append(UInt8(ascii: "n"))
        bytes.append(UInt8(ascii: "-"))
        bytes.append(UInt8(ascii: "-"))
        var written: [UInt8] = []
        swap(&written, &bytes)
        let isWritten = Punycode.append(label.span, to: &written)
        swap(&written, &bytes)
        guard isWritten else { return false }
      }
      if index < scalars.count { bytes.append(UInt8(ascii: ".")) }
      start = index + 1
    }
    return true
  }

  /// Whether it has labels, and only bytes that a name can have.
  private func isSound() -> Bool {
    var before = UInt8(ascii: ".")
    for byte in bytes {
      if byte <= 0x20 || byte >= 0x7F { return false }
      switch byte {
      case UInt8(ascii: "#"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "<"),
        UInt8(ascii: ">"), UInt8(ascii: "?"), UInt8(ascii: "@"), UInt8(ascii: "["),
        UInt8(ascii: "\\"), UInt8(ascii: "]"), UInt8(ascii: "^"), UInt8(ascii: "|"),
        UInt8(ascii: "%"):
        return false
      case UInt8(ascii: ".") where before == byte: return false
      default: before = byte
      }
    }
    return before != UInt8(ascii: ".")
  }

  /// Whether the last label is a number, so that all of it must be an address.
  private func endsInNumber() -> Bool {
    var start = bytes.count
    while start > 0, bytes[start - 1] != UInt8(ascii: ".") { start -= 1 }
    let last = bytes.span.extracting(start..<bytes.count)
    if IPAddress.number(last) != nil { return true }
    for offset in last.indices where !ByteClass.digits.contains(last[offset]) { return false }
    return true
  }
}
