import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `ungrouped-number`.
  static let ungroupedNumber = LintRule(
    405, "ungrouped-number", .note, "A long number without `_` between its thousands.",
    why: "`2000000` and `200000` look alike, and a limit that is ten times too high looks right.",
    avoid: """
      rule budget "Long sessions are handed over" {
          on any
          ask when session.tokens > 1500000 because "The session is long."
      }
      """,
    prefer: """
      rule budget "Long sessions are handed over" {
          on any
          ask when session.tokens > 1_500_000 because "The session is long."
      }
      """,
    fix: .safe, fixSummary: "Writes `_` between the thousands.",
    parameters: [
      .init("digits", .number(6), "How many digits before the point make a number long.")
    ]
  ) { run in
    let limit = max(run.number("digits"), 4)
    for file in run.files {
      for (index, token) in file.tree.tokens.enumerated() where token.kind == .number {
        let id = TokenID(rawValue: UInt32(clamping: index))
        let bytes = Array(file.tree.bytes(of: id))
        let whole = bytes.prefix { $0 &- 0x30 < 10 }
        let isPlain = whole.count == bytes.count || bytes[whole.count] == UInt8(ascii: ".")
        guard whole.count >= limit, whole.first != UInt8(ascii: "0"), isPlain else { continue }
        let grouped = grouped(whole) + String(decoding: bytes[whole.count...], as: UTF8.self)
        let span = file.tree.span(of: id)
        run.report(
          "this number is hard to read without `_` between its thousands", at: span,
          fix: FixIt("write `\(grouped)`", replacing: span, with: grouped))
      }
    }
  }

  private static func grouped(_ digits: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(UInt8(ascii: "_")) }
      result.append(digit)
    }
    return String(decoding: result, as: UTF8.self)
  }
}
