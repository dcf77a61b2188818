/// A host's name or address in its one spelling, as section 10.8 of the semantics normalises it.
enum NaiveHost: Hashable {
  case name(String)
  case address(String)

  /// The text that tests see.
  var text: String {
    switch self {
    case .name(let text), .address(let text): text
    }
  }

  /// Whether the host is a domain, or lies below it.
  func isWithin(_ domain: NaiveHost) -> Bool {
    switch (self, domain) {
    case (.address(let one), .address(let other)): one == other
    case (.name(let one), .name(let other)): one == other || one.hasSuffix("." + other)
    default: false
    }
  }

  /// Reads a host; nil where the text is none.
  static func reading(_ scalars: [Unicode.Scalar]) -> NaiveHost? {
    var text = NaiveText.string(scalars)
    if text.hasPrefix("[") {
      guard text.hasSuffix("]") else { return nil }
      text = String(text.dropFirst().dropLast())
      guard text.contains(":") else { return nil }
    }
    if text.contains(":") { return address6(text) }
    var labels: [String] = []
    var parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if parts.count > 1, parts.last == "" { parts.removeLast() }
    for part in parts {
      guard let label = label(part) else { return nil }
      labels.append(label)
    }
    let name = labels.joined(separator: ".")
    guard let last = labels.last else { return nil }
    // What ends in a number is an address or nothing.
    if number(last) != nil || last.allSatisfy(\.isNumber) {
      return address4(labels).map { .address($0) }
    }
    return .name(name)
  }

  // MARK: Names

  private static func label(_ part: String) -> String? {
    // Letters that resolvers replace, or that two standards differ on.
    if part.unicodeScalars.contains(where: { "ßẞς\u{212A}".unicodeScalars.contains($0) }) {
      return nil
    }
    let lowered = part.unicodeScalars.map { NaiveText.fold($0) }
    var label = NaiveText.string(lowered)
    if lowered.contains(where: { !$0.isASCII }) { label = "xn--" + punycode(lowered) }
    let forbidden = Array("#/:<>?@[\\]^|%".utf8)
    let fits = label.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !forbidden.contains($0) }
    return fits && !label.isEmpty ? label : nil
  }

  /// RFC 3492, section 6.3.
  private static func punycode(_ scalars: [Unicode.Scalar]) -> String {
    let basic = scalars.filter(\.isASCII)
    var output = NaiveText.string(basic) + (basic.isEmpty ? "" : "-")
    var (n, delta, bias, handled) = (128, 0, 72, basic.count)
    let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    while handled < scalars.count {
      let next = scalars.map { Int($0.value) }.filter { $0 >= n }.min() ?? n
      delta += (next - n) * (handled + 1)
      n = next
      for scalar in scalars {
        if Int(scalar.value) < n { delta += 1 }
        guard Int(scalar.value) == n else { continue }
        var (q, k) = (delta, 36)
        while true {
          let t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
          if q < t { break }
          output.append(digits[t + (q - t) % (36 - t)])
          q = (q - t) / (36 - t)
          k += 36
        }
        output.append(digits[q])
        delta = handled == basic.count ? delta / 700 : delta / 2
        delta += delta / (handled + 1)
        var step = 0
        while delta > 35 * 26 / 2 {
          delta /= 35
          step += 36
        }
        bias = step + 36 * delta / (delta + 38)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return output
  }

  // MARK: Addresses

  /// A decimal, octal or hexadecimal number.
  private static func number(_ text: String) -> UInt64? {
    if text.hasPrefix("0x") {
      return text.count == 2 ? 0 : number(text.dropFirst(2), radix: 16)
    }
    if text.hasPrefix("0"), text.count > 1 { return number(text.dropFirst(), radix: 8) }
    return number(text[...], radix: 10)
  }

  /// A number of digits alone, where Swift takes a sign before them, too.
  private static func number(_ digits: Substring, radix: Int) -> UInt64? {
    digits.hasPrefix("+") || digits.hasPrefix("-") ? nil : UInt64(digits, radix: radix)
  }

  private static func address4(_ parts: [String]) -> String? {
    guard parts.count <= 4 else { return nil }
    let numbers = parts.compactMap { number($0) }
    guard numbers.count == parts.count, let last = numbers.last else { return nil }
    var value = last
    guard last < UInt64(1) << (8 * UInt64(5 - parts.count)) else { return nil }
    for (index, number) in numbers.dropLast().enumerated() {
      guard number < 256 else { return nil }
      value += number << (24 - 8 * UInt64(index))
    }
    return dotted(value)
  }

  private static func dotted(_ value: UInt64) -> String {
    [24, 16, 8, 0].map { String(value >> UInt64($0) & 255) }.joined(separator: ".")
  }

  private static func groups(_ text: String) -> [UInt64]? {
    if text.isEmpty { return [] }
    var groups: [UInt64] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    for (index, part) in parts.enumerated() {
      if part.contains("."), index == parts.count - 1 {
        let numbers = part.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = numbers.compactMap { number($0, radix: 10) }
        guard numbers.count == 4, bytes.count == 4, bytes.allSatisfy({ $0 < 256 }) else {
          return nil
        }
        groups += [bytes[0] << 8 | bytes[1], bytes[2] << 8 | bytes[3]]
      } else {
        guard part.count <= 4, let group = number(part[...], radix: 16) else { return nil }
        groups.append(group)
      }
    }
    return groups
  }

  private static func address6(_ text: String) -> NaiveHost? {
    let text = String(text.prefix { $0 != "%" })
    var all: [UInt64]
    let halves = text.components(around: "::")
    if halves.count == 2, let head = groups(halves[0]), let tail = groups(halves[1]) {
      guard head.count + tail.count < 8 else { return nil }
      all = head + [UInt64](repeating: 0, count: 8 - head.count - tail.count) + tail
    } else if halves.count == 1, let groups = groups(text), groups.count == 8 {
      all = groups
    } else {
      return nil
    }
    if all.prefix(5).allSatisfy({ $0 == 0 }), all[5] == 0xFFFF {
      return .address(dotted(all[6] << 16 | all[7]))
    }
    return .address(written(all))
  }

  /// RFC 5952: the longest run of at least two zeros, the first of them, is left out.
  private static func written(_ groups: [UInt64]) -> String {
    var best = 0..<0
    for start in 0..<8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(best.count, 1) { best = start..<end }
    }
    let hex = groups.map { String($0, radix: 16) }
    if best.isEmpty { return hex.joined(separator: ":") }
    return hex[..<best.lowerBound].joined(separator: ":") + "::"
      + hex[best.upperBound...].joined(separator: ":")
  }
}

extension String {
  /// The parts around a separator.
  fileprivate func components(around separator: String) -> [String] {
    var parts = [""]
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(separator) {
        parts.append("")
        rest = rest.dropFirst(separator.count)
      } else {
        parts[parts.count - 1].append(rest.removeFirst())
      }
    }
    return parts
  }
}

/// A URL's parts.
struct NaiveURL {
  var scheme: String
  /// Nil where URLs of the scheme have none.
  var host: NaiveHost?
  var port: Int?

  private static let ports = [
    "http": 80, "ws": 80, "https": 443, "wss": 443, "ftp": 21, "ssh": 22,
  ]

  /// Reads a URL; nil where it cannot be read.
  init?(_ scalars: [Unicode.Scalar]) {
    let isDropped: (Unicode.Scalar) -> Bool = { $0.value <= 0x20 }
    var trimmed = scalars[...].drop(while: isDropped)
    while let last = trimmed.last, isDropped(last) { trimmed.removeLast() }
    let kept = trimmed.filter { !["\t", "\n", "\r"].contains($0) }
    guard let colon = kept.firstIndex(of: ":") else { return nil }
    scheme = NaiveText.string(kept[..<colon]).lowercased()
    guard let first = scheme.utf8.first, (0x61...0x7A).contains(first),
      scheme.utf8.allSatisfy({
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E].contains($0)
      })
    else { return nil }
    let isSlash: (Unicode.Scalar) -> Bool = { $0 == "/" || $0 == "\\" }
    let after = kept[(colon + 1)...]
    // `host:80/x` and `a.b:c` are a host and its port, or nothing.
    let digitsAfter = after.prefix { ("0"..."9").contains($0) }
    let next = after.dropFirst(digitsAfter.count).first
    if !digitsAfter.isEmpty, next.map({ isSlash($0) || $0 == "?" || $0 == "#" }) ?? true {
      return nil
    }
    if scheme.contains("."), after.first.map({ !isSlash($0) }) ?? true { return nil }
    let isOfWeb = ["http", "https", "ws", "wss", "ftp"].contains(scheme)
    let slashes = after.prefix { isSlash($0) }.count
    port = Self.ports[scheme]
    if scheme == "file" || (slashes < 2 && !isOfWeb) {
      port = nil
      return
    }
    let rest = after.dropFirst(isOfWeb ? slashes : 2)
    var authority = Array(rest.prefix { !isSlash($0) && $0 != "?" && $0 != "#" })
    // Some clients take what precedes a late `@` for a user's name.
    let tail = rest.dropFirst(authority.count)
    if tail.first == "\\", tail.contains("@") { return nil }
    if let at = authority.lastIndex(of: "@") { authority = Array(authority[(at + 1)...]) }
    var name = authority
    var digits: [Unicode.Scalar] = []
    if let mark = authority.lastIndex(of: ":"), !authority[mark...].contains("]") {
      name = Array(authority[..<mark])
      digits = Array(authority[(mark + 1)...])
    }
    if !digits.isEmpty {
      let text = NaiveText.string(digits)
      guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let given = Int(text),
        given <= 65_535
      else { return nil }
      port = given
    }
    guard let host = NaiveHost.reading(name) else { return nil }
    self.host = host
  }
}
