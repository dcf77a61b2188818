extension HostName {
  /// Reads the host out of what a program connects to: a URL, `user@host`, `user@host:path`,
  /// `host:port`, `host/path`, or a host alone.
  ///
  /// - Parameter url: memory for URLs.
  package mutating func read(target text: Span<UInt8>, _ url: inout URLParts) {
    var slashes = text.count
    for offset in stride(from: text.count - 1, through: 0, by: -1)
    where text[offset] == UInt8(ascii: "/") || text[offset] == UInt8(ascii: "\\") {
      slashes = offset
    }
    if slashes + 1 < text.count, text[slashes] == UInt8(ascii: "\\") || isSlashed(text, slashes) {
      return take(text, &url)
    }
    // No client takes what stands before `@` for the host, and none looks for it behind a slash.
    var start = 0
    for offset in 0..<slashes where text[offset] == UInt8(ascii: "@") { start = offset + 1 }
    var end = slashes
    if start < slashes, text[start] == UInt8(ascii: "[") {
      end = start
      while end < slashes, text[end] != UInt8(ascii: "]") { end += 1 }
      return read(text.extracting(start..<min(end + 1, slashes)))
    }
    var colons = 0
    for offset in start..<slashes where text[offset] == UInt8(ascii: ":") {
      colons += 1
      if colons == 1 { end = offset }
    }
    if colons > 0, Self.isWebScheme(text.extracting(start..<end)) { return take(text, &url) }
    // Two colons or more without a slash are an address, unless no address has such a text.
    if colons > 1 {
      read(text.extracting(start..<slashes))
      if state == .address { return }
    }
    read(text.extracting(start..<end))
  }

  /// Takes the host of a URL over.
  private mutating func take(_ text: Span<UInt8>, _ url: inout URLParts) {
    url.read(text)
    state = url.host.state
    bytes.removeAll(keepingCapacity: true)
    for byte in url.host.bytes { bytes.append(byte) }
  }

  /// Whether clients look for a host behind a scheme without slashes, too.
  private static func isWebScheme(_ text: Span<UInt8>) -> Bool {
    guard (2...5).contains(text.count) else { return false }
    var key: UInt64 = 0
    for offset in text.indices { key = key << 8 | UInt64(text[offset] | 0x20) }
    switch key {
    case 0x68_7474_70, 0x6874_7470_73, 0x7773, 0x77_7373, 0x66_7470: return true
    default: return false
    }
  }

  /// Whether two slashes follow a scheme.
  private func isSlashed(_ text: Span<UInt8>, _ first: Int) -> Bool {
    guard first > 0, text[first - 1] == UInt8(ascii: ":"), text[first] == UInt8(ascii: "/"),
      text[first + 1] == UInt8(ascii: "/") || text[first + 1] == UInt8(ascii: "\\")
    else { return first == 0 && text[first + 1] == UInt8(ascii: "/") }
    return true
  }
}
