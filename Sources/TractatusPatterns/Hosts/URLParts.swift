/// The parts of a URL that rules look at.
///
/// Read as browsers and most clients read it: spaces around it and tabs and line ends inside are
/// dropped, a backslash is a slash, what stands before `@` is no host. Where clients read a text
/// differently its host is unknown. Kept and reused from text to text.
package struct URLParts: Sendable {
  /// What is known of the port.
  package enum Port: Sendable, Equatable {
    /// None is given, and the scheme has none of its own.
    case absent
    /// What stands there is no port.
    case unknown
    /// 0 to 65535.
    case number(Int)
  }

  /// The scheme in lower case; empty when there is none.
  package private(set) var scheme: [UInt8] = []
  /// The host.
  package private(set) var host = HostName()
  /// The port that is given, else the scheme's own.
  package private(set) var port = Port.absent

  private var text: [UInt8] = []

  /// Parts of nothing.
  package init() {}

  /// Reads a URL; a text without a scheme is read as a host and a path.
  ///
  /// Linear in the text; allocates nothing once warm.
  package mutating func read(_ source: Span<UInt8>) {
    clean(source)
    scheme.removeAll(keepingCapacity: true)
    host.clear()
    port = .absent
    var offset = 0
    if let end = schemeEnd() {
      for place in 0..<end { scheme.append(lower(text[place])) }
      offset = end + 1
    }
    var slashes = 0
    while offset + slashes < text.count, isSlash(text[offset + slashes]) { slashes += 1 }
    if scheme.isEmpty {
      // A path alone has no host.
      if slashes == 1 { return }
    } else if !hasHost(slashes) {
      return
    }
    let takesAll = scheme.isEmpty || isSpecial
    offset += takesAll ? slashes : 2
    readAuthority(offset)
  }

  /// Whether what follows the scheme is a host: after `//`, or for the schemes of the web always.
  private func hasHost(_ slashes: Int) -> Bool {
    if schemeIs("file") { return false }
    return slashes >= 2 || isSpecial
  }

  private var isSpecial: Bool {
    schemeIs("http") || schemeIs("https") || schemeIs("ws") || schemeIs("wss") || schemeIs("ftp")
  }

  private func schemeIs(_ name: StaticString) -> Bool {
    guard scheme.count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { buffer in
      for index in 0..<buffer.count where unsafe buffer[index] != scheme[index] { return false }
      return true
    }
  }

  /// Drops what no client sees.
  private mutating func clean(_ source: Span<UInt8>) {
    text.removeAll(keepingCapacity: true)
    var (start, end) = (0, source.count)
    while start < end, source[start] <= 0x20 { start += 1 }
    while end > start, source[end - 1] <= 0x20 { end -= 1 }
    for offset in start..<end {
      let byte = source[offset]
      if byte != 9, byte != 10, byte != 13 { text.append(byte) }
    }
  }

  /// Where the `:` of a scheme stands: not that before a port, nor one in a name.
  private func schemeEnd() -> Int? {
    var offset = 0
    while offset < text.count {
      let byte = text[offset]
      let isLetter = lower(byte) &- 0x61 < 26
      if byte == UInt8(ascii: ":") { break }
      let isInner = byte &- 0x30 < 10 || byte == 0x2B || byte == 0x2D || byte == 0x2E
      guard isLetter || (offset > 0 && isInner) else { return nil }
      offset += 1
    }
    guard offset > 0, offset < text.count else { return nil }
    if offset + 1 < text.count, isSlash(text[offset + 1]) { return offset }
    // `host:80` is no URL of the scheme `host`.
    var end = offset + 1
    while end < text.count, text[end] &- 0x30 < 10 { end += 1 }
    if end > offset + 1, end == text.count || isEnd(text[end]) { return nil }
    return text[0..<offset].contains(UInt8(ascii: ".")) ? nil : offset
  }

  private func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  private func isSlash(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x5C }

  private func isEnd(_ byte: UInt8) -> Bool {
    isSlash(byte) || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
  }

  private mutating func readAuthority(_ start: Int) {
    var end = start
    while end < text.count, !isEnd(text[end]) { end += 1 }
    if hasHiddenUser(from: end) {
      host.forget()
      port = .unknown
      return
    }
    var first = start
    for offset in start..<end where text[offset] == UInt8(ascii: "@") { first = offset + 1 }
    var last = end
    for offset in stride(from: end - 1, through: first, by: -1) {
      if text[offset] == UInt8(ascii: "]") { break }
      if text[offset] == UInt8(ascii: ":") {
        last = offset
        break
      }
    }
    var read = HostName()
    swap(&read, &host)
    read.read(text.span.extracting(first..<last))
    swap(&read, &host)
    port = defaultPort
    if last + 1 < end { readPort(last + 1, end) }
  }

  /// Whether a backslash ends the authority for some clients and an `@` for others.
  private func hasHiddenUser(from end: Int) -> Bool {
    guard end < text.count, text[end] == UInt8(ascii: "\\") else { return false }
    for offset in end..<text.count {
      if text[offset] == UInt8(ascii: "@") { return true }
      if text[offset] != UInt8(ascii: "\\"), isEnd(text[offset]) { return false }
    }
    return false
  }

  private mutating func readPort(_ start: Int, _ end: Int) {
    var value = 0
    for offset in start..<end {
      let digit = text[offset] &- 0x30
      guard digit < 10, value <= 65535 else {
        port = .unknown
        host.forget()
        return
      }
      value = value * 10 + Int(digit)
    }
    port = value <= 65535 ? .number(value) : .unknown
    if value > 65535 { host.forget() }
  }

  private var defaultPort: Port {
    if schemeIs("http") || schemeIs("ws") { return .number(80) }
    if schemeIs("https") || schemeIs("wss") { return .number(443) }
    if schemeIs("ftp") { return .number(21) }
    return schemeIs("ssh") ? .number(22) : .absent
  }
}
