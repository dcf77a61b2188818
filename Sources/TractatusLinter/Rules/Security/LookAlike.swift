import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `look-alike`.
  static let lookAlike = LintRule(
    211, "look-alike", .warning,
    "A letter that looks like an ASCII one within an ASCII word, or cannot be seen.",
    why: """
      A pattern with a Cyrillic `а` never passes the word that it shows, and nobody sees why; so do full-width letters, \
      no-break and zero-width spaces. Words wholly of another script are fine.
      """,
    avoid: """
      rule payments "Payments are a person's" {
          on deploy
          ask when message? mentions "p\u{430}yment" because "This moves money."
      }
      """,
    prefer: """
      rule payments "Payments are a person's" {
          on deploy
          ask when message? mentions "payment" because "This moves money."
      }
      """,
    fix: .deciding, fixSummary: "Writes the ASCII letter, and removes what cannot be seen."
  ) { run in
    for file in run.files {
      for token in file.tree.tokens where token.isString || token.kind == .regularExpression {
        let bytes = file.tree.source.bytes[Int(token.start)..<Int(token.end)]
        guard bytes.contains(where: { $0 >= 0x80 }) else { continue }
        let source = file.tree.source.id
        for found in suspects(bytes, at: Int(token.start)) {
          let span = SourceSpan(
            source: source, start: UInt32(clamping: found.place),
            end: UInt32(clamping: found.place + found.length))
          let code = hexadecimal(found.scalar.value)
          run.report(
            found.replacement.isEmpty
              ? "U+\(code) cannot be seen" : "U+\(code) looks like `\(found.replacement)`",
            at: span,
            fix: FixIt(
              found.replacement.isEmpty ? "remove it" : "write `\(found.replacement)`",
              replacing: span, with: found.replacement))
        }
      }
    }
  }

  private struct Suspect {
    var place: Int
    var length: Int
    var scalar: Unicode.Scalar
    var replacement: String
  }

  /// The scalars of a literal that are not what they look like.
  private static func suspects(_ bytes: ArraySlice<UInt8>, at start: Int) -> [Suspect] {
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var found: [Suspect] = []
    var place = start
    for (index, scalar) in scalars.enumerated() {
      let length = UTF8.width(scalar)
      defer { place += length }
      if scalar.isASCII { continue }
      let beside = [index - 1, index + 1].filter { scalars.indices.contains($0) }
      let isInWord = beside.contains { isLetter(scalars[$0]) }
      if invisible.contains(scalar.value) {
        // Between other scripts' letters and pictures they have their use.
        guard beside.allSatisfy({ scalars[$0].isASCII }) else { continue }
        found.append(
          Suspect(
            place: place, length: length, scalar: scalar,
            replacement: scalar.value == 0xA0 ? " " : ""))
      } else if let letter = alike[scalar.value] {
        guard isInWord else { continue }
        found.append(Suspect(place: place, length: length, scalar: scalar, replacement: letter))
      } else if (0xFF01...0xFF5E).contains(scalar.value) {
        let letter = Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
        // Signs that a literal gives a meaning of its own are left to the author.
        guard isLetter(letter) else { continue }
        found.append(
          Suspect(place: place, length: length, scalar: scalar, replacement: String(letter)))
      }
    }
    return found
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (UInt8(scalar.value) | 0x20) &- 0x61 < 26
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - text.utf8.count)) + text
  }

  private static let invisible: Set<UInt32> = [
    0xA0, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF,
  ]

  /// Cyrillic and Greek letters with the shapes of ASCII ones (Unicode TR 39, confusables).
  private static let alike: [UInt32: String] = [
    0x430: "a", 0x435: "e", 0x43E: "o", 0x440: "p", 0x441: "c", 0x443: "y", 0x445: "x", 0x455: "s",
    0x456: "i", 0x458: "j", 0x4BB: "h", 0x501: "d", 0x51B: "q", 0x51D: "w", 0x410: "A",
    0x412: "B", 0x415: "E", 0x41A: "K", 0x41C: "M", 0x41D: "H", 0x41E: "O", 0x420: "P", 0x421: "C",
    0x422: "T", 0x425: "X", 0x405: "S", 0x406: "I", 0x408: "J", 0x391: "A", 0x392: "B", 0x395: "E",
    0x396: "Z", 0x397: "H", 0x399: "I", 0x39A: "K", 0x39C: "M", 0x39D: "N", 0x39F: "O", 0x3A1: "P",
    0x3A4: "T", 0x3A5: "Y", 0x3A7: "X", 0x3BF: "o", 0x3BD: "v", 0x131: "i", 0x2C9: "-",
  ]
}
