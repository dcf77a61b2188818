import TractatusJSON

/// A JSON document that is edited as text, so that what is not touched stays byte for byte.
///
/// Every edit reads the document anew; it is for settings, which are small.
struct SettingsText {
  /// The document.
  private(set) var bytes: [UInt8]
  /// The document as it was read last.
  private(set) var tape = JSONTape()

  /// A document; `{}` for an empty file.
  ///
  /// - Throws: where and why it is no JSON.
  init(_ bytes: [UInt8]) throws(JSONError) {
    let document = bytes.allSatisfy(Self.isBlank) ? Array("{}\n".utf8) : bytes
    self.bytes = document
    try tape.parse(document.span)
  }

  /// Adds a member at the end of an object; `value` is its text, of two spaces a level.
  mutating func insert(_ key: String, _ value: String, into object: JSONNode) {
    insert("\"\(key)\": \(value)", into: object)
  }

  /// Adds a text, an element or a member with its key, at the end of a list or an object.
  mutating func insert(_ text: String, into container: JSONNode) {
    let range = tape.content(container)
    let close = range.upperBound - 1
    // Behind the last value, or behind the bracket.
    var place = close
    while place > range.lowerBound + 1, Self.isBlank(bytes[place - 1]) { place -= 1 }
    let isEmpty = tape.childCount(container) == 0
    var added = isEmpty ? "" : ","
    if isOneLine {
      added += isEmpty ? text : " " + text
      replace(place..<place, with: added)
    } else {
      let indentation = indentation(of: range.lowerBound)
      added += "\n" + indentation + unit + indented(text, by: indentation + unit)
      replace(place..<close, with: added + "\n" + indentation)
    }
  }

  /// Takes out a list's element.
  mutating func remove(element: JSONNode) {
    remove(tape.content(element))
  }

  /// Takes out an object's member, whose value is a list or an object.
  mutating func remove(member: JSONNode) {
    // The key's quote stands before it.
    remove(tape.key(member).lowerBound - 1..<tape.content(member).upperBound)
  }

  // MARK: Layout

  private var isOneLine: Bool {
    !bytes.dropLast().contains(UInt8(ascii: "\n")) && tape.childCount(.root) > 0
  }

  /// What one level is indented by: as the root's first member is, else two spaces.
  private var unit: String {
    guard let first = tape.firstChild(.root) else { return "  " }
    let own = indentation(of: tape.key(first).lowerBound)
    return own.isEmpty ? "  " : own
  }

  /// The blanks that begin the line of a place.
  private func indentation(of place: Int) -> String {
    var start = place
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    var end = start
    while end < place, bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t") {
      end += 1
    }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// A text of two spaces a level, with the levels of this document behind an indentation.
  private func indented(_ text: String, by indentation: String) -> String {
    let unit = unit
    let parts: [Substring] = text.split(separator: "\n", omittingEmptySubsequences: false)
    let lines = parts.map { line in
      let blanks = line.prefix { $0 == " " }.count
      return String(repeating: unit, count: blanks / 2) + line.dropFirst(blanks)
    }
    return lines.joined(separator: "\n" + indentation)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  // MARK: Edits

  private mutating func remove(_ range: Range<Int>) {
    var (start, end) = (range.lowerBound, range.upperBound)
    var next = end
    while next < bytes.count, Self.isBlank(bytes[next]) { next += 1 }
    if next < bytes.count, bytes[next] == UInt8(ascii: ",") {
      end = next + 1
      while end < bytes.count, Self.isBlank(bytes[end]) { end += 1 }
    } else {
      while start > 0, Self.isBlank(bytes[start - 1]) { start -= 1 }
      if start > 0, bytes[start - 1] == UInt8(ascii: ",") { start -= 1 } else { end = next }
    }
    replace(start..<end, with: "")
  }

  private mutating func replace(_ range: Range<Int>, with text: String) {
    bytes.replaceSubrange(range, with: text.utf8)
    // INVARIANT: an edit puts well-formed values where values stand.
    let document = bytes
    try? tape.parse(document.span)
  }
}
