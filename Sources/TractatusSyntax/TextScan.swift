import TractatusSource

/// Looks through a whole text for what may stand nowhere in it, comments and strings included:
/// broken UTF-8, control characters and bidirectional controls.
struct TextScan {
  /// Reports everything that the text must not contain, in O(bytes).
  static func report(_ source: SourceText, into log: DiagnosticLog) {
    let bytes = source.bytes.span
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte &- 0x20 < 0x5F || byte == 0x0A {
        offset += 1
      } else if byte < 0x80 {
        if byte != 0x09, byte != 0x0A, byte != 0x0D { control(byte, at: offset, source, log) }
        offset += 1
      } else {
        let length = scalarLength(in: bytes, at: offset)
        if length == 0 {
          let end = endOfBrokenRun(in: bytes, from: offset)
          let span = span(source, offset, end)
          log.add(
            Diagnostic(
              .invalidUTF8, "these bytes are not UTF-8, the encoding of rule files", at: span))
          offset = end
        } else {
          let scalar = scalarValue(in: bytes, at: offset, length: length)
          if isBidirectionalControl(scalar) {
            bidirectional(scalar, span(source, offset, offset + length), log)
          }
          offset += length
        }
      }
    }
  }

  /// The length of the well-formed scalar at an offset, or 0 (Unicode 15, table 3-7).
  static func scalarLength(in bytes: Span<UInt8>, at offset: Int) -> Int {
    let first = bytes[offset]
    func follows(_ distance: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
      let place = offset + distance
      return place < bytes.count && bytes[place] >= low && bytes[place] <= high
    }
    switch first {
    case 0..<0x80: return 1
    case 0xC2...0xDF: return follows(1) ? 2 : 0
    case 0xE0: return follows(1, 0xA0) && follows(2) ? 3 : 0
    case 0xED: return follows(1, 0x80, 0x9F) && follows(2) ? 3 : 0
    case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : 0
    case 0xF0: return follows(1, 0x90) && follows(2) && follows(3) ? 4 : 0
    case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : 0
    case 0xF4: return follows(1, 0x80, 0x8F) && follows(2) && follows(3) ? 4 : 0
    default: return 0
    }
  }

  /// The scalar of some length at an offset, which `scalarLength` has found well-formed.
  static func scalarValue(in bytes: Span<UInt8>, at offset: Int, length: Int) -> UInt32 {
    guard length > 1 else { return UInt32(bytes[offset]) }
    var value = UInt32(bytes[offset]) & (0xFF >> UInt32(length + 1))
    for place in (offset + 1)..<(offset + length) {
      value = value << 6 | UInt32(bytes[place] & 0x3F)
    }
    return value
  }

  /// Whether a scalar is a bidirectional control (Unicode Standard Annex 9, section 2).
  static func isBidirectionalControl(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// A scalar as `U+202E`.
  static func named(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  private static func endOfBrokenRun(in bytes: Span<UInt8>, from start: Int) -> Int {
    var offset = start + 1
    while offset < bytes.count, bytes[offset] >= 0x80, scalarLength(in: bytes, at: offset) == 0 {
      offset += 1
    }
    return offset
  }

  private static func span(_ source: SourceText, _ start: Int, _ end: Int) -> SourceSpan {
    SourceSpan(
      source: source.id, start: UInt32(clamping: start), end: UInt32(clamping: end))
  }

  private static func control(
    _ byte: UInt8, at offset: Int, _ source: SourceText, _ log: DiagnosticLog
  ) {
    let place = span(source, offset, offset + 1)
    log.add(
      Diagnostic(
        .controlCharacter,
        "control character \(named(UInt32(byte))); in strings write it as an escape", at: place,
        fixIts: [FixIt("remove the character", replacing: place, with: "")]))
  }

  private static func bidirectional(
    _ scalar: UInt32, _ place: SourceSpan, _ log: DiagnosticLog
  ) {
    log.add(
      Diagnostic(
        .bidirectionalControl,
        "\(named(scalar)) reorders the text around it, so that a reader sees another rule",
        at: place, fixIts: [FixIt("remove the character", replacing: place, with: "")]))
  }
}
