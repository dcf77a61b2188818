import TractatusValues

/// Appends compact JSON (RFC 8259) to an array of bytes.
///
/// The caller opens and closes lists and objects in pairs and gives each member its key first; the
/// writer puts the commas.
package struct JSONWriter: Sendable {
  /// What has been written.
  package private(set) var bytes: [UInt8] = []
  /// Whether a value or key that comes next needs a comma before it.
  private var needsComma = false

  /// A writer of nothing so far.
  package init() {}

  /// Forgets what has been written, and keeps the storage.
  package mutating func reset() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  /// Opens an object.
  package mutating func beginObject() { open(UInt8(ascii: "{")) }

  /// Closes the object opened last.
  package mutating func endObject() { close(UInt8(ascii: "}")) }

  /// Opens a list.
  package mutating func beginArray() { open(UInt8(ascii: "[")) }

  /// Closes the list opened last.
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Writes a member's key; its value comes next.
  package mutating func key(_ name: StaticString) {
    separate()
    // SAFETY: a static string's bytes live as long as the process.
    name.withUTF8Buffer { buffer in
      unsafe appendQuoted(Span(_unsafeElements: buffer))
    }
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a member's key, which is valid UTF-8; its value comes next.
  package mutating func key(_ name: Span<UInt8>) {
    separate()
    appendQuoted(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a member's key; its value comes next.
  package mutating func key(_ name: String) {
    key(Array(name.utf8).span)
  }

  /// Writes a text, which is valid UTF-8.
  package mutating func string(_ text: Span<UInt8>) {
    separate()
    appendQuoted(text)
  }

  /// Writes a text.
  package mutating func string(_ text: String) {
    string(Array(text.utf8).span)
  }

  /// Writes a number in its shortest spelling.
  package mutating func number(_ value: Decimal) {
    separate()
    value.write(to: &bytes)
  }

  /// Writes an integer.
  package mutating func number(_ value: Int) {
    separate()
    bytes.append(contentsOf: String(value).utf8)
  }

  /// Writes `true` or `false`.
  package mutating func bool(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// Writes `null`.
  package mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  /// Writes a value of a tape with all that is in it, numbers in their shortest spelling.
  package mutating func value(_ node: JSONNode, of tape: borrowing JSONTape) {
    // The open lists and objects; the recursion of the document as a stack, 128 deep at most.
    var open: [JSONNode] = []
    var current = node
    while true {
      switch tape.kind(current) {
      case .null: null()
      case .false: bool(false)
      case .true: bool(true)
      case .number: number(tape.decimal(current) ?? .zero)
      case .string: string(tape.bytes.span.extracting(tape.content(current)))
      case .array: beginArray()
      case .object: beginObject()
      }
      if let child = tape.firstChild(current) {
        open.append(current)
        current = child
      } else {
        closeIfContainer(tape.kind(current))
        while true {
          if open.isEmpty { return }
          if let sibling = tape.next(current) {
            current = sibling
            break
          }
          current = open.removeLast()
          closeIfContainer(tape.kind(current))
        }
      }
      if let parent = open.last, tape.kind(parent) == .object {
        key(tape.bytes.span.extracting(tape.key(current)))
      }
    }
  }

  /// Writes bytes that are themselves one value of JSON.
  package mutating func raw(_ json: Span<UInt8>) {
    separate()
    for index in json.indices { bytes.append(json[index]) }
  }

  private mutating func closeIfContainer(_ kind: JSONKind) {
    if kind == .array { endArray() }
    if kind == .object { endObject() }
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  /// Appends a string with its quotes: only what RFC 8259, section 7, demands is escaped.
  private mutating func appendQuoted(_ text: Span<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    for index in text.indices {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x20...:
        bytes.append(byte)
      default:
        appendEscape(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ control: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch control {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      bytes.append(contentsOf: (control < 0x10 ? "u000" : "u001").utf8)
      let low = control & 15
      bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    }
  }
}
